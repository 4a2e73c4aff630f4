// The few statements of Python that stand in for a program in `python3 -c`: hold memory, sleep, print. Everything else
// is refused by name.
import type { Blocking, Process } from '../../kernel/types.ts';
import { parseExpression } from './expression.ts';

const maxStatements = 200;

/** Runs a script of one line or several. The text is what the simulator does not know. */
export function* runScript(process: Process, source: string): Blocking<number> {
  const statements = source
    .split(/[;\n]/)
    .map((text) => text.trim())
    .filter((text) => text !== '' && !text.startsWith('#'));
  if (statements.length > maxStatements) return yield* refuse(process, 'a script this long');
  for (const statement of statements) {
    const code = yield* runStatement(process, statement);
    if (code !== undefined) return code;
  }
  return 0;
}

/** Undefined while the script goes on. */
function* runStatement(process: Process, statement: string): Blocking<number | undefined> {
  if (/^(?:import|from) /.test(statement) || statement === 'pass') return undefined;
  const held = /^\w+\s*=\s*(.+)$/.exec(statement)?.[1];
  const bytes = held === undefined ? undefined : heldBytes(held);
  if (bytes !== undefined) {
    process.host.memory.allocate(process, bytes);
    return undefined;
  }
  const asleep = /^(?:time\.)?sleep\((.+)\)$/.exec(statement)?.[1];
  const seconds = asleep === undefined ? undefined : parseExpression(asleep);
  if (seconds !== undefined) {
    yield* process.sleep(seconds * 1000);
    return undefined;
  }
  const printed = /^print\((?:'([^']*)'|"([^"]*)"|(.+))\)$/.exec(statement);
  if (printed !== null) {
    const value = printed[3] === undefined ? undefined : parseExpression(printed[3]);
    const text = printed[1] ?? printed[2] ?? (value === undefined ? undefined : String(value));
    if (text === undefined) return yield* refuse(process, statement);
    yield* process.write(1, `${text}\n`);
    return undefined;
  }
  const code = /^(?:sys\.)?exit\((\d{0,3})\)$/.exec(statement)?.[1];
  if (code !== undefined) return Number(code || '0');
  if (/^while (?:True|1):\s*pass$/.test(statement)) for (;;) yield* process.compute(1000);
  return yield* refuse(process, statement);
}

/** How much a value of bytes or text takes: `bytearray(48*1024*1024)`, `'x' * 10**6`. */
function heldBytes(expression: string): number | undefined {
  const array = /^(?:bytearray|bytes)\((.+)\)$/.exec(expression)?.[1];
  if (array !== undefined) return parseExpression(array);
  const repeated = /^b?(?:'([^']*)'|"([^"]*)")\s*\*\s*(.+)$/.exec(expression);
  if (repeated === null) return undefined;
  const count = parseExpression(repeated[3] ?? '');
  return count === undefined ? undefined : (repeated[1] ?? repeated[2] ?? '').length * count;
}

function* refuse(process: Process, what: string): Blocking<number> {
  yield* process.write(2, `python3: this simulator does not run Python: ${what}\n`);
  return 1;
}
