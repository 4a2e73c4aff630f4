// The forms in which resources are named on the command line (cli-runtime/pkg/resource/builder.go):
// `pods`, `pods,services`, `pod a b`, `pod/a deploy/b`.
import { Failure } from '../failure.ts';

export interface NamedResource {
  readonly type: string;
  readonly name: string;
}

/** What args say: types with or without names, or single `type/name` pairs. */
export interface ParsedArguments {
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly pairs: readonly NamedResource[];
}

/** `a,b,a` to its parts, each once. */
export function splitTypes(argument: string): readonly string[] {
  return [...new Set(argument.split(','))];
}

/** `a,b c d` to `a/c a/d b/c b/d`; everything else stays. */
function normalize(args: readonly string[]): readonly string[] {
  const [first = '', ...names] = args;
  const types = splitTypes(first);
  if (names.length === 0 || types.length < 2) return args;
  return types.flatMap((type) => names.map((name) => `${type}/${name}`));
}

/** `type/name` to its parts; undefined without a slash. */
export function splitPair(argument: string): NamedResource | undefined {
  if (!argument.includes('/')) return undefined;
  const segments = argument.split('/');
  if (segments.length !== 2) {
    throw new Failure('arguments in resource/name form may not have more than one slash');
  }
  const [type = '', name = ''] = segments;
  if (type === '' || name === '' || splitTypes(type).length !== 1) {
    throw new Failure('arguments in resource/name form must have a single resource and name');
  }
  return { type, name };
}

/** Whether all args are of the form type/name; a mixture is refused. */
function arePairs(args: readonly string[]): boolean {
  const withSlash = args.filter((argument) => argument.includes('/')).length;
  if (withSlash === 0) return false;
  if (withSlash === args.length) return true;
  throw new Failure(
    'there is no need to specify a resource type as a separate argument when passing arguments in ' +
      "resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of " +
      "'kubectl get resource resource/<resource_name>'",
  );
}

export function parseArguments(args: readonly string[]): ParsedArguments {
  const normal = normalize(args);
  if (arePairs(normal)) {
    const pairs = normal.flatMap((argument) => splitPair(argument) ?? []);
    return { types: [], names: [], pairs };
  }
  const [first, ...names] = normal;
  return { types: first === undefined ? [] : splitTypes(first), names, pairs: [] };
}

/** Whether args ask for more than one type, so that names are shown with their kind. */
export function asksForManyTypes(args: readonly string[]): boolean {
  if (args.length === 1 && args[0] === 'all') return true;
  const types = new Set<string>();
  for (const argument of normalize(args)) {
    const slash = argument.split('/');
    if (slash.length === 2 && slash[0] !== undefined) types.add(slash[0]);
  }
  return types.size > 1;
}
