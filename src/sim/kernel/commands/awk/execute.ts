// Runs awk's statements, functions and rules.
import type { Blocking } from '../../types.ts';
import { formatValues } from './builtins.ts';
import { evaluate, evaluateText, locate, subscript, wholeRecord } from './evaluate.ts';
import { Cell, type AwkMachine } from './machine.ts';
import { AwkError, type Expression, type Rule, type Statement } from './tree.ts';
import { isTrue, toNumber, toText, type Value } from './values.ts';

const maxCallDepth = 200;

/** How a statement ended, when not at its own end. */
type Outcome = 'break' | 'continue' | 'next' | 'nextfile' | 'exit' | 'return' | undefined;

/** Leaves a function and the expression that called it. */
class Jump extends Error {
  readonly to: 'next' | 'nextfile' | 'exit';

  constructor(to: 'next' | 'nextfile' | 'exit') {
    super(to);
    this.to = to;
  }
}

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** Runs a whole program; its exit code. */
export function* runProgram(machine: AwkMachine): Blocking<number> {
  const { begin, rules, end } = machine.program;
  let outcome: Outcome;
  for (const action of begin) {
    outcome = yield* runAction(machine, action);
    if (outcome === 'exit') break;
  }
  if (outcome !== 'exit' && (rules.length > 0 || end.length > 0)) yield* runRules(machine, rules);
  // An exit in BEGIN or in a rule still runs END; one in END is the end.
  for (const action of end) {
    if ((yield* runAction(machine, action)) === 'exit') break;
  }
  return machine.exitCode;
}

function* runRules(machine: AwkMachine, rules: readonly Rule[]): Blocking<void> {
  const open = new Set<Rule>();
  for (;;) {
    const record = yield* machine.input.next();
    if (record === undefined) return;
    machine.record.set(record);
    for (const rule of rules) {
      if (!(yield* selects(machine, rule, open))) continue;
      const outcome = yield* runAction(machine, rule.action ?? printRecord);
      if (outcome === 'exit') return;
      if (outcome === 'nextfile') machine.input.skipFile();
      if (outcome === 'next' || outcome === 'nextfile') break;
    }
  }
}

const printRecord: Statement = {
  kind: 'print',
  formatted: false,
  arguments: [],
  redirect: undefined,
};

function* selects(machine: AwkMachine, rule: Rule, open: Set<Rule>): Blocking<boolean> {
  const { pattern, end } = rule;
  if (pattern === undefined) return true;
  if (!open.has(rule)) {
    if (!isTrue(yield* evaluate(machine, pattern))) return false;
    if (end === undefined) return true;
    open.add(rule);
  }
  if (end !== undefined && isTrue(yield* evaluate(machine, end))) open.delete(rule);
  return true;
}

function* runAction(machine: AwkMachine, action: Statement): Blocking<Outcome> {
  try {
    return yield* execute(machine, action);
  } catch (thrown) {
    if (thrown instanceof Jump) return thrown.to;
    throw thrown;
  }
}

function* execute(machine: AwkMachine, statement: Statement): Blocking<Outcome> {
  if (machine.countStep()) {
    yield* machine.process.work(1);
    yield* machine.payMemory();
  }
  switch (statement.kind) {
    case 'block':
      for (const each of statement.body) {
        const outcome = yield* execute(machine, each);
        if (outcome !== undefined) return outcome;
      }
      return undefined;
    case 'expression':
      yield* evaluate(machine, statement.expression);
      return undefined;
    case 'print':
      yield* print(machine, statement);
      return undefined;
    case 'if': {
      const chosen = isTrue(yield* evaluate(machine, statement.test))
        ? statement.yes
        : statement.no;
      return chosen === undefined ? undefined : yield* execute(machine, chosen);
    }
    case 'loop':
      return yield* loop(machine, statement);
    case 'each':
      return yield* each(machine, statement);
    case 'delete': {
      const array = machine.array(statement.array);
      if (statement.subscripts.length === 0) array.clear();
      else array.delete(yield* subscript(machine, statement.subscripts));
      return undefined;
    }
    case 'exit':
      if (statement.value !== undefined) {
        machine.exitCode = toNumber(yield* evaluate(machine, statement.value)) & 255;
      }
      return 'exit';
    case 'return':
      machine.returned =
        statement.value === undefined ? undefined : yield* evaluate(machine, statement.value);
      return 'return';
    default:
      return statement.kind;
  }
}

