// md5sum, sha1sum, sha256sum, sha512sum: digests of files, and checks of them.
import { toBytes } from '../base/bytes.ts';
import { command, type Call } from '../base/command.ts';
import {
  closeInput,
  inputsOf,
  namedFailure,
  openInput,
  readAll,
  splitLines,
} from '../base/lines.ts';
import type { Blocking } from '../../types.ts';
import { md5, sha1, sha256, sha512 } from './digest.ts';

const digests: Readonly<Record<string, (bytes: readonly number[]) => string>> = {
  md5sum: md5,
  sha1sum: sha1,
  sha256sum: sha256,
  sha512sum: sha512,
};

/** Hashing costs a step per so many bytes. */
const bytesPerStep = 2048;

export const checksum = command({
  options: 'cbtsw{status}{quiet}',
  long: { check: 'c', binary: 'b', text: 't', status: 's', warn: 'w', quiet: 'quiet' },
  usage: '[-c[sw]] [FILE]...',
  *run(call) {
    if (call.has('c')) return yield* check(call);
    for (const path of inputsOf(call.operands)) {
      const digest = yield* digestOf(call, path);
      if (digest !== undefined) yield* call.out.print(`${digest}  ${path}\n`);
    }
    return call.status;
  },
});

function* digestOf(call: Call, path: string): Blocking<string | undefined> {
  const descriptor = yield* openInput(call, path);
  if (descriptor === undefined) return undefined;
  const bytes = toBytes(yield* readAll(call, descriptor));
  closeInput(call, descriptor);
  yield* call.process.work(Math.ceil(bytes.length / bytesPerStep));
  return digests[call.name]?.(bytes);
}

function* check(call: Call): Blocking<number> {
  let failed = 0;
  let listed = 0;
  for (const list of inputsOf(call.operands)) {
    const descriptor = yield* openInput(call, list, namedFailure);
    if (descriptor === undefined) continue;
    for (const line of splitLines(yield* readAll(call, descriptor))) {
      const found = /^([0-9a-fA-F]+) [ *](.+)$/.exec(line);
      if (found === null) {
        // busybox counts a line that it cannot read as a failure.
        if (!call.gnu) failed += 1;
        listed += call.gnu ? 0 : 1;
        continue;
      }
      listed += 1;
      const path = found[2] ?? '';
      const digest = yield* digestOf(call, path);
      const same = digest === found[1]?.toLowerCase();
      if (!same) failed += 1;
      const unread = call.gnu ? 'FAILED open or read' : 'FAILED';
      const word = same ? 'OK' : digest === undefined ? unread : 'FAILED';
      const hushed = call.has('s') || (same && call.has('quiet'));
      if (!hushed) yield* call.out.print(`${path}: ${word}\n`);
    }
    closeInput(call, descriptor);
    if (call.gnu && listed === 0) {
      yield* call.warn(`${list}: no properly formatted checksum lines found`);
    }
  }
  if (failed === 0) return call.status;
  if (call.has('s')) return 1;
  return yield* call.fail(
    call.say(
      `WARNING: ${failed} of ${listed} computed checksums did NOT match`,
      `WARNING: ${failed} computed checksum${failed === 1 ? '' : 's'} did NOT match`,
    ),
  );
}
