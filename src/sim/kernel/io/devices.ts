// /dev/null, /dev/zero, /dev/full, /dev/random and files that are made when they are read.
import { Errno } from '../errno.ts';
import type { FileStat, OpenFlags, WaitQueue } from '../types.ts';
import { Queue } from '../wait-queue.ts';
import { OpenFile, takeText } from './open-file.ts';
import { anonymousStat } from './stats.ts';

const never = new Queue();

/** What one read of /dev/zero gives at most. The same string each time, so that files of it cost nothing. */
const zeros = '\0'.repeat(65_536);

/** A device that was opened with flags. */
abstract class Device extends OpenFile {
  readonly readable: WaitQueue = never;
  readonly #flags: OpenFlags;

  constructor(flags: OpenFlags) {
    super();
    this.#flags = flags;
  }

  tryRead(maxLength: number): string | undefined {
    if (this.#writes && this.#flags.read !== true) throw new Errno('EBADF');
    return this.give(maxLength);
  }

  tryWrite(text: string): number {
    if (!this.#writes) throw new Errno('EBADF');
    return this.take(text);
  }

  get #writes(): boolean {
    return this.#flags.write === true || this.#flags.append === true;
  }

  protected give(_maxLength: number): string | undefined {
    return undefined;
  }

  protected take(text: string): number {
    return text.length;
  }

  stat(): FileStat {
    return anonymousStat('device', 0o666);
  }
}

/** /dev/null: nothing to read, and all that is written is gone. */
export class NullDevice extends Device {}

export class ZeroDevice extends Device {
  protected override give(maxLength: number): string {
    return maxLength >= zeros.length ? zeros : zeros.slice(0, maxLength);
  }
}

/** /dev/full: every write fails. */
export class FullDevice extends ZeroDevice {
  protected override take(): number {
    throw new Errno('ENOSPC');
  }
}

/** /dev/urandom. */
export class RandomDevice extends Device {
  readonly #below: (bound: number) => number;

  constructor(flags: OpenFlags, below: (bound: number) => number) {
    super(flags);
    this.#below = below;
  }

  protected override give(maxLength: number): string {
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