function* print(machine: AwkMachine, statement: Of<'print'>): Blocking<void> {
  const { formatted, redirect } = statement;
  const text = formatted
    ? yield* formatValues(machine, statement.arguments)
    : yield* printedLine(machine, statement.arguments);
  if (redirect === undefined) yield* machine.call.out.print(text);
  else {
    const name = yield* evaluateText(machine, redirect.to);
    yield* machine.streams.write(redirect.how, name, text);
  }
}

function* printedLine(machine: AwkMachine, list: readonly Expression[]): Blocking<string> {
  const end = machine.text('ORS');
  if (list.length === 0) return wholeRecord(machine) + end;
  const parts: string[] = [];
  for (const part of list) {
    parts.push(toText(yield* evaluate(machine, part), machine.text('OFMT')));
  }
  return parts.join(machine.text('OFS')) + end;
}

function* loop(machine: AwkMachine, statement: Of<'loop'>): Blocking<Outcome> {
  const { start, test, after, body } = statement;
  if (start !== undefined) yield* execute(machine, start);
  let first = !statement.testFirst;
  for (;;) {
    if (!first && test !== undefined && !isTrue(yield* evaluate(machine, test))) return undefined;
    first = false;
    const outcome = yield* execute(machine, body);
    if (outcome === 'break') return undefined;
    if (outcome !== undefined && outcome !== 'continue') return outcome;
    if (after !== undefined) yield* execute(machine, after);
  }
}

function* each(machine: AwkMachine, statement: Of<'each'>): Blocking<Outcome> {
  for (const key of [...machine.array(statement.array).keys()]) {
    (yield* locate(machine, statement.variable)).set(key);
    const outcome = yield* execute(machine, statement.body);
    if (outcome === 'break') return undefined;
    if (outcome !== undefined && outcome !== 'continue') return outcome;
  }
  return undefined;
}

/** Calls one of the program's own functions. */
export function* callFunction(
  machine: AwkMachine,
  name: string,
  list: readonly Expression[],
): Blocking<Value> {
  const definition = machine.program.functions.get(name);
  if (definition === undefined || list.length > definition.parameters.length) {
    throw new AwkError('Call to undefined function');
  }
  if (machine.callDepth >= maxCallDepth) throw new AwkError('function calls nested too deep');
  const frame: Cell[] = [];
  for (const argument of list) frame.push(yield* argumentCell(machine, argument));
  while (frame.length < definition.parameters.length) frame.push(new Cell());
  const callerFrame = machine.frame;
  machine.frame = frame;
  machine.callDepth += 1;
  machine.returned = undefined;
  try {
    const outcome = yield* execute(machine, definition.body);
    if (outcome === 'next' || outcome === 'nextfile' || outcome === 'exit') throw new Jump(outcome);
    const value = machine.returned;
    machine.returned = undefined;
    return value;
  } finally {
    machine.frame = callerFrame;
    machine.callDepth -= 1;
  }
}

/** Arrays are handed over as they are, other values as copies; a variable that was never set may become either. */
function* argumentCell(machine: AwkMachine, argument: Expression): Blocking<Cell> {
  if (argument.kind === 'variable' && argument.ref.name !== 'NF') {
    const cell = machine.cell(argument.ref);
    if (cell.array !== undefined || cell.value === undefined) return new Cell(undefined, cell);
  }
  return new Cell(yield* evaluate(machine, argument));
}
