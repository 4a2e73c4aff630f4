// What a file holds: text as runs of a unit and how often it is repeated, so that `yes > file` or a gigabyte of NULs
// costs the host next to nothing.

interface Run {
  unit: string;
  count: number;
  /** UTF-8 bytes of one unit. */
  unitBytes: number;
}

/** Pieces shorter than this are joined to what is there instead of counted. */
const joinBelow = 512;
/** A joined unit grows no longer than this, so that a long log is not copied at each line. */
const maxJoined = 16_384;

export class Content {
  #runs: Run[] = [];
  #length = 0;
  #byteLength = 0;
  #heldLength = 0;

  static of(text: string): Content {
    const content = new Content();
    content.write(0, text);
    return content;
  }

  /** Characters (UTF-16 units). */
  get length(): number {
    return this.#length;
  }

  /** UTF-8 bytes. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** Characters the host really keeps. */
  get heldLength(): number {
    return this.#heldLength;
  }

  copy(): Content {
    const copy = new Content();
    copy.#runs = this.#runs.map((run) => ({ ...run }));
    copy.#length = this.#length;
    copy.#byteLength = this.#byteLength;
    copy.#heldLength = this.#heldLength;
    return copy;
  }

  slice(from: number, to: number): string {
    let text = '';
    let start = 0;
    for (const { unit, count } of this.#runs) {
      const end = start + unit.length * count;
      if (end > from && start < to) {
        text += sliceRun(unit, Math.max(from, start) - start, Math.min(to, end) - start);
      }
      start = end;
      if (start >= to) break;
    }
    return text;
  }

  text(): string {
    return this.slice(0, this.#length);
  }

  /** Puts text at a position, over what is there; a gap before it is filled with NULs. */
  write(at: number, text: string): void {
    if (text === '') return;
    if (at > this.#length) this.#append('\0', at - this.#length);
    if (at === this.#length) {
      this.#append(text, 1);
      return;
    }
    const first = this.#splitAt(at);
    const end = Math.min(at + text.length, this.#length);
    const last = this.#splitAt(end);
    this.#runs.splice(first, last - first, newRun(text, 1));
    this.#measure();
  }

  truncate(length: number): void {
    if (length > this.#length) {
      this.#append('\0', length - this.#length);
      return;
    }
    this.#runs.length = this.#splitAt(length);
    this.#measure();
  }

  #append(text: string, count: number): void {
    const last = this.#runs.at(-1);
    const bytes = last !== undefined && last.unit === text ? last.unitBytes : utf8Length(text);
    this.#length += text.length * count;
    this.#byteLength += bytes * count;
    if (last !== undefined && last.unit === text && (text.length >= joinBelow || count > 1)) {
      last.count += count;
      return;
    }
    this.#heldLength += text.length;
    if (last?.count === 1 && count === 1 && last.unit.length + text.length <= maxJoined) {
      last.unit += text;
      last.unitBytes += bytes;
    } else {
      this.#runs.push({ unit: text, count, unitBytes: bytes });
    }
  }

  /** Makes a run begin at the position and returns its index. */
  #splitAt(position: number): number {
    let start = 0;
    for (let index = 0; index < this.#runs.length; index += 1) {
      const run = this.#runs[index];
      if (run === undefined) break;
      if (position <= start) return index;
      const end = start + run.unit.length * run.count;
      if (position < end) return this.#splitRun(index, run, position - start);
      start = end;
    }
    return this.#runs.length;
  }

  #splitRun(index: number, run: Run, offset: number): number {
    const whole = Math.floor(offset / run.unit.length);
    const rest = offset % run.unit.length;
    const before: Run[] = [];
    const behind: Run[] = [];
    if (whole > 0) before.push({ ...run, count: whole });
    if (rest > 0) {
      before.push(newRun(run.unit.slice(0, rest), 1));
      behind.push(newRun(run.unit.slice(rest), 1));
    }
    const left = run.count - whole - (rest > 0 ? 1 : 0);
    if (left > 0) behind.push({ ...run, count: left });
    this.#runs.splice(index, 1, ...before, ...behind);
    return index + before.length;
  }

  #measure(): void {
    this.#length = 0;
    this.#byteLength = 0;
    this.#heldLength = 0;
    for (const { unit, count, unitBytes } of this.#runs) {
      this.#length += unit.length * count;
      this.#byteLength += unitBytes * count;
      this.#heldLength += unit.length;
    }
  }
}

function newRun(unit: string, count: number): Run {
  return { unit, count, unitBytes: utf8Length(unit) };
}

function sliceRun(unit: string, from: number, to: number): string {
  const first = Math.floor(from / unit.length);
  const start = from - first * unit.length;
  const length = to - from;
  if (start + length <= unit.length) return unit.slice(start, start + length);
  if (start === 0 && length % unit.length === 0) return unit.repeat(length / unit.length);
  const whole = Math.ceil((start + length) / unit.length);
  return unit.repeat(whole).slice(start, start + length);
}

/** How many bytes a text takes in UTF-8; a lone low surrogate stands for one byte (see commands/base/bytes.ts). */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    if (code < 0x800) bytes += 1;
    else if (code < 0xdc00 || code > 0xdfff) bytes += 2;
  }
  return bytes;
}
