// Signal numbers and what a signal does to a process that does nothing about it (signal(7), x86 and ARM).
import type { SignalName } from './types.ts';

const numbers: Readonly<Record<SignalName, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  PWR: 30,
  SYS: 31,
};

/** All signals, by number. */
export const signalNames: readonly SignalName[] = (Object.keys(numbers) as SignalName[]).sort(
  (a, b) => numbers[a] - numbers[b],
);

export function signalNumber(signal: SignalName): number {
  return numbers[signal];
}

/** Reads `TERM`, `SIGTERM`, `term` or `15`; undefined for what is no signal. */
export function parseSignal(text: string): SignalName | undefined {
  if (/^[0-9]{1,3}$/.test(text)) {
    const number = Number(text);
    return signalNames.find((name) => numbers[name] === number);
  }
  const upper = text.toUpperCase();
  const name = upper.startsWith('SIG') ? upper.slice(3) : upper;
  return signalNames.find((each) => each === name);
}

export function defaultAction(signal: SignalName): 'end' | 'ignore' | 'stop' | 'continue' {
  switch (signal) {
    case 'CHLD':
    case 'URG':
    case 'WINCH':
      return 'ignore';
    case 'CONT':
      return 'continue';
    case 'STOP':
    case 'TSTP':
    case 'TTIN':
    case 'TTOU':
      return 'stop';
    default:
      return 'end';
  }
}

/** What a shell prints about a process that a signal ended (strsignal); empty where shells stay silent. */
export function signalDescription(signal: SignalName): string {
  return descriptions[signal] ?? '';
}

const descriptions: Readonly<Partial<Record<SignalName, string>>> = {
  HUP: 'Hangup',
  QUIT: 'Quit',
  ILL: 'Illegal instruction',
  TRAP: 'Trace/breakpoint trap',
  ABRT: 'Aborted',
  BUS: 'Bus error',
  FPE: 'Floating point exception',
  KILL: 'Killed',
  USR1: 'User defined signal 1',
  SEGV: 'Segmentation fault',
  USR2: 'User defined signal 2',
  ALRM: 'Alarm clock',
  TERM: 'Terminated',
  STKFLT: 'Stack fault',
  XCPU: 'CPU time limit exceeded',
  XFSZ: 'File size limit exceeded',
  VTALRM: 'Virtual timer expired',
  PROF: 'Profiling timer expired',
  IO: 'I/O possible',
  PWR: 'Power failure',
  SYS: 'Bad system call',
};
