// Records what dash and busybox ash print for the scripts of src/sim/kernel/shell/recorded, for machines that have
// neither. Each script runs in the empty folder /tmp/sh with nothing but PATH and HOME in its environment.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = new URL('../src/sim/kernel/shell/recorded/', import.meta.url);
const scripts = readFileSync(new URL('scripts.txt', folder), 'utf8').split(/^---\n/m);
const shells = { dash: '/bin/dash', ash: '/usr/bin/busybox' };

for (const [dialect, executable] of Object.entries(shells)) {
  if (!existsSync(executable)) {
    console.error(`${executable} is not here: ${dialect}.json stays as it is`);
    continue;
  }
  const bin = join(tmpdir(), `record-${dialect}`);
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin);
  symlinkSync(executable, join(bin, 'sh'));
  const recorded = scripts.map((script) => record(executable, bin, script));
  rmSync(bin, { recursive: true });
  writeFileSync(new URL(`${dialect}.json`, folder), `${JSON.stringify(recorded, null, 2)}\n`);
}

function record(executable, bin, script) {
  rmSync('/tmp/sh', { recursive: true, force: true });
  mkdirSync('/tmp/sh');
  const result = spawnSync(executable, ['-c', script], {
    argv0: 'sh',
    cwd: '/tmp/sh',
    encoding: 'utf8',
    env: { PATH: `${bin}:/bin:/usr/bin`, HOME: '/root' },
    input: '',
    timeout: 10_000,
  });
  rmSync('/tmp/sh', { recursive: true, force: true });
  const { stdout, stderr } = result;
  return { stdout, stderr, code: result.status };
}
