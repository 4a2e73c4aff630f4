// kill, pidof, pgrep, pkill, killall: finding processes and sending them signals.
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { accountsOf } from '../base/accounts.ts';
import { compileRegex } from '../../regex/regex.ts';
import { parseSignal, signalNames, signalNumber } from '../../signals.ts';
import type { Blocking, ProcessInfo, SignalName } from '../../types.ts';

/** What a process is called: its program's name, without a folder. */
export function programName({ argv }: ProcessInfo): string {
  const first = (argv[0] ?? '').split(' ')[0] ?? '';
  return first.slice(first.lastIndexOf('/') + 1).replace(/:$/, '');
}

/** A signal as an option (`-9`, `-s TERM`, `-TERM`) and the words behind it. */
function signalAndRest(words: readonly string[]): {
  readonly signal: SignalName | 'none' | undefined;
  readonly word: string;
  readonly rest: readonly string[];
} {
  const [first = '', second = ''] = words;
  const separate = first === '-s' || first === '--signal' || first === '-n';
  const word = separate ? second : /^-[A-Z0-9]/i.test(first) ? first.slice(1) : 'TERM';
  const rest = separate
    ? words.slice(2)
    : word !== 'TERM' || first === '-TERM'
      ? words.slice(1)
      : words;
  return { signal: word === '0' ? 'none' : parseSignal(word), word, rest };
}

export const kill = command({
  options: '+',
  usage: '[-l] [-SIG] PID...',
  rewrite: (words) => (/^--(help|version)$/.test(words[0] ?? '') ? words : ['--', ...words]),
  *run(call) {
    if (call.operands[0] === '-l') return yield* listSignals(call, call.operands.slice(1));
    const { signal, word, rest } = signalAndRest(call.operands);
    if (signal === undefined)
      return yield* call.fail(call.say(`bad signal name '${word}'`, `unknown signal ${word}`));
    const pids = rest[0] === '--' ? rest.slice(1) : rest;
    if (pids.length === 0)
      return yield* call.fail(call.say('you need to specify whom to kill', 'not enough arguments'));
    for (const text of pids) {
      if (!/^-?\d{1,10}$/.test(text)) {
        yield* call.warn(
          call.say(`invalid number '${text}'`, `failed to parse argument: '${text}'`),
        );
        continue;
      }
      yield* send(call, Number(text), signal);
    }
    return call.status;
  },
});

function* send(call: Call, pid: number, signal: SignalName | 'none'): Blocking<boolean> {
  try {
    call.process.kill(pid, signal === 'none' ? undefined : signal);
    return true;
  } catch (thrown) {
    const message = errnoText(thrown);
    yield* call.warn(call.say(`can't kill pid ${pid}: ${message}`, `(${pid}): ${message}`));
    return false;
  }
}

function* listSignals(call: Call, operands: readonly string[]): Blocking<number> {
  for (const word of operands) {
    const number = Number(word) > 128 ? String(Number(word) - 128) : word;
    const signal = parseSignal(number);
    if (signal === undefined)
      return yield* call.fail(call.say(`unknown signal '${word}'`, `unknown signal name ${word}`));
    call.out.put(`${/^\d+$/.test(word) ? signal : signalNumber(signal)}\n`);
  }
  if (operands.length === 0) {
    call.out.put(
      call.gnu
        ? `${signalNames.join(' ')}\n`
        : signalNames
            .map((name) => `${String(signalNumber(name)).padStart(2)}) ${name}\n`)
            .join(''),
    );
  }
  return 0;
}

export const pidof = command({
  options: 'so:',
  usage: '[NAME]...',
  *run(call) {
    const found: number[] = [];
    const omitted = call
      .values('o')
      .map((word) => (word === '%PPID' ? call.process.parentPid : Number(word)));
    for (const name of call.operands) {
      for (const info of [...call.process.host.processes()].reverse()) {
        const wanted = programName(info) === name || info.argv[0] === name;
        if (wanted && info.state !== 'Z' && !omitted.includes(info.pid)) found.push(info.pid);
      }
    }
    const shown = call.has('s') ? found.slice(0, 1) : found;
    if (shown.length === 0) return 1;
    yield* call.out.print(`${shown.join(' ')}\n`);
    return 0;
  },
});

