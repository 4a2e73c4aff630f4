// python:3.12-slim, for `python3 -m http.server` and little else: the simulator does not run Python.
import type { Blocking, Process, Program } from '../../kernel/types.ts';
import { debianBase } from '../base/debian.ts';
import { imageConfig, usualPath, type Image } from '../image.ts';
import { runScript } from './script.ts';
import { pythonVersion, runServer, serverOptions } from './server.ts';

const baseMemoryBytes = 9_000_000;

const python: Program = function* python(process) {
  const words = process.argv.slice(1).filter((word) => word !== '-u');
  const [option, value = '', ...rest] = words;
  if (option === '--version' || option === '-V') {
    yield* process.write(1, `Python ${pythonVersion}\n`);
    return 0;
  }
  if (!process.host.memory.allocate(process, baseMemoryBytes)) return 137;
  if (option === undefined && !process.isTerminal(0)) {
    return yield* runScript(process, yield* readInput(process));
  }
  if (option === '-c') return yield* runScript(process, value);
  if (option === '-m' && value === 'http.server') {
    const options = serverOptions(process, rest);
    if (typeof options !== 'string') return yield* runServer(process, options);
    yield* process.write(
      2,
      `usage: server.py [-h] [-b ADDRESS] [-d DIRECTORY] [port]\nserver.py: error: ${options}\n`,
    );
    return 2;
  }
  const what = option === undefined ? 'interactively' : words.join(' ');
  yield* process.write(
    2,
    `python3: this simulator knows only -m http.server and -c, not: ${what}\n`,
  );
  return 1;
};

/** A script on standard input, to its end. */
function* readInput(process: Process): Blocking<string> {
  let text = '';
  for (;;) {
    const chunk = yield* process.read(0);
    if (chunk === undefined) return text;
    text += chunk;
  }
}

export const pythonImage: Image = {
  repository: 'docker.io/library/python',
  tags: [
    '3.12-slim',
    '3.12',
    '3.13-slim',
    '3.13',
    '3-slim',
    '3',
    'slim',
    'latest',
    '3.12-alpine',
    '3-alpine',
  ],
  sizeBytes: 46_450_000,
  config: imageConfig({
    cmd: ['python3'],
    env: [
      ['PATH', usualPath],
      ['PYTHON_VERSION', pythonVersion],
    ],
  }),
  base: debianBase,
  files: () => ({
    '/usr/local/bin/python3': { program: python },
    '/usr/local/bin/python': { link: 'python3' },
  }),
};
