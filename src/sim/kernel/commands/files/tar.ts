// tar: archives in the ustar format (POSIX pax, "ustar Interchange Format"), uncompressed; what kubectl cp needs.
import { fromBytes, toBytes } from '../base/bytes.ts';
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { accountsOf } from '../base/accounts.ts';
import { readAll } from '../base/lines.ts';
import { strftime } from '../base/strftime.ts';
import type { Blocking, FileStat } from '../../types.ts';
import { joinPath } from './copy.ts';
import { modeText } from './modes.ts';
import { folderName } from './names.ts';

const blockBytes = 512;

interface Member {
  readonly name: string;
  readonly type: FileStat['type'];
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modifiedMs: number;
  readonly link: string;
  readonly text: string;
}

export const tar = command({
  options: 'cxtf:vC:mpOzhokj',
  long: {
    create: 'c',
    extract: 'x',
    list: 't',
    file: 'f',
    verbose: 'v',
    directory: 'C',
    touch: 'm',
    gzip: 'z',
    'to-stdout': 'O',
  },
  usage: 'c|x|t [-hvokO] [-f TARFILE] [-C DIR] [FILE]...',
  usageCode: 2,
  // The old form has no hyphen: tar xf file.
  rewrite: (words) =>
    /^[cxtfvCmpOzhokj]+$/.test(words[0] ?? '') ? [`-${words[0] ?? ''}`, ...words.slice(1)] : words,
  *run(call) {
    if (call.has('z') || call.has('j'))
      return yield* call.fail('compressed archives are not modelled; leave -z and -j out', 2);
    const modes = ['c', 'x', 't'].filter((mode) => call.has(mode));
    if (modes.length !== 1)
      return yield* call.misuse(
        "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options",
      );
    const folder = call.value('C');
    const archive = call.value('f') ?? '-';
    try {
      return yield* call.has('c')
        ? create(call, archive, folder)
        : readArchive(call, archive, folder);
    } catch (thrown) {
      return yield* call.fail(errnoText(thrown));
    }
  },
});

