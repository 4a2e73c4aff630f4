// Which objects a command is about: by args, selectors or files; each is visited in turn, failures are collected
// (cli-runtime/pkg/resource).
import type { KubeObject } from '#sim/api/objects.ts';
import type { ApiRequest } from '#sim/apiserver/types.ts';
import { Failure, isFailure, throwCollected } from '../failure.ts';
import type { Session } from '../session.ts';
import { parseArguments } from './arguments.ts';
import type { Info } from './info.ts';
import { fromFiles } from './from-files.ts';
import { fromNames, fromSelector, typesOf } from './from-server.ts';

export interface Query {
  readonly args: readonly string[];
  readonly filenames?: readonly string[] | undefined;
  readonly recursive?: boolean | undefined;
  readonly selector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** `--all`: every object of the types. */
  readonly all?: boolean | undefined;
  readonly allNamespaces?: boolean | undefined;
  /** Types without names mean all their objects. */
  readonly listsTypes?: boolean | undefined;
  /** Objects of files are fetched anew from the server. */
  readonly latest?: boolean | undefined;
  /** Lists are visited item by item; true unless said otherwise. */
  readonly flatten?: boolean | undefined;
  /** Objects named by args are fetched; true unless said otherwise. */
  readonly requireObject?: boolean | undefined;
  /** Go on with the next object after a failure; true unless said otherwise. */
  readonly continueOnError?: boolean | undefined;
  readonly table?: ApiRequest['table'];
  readonly subresource?: string | undefined;
  readonly limit?: number | undefined;
  /** The type of args that are names alone. */
  readonly defaultType?: string | undefined;
  /** Nothing is asked of the server. */
  readonly local?: boolean | undefined;
  /** Looks at a document of a file before it is used. */
  readonly check?: ((object: KubeObject, source: string) => void) | undefined;
}

export type Emit = (info: Info) => void;
/** One source of objects; emits them in order. */
export type Source = (emit: Emit) => void;

export const nothingNamed =
  'You must provide one or more resources by argument or filename.\n' +
  'Example resource specifications include:\n' +
  "   '-f rsrc.yaml'\n" +
  "   '--filename=rsrc.json'\n" +
  "   '<resource> <name>'\n" +
  "   '<resource>'";

export class Resources {
  /** Whether exactly one object was asked for, and not a list of one. */
  readonly single: boolean;
  readonly #sources: readonly Source[];
  readonly #continueOnError: boolean;

  constructor(sources: readonly Source[], single: boolean, continueOnError: boolean) {
    this.#sources = sources;
    this.single = single;
    this.#continueOnError = continueOnError;
  }

  /** Calls the function for each object; failures are thrown at the end, or at once if the query says so. */
  visit(use: Emit): void {
    const failures: Error[] = [];
    const attempt = (action: () => void): void => {
      try {
        action();
      } catch (thrown) {
        if (!isFailure(thrown) || !this.#continueOnError) throw thrown;
        failures.push(thrown);
      }
    };
    for (const source of this.#sources) {
      attempt(() => {
        source((info) => {
          attempt(() => {
            use(info);
          });
        });
      });
    }
    throwCollected(failures);
  }

  /** All objects, and the failures on the way. */
  collect(): { readonly infos: readonly Info[]; readonly failures: readonly Error[] } {
    const infos: Info[] = [];
    try {
      this.visit((info) => infos.push(info));
      return { infos, failures: [] };
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      const failures = 'failures' in thrown ? (thrown.failures as readonly Error[]) : [thrown];
      return { infos, failures };
    }
  }

  /** All objects; throws what failed. */
  infos(): readonly Info[] {
    const { infos, failures } = this.collect();
    throwCollected(failures);
    return infos;
  }
}

function refuseMixture(
  query: Query,
  selector: string,
  parsed: ReturnType<typeof parseArguments>,
): void {
  const filenames = query.filenames ?? [];
  if (query.all === true && selector !== '') {
    throw new Failure("setting 'all' parameter but found a non empty selector. ");
  }
  if (filenames.length === 0) return;
  if (parsed.types.length > 0) {
    throw new Failure(
      'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
    );
  }
  if (parsed.pairs.length > 0) {
    throw new Failure('resource/name arguments cannot be provided when a path is specified');
  }
}

/** Resolves a query; what is wrong with it is thrown here, what goes wrong with objects when they are visited. */
export function findResources(session: Session, query: Query): Resources {
  const continueOnError = query.continueOnError ?? true;
  const filenames = query.filenames ?? [];
  const selector = (query.selector ?? '').trim();
  const fieldSelector = (query.fieldSelector ?? '').trim();
  let args = query.args;
  if (query.defaultType !== undefined) {
    const type = query.defaultType;
    args = args.map((argument) => (argument.includes('/') ? argument : `${type}/${argument}`));
  }
  const parsed = parseArguments(args);
  refuseMixture(query, selector + fieldSelector, parsed);
  if (filenames.length > 0) {
    const single = filenames.length === 1 && isSingleFile(session, filenames[0] ?? '');
    return new Resources(fromFiles(session, query), single, continueOnError);
  }
  const lists = query.listsTypes === true && parsed.names.length === 0 && parsed.types.length > 0;
  if (selector !== '' || fieldSelector !== '' || query.all === true || lists) {
    if (parsed.names.length > 0) {
      throw new Failure('name cannot be provided when a selector is specified');
    }
    if (parsed.pairs.length > 0) {
      throw new Failure(
        'selectors and the all flag cannot be used when passing resource/name arguments',
      );
    }
    if (parsed.types.length === 0) {
      throw new Failure('at least one resource must be specified to use a selector');
    }
    return new Resources(fromSelector(session, query, parsed), false, continueOnError);
  }
  if (parsed.pairs.length > 0 || parsed.names.length > 0) {
    const count = parsed.pairs.length + parsed.names.length;
    return new Resources(fromNames(session, query, parsed), count === 1, continueOnError);
  }
  if (parsed.types.length > 0) {
    typesOf(session, parsed.types);
    throw new Failure('resource(s) were provided, but no name was specified');
  }
  throw new Failure(nothingNamed);
}

function isSingleFile(session: Session, path: string): boolean {
  if (path === '-') return false;
  return session.process.files.exists(path) && session.process.files.stat(path).type === 'file';
}
