// Commands that run another one: env, nohup, nice, setsid, timeout, time, watch.
import { asErrno } from '../base/errors.ts';
import { command, type Call } from '../base/command.ts';
import { parseDuration } from '../base/numbers.ts';
import { strftime } from '../base/strftime.ts';
import type { Blocking, ExitStatus, Process } from '../../types.ts';
import { parseSignal } from '../../signals.ts';

/** What is said when a program cannot be run, and the exit code for it: 127 when it is not there, 126 otherwise. */
function* cannotRun(call: Call, name: string, thrown: unknown): Blocking<number> {
  const { code, message } = asErrno(thrown);
  const gnuText =
    call.name === 'env' ? `'${name}': ${message}` : `failed to run command '${name}': ${message}`;
  return yield* call.fail(
    call.say(`can't execute '${name}': ${message}`, gnuText),
    code === 'ENOENT' ? 127 : 126,
  );
}

/** Becomes another program. */
function* become(
  call: Call,
  argv: readonly string[],
  env?: ReadonlyMap<string, string>,
): Blocking<number> {
  try {
    yield* call.out.flush();
    return yield* call.process.execute(argv, env);
  } catch (thrown) {
    return yield* cannotRun(call, argv[0] ?? '', thrown);
  }
}

export const env = command({
  options: '+i0u:',
  long: { 'ignore-environment': 'i', unset: 'u', null: '0' },
  usage: '[-i0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]',
  usageCode: 125,
  *run(call) {
    const cleared = call.has('i') || call.operands[0] === '-';
    const words = call.operands[0] === '-' ? call.operands.slice(1) : call.operands;
    const variables = new Map<string, string>(cleared ? [] : call.process.env);
    for (const name of call.values('u')) variables.delete(name);
    let index = 0;
    for (; (words[index] ?? '').includes('='); index += 1) {
      const word = words[index] ?? '';
      const equals = word.indexOf('=');
      variables.set(word.slice(0, equals), word.slice(equals + 1));
    }
    if (index < words.length) return yield* become(call, words.slice(index), variables);
    const end = call.has('0') ? '\0' : '\n';
    for (const [name, value] of variables) yield* call.out.print(`${name}=${value}${end}`);
    return 0;
  },
});

export const printenv = command({
  options: '0',
  usage: '[VARIABLE]...',
  *run(call) {
    const variables = call.process.env;
    for (const [name, value] of variables) {
      if (call.operands.length === 0) yield* call.out.print(`${name}=${value}\n`);
    }
    for (const name of call.operands) {
      const value = variables.get(name);
      if (value === undefined) call.status = 1;
      else yield* call.out.print(`${value}\n`);
    }
    return call.status;
  },
});

export const nohup = command({
  options: '+',
  usage: 'PROG ARGS',
  usageCode: 125,
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse();
    const { process } = call;
    process.onSignal('HUP', 'ignore');
    if (process.isTerminal(1)) {
      const output = process.open('nohup.out', { write: true, append: true, create: true }, 0o600);
      yield* process.write(
        2,
        `nohup: ${call.say('appending output to nohup.out', "ignoring input and appending output to 'nohup.out'")}\n`,
      );
      process.duplicate(output, 1);
      if (process.isTerminal(2)) process.duplicate(output, 2);
      process.close(output);
    }
    return yield* become(call, call.operands);
  },
});

/** Priorities do not matter here: it only runs the program. */
export const nice = command({
  options: '+n:',
  usage: '[-n ADJUST] [PROG ARGS]',
  *run(call) {
    if (call.operands.length > 0) return yield* become(call, call.operands);
    yield* call.out.print('0\n');
    return 0;
  },
});

export const setsid = command({
  options: '+cfw',
  usage: '[-c] PROG ARGS',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse('no command specified');
    call.process.setProcessGroup(0);
    return yield* become(call, call.operands);
  },
});

/** Runs a program to its end; signals that come meanwhile are handed on to it. */
function* runChild(
  call: Call,
  argv: readonly string[],
): Blocking<{ readonly child: Process } | { readonly code: number }> {
  try {
    yield* call.out.flush();
    return { child: call.process.spawn({ argv }) };
  } catch (thrown) {
    return { code: yield* cannotRun(call, argv[0] ?? '', thrown) };
  }
}

function* waitFor(
  process: Process,
  child: Process,
  untilMs: number,
): Blocking<ExitStatus | undefined> {
  while (child.exit === undefined) {
    const leftMs = untilMs - process.clock.nowMs();
    if (leftMs <= 0) return undefined;
    yield* process.waitFor([child.exited], Number.isFinite(leftMs) ? leftMs : undefined);
    const signal = process.takeSignal();
    if (signal !== undefined && child.exit === undefined) process.kill(child.pid, signal);
  }
  return (yield* process.wait(child.pid))?.status;
}

