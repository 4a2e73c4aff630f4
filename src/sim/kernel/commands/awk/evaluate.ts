// Evaluates awk's expressions.
import type { Blocking } from '../../types.ts';
import { readRecord } from './input.ts';
import type { AwkMachine } from './machine.ts';
import type { AwkReader } from './reader.ts';
import { AwkError, type Expression, type Target } from './tree.ts';
import { compareValues, InputText, isTrue, toNumber, toText, type Value } from './values.ts';

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

export function* evaluate(machine: AwkMachine, expression: Expression): Blocking<Value> {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return expression.value;
    case 'variable':
      return machine.get(expression.ref);
    case 'field':
      return machine.record.get(toNumber(yield* evaluate(machine, expression.index)));
    case 'element': {
      const key = yield* subscript(machine, expression.subscripts);
      return machine.element(machine.array(expression.array), key);
    }
    case 'regex':
      return expression.regex.test(wholeRecord(machine)) ? 1 : 0;
    case 'group':
      return yield* evaluateGroup(machine, expression.list);
    case 'assign':
      return yield* assignTo(machine, expression);
    case 'conditional': {
      const { test, yes, no } = expression;
      return yield* evaluate(machine, isTrue(yield* evaluate(machine, test)) ? yes : no);
    }
    case 'logical': {
      const left = isTrue(yield* evaluate(machine, expression.left));
      if (left === (expression.operator === '||')) return left ? 1 : 0;
      return isTrue(yield* evaluate(machine, expression.right)) ? 1 : 0;
    }
    case 'in': {
      const key = yield* subscript(machine, expression.subscripts);
      return machine.array(expression.array).has(key) ? 1 : 0;
    }
    case 'match':
      return yield* evaluateMatch(machine, expression);
    case 'binary':
      return yield* evaluateBinary(machine, expression);
    case 'unary': {
      const value = yield* evaluate(machine, expression.operand);
      if (expression.operator === '!') return isTrue(value) ? 0 : 1;
      return expression.operator === '-' ? -toNumber(value) : toNumber(value);
    }
    case 'step': {
      const place = yield* locate(machine, expression.target);
      const before = toNumber(place.get());
      place.set(before + expression.by);
      return expression.before ? before + expression.by : before;
    }
    case 'builtin':
      return yield* machine.operations.callBuiltin(machine, expression.name, expression.arguments);
    case 'call':
      return yield* machine.operations.callFunction(machine, expression.name, expression.arguments);
    case 'getline':
      return yield* getline(machine, expression);
  }
}

/** An expression as text. */
export function* evaluateText(machine: AwkMachine, expression: Expression): Blocking<string> {
  return textOf(machine, yield* evaluate(machine, expression));
}

export function textOf(machine: AwkMachine, value: Value): string {
  return toText(value, machine.text('CONVFMT'));
}

/** `$0` as text. */
export function wholeRecord(machine: AwkMachine): string {
  return textOf(machine, machine.record.get(0));
}

/** Subscripts joined by SUBSEP. */
export function* subscript(machine: AwkMachine, list: readonly Expression[]): Blocking<string> {
  const parts: string[] = [];
  for (const part of list) parts.push(yield* evaluateText(machine, part));
  return parts.join(machine.text('SUBSEP'));
}

/** Something that can be read and set. Its subscripts are evaluated once. */
export interface Place {
  get(): Value;
  set(value: Value): void;
}

export function* locate(machine: AwkMachine, target: Target): Blocking<Place> {
  switch (target.kind) {
    case 'variable':
      return {
        get: () => machine.get(target.ref),
        set: (value) => machine.set(target.ref, value),
      };
    case 'field': {
      const index = toNumber(yield* evaluate(machine, target.index));
      return {
        get: () => machine.record.get(index),
        set: (value) => machine.record.put(index, value),
      };
    }
    case 'element': {
      const key = yield* subscript(machine, target.subscripts);
      const array = machine.array(target.array);
      return {
        get: () => machine.element(array, key),
        set: (value) => {
          machine.element(array, key);
          array.set(key, value);
        },
      };
    }
  }
}

/** Whether a text fits a pattern: a regular expression as such, or any value as one. */
export function* regexOf(machine: AwkMachine, pattern: Expression) {
  if (pattern.kind === 'regex') return pattern.regex;
  return machine.regexes.get(yield* evaluateText(machine, pattern));
}

function* evaluateGroup(machine: AwkMachine, list: readonly Expression[]): Blocking<Value> {
  const [only, ...others] = list;
  if (only === undefined || others.length > 0) throw new AwkError('Unexpected token');
  return yield* evaluate(machine, only);
}

function* assignTo(machine: AwkMachine, expression: Of<'assign'>): Blocking<Value> {
  const { operator, target } = expression;
  if (operator === '=') {
    const value = yield* evaluate(machine, expression.value);
    (yield* locate(machine, target)).set(value);
    return value;
  }
  const place = yield* locate(machine, target);
  const right = toNumber(yield* evaluate(machine, expression.value));
  const value = compute(operator.slice(0, -1), toNumber(place.get()), right);
  place.set(value);
  return value;
}

function* evaluateMatch(machine: AwkMachine, expression: Of<'match'>): Blocking<Value> {
  const text = yield* evaluateText(machine, expression.left);
  const regex = yield* regexOf(machine, expression.right);
  return regex.test(text) !== expression.negated ? 1 : 0;
}

function* evaluateBinary(machine: AwkMachine, expression: Of<'binary'>): Blocking<Value> {
  const { operator } = expression;
  const left = yield* evaluate(machine, expression.left);
  const right = yield* evaluate(machine, expression.right);
  if (operator === ' ') return machine.checked(textOf(machine, left) + textOf(machine, right));
  if ('+-*/%^'.includes(operator)) return compute(operator, toNumber(left), toNumber(right));
  const order = compareValues(left, right);
  switch (operator) {
    case '<':
      return order < 0 ? 1 : 0;
    case '<=':
      return order <= 0 ? 1 : 0;
    case '>':
      return order > 0 ? 1 : 0;
    case '>=':
      return order >= 0 ? 1 : 0;
    case '==':
      return order === 0 ? 1 : 0;
    default:
      return order === 0 ? 0 : 1;
  }
}

function compute(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '^':
      return left ** right;
    default:
      if (right === 0) throw new AwkError('Division by zero');
      return operator === '/' ? left / right : left % right;
  }
}

/** getline in its forms: 1 for a record, 0 at the end, -1 when it cannot be read. */
function* getline(machine: AwkMachine, expression: Of<'getline'>): Blocking<Value> {
  const { from, source, target } = expression;
  let record: string | undefined;
  if (source === undefined || from === 'input') record = yield* machine.input.next();
  else {
    const name = yield* evaluateText(machine, source);
    const reader: AwkReader | undefined = yield* machine.streams.input(
      from === 'file' ? 'file' : 'command',
      name,
    );
    if (reader === undefined) return -1;
    record = yield* readRecord(machine, reader);
    if (record !== undefined && from === 'command')
      machine.setGlobal('NR', machine.number('NR') + 1);
  }
  if (record === undefined) return 0;
  if (target === undefined) machine.record.set(record);
  else (yield* locate(machine, target)).set(new InputText(record));
  return 1;
}
