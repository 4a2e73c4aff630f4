// Runs a parsed Go template over an object (text/template/exec.go).
import { goText } from '../jsonpath/go-value.ts';
import { callFunction, isTrue } from './functions.ts';
import type { Operand, Pipeline, TemplateNode } from './nodes.ts';
import { TemplateError } from './nodes.ts';

const maxSteps = 500_000;
const maxOutput = 4_000_000;

type Flow = 'next' | 'break' | 'continue';

export class Execution {
  output = '';
  readonly #template: string;
  #steps = 0;
  #scopes: Map<string, unknown>[] = [];

  constructor(template: string) {
    this.#template = template;
  }

  run(nodes: readonly TemplateNode[], data: unknown): void {
    this.#scopes = [new Map([['$', data]])];
    this.#block(nodes, data);
  }

  #block(nodes: readonly TemplateNode[], dot: unknown): Flow {
    this.#scopes.push(new Map());
    try {
      for (const node of nodes) {
        const flow = this.#node(node, dot);
        if (flow !== 'next') return flow;
      }
      return 'next';
    } finally {
      this.#scopes.pop();
    }
  }

  #node(node: TemplateNode, dot: unknown): Flow {
    if (++this.#steps > maxSteps)
      throw new TemplateError('the template is too much work for this lab');
    switch (node.kind) {
      case 'text':
        this.#write(node.text);
        return 'next';
      case 'action': {
        const value = this.#pipeline(node.pipeline, dot);
        if (node.pipeline.variables.length === 0) {
          this.#write(value === null || value === undefined ? '<no value>' : goText(value));
        } else this.#assign(node.pipeline, 0, value);
        return 'next';
      }
      case 'break':
      case 'continue':
        return node.kind;
      case 'range':
        return this.#range(node, dot);
      default: {
        const value = this.#pipeline(node.pipeline, dot);
        this.#scopes.push(new Map());
        this.#assign(node.pipeline, 0, value);
        const truth = isTrue(value);
        const inner = truth && node.kind === 'with' ? value : dot;
        const flow = this.#block(truth ? node.body : node.otherwise, inner);
        this.#scopes.pop();
        return flow;
      }
    }
  }

  #range(node: TemplateNode & { kind: 'if' | 'with' | 'range' }, dot: unknown): Flow {
    const value = this.#pipeline(node.pipeline, dot);
    const entries = this.#entries(value, node.pipeline);
    if (entries.length === 0) return this.#block(node.otherwise, dot);
    for (const [key, item] of entries) {
      this.#scopes.push(new Map());
      const { variables } = node.pipeline;
      this.#assign(node.pipeline, variables.length - 1, item);
      if (variables.length > 1) this.#assign(node.pipeline, 0, key);
      const flow = this.#block(node.body, item);
      this.#scopes.pop();
      if (flow === 'break') break;
    }
    return 'next';
  }

  #entries(value: unknown, pipeline: Pipeline): (readonly [unknown, unknown])[] {
    if (Array.isArray(value)) return value.map((item, index) => [index, item] as const);
    if (typeof value === 'object' && value !== null) {
      const fields = value as Record<string, unknown>;
      return Object.keys(fields)
        .sort()
        .map((key) => [key, fields[key]] as const);
    }
    if (value === null || value === undefined) return [];
    const operand = pipeline.commands[0]?.[0];
    throw this.#problem(operand, `range can't iterate over ${goText(value)}`);
  }

  #assign({ variables, declares }: Pipeline, at: number, value: unknown): void {
    const name = variables[at];
    if (name === undefined) return;
    const scope = declares ? undefined : this.#scopes.findLast((one) => one.has(name));
    (scope ?? this.#scopes.at(-1))?.set(name, value);
  }

  #pipeline(pipeline: Pipeline, dot: unknown): unknown {
    let value: unknown;
    pipeline.commands.forEach((command, index) => {
      value = this.#command(command, dot, index > 0 ? [value] : []);
    });
    return value;
  }

  #command(command: readonly Operand[], dot: unknown, piped: readonly unknown[]): unknown {
    const [first, ...rest] = command;
    if (first === undefined) return undefined;
    if (first.argument.kind === 'nil') throw this.#problem(first, 'nil is not a command');
    if (first.argument.kind !== 'function') {
      if (rest.length > 0 || piped.length > 0) {
        throw this.#problem(first, `can't give argument to non-function ${first.text}`);
      }
      return this.#operand(first, dot);
    }
    const { name } = first.argument;
    const args = [...rest.map((operand) => this.#operand(operand, dot)), ...piped];
    if (args.length === 0) {
      throw this.#problem(first, `wrong number of args for ${name}: want at least 1 got 0`);
    }
    try {
      return callFunction(name, args);
    } catch (thrown) {
      if (!(thrown instanceof TemplateError)) throw thrown;
      const text = command.map((operand) => operand.text).join(' ');
      throw this.#problem({ ...first, text }, `error calling ${name}: ${thrown.message}`);
    }
  }

  #operand(operand: Operand, dot: unknown): unknown {
    const { argument } = operand;
    switch (argument.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'constant':
        return argument.value;
      case 'field':
        return this.#fields(dot, argument.names, operand);
      case 'variable': {
        const scope = this.#scopes.findLast((one) => one.has(argument.name));
        if (scope === undefined)
          throw this.#problem(operand, `undefined variable: ${argument.name}`);
        return this.#fields(scope.get(argument.name), argument.names, operand);
      }
      case 'pipeline':
        return this.#fields(this.#pipeline(argument.pipeline, dot), argument.names, operand);
      case 'function':
        return this.#command([operand], dot, []);
    }
  }

  #fields(value: unknown, names: readonly string[], operand: Operand): unknown {
    let current = value;
    for (const name of names) {
      if (current === null || current === undefined) return undefined;
      if (typeof current !== 'object' || Array.isArray(current)) {
        throw this.#problem(operand, `can't evaluate field ${name} in type interface {}`);
      }
      const fields = current as Record<string, unknown>;
      current = Object.hasOwn(fields, name) ? fields[name] : undefined;
    }
    return current;
  }

  #write(text: string): void {
    if (this.output.length + text.length > maxOutput) {
      throw new TemplateError('the output of the template is too long for this lab');
    }
    this.output += text;
  }

  #problem(operand: Operand | undefined, message: string): TemplateError {
    const at = operand?.at ?? 0;
    const before = this.#template.slice(0, at);
    const line = before.split('\n').length;
    const isField = operand?.argument.kind === 'field' && operand.argument.names.length > 1;
    const column = at - (before.lastIndexOf('\n') + 1) + (isField ? fieldOffset(operand) : 0);
    const text = operand?.text ?? '';
    return new TemplateError(
      `template: output:${line}:${column}: executing "output" at <${text}>: ${message}`,
    );
  }
}

/** Errors about `.a.b` point at the second dot. */
function fieldOffset(operand: Operand | undefined): number {
  if (operand?.argument.kind !== 'field') return 0;
  return (operand.argument.names[0]?.length ?? 0) + 1;
}