export const timeout = command({
  options: '+s:k:v{preserve-status}{foreground}',
  long: {
    signal: 's',
    'kill-after': 'k',
    verbose: 'v',
    'preserve-status': 'preserve-status',
    foreground: 'foreground',
  },
  usage: '[-s SIG] [-k KILL_SECS] SECS PROG ARGS',
  usageCode: 125,
  *run(call) {
    const { process } = call;
    const [limitWord, ...argv] = call.operands;
    if (limitWord === undefined || argv.length === 0) return yield* call.misuse('');
    const limitMs = parseDuration(limitWord);
    const killWord = call.value('k');
    const killAfterMs = killWord === undefined ? Infinity : parseDuration(killWord);
    if (limitMs === undefined || killAfterMs === undefined) {
      const word = limitMs === undefined ? limitWord : (killWord ?? '');
      return yield* call.gnu
        ? call.misuse(`invalid time interval '${word}'`)
        : call.fail(`invalid number '${word}'`);
    }
    const signal = parseSignal(call.value('s') ?? 'TERM');
    if (signal === undefined) {
      const word = call.value('s') ?? '';
      return yield* call.gnu
        ? call.misuse(`'${word}': invalid signal`)
        : call.fail(`unknown signal '${word}'`);
    }
    const started = yield* runChild(call, argv);
    if ('code' in started) return started.code;
    const { child } = started;
    for (const each of ['TERM', 'INT', 'HUP', 'QUIT'] as const) process.onSignal(each, 'handle');
    const nowMs = process.clock.nowMs();
    let ended = yield* waitFor(process, child, limitMs === 0 ? Infinity : nowMs + limitMs);
    if (ended !== undefined) return ended.code;
    if (call.has('v')) yield* call.warn(`sending signal ${signal} to command '${argv[0] ?? ''}'`);
    process.kill(child.pid, signal);
    let last = signal;
    ended = yield* waitFor(process, child, process.clock.nowMs() + killAfterMs);
    if (ended === undefined) {
      process.kill(child.pid, 'KILL');
      last = 'KILL';
      ended = yield* waitFor(process, child, Infinity);
    }
    // busybox becomes the program itself, so that its end is told as it was.
    if (!call.gnu || call.has('preserve-status')) return ended?.code ?? 0;
    return last === 'KILL' ? 137 : 124;
  },
});

export const time = command({
  options: '+pvf:o:a',
  usage: '[-vpa] [-o FILE] PROG ARGS',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse();
    const { process } = call;
    const startMs = process.clock.nowMs();
    const cpuBeforeMs = process.host.memory.cpuUsedMs();
    const started = yield* runChild(call, call.operands);
    if ('code' in started) return started.code;
    const ended = yield* waitFor(process, started.child, Infinity);
    const realMs = process.clock.nowMs() - startMs;
    const userMs = Math.min(
      process.host.memory.cpuUsedMs() - cpuBeforeMs,
      realMs * process.host.cpuCount,
    );
    const show = (ms: number): string =>
      call.has('p')
        ? (ms / 1000).toFixed(2)
        : call.say(
            `${Math.floor(ms / 60_000)}m ${((ms % 60_000) / 1000).toFixed(2)}s`,
            `${Math.floor(ms / 60_000)}m${((ms % 60_000) / 1000).toFixed(3)}s`,
          );
    const tab = call.has('p') ? ' ' : '\t';
    yield* process.write(
      2,
      `real${tab}${show(realMs)}\nuser${tab}${show(userMs)}\nsys${tab}${show(0)}\n`,
    );
    return ended?.code ?? 0;
  },
});

export const watch = command({
  options: '+n:tdegcx',
  long: { interval: 'n', 'no-title': 't', differences: 'd', errexit: 'e', chgexit: 'g', exec: 'x' },
  usage: '[-n SEC] [-t] PROG ARGS',
  *run(call) {
    const { process } = call;
    const words = call.operands;
    if (words.length === 0) return yield* call.misuse('no command given');
    const word = call.value('n') ?? '2';
    const everyMs = parseDuration(word);
    if (everyMs === undefined)
      return yield* call.fail(
        call.say(`invalid number '${word}'`, `failed to parse argument: '${word}'`),
      );
    const line = words.join(' ');
    const argv = call.has('x') ? words : ['sh', '-c', line];
    for (;;) {
      const left = `Every ${(Math.max(everyMs, 100) / 1000).toFixed(1)}s: ${line}`;
      const nowMs = process.clock.nowMs();
      const right = call.gnu
        ? `${process.host.hostname()}: ${strftime('%a %b %e %H:%M:%S %Y', nowMs)}`
        : strftime('%Y-%m-%d %H:%M:%S', nowMs);
      const width = process.terminal(1)?.columns ?? 80;
      const title = call.has('t')
        ? ''
        : `${left.slice(0, width - right.length - 1).padEnd(width - right.length)}${right}\n\n`;
      yield* process.write(1, `\x1b[H\x1b[J${title}`);
      const started = yield* runChild(call, argv);
      if ('code' in started) return started.code;
      const ended = yield* waitFor(process, started.child, Infinity);
      if (call.has('e') && ended?.code !== 0) return ended?.code ?? 1;
      yield* process.sleep(Math.max(everyMs, 100));
    }
  },
});
