// hostname, uname, nproc, uptime, free, mount, date: the machine one is on.
import { command } from '../base/command.ts';
import { parseDate } from '../base/dates.ts';
import { errnoText } from '../base/errors.ts';
import { strftime } from '../base/strftime.ts';
import { lookUpHosts } from '../dns/config.ts';
import { kernelRelease } from '../../pseudo/proc.ts';

export const hostname = command({
  options: 'iIfsdayF:',
  long: {
    'ip-address': 'i',
    'all-ip-addresses': 'I',
    fqdn: 'f',
    long: 'f',
    short: 's',
    domain: 'd',
  },
  usage: '[-sidf] [HOSTNAME | -F FILE]',
  *run(call) {
    const { process } = call;
    const name = process.host.hostname();
    if (call.operands.length > 0 || call.has('F')) {
      return yield* call.fail(
        call.say(
          'sethostname: Operation not permitted',
          'you must be root to change the host name',
        ),
      );
    }
    const own = process.sockets
      .interfaces()
      .flatMap((each) => each.addresses)
      .map((address) => address.split('/')[0] ?? '')
      .filter((address) => !address.startsWith('127.') && address !== '::1');
    switch (call.last('iIfsd')) {
      case 'i': {
        const address = lookUpHosts(process.files, name);
        if (address === undefined) {
          return yield* call.fail(call.say(`${name}: Unknown host`, 'Name or service not known'));
        }
        yield* call.out.print(`${address}\n`);
        return 0;
      }
      case 'I':
        yield* call.out.print(`${own.map((address) => `${address} `).join('')}\n`);
        return 0;
      case 'f':
        yield* call.out.print(`${fullName(call.process.files, name)}\n`);
        return 0;
      case 's':
        yield* call.out.print(`${name.split('.')[0] ?? ''}\n`);
        return 0;
      case 'd': {
        const full = fullName(call.process.files, name);
        yield* call.out.print(full.includes('.') ? `${full.slice(full.indexOf('.') + 1)}\n` : '\n');
        return 0;
      }
      default:
        yield* call.out.print(`${name}\n`);
        return 0;
    }
  },
});

/** The first name in /etc/hosts of the address that is the host's own. */
function fullName(files: Parameters<typeof lookUpHosts>[0], name: string): string {
  if (!files.exists('/etc/hosts')) return name;
  for (const line of files.readText('/etc/hosts').split('\n')) {
    const [address = '#', ...names] = line.split(/[ \t]+/);
    if (!address.startsWith('#') && names.includes(name)) return names[0] ?? name;
  }
  return name;
}

export const uname = command({
  options: 'snrvmpioa',
  long: {
    all: 'a',
    'kernel-name': 's',
    nodename: 'n',
    'kernel-release': 'r',
    'kernel-version': 'v',
    machine: 'm',
    processor: 'p',
    'operating-system': 'o',
  },
  usage: '[-amnrspvio]',
  *run(call) {
    const values: readonly (readonly [string, string])[] = [
      ['s', 'Linux'],
      ['n', call.process.host.hostname()],
      ['r', kernelRelease],
      ['v', '#1 SMP'],
      ['m', 'x86_64'],
      ['p', 'unknown'],
      ['i', 'unknown'],
      ['o', 'GNU/Linux'],
    ];
    const all = call.has('a');
    const shown = values.filter(([letter, value]) =>
      all ? value !== 'unknown' : call.has(letter) || (call.given.length === 0 && letter === 's'),
    );
    yield* call.out.print(`${shown.map(([, value]) => value).join(' ')}\n`);
    return 0;
  },
});

export const nproc = command({
  options: '{all}{ignore}:',
  long: { all: 'all', ignore: 'ignore' },
  usage: '[--all] [--ignore=N]',
  *run(call) {
    // The machine's, whatever CPU limit the container has: a limit is no number of CPUs.
    const ignored = Number(call.value('ignore') ?? 0) || 0;
    yield* call.out.print(`${Math.max(1, call.process.host.cpuCount - ignored)}\n`);
    return 0;
  },
});

/** ` 09:12:01 up 1:05,  0 users,  load average: 0.00, 0.00, 0.00`. */
export const uptime = command({
  options: 'ps',
  usage: '',
  *run(call) {
    const { clock, host } = call.process;
    const upMinutes = Math.floor((clock.nowMs() - host.bootedMs) / 60_000);
    const [days, hours, minutes] = [
      Math.floor(upMinutes / 1440),
      Math.floor(upMinutes / 60) % 24,
      upMinutes % 60,
    ];
    const dayText = days === 0 ? '' : `${days} day${days === 1 ? '' : 's'}, `;
    const timeText =
      hours > 0
        ? `${call.gnu ? String(hours).padStart(2) : hours}:${String(minutes).padStart(2, '0')}`
        : `${minutes} min`;
    const now = strftime('%H:%M:%S', clock.nowMs());
    yield* call.out.print(
      ` ${now} up ${dayText}${timeText},  0 users,  load average: 0.00, 0.00, 0.00\n`,
    );
    return 0;
  },
});

