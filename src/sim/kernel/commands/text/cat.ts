// cat, and less and more, which show everything at once here.
import { toBytes } from '../base/bytes.ts';
import { command, type Call } from '../base/command.ts';
import { closeInput, eachLine, inputsOf, openInput } from '../base/lines.ts';
import type { Blocking } from '../../types.ts';

export const cat = command({
  options: 'nbvteAsETu',
  long: {
    number: 'n',
    'number-nonblank': 'b',
    'show-all': 'A',
    'show-ends': 'E',
    'show-tabs': 'T',
    'show-nonprinting': 'v',
    'squeeze-blank': 's',
  },
  usage: '[-nbvteA] [FILE]...',
  run: (call) => (call.given.length === 0 ? copyInputs(call) : showLines(call)),
});

/** A pager without keys: the lab's terminal scrolls by itself. */
export const pager = command({ options: 'EFIMNRSX', usage: '[FILE]...', run: copyInputs });

function* copyInputs(call: Call): Blocking<number> {
  for (const path of inputsOf(call.operands)) {
    const descriptor = yield* openInput(call, path);
    if (descriptor === undefined) continue;
    for (;;) {
      const chunk = yield* call.process.read(descriptor);
      if (chunk === undefined) break;
      yield* call.process.write(1, chunk);
    }
    closeInput(call, descriptor);
  }
  return call.status;
}

function* showLines(call: Call): Blocking<number> {
  const ends = call.has('E') || call.has('e') || call.has('A');
  const tabs = call.has('T') || call.has('t') || call.has('A');
  const visible = call.has('v') || call.has('e') || call.has('t') || call.has('A');
  let number = 0;
  let blanks = 0;
  yield* eachLine(call, inputsOf(call.operands), ({ text, ended }) => {
    const blank = text === '' && ended;
    blanks = blank ? blanks + 1 : 0;
    if (blanks > 1 && call.has('s')) return;
    const numbered = call.has('b') ? !blank : call.has('n');
    if (numbered) number += 1;
    let shown = visible ? showControls(text) : text;
    if (tabs) shown = shown.replaceAll('\t', '^I');
    // busybox ends even the last line, once it has to look at lines.
    const end = ended ? (ends ? '$\n' : '\n') : call.say('\n', '');
    const lead = numbered ? `${String(number).padStart(6)}\t` : '';
    call.out.put(`${lead}${shown}${end}`);
  });
  return call.status;
}

/** Control characters as `^A`, except tab; bytes beyond ASCII as `M-` and what they are without their highest bit. */
function showControls(text: string): string {
  let shown = '';
  for (const byte of toBytes(text)) {
    const low = byte & 0x7f;
    const control = (low < 32 && byte !== 9) || low === 127;
    shown += byte > 127 ? 'M-' : '';
    shown += control ? `^${String.fromCharCode(low ^ 64)}` : String.fromCharCode(low);
  }
  return shown;
}