/** The words of pgrep and pkill, without a signal among them. */
function withoutSignal(words: readonly string[]): readonly string[] {
  const [first = ''] = words;
  const isSignal =
    /^-(\d+|[A-Z][A-Z0-9]+)$/.test(first) && parseSignal(first.slice(1)) !== undefined;
  return isSignal ? [`--signal=${first.slice(1)}`, ...words.slice(1)] : words;
}

export const pgrep = command({
  options: 'flxnovcu:P:s:ad:{signal}:',
  long: {
    full: 'f',
    'list-name': 'l',
    'list-full': 'a',
    exact: 'x',
    newest: 'n',
    oldest: 'o',
    inverse: 'v',
    count: 'c',
    signal: 'signal',
  },
  usage: '[-flnovx] [-s SID|-P PPID|PATTERN]',
  usageCode: 2,
  rewrite: withoutSignal,
  *run(call) {
    const kills = call.name === 'pkill';
    const [pattern] = call.operands;
    const selects = call.has('P') || call.has('u');
    if (pattern === undefined && !selects)
      return yield* call.misuse('no matching criteria specified');
    const regex = compileRegex(pattern ?? '', { extended: true });
    if (typeof regex === 'string') return yield* call.fail(regex, 2);
    const signal = parseSignal(call.value('signal') ?? 'TERM');
    if (signal === undefined)
      return yield* call.fail(`bad signal name '${call.value('signal') ?? ''}'`, 2);
    const user =
      call.value('u') === undefined
        ? undefined
        : accountsOf(call.process).findUser(call.value('u') ?? '')?.id;
    const parent = call.value('P');
    let found = call.process.host.processes().filter((info) => {
      if (info.pid === call.process.pid || info.state === 'Z') return false;
      if (parent !== undefined && String(info.parentPid) !== parent) return false;
      if (call.has('u') && info.uid !== user) return false;
      const text = call.has('f') ? info.argv.join(' ') : programName(info);
      const match = regex.exec(text);
      const fits =
        match !== undefined && (!call.has('x') || match.end - match.start === text.length);
      return fits !== call.has('v');
    });
    if (call.has('n')) found = found.slice(-1);
    else if (call.has('o')) found = found.slice(0, 1);
    if (kills) {
      for (const { pid } of found) yield* send(call, pid, signal);
      return found.length > 0 ? 0 : 1;
    }
    if (call.has('c')) call.out.put(`${found.length}\n`);
    else {
      for (const info of found) {
        const name =
          call.has('a') || (call.has('l') && !call.gnu)
            ? ` ${info.argv.join(' ')}`
            : call.has('l')
              ? ` ${programName(info)}`
              : '';
        call.out.put(`${info.pid}${name}\n`);
      }
    }
    return found.length > 0 ? 0 : 1;
  },
});

export const killall = command({
  options: '+',
  usage: '[-lq] [-SIG] PROCESS_NAME...',
  rewrite: (words) => ['--', ...words],
  *run(call) {
    const { signal, word, rest } = signalAndRest(call.operands);
    if (signal === undefined) return yield* call.fail(`bad signal name '${word}'`);
    if (rest.length === 0) return yield* call.misuse('no process selection criteria');
    for (const name of rest) {
      const found = call.process.host
        .processes()
        .filter((info) => programName(info) === name && info.pid !== call.process.pid);
      if (found.length === 0)
        yield* call.warn(`${name}: no process ${call.say('killed', 'found')}`);
      for (const { pid } of found) yield* send(call, pid, signal);
    }
    return call.status;
  },
});