export const free = command({
  options: 'bkmghtwl',
  long: { bytes: 'b', kibi: 'k', mebi: 'm', gibi: 'g', human: 'h', total: 't', wide: 'w' },
  usage: '[-bkmgh]',
  *run(call) {
    const memory = new Map<string, number>();
    for (const [, key = '', kib = ''] of call.process.files
      .readText('/proc/meminfo')
      .matchAll(/^(\w+):\s+(\d+) kB$/gm)) {
      memory.set(key, Number(kib) * 1024);
    }
    const of = (key: string): number => memory.get(key) ?? 0;
    const total = of('MemTotal');
    const cached = of('Cached') + of('Buffers');
    const available = memory.get('MemAvailable') ?? of('MemFree');
    const used = total - of('MemFree') - cached;
    const units: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
    const unit = units[call.last('bkmg') ?? 'k'] ?? 1024;
    const show = (bytes: number): string =>
      call.has('h') ? human(bytes) : String(Math.floor(bytes / unit));
    const row = (name: string, values: readonly number[]): string =>
      `${name.padEnd(call.gnu ? 8 : 7)}${values.map((value) => show(value).padStart(12)).join('')}\n`;
    const heads = ['total', 'used', 'free', 'shared', 'buff/cache', 'available'];
    call.out.put(
      `${' '.repeat(call.gnu ? 8 : 7)}${heads.map((head) => head.padStart(12)).join('')}\n`,
    );
    call.out.put(row('Mem:', [total, used, of('MemFree'), of('Shmem'), cached, available]));
    yield* call.out.print(row('Swap:', [0, 0, 0]));
    return 0;
  },
});

function human(bytes: number): string {
  const units = ['B', 'Ki', 'Mi', 'Gi', 'Ti'];
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)}${units[unit] ?? ''}`;
}

export const mount = command({
  options: 'art:o:v',
  usage: '[OPTIONS] [-o OPT] DEVICE NODE',
  *run(call) {
    if (call.operands.length > 0) {
      return yield* call.fail(
        call.say(
          'permission denied (are you root?)',
          `${call.operands.at(-1) ?? ''}: permission denied.`,
        ),
        call.gnu ? 32 : 1,
      );
    }
    for (const { source, mountPoint, type, options } of call.process.files.mounts()) {
      yield* call.out.print(`${source} on ${mountPoint} type ${type} (${options})\n`);
    }
    return 0;
  },
});

export const umount = command({
  options: 'arlf',
  usage: '[-rlfa] FILESYSTEM...',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse('bad usage');
    for (const path of call.operands) {
      yield* call.warn(
        call.say(
          `can't unmount ${path}: Operation not permitted`,
          `${path}: must be superuser to unmount.`,
        ),
        32,
      );
    }
    return call.gnu ? 32 : 1;
  },
});

export const date = command({
  options: 'd:uRI::r:s:D:',
  long: {
    date: 'd',
    utc: 'u',
    universal: 'u',
    'rfc-email': 'R',
    'rfc-2822': 'R',
    'iso-8601': 'I',
    reference: 'r',
    set: 's',
  },
  usage: '[OPTIONS] [+FMT] [[-s] TIME]',
  *run(call) {
    const { clock, files } = call.process;
    const [format] = call.operands;
    if (call.has('s') || (format !== undefined && !format.startsWith('+'))) {
      return yield* call.gnu && !call.has('s')
        ? call.fail(`invalid date '${format ?? ''}'`)
        : call.fail(
            call.say(
              "can't set date: Operation not permitted",
              'cannot set date: Operation not permitted',
            ),
          );
    }
    let ms = clock.nowMs();
    const [word, reference] = [call.value('d'), call.value('r')];
    try {
      if (reference !== undefined) ms = files.stat(reference).modifiedMs;
    } catch (thrown) {
      const path = reference ?? '';
      return yield* call.fail(`${call.say(`can't stat '${path}'`, path)}: ${errnoText(thrown)}`);
    }
    if (word !== undefined) {
      const parsed = parseDate(word, ms);
      if (parsed === undefined) return yield* call.fail(`invalid date '${word}'`);
      ms = parsed;
    }
    yield* call.out.print(`${strftime(formatOf(call.value('I'), call.has('R'), format), ms)}\n`);
    return 0;
  },
});

function formatOf(iso: string | undefined, mail: boolean, format: string | undefined): string {
  if (format !== undefined) return format.slice(1);
  if (mail) return '%a, %d %b %Y %H:%M:%S %z';
  if (iso === undefined) return '%a %b %e %H:%M:%S %Z %Y';
  const times: Readonly<Record<string, string>> = {
    hours: 'T%H+00:00',
    minutes: 'T%H:%M+00:00',
    seconds: 'T%H:%M:%S+00:00',
    ns: 'T%H:%M:%S,%N+00:00',
  };
  return `%Y-%m-%d${times[iso] ?? ''}`;
}
