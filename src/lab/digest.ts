// A short fingerprint of a whole cluster, to hold two runs against each other.
import { kinds } from '#sim/api/kinds.ts';
import type { LabSession } from './session.ts';

/** FNV-1a over UTF-16 units, twice with different starts: 64 bits in hexadecimal. */
export function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01234567;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x01000193) >>> 0;
    b = Math.imul(b ^ unit, 0x85ebca6b) >>> 0;
  }
  return [a, b].map((half) => half.toString(16).padStart(8, '0')).join('');
}

/** The same for two sessions exactly when every object, goal and the clock are the same. */
export function digest(session: LabSession): string {
  const client = session.cluster.server.client('podlab');
  const objects = kinds.flatMap((kind) => client.list(kind));
  return fingerprint(JSON.stringify([session.nowMs, session.board.goals(), objects]));
}
