// podlab/log-shipper: follows a file that another container writes and ships its lines (to its own log, for want of a
// log store). Settings: LOG_FILE (/var/log/shop/requests.log).
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Process, Program } from '../../kernel/types.ts';
import { textSetting } from './settings.ts';

/** A file that is replaced or not there yet is looked for as often. */
const lookAgainMs = 1000;

export const logShipper: Program = function* logShipper(process) {
  const path = textSetting(process, 'LOG_FILE', '/var/log/shop/requests.log');
  for (const signal of ['TERM', 'INT'] as const) process.onSignal(signal, 'handle');
  yield* process.write(1, `log-shipper: following ${path}\n`);
  const state = { position: 0, shipped: 0 };
  for (;;) {
    yield* ship(process, path, state);
    const signal = process.takeSignal();
    if (signal !== undefined) {
      yield* process.write(1, `log-shipper: got SIG${signal}, ${state.shipped} lines shipped\n`);
      return 0;
    }
    const isThere = process.files.exists(path);
    yield* process.waitFor([process.files.changes(path)], isThere ? undefined : lookAgainMs);
  }
};

/** Writes out every whole line that has come since the last time; a file that shrank is read anew. */
function* ship(
  process: Process,
  path: string,
  state: { position: number; shipped: number },
): Blocking<void> {
  let text: string;
  try {
    text = process.files.readText(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return;
  }
  if (text.length < state.position) state.position = 0;
  const end = text.lastIndexOf('\n') + 1;
  if (end <= state.position) return;
  const lines = text.slice(state.position, end).split('\n').slice(0, -1);
  state.position = end;
  state.shipped += lines.length;
  yield* process.write(1, lines.map((line) => `shipped: ${line}\n`).join(''));
}