function* create(call: Call, archive: string, folder: string | undefined): Blocking<number> {
  const { process } = call;
  if (call.operands.length === 0)
    return yield* call.fail(
      call.say('empty archive', 'Cowardly refusing to create an empty archive'),
      call.gnu ? 2 : 1,
    );
  const output =
    archive === '-' ? 1 : process.open(archive, { write: true, create: true, truncate: true });
  if (folder !== undefined) process.cwd = process.files.realpath(folder);
  let stripped = false;
  const pending = [...call.operands].reverse();
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    yield* process.work(1);
    try {
      const stat = call.has('h') ? process.files.stat(path) : process.files.lstat(path);
      if (path.startsWith('/') && !stripped) {
        stripped = true;
        yield* process.write(
          2,
          call.say(
            "tar: removing leading '/' from member names\n",
            "tar: Removing leading `/' from member names\n",
          ),
        );
      }
      const isFolder = stat.type === 'directory';
      const name = path.replace(/^\/+/, '').replace(/\/*$/, isFolder ? '/' : '') || './';
      const text = stat.type === 'file' ? process.files.readText(path) : '';
      const link = stat.type === 'symlink' ? process.files.readlink(path) : '';
      yield* process.write(output, printMember({ ...stat, name, link, text }));
      if (call.has('v')) yield* process.write(archive === '-' ? 2 : 1, `${name}\n`);
      if (isFolder) {
        const base = path;
        pending.push(
          ...process.files
            .list(path)
            .map((entry) => joinPath(base, entry))
            .reverse(),
        );
      }
    } catch (thrown) {
      const message = errnoText(thrown);
      yield* call.warn(
        call.say(`${path}: ${message}`, `${path}: Cannot stat: ${message}`),
        call.gnu ? 2 : 1,
      );
    }
  }
  yield* process.write(output, '\0'.repeat(2 * blockBytes));
  if (call.status !== 0)
    yield* call.warn(
      call.say(
        'error exit delayed from previous errors',
        'Exiting with failure status due to previous errors',
      ),
      call.status,
    );
  return call.status;
}

function printMember({ name, type, mode, uid, gid, modifiedMs, link, text }: Member): string {
  const bytes = toBytes(text).length;
  const octal = (value: number, width: number): string =>
    `${value.toString(8).padStart(width - 1, '0')}\0`;
  const field = (value: string, width: number): string => value.slice(0, width).padEnd(width, '\0');
  const letter = { file: '0', symlink: '2', device: '3', directory: '5', fifo: '6', socket: '0' }[
    type
  ];
  // A long name is divided between two fields at a slash.
  const cut = name.length > 100 ? name.indexOf('/', name.length - 101) : -1;
  const [prefix, rest] = cut < 0 ? ['', name] : [name.slice(0, cut), name.slice(cut + 1)];
  const head =
    field(rest, 100) +
    octal(mode & 0o7777, 8) +
    octal(uid, 8) +
    octal(gid, 8) +
    octal(bytes, 12) +
    octal(Math.floor(modifiedMs / 1000), 12);
  const tail = `${letter}${field(link, 100)}ustar\x0000${'\0'.repeat(80)}${field(prefix, 155)}${'\0'.repeat(12)}`;
  const sum = toBytes(`${head}        ${tail}`).reduce((total, byte) => total + byte, 0);
  const checksum = `${sum.toString(8).padStart(6, '0')}\0 `;
  return (
    head + checksum + tail + text + '\0'.repeat((blockBytes - (bytes % blockBytes)) % blockBytes)
  );
}

function* readArchive(call: Call, archive: string, folder: string | undefined): Blocking<number> {
  const { process } = call;
  const text = archive === '-' ? yield* readAll(call, 0) : process.files.readText(archive);
  if (folder !== undefined) process.cwd = process.files.realpath(folder);
  const members = parseMembers(toBytes(text));
  if (typeof members === 'string')
    return yield* call.fail(
      call.say(members, 'This does not look like a tar archive'),
      call.gnu ? 2 : 1,
    );
  for (const member of members) {
    const wanted =
      call.operands.length === 0 ||
      call.operands.some(
        (path) => member.name === path || member.name.startsWith(`${path.replace(/\/$/, '')}/`),
      );
    if (!wanted) continue;
    yield* process.work(1);
    if (call.has('t')) yield* call.out.print(listLine(call, member));
    else {
      if (call.has('v')) yield* process.write(call.has('O') ? 2 : 1, `${member.name}\n`);
      yield* extract(call, member);
    }
  }
  return call.status;
}

function listLine(call: Call, member: Member): string {
  if (!call.has('v')) return `${member.name}\n`;
  const accounts = accountsOf(call.process);
  const owner = `${accounts.userName(member.uid) ?? member.uid}/${accounts.groupName(member.gid) ?? member.gid}`;
  const link = member.link === '' ? '' : ` -> ${member.link}`;
  const size = String(toBytes(member.text).length).padStart(call.gnu ? 18 - owner.length : 10);
  return `${modeText(member)} ${owner} ${size} ${strftime(call.say('%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M'), member.modifiedMs)} ${member.name}${link}\n`;
}

function* extract(call: Call, member: Member): Blocking<void> {
  const { files } = call.process;
  const name = member.name.replace(/^\/+/, '');
  if (name.split('/').includes('..')) {
    yield* call.warn(
      call.say(`name with '..' is skipped: '${name}'`, `${name}: Member name contains '..'`),
    );
    return;
  }
  try {
    if (call.has('O')) {
      yield* call.process.write(1, member.text);
      return;
    }
    if (name === '' || name === './') return;
    files.mkdir(folderName(name), { parents: true });
    if (member.type === 'directory') files.mkdir(name, { parents: true, mode: member.mode });
    else {
      // What is there is replaced, not written into.
      if (files.exists(name) && files.lstat(name).type !== 'directory') files.unlink(name);
      if (member.type === 'symlink') files.symlink(member.link, name);
      else files.writeText(name, member.text, { mode: member.mode & ~call.process.umask });
    }
    if (call.process.uid === 0 && member.type !== 'symlink')
      files.chown(name, member.uid, member.gid);
    if (!call.has('m') && member.type !== 'symlink') files.touch(name, member.modifiedMs);
  } catch (thrown) {
    const message = errnoText(thrown);
    yield* call.warn(
      call.say(`can't open '${name}': ${message}`, `${name}: Cannot open: ${message}`),
      call.gnu ? 2 : 1,
    );
  }
}

/** The members of an archive, or what is wrong with it. */
function parseMembers(bytes: readonly number[]): readonly Member[] | string {
  const members: Member[] = [];
  let at = 0;
  while (at + blockBytes <= bytes.length) {
    const start = at;
    if (bytes[start] === 0) break;
    const field = (offset: number, length: number): string => {
      const text = fromBytes(bytes.slice(start + offset, start + offset + length));
      const end = text.indexOf('\0');
      return end < 0 ? text : text.slice(0, end);
    };
    const octal = (offset: number, length: number): number =>
      Number.parseInt(field(offset, length).trim() || '0', 8);
    if (field(257, 5) !== 'ustar') return 'invalid tar magic';
    const size = octal(124, 12);
    const prefix = field(345, 155);
    const type =
      { '0': 'file', '2': 'symlink', '5': 'directory', '6': 'fifo' }[field(156, 1) || '0'] ??
      'file';
    const content = bytes.slice(start + blockBytes, start + blockBytes + size);
    if (Number.isNaN(size) || content.length < size) return 'short read';
    members.push({
      name: prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`,
      type: type as Member['type'],
      mode: octal(100, 8),
      uid: octal(108, 8),
      gid: octal(116, 8),
      modifiedMs: octal(136, 12) * 1000,
      link: field(157, 100),
      text: fromBytes(content),
    });
    at = start + blockBytes + Math.ceil(size / blockBytes) * blockBytes;
  }
  return members.length === 0 && at === 0 && bytes.length > 0 && bytes[0] !== 0
    ? 'short read'
    : members;
}
