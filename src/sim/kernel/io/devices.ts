// /dev/null, /dev/zero, /dev/full, /dev/random and files that are made when they are read.
import { Errno } from '../errno.ts';
import type { FileStat, WaitQueue } from '../types.ts';
import { Queue } from '../wait-queue.ts';
import { OpenFile, takeText } from './open-file.ts';
import { anonymousStat } from './stats.ts';

const never = new Queue();

/** What one read of /dev/zero gives at most. The same string each time, so that files of it cost nothing. */
const zeros = '\0'.repeat(65_536);

export class NullDevice extends OpenFile {
  readonly readable: WaitQueue = never;

  tryRead(): string | undefined {
    return undefined;
  }

  tryWrite(text: string): number {
    return text.length;
  }

  stat(): FileStat {
    return anonymousStat('device', 0o666);
  }
}

export class ZeroDevice extends NullDevice {
  override tryRead(maxLength?: number): string {
    const length = maxLength ?? zeros.length;
    return length >= zeros.length ? zeros : zeros.slice(0, length);
  }
}

/** /dev/full: every write fails. */
export class FullDevice extends ZeroDevice {
  override tryWrite(): number {
    throw new Errno('ENOSPC');
  }
}

/** /dev/urandom. */
export class RandomDevice extends NullDevice {
  readonly #below: (bound: number) => number;

  constructor(below: (bound: number) => number) {
    super();
    this.#below = below;
  }

  override tryRead(maxLength = 4096): string {
    let text = '';
    for (let left = Math.min(maxLength, 4096); left > 0; left -= 1) {
      const byte = this.#below(256);
      // Bytes that are no ASCII are kept as lone surrogates (see commands/base/bytes.ts).
      text += String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
    }
    return text;
  }
}

/** A file whose text is made when it is first read, as in /proc. */
export class GeneratedFile extends OpenFile {
  readonly readable: WaitQueue = never;
  readonly #make: () => string;
  readonly #stat: FileStat;
  #rest: string | undefined;

  constructor(make: () => string, stat: FileStat) {
    super();
    this.#make = make;
    this.#stat = stat;
  }

  tryRead(maxLength: number, toNewline: boolean): string | undefined {
    const text = this.#rest ?? this.#make();
    const [taken, rest] = takeText(text, maxLength, toNewline);
    this.#rest = rest;
    return taken === '' ? undefined : taken;
  }

  tryWrite(): number {
    throw new Errno('EIO');
  }

  stat(): FileStat {
    return this.#stat;
  }
}

/** A text to be read once: what a here-document is. */
export class TextFile extends GeneratedFile {
  constructor(text: string) {
    super(() => text, anonymousStat('file', 0o600));
  }
}
