// sed: edits a stream of lines.
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { inputsOf } from '../base/lines.ts';
import { Output } from '../base/output.ts';
import type { Blocking } from '../../types.ts';
import { parseSedScript } from './parse.ts';
import { sedComplaint, SedRun } from './run.ts';
import { SedScriptError, type SedScript } from './script.ts';

export const sed = command({
  options: 'nrEe:f:i::suz',
  long: {
    quiet: 'n',
    silent: 'n',
    'regexp-extended': 'E',
    expression: 'e',
    file: 'f',
    'in-place': 'i',
    separate: 's',
    unbuffered: 'u',
  },
  usage: '[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...\nsed [-i[SFX]] [-nrE] CMD [FILE]...',
  *run(call) {
    const parts: string[] = [];
    for (const [option, value] of call.given) {
      if (option === 'e') parts.push(value);
      if (option !== 'f') continue;
      try {
        parts.push(call.process.files.readText(value));
      } catch (thrown) {
        return yield* call.fail(
          `${call.say('', "couldn't open file ")}${value}: ${errnoText(thrown)}`,
          call.gnu ? 4 : 1,
        );
      }
    }
    const paths = parts.length > 0 ? call.operands : call.operands.slice(1);
    const first = call.operands[0];
    if (parts.length === 0 && first === undefined) return yield* call.misuse('no script specified');
    const text = parts.length > 0 ? parts.join('\n') : (first ?? '');
    let script: SedScript;
    try {
      script = parseSedScript(text, call.has('r') || call.has('E'), call.gnu ? 'gnu' : 'busybox');
    } catch (thrown) {
      if (!(thrown instanceof SedScriptError)) throw thrown;
      return yield* call.fail(
        `${call.say('', `-e expression #1, char ${text.length}: `)}${thrown.message}`,
      );
    }
    const quiet = call.has('n') || text.startsWith('#n\n');
    if (call.has('i')) return yield* editFiles(call, script, quiet, paths);
    // With -s every file has its own line numbers and its own last line.
    const inputs = inputsOf(paths);
    for (const group of call.has('s') ? inputs.map((path) => [path]) : [inputs]) {
      const run = new SedRun(call, script, { quiet }, group);
      if (!(yield* run.run())) return run.exitCode;
    }
    return call.status;
  },
});

/** -i: each file is replaced by the output of its own run. */
function* editFiles(
  call: Call,
  script: SedScript,
  quiet: boolean,
  paths: readonly string[],
): Blocking<number> {
  const { files } = call.process;
  for (const path of paths) {
    try {
      if (files.stat(path).type !== 'file') {
        yield* call.warn(`couldn't edit ${path}: not a regular file`, 4);
        continue;
      }
    } catch (thrown) {
      yield* call.warn(sedComplaint(call, path, errnoText(thrown)), call.gnu ? 2 : 1);
      continue;
    }
    const captured = new CapturedOutput(call.process);
    const run = new SedRun(withOutput(call, captured), script, { quiet }, [path]);
    yield* run.run();
    const before = files.stat(path);
    const suffix = call.value('i') ?? '';
    const backup = suffix.includes('*') ? suffix.replaceAll('*', path) : path + suffix;
    if (suffix !== '') files.rename(path, backup);
    // The new file takes the old one's place, as a rename of a temporary file does.
    else files.unlink(path);
    files.writeText(path, captured.text, { mode: before.mode & 0o7777 });
    if (run.exitCode !== 0) return run.exitCode;
  }
  return call.status;
}

class CapturedOutput extends Output {
  text = '';

  override put(text: string): void {
    this.text += text;
  }

  override get full(): boolean {
    return false;
  }
}

/** The same call with its output elsewhere. */
function withOutput(call: Call, out: Output): Call {
  return Object.create(call, { out: { value: out } }) as Call;
}
