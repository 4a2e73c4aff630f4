// How a process ended, as a number and a signal.
import { signalNumber } from '../signals.ts';
import type { ExitStatus, SignalName } from '../types.ts';

/** The status of a program that returned a code, or that a signal ended. */
export function exitStatus(code: number, signal?: SignalName): ExitStatus {
  return {
    code: signal === undefined ? code & 255 : 128 + signalNumber(signal),
    signal,
  };
}
