// The descriptors of one process.
import { Errno } from '../errno.ts';
import type { OpenFile } from '../io/open-file.ts';

const maxDescriptors = 1024;

export class Descriptors {
  readonly #files: (OpenFile | undefined)[] = [];

  /** Throws EBADF. */
  get(descriptor: number): OpenFile {
    const file = this.#files[descriptor];
    if (file === undefined) throw new Errno('EBADF');
    return file;
  }

  has(descriptor: number): boolean {
    return this.#files[descriptor] !== undefined;
  }

  /** The numbers that are open, ascending. */
  open(): readonly number[] {
    const numbers: number[] = [];
    this.#files.forEach((file, number) => {
      if (file !== undefined) numbers.push(number);
    });
    return numbers;
  }

  /** Puts a file at the lowest free number from `least` on. Throws EMFILE. */
  add(file: OpenFile, least = 0): number {
    let descriptor = least;
    while (this.#files[descriptor] !== undefined) descriptor += 1;
    if (descriptor >= maxDescriptors) throw new Errno('EMFILE');
    this.set(descriptor, file);
    return descriptor;
  }

  /** Puts a file at a number; what was there is closed. */
  set(descriptor: number, file: OpenFile): void {
    if (descriptor < 0 || descriptor >= maxDescriptors) throw new Errno('EBADF');
    file.hold();
    this.#files[descriptor]?.release();
    this.#files[descriptor] = file;
  }

  /** Throws EBADF. */
  close(descriptor: number): void {
    const file = this.get(descriptor);
    this.#files[descriptor] = undefined;
    file.release();
  }

  closeAll(): void {
    const files = this.#files.splice(0);
    for (const file of files) file?.release();
  }
}
