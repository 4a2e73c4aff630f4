// Functions and aliases by name. A forked shell shares them until one of both changes something.

export class Names<Value> {
  #map: Map<string, Value> | undefined;
  #shared = false;

  fork(): Names<Value> {
    const copy = new Names<Value>();
    copy.#map = this.#map;
    copy.#shared = true;
    this.#shared = true;
    return copy;
  }

  get size(): number {
    return this.#map?.size ?? 0;
  }

  get(name: string): Value | undefined {
    return this.#map?.get(name);
  }

  has(name: string): boolean {
    return this.#map?.has(name) ?? false;
  }

  keys(): readonly string[] {
    return [...(this.#map?.keys() ?? [])];
  }

  set(name: string, value: Value): void {
    this.#own().set(name, value);
  }

  delete(name: string): boolean {
    return this.has(name) && this.#own().delete(name);
  }

  clear(): void {
    this.#map = undefined;
    this.#shared = false;
  }

  #own(): Map<string, Value> {
    if (this.#map === undefined || this.#shared) {
      this.#map = new Map(this.#map);
      this.#shared = false;
    }
    return this.#map;
  }
}
