// Files and commands that an awk program reads from and writes to.
import { isErrno } from '../../errno.ts';
import type { Blocking, Process } from '../../types.ts';
import type { Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { AwkReader } from './reader.ts';
import { AwkError } from './tree.ts';

const maxStreams = 100;

interface OutputStream {
  readonly descriptor: number;
  readonly child: Process | undefined;
}

interface InputStream extends OutputStream {
  readonly reader: AwkReader;
}

export class AwkStreams {
  readonly #call: Call;
  readonly #outputs = new Map<string, OutputStream>();
  readonly #inputs = new Map<string, InputStream>();

  constructor(call: Call) {
    this.#call = call;
  }

  /** Writes to what `>`, `>>` or `|` names; it stays open. */
  *write(how: '>' | '>>' | '|', name: string, text: string): Blocking<void> {
    const { process, out } = this.#call;
    if (how !== '|' && (name === '/dev/stdout' || name === '-')) {
      yield* out.print(text);
      return;
    }
    yield* out.flush();
    if (how !== '|' && name === '/dev/stderr') {
      yield* process.write(2, text);
      return;
    }
    let stream = this.#outputs.get(name);
    if (stream === undefined) {
      this.#checkCount();
      stream = how === '|' ? this.#startReader(name) : this.#openOutput(name, how === '>>');
      this.#outputs.set(name, stream);
    }
    yield* process.write(stream.descriptor, text);
  }

  /** The reader of a file or of a command's output; undefined when it cannot be opened. */
  *input(from: 'file' | 'command', name: string): Blocking<AwkReader | undefined> {
    const known = this.#inputs.get(name);
    if (known !== undefined) return known.reader;
    this.#checkCount();
    const { process } = this.#call;
    yield* this.#call.out.flush();
    try {
      const opened =
        from === 'command'
          ? this.#startWriter(name)
          : { descriptor: name === '-' ? 0 : process.open(name, { read: true }), child: undefined };
      const reader = new AwkReader(process, opened.descriptor);
      this.#inputs.set(name, { ...opened, reader });
      return reader;
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      return undefined;
    }
  }

  /** Closes what was opened under a name; the exit code of a command, 0 for a file, -1 when there is none. */
  *close(name: string): Blocking<number> {
    const stream = this.#outputs.get(name) ?? this.#inputs.get(name);
    if (stream === undefined) return -1;
    this.#outputs.delete(name);
    this.#inputs.delete(name);
    yield* this.#call.out.flush();
    if (stream.descriptor !== 0) this.#call.process.close(stream.descriptor);
    if (stream.child === undefined) return 0;
    const ended = yield* this.#call.process.wait(stream.child.pid);
    return ended?.status.code ?? 0;
  }

  *closeAll(): Blocking<void> {
    yield* this.#call.out.flush();
    for (const name of [...this.#outputs.keys(), ...this.#inputs.keys()]) yield* this.close(name);
  }

  /** Runs a command with this program's own input and output; its exit code. */
  *system(command: string): Blocking<number> {
    yield* this.#call.out.flush();
    const child = this.#call.process.spawn({ argv: ['sh', '-c', command] });
    const ended = yield* this.#call.process.wait(child.pid);
    return ended?.status.code ?? 0;
  }

  #openOutput(name: string, append: boolean): OutputStream {
    try {
      const how = append ? { append: true } : { truncate: true };
      const descriptor = this.#call.process.open(name, { write: true, create: true, ...how });
      return { descriptor, child: undefined };
    } catch (thrown) {
      throw new AwkError(`can't open '${name}': ${errnoText(thrown)}`);
    }
  }

  #startReader(command: string): OutputStream {
    const { process } = this.#call;
    const [readEnd, writeEnd] = process.pipe();
    const descriptors = new Map([
      [0, readEnd],
      [1, 1],
      [2, 2],
    ]);
    const child = process.spawn({ argv: ['sh', '-c', command], descriptors });
    process.close(readEnd);
    return { descriptor: writeEnd, child };
  }

  #startWriter(command: string): OutputStream {
    const { process } = this.#call;
    const [readEnd, writeEnd] = process.pipe();
    const descriptors = new Map([
      [0, 0],
      [1, writeEnd],
      [2, 2],
    ]);
    const child = process.spawn({ argv: ['sh', '-c', command], descriptors });
    process.close(writeEnd);
    return { descriptor: readEnd, child };
  }

  #checkCount(): void {
    if (this.#outputs.size + this.#inputs.size >= maxStreams)
      throw new AwkError('Too many open files');
  }
}
