// The shell's variables. A forked shell shares them until one of both changes something.
import { ShellError } from './flow.ts';

export interface Variable {
  /** Undefined: exported or read-only, but not set. */
  readonly value: string | undefined;
  readonly exported: boolean;
  readonly readOnly: boolean;
}

const unset: Variable = { value: undefined, exported: false, readOnly: false };

/** Characters that one variable may hold. */
const maxValueLength = 1 << 22;

export class Variables {
  #map: Map<string, Variable>;
  #shared = false;
  #environment: ReadonlyMap<string, string> | undefined;
  /** Changes with every change of PATH. */
  pathChanges = 0;

  constructor(environment: ReadonlyMap<string, string>) {
    this.#map = new Map();
    for (const [name, value] of environment) {
      this.#map.set(name, { value, exported: true, readOnly: false });
    }
  }

  fork(): Variables {
    const copy = new Variables(new Map());
    copy.#map = this.#map;
    copy.#environment = this.#environment;
    copy.#shared = true;
    this.#shared = true;
    return copy;
  }

  get(name: string): string | undefined {
    return this.#map.get(name)?.value;
  }

  find(name: string): Variable | undefined {
    return this.#map.get(name);
  }

  /** Throws ShellError for a read-only one, or a value without measure. */
  set(name: string, value: string): void {
    const old = this.#map.get(name) ?? unset;
    this.#requireWritable(name, old);
    if (value.length > maxValueLength) throw new ShellError('out of memory');
    this.put(name, { ...old, value });
  }

  /** Sets value and attributes, whatever was there. */
  put(name: string, variable: Variable | undefined): void {
    if (this.#shared) {
      this.#map = new Map(this.#map);
      this.#shared = false;
    }
    if (variable?.exported === true || this.#map.get(name)?.exported === true) {
      this.#environment = undefined;
    }
    if (variable === undefined) this.#map.delete(name);
    else this.#map.set(name, variable);
  }

  /** Throws ShellError for a read-only one. */
  unset(name: string): void {
    const old = this.#map.get(name);
    if (old === undefined) return;
    this.#requireWritable(name, old);
    this.put(name, undefined);
  }

  export(name: string): void {
    this.put(name, { ...(this.#map.get(name) ?? unset), exported: true });
  }

  makeReadOnly(name: string): void {
    this.put(name, { ...(this.#map.get(name) ?? unset), readOnly: true });
  }

  /** What children get. */
  environment(): ReadonlyMap<string, string> {
    if (this.#environment === undefined) {
      const environment = new Map<string, string>();
      for (const [name, { value, exported }] of this.#map) {
        if (exported && value !== undefined) environment.set(name, value);
      }
      this.#environment = environment;
    }
    return this.#environment;
  }

  /** All of them by name. */
  entries(): readonly (readonly [name: string, variable: Variable])[] {
    return [...this.#map].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  #requireWritable(name: string, variable: Variable): void {
    if (variable.readOnly) throw new ShellError(`${name}: is read only`);
  }
}

export function isName(text: string): boolean {
  return text.length <= 256 && /^[A-Za-z_]\w*$/.test(text);
}
