// The settings of redis-server, from a file and from the command line.
import { splitWords } from './protocol.ts';

/** What counts when nothing is said. */
const initial: Readonly<Record<string, string>> = {
  port: '6379',
  bind: '* -::*',
  'protected-mode': 'no',
  dir: '/data',
  dbfilename: 'dump.rdb',
  save: '3600 1 300 100 60 10000',
  appendonly: 'no',
  appendfsync: 'everysec',
  maxmemory: '0',
  'maxmemory-policy': 'noeviction',
  databases: '16',
  timeout: '0',
  'tcp-keepalive': '300',
  loglevel: 'notice',
  requirepass: '',
  daemonize: 'no',
};

/** Settings that change nothing which a lesson could see. */
const withoutEffect = new Set([
  'tcp-backlog',
  'stop-writes-on-bgsave-error',
  'rdbcompression',
  'rdbchecksum',
  'logfile',
  'always-show-logo',
  'activerehashing',
  'hz',
]);

export type SettingsResult =
  | { readonly ok: true; readonly settings: Map<string, string>; readonly file: string | undefined }
  /** Redis' words on a bad configuration. */
  | { readonly ok: false; readonly error: string };

/** Reads `redis-server [file] [--name value ...]`. */
export function readSettings(
  words: readonly string[],
  readFile: (path: string) => string | undefined,
): SettingsResult {
  const settings = new Map(Object.entries(initial));
  const first = words[0];
  const file = first !== undefined && !first.startsWith('-') ? first : undefined;
  const lines: string[][] = [];
  if (file !== undefined) {
    const text = readFile(file);
    if (text === undefined) {
      const error = `Fatal error, can't open config file '${file}': No such file or directory`;
      return { ok: false, error };
    }
    for (const line of text.split('\n')) {
      if (line.trim() !== '' && !line.trim().startsWith('#')) lines.push([...splitWords(line)]);
    }
  }
  for (const word of words.slice(file === undefined ? 0 : 1)) {
    if (word.startsWith('--')) lines.push([word.slice(2)]);
    else lines[lines.length - 1]?.push(word);
  }
  for (const [name = '', ...values] of lines) {
    const lower = name.toLowerCase();
    if (withoutEffect.has(lower)) continue;
    if (!settings.has(lower)) {
      return { ok: false, error: `Bad directive or wrong number of arguments: '${name}'` };
    }
    settings.set(lower, values.join(' '));
  }
  return { ok: true, settings, file };
}
