// dd: copies blocks.
import { byteLength } from '../base/bytes.ts';
import { command } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { holdMemory } from '../base/lines.ts';
import { parseSize } from '../base/numbers.ts';
import type { Process } from '../../types.ts';

const known = [
  'if',
  'of',
  'bs',
  'ibs',
  'obs',
  'count',
  'skip',
  'seek',
  'conv',
  'status',
  'oflag',
  'iflag',
];

export const dd = command({
  options: '',
  usage: '[if=FILE] [of=FILE] [bs=N] [count=N] [skip=N] [seek=N] [conv=notrunc] [status=none]',
  *run(call) {
    const { process } = call;
    const settings = new Map<string, string>();
    for (const word of call.operands) {
      const equals = word.indexOf('=');
      const key = word.slice(0, Math.max(equals, 0));
      if (!known.includes(key)) return yield* call.misuse(`unrecognized operand '${word}'`);
      settings.set(key, word.slice(equals + 1));
    }
    const numbers = new Map<string, number>();
    for (const key of ['bs', 'ibs', 'count', 'skip', 'seek']) {
      const word = settings.get(key);
      const number = word === undefined ? undefined : parseSize(word);
      if (word !== undefined && number === undefined) {
        return yield* call.fail(call.say(`invalid number '${word}'`, `invalid number: '${word}'`));
      }
      if (number !== undefined) numbers.set(key, number);
    }
    const blockBytes = Math.max(1, numbers.get('bs') ?? numbers.get('ibs') ?? 512);
    const append = settings.get('oflag')?.includes('append') === true;
    const [source, target] = [settings.get('if'), settings.get('of')];
    let input = 0;
    let output = 1;
    try {
      if (source !== undefined) input = process.open(source, { read: true });
    } catch (thrown) {
      return yield* call.fail(
        `${call.say("can't open", 'failed to open')} '${source ?? ''}': ${errnoText(thrown)}`,
      );
    }
    try {
      const keeps = settings.get('conv')?.includes('notrunc') === true || append;
      const flags = { write: true, create: true, truncate: !keeps, append };
      if (target !== undefined) output = process.open(target, flags);
      const seek = (numbers.get('seek') ?? 0) * blockBytes;
      if (seek > 0) process.seek(output, seek);
    } catch (thrown) {
      return yield* call.fail(
        `${call.say("can't open", 'failed to open')} '${target ?? ''}': ${errnoText(thrown)}`,
      );
    }
    const startMs = process.clock.nowMs();
    // The block is held in memory: one larger than the limit ends the container.
    yield* holdMemory(process, blockBytes);
    const { copied, full, partial, problem } = yield* copyBlocks(process, input, output, {
      blockBytes,
      count: numbers.get('count') ?? Infinity,
      skip: numbers.get('skip') ?? 0,
    });
    if (problem !== undefined) {
      yield* call.warn(`error writing '${target ?? 'standard output'}': ${problem}`);
    }
    const seconds = Math.max((process.clock.nowMs() - startMs) / 1000, 0.001);
    if (settings.get('status') !== 'none') {
      const records = `${full}+${partial} records in\n${full}+${partial} records out\n`;
      const summary =
        settings.get('status') === 'noxfer' || !call.gnu
          ? ''
          : `${summaryOf(copied)}, ${seconds} s, ${rate(copied / seconds)}\n`;
      yield* process.write(2, records + summary);
    }
    return call.status;
  },
});

interface Blocks {
  readonly blockBytes: number;
  readonly count: number;
  readonly skip: number;
}

function* copyBlocks(
  process: Process,
  input: number,
  output: number,
  { blockBytes, count, skip }: Blocks,
) {
  let copied = 0;
  let full = 0;
  let partial = 0;
  for (let block = -skip; block < count; block += 1) {
    let length = 0;
    while (length < blockBytes) {
      const chunk = yield* process.read(input, Math.min(blockBytes - length, 65_536));
      if (chunk === undefined) break;
      yield* process.work(1);
      length += byteLength(chunk);
      if (block < 0) continue;
      try {
        yield* process.write(output, chunk);
      } catch (thrown) {
        return { copied, full, partial, problem: errnoText(thrown) };
      }
      copied += byteLength(chunk);
    }
    if (length === 0) break;
    if (block < 0) continue;
    if (length < blockBytes) partial += 1;
    else full += 1;
  }
  return { copied, full, partial, problem: undefined };
}

function summaryOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes copied`;
  const decimal = scaled(bytes, 1000, ['kB', 'MB', 'GB', 'TB']);
  const binary = bytes < 1024 ? '' : `, ${scaled(bytes, 1024, ['KiB', 'MiB', 'GiB', 'TiB'])}`;
  return `${bytes} bytes (${decimal}${binary}) copied`;
}

function rate(bytesPerSecond: number): string {
  return `${scaled(bytesPerSecond, 1000, ['kB', 'MB', 'GB', 'TB'])}/s`;
}

function scaled(bytes: number, step: number, units: readonly string[]): string {
  let value = bytes / step;
  let unit = 0;
  while (value >= step && unit < units.length - 1) {
    value /= step;
    unit += 1;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`;
}
