// Whether anything moves in a group of containers: so that nobody has to look at what stays the same.

export class Activity {
  #steps = 0;
  #listeners: (() => void)[] = [];

  /** How often a process has run. */
  get steps(): number {
    return this.#steps;
  }

  /** Calls back once, when a process runs next; answers how to call that off. */
  whenStirred(listener: () => void): () => void {
    this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((one) => one !== listener);
    };
  }

  /** For the scheduler: a process is about to run. */
  stir(): void {
    this.#steps += 1;
    if (this.#listeners.length === 0) return;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }
}
