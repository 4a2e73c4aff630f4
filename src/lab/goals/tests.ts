// The single tests that conditions are made of: does an object, an Event, a command, a program fit?
import type { KubeObject } from '#sim/api/objects.ts';
import { matchesSelector, parseSelector } from '#sim/api/selector.ts';
import { JsonPath } from '#kubectl/jsonpath/jsonpath.ts';
import type { CommandTest, EventTest, FieldTest, ObjectTest, ProgramTest } from '../schema.ts';
import type { Observation, SeenCommand, SeenEvent, SeenProgram } from './observation.ts';

/** Whether a name fits a pattern in which a * at the end stands for anything. */
export function fitsName(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** Paths of labs are few and looked at after every change. */
const compiledPaths = new Map<string, JsonPath>();

/** The values that a kubectl JSONPath finds in an object; none for a path that leads nowhere. */
export function valuesAt(object: KubeObject, path: string): readonly unknown[] {
  let compiled = compiledPaths.get(path);
  if (compiled === undefined) compiledPaths.set(path, (compiled = new JsonPath(path)));
  return compiled.find(object).flat();
}

function asNumber(value: unknown): number {
  return typeof value === 'number' ? value : Number(value);
}

function hasChanged(
  object: KubeObject,
  path: string,
  values: readonly unknown[],
  firstValues: Map<string, string>,
): boolean {
  if (values.length === 0) return false;
  const key = `${object.metadata?.uid ?? ''} ${path}`;
  const now = JSON.stringify(values);
  const first = firstValues.get(key);
  if (first === undefined) firstValues.set(key, now);
  return first !== undefined && first !== now;
}

/** Whether any value at the path passes the one operator of the test. */
export function fitsField(
  object: KubeObject,
  test: FieldTest,
  firstValues: Map<string, string>,
): boolean {
  const values = valuesAt(object, test.path).filter(
    (value) => value !== undefined && value !== null,
  );
  if (test.changed !== undefined) return hasChanged(object, test.path, values, firstValues);
  if (test.exists !== undefined) return values.length > 0 === test.exists;
  if (test.isNot !== undefined) return !values.some((value) => value === test.isNot);
  if (test.is !== undefined) return values.some((value) => value === test.is);
  if (test.atLeast !== undefined) {
    const { atLeast } = test;
    return values.some((value) => asNumber(value) >= atLeast);
  }
  if (test.atMost !== undefined) {
    const { atMost } = test;
    return values.some((value) => asNumber(value) <= atMost);
  }
  const word = test.includes ?? '';
  return values.some((value) => String(value).includes(word));
}

/** The objects that fit the test, its count aside. */
export function fittingObjects(observation: Observation, test: ObjectTest): readonly KubeObject[] {
  const selector = test.selector === undefined ? undefined : parseSelector(test.selector);
  return observation.list(test.kind).filter((object) => {
    const { name = '', namespace, labels } = object.metadata ?? {};
    if (test.name !== undefined && !fitsName(name, test.name)) return false;
    if (test.namespace !== undefined && namespace !== test.namespace) return false;
    if (
      selector !== undefined &&
      !(selector.ok && matchesSelector(selector.selector, labels ?? {}))
    ) {
      return false;
    }
    return (test.where ?? []).every((field) => fitsField(object, field, observation.firstValues));
  });
}

export function fitsObject(observation: Observation, test: ObjectTest): boolean {
  const found = fittingObjects(observation, test).length;
  if (test.count?.exactly !== undefined) return found === test.count.exactly;
  return found >= (test.count?.atLeast ?? 1);
}

export function fitsEvent(event: SeenEvent, test: EventTest): boolean {
  if (event.reason !== test.reason) return false;
  if (test.on !== undefined && !fitsName(event.on, test.on)) return false;
  return event.message.includes(test.message ?? '');
}

function fitsExit(exit: number | undefined, wanted: 'zero' | 'nonzero' | undefined): boolean {
  if (wanted === undefined) return true;
  return exit !== undefined && (exit === 0) === (wanted === 'zero');
}

export function fitsCommand(command: SeenCommand, test: CommandTest): boolean {
  if (command.verb !== test.verb || !fitsExit(command.exit, test.exit)) return false;
  if (test.resource !== undefined && !command.resources.includes(test.resource)) return false;
  const { name, flags = [], output = '' } = test;
  if (name !== undefined && !command.names.some((given) => fitsName(given, name))) return false;
  return flags.every((flag) => command.flags.includes(flag)) && command.output.includes(output);
}

export function fitsProgram(program: SeenProgram, test: ProgramTest): boolean {
  const name = (program.argv[0] ?? '').split('/').at(-1);
  if (name !== test.program || !fitsExit(program.exit, test.exit)) return false;
  if (test.pod !== undefined && !fitsName(program.pod, test.pod)) return false;
  if (test.container !== undefined && program.container !== test.container) return false;
  const rest = program.argv.slice(1).join(' ');
  if (!(test.arguments ?? []).every((word) => rest.includes(word))) return false;
  return program.output.includes(test.output ?? '');
}
