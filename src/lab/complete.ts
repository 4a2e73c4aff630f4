// Tab completion at the workstation's prompt: commands, files, and kubectl's own answers. It costs no virtual time and
// leaves no trace in the cluster, so a replay does not need to know of it.
import { kubectl } from '#kubectl/main.ts';
import { isErrno } from '#sim/kernel/errno.ts';
import type { Process } from '#sim/kernel/types.ts';
import { kubectlServer } from '#workstation/api-server.ts';
import type { LabSession } from './session.ts';

export interface LineCompletion {
  /** How many characters before the cursor the candidates replace. */
  readonly replaces: number;
  readonly candidates: readonly { readonly text: string; readonly description?: string }[];
  /** No blank after the only candidate. */
  readonly noSpace: boolean;
}

const nothing: LineCompletion = { replaces: 0, candidates: [], noSpace: false };
/** Bits of cobra's directive on the last line (`:6`). */
const directiveNoSpace = 2;
const directiveNoFiles = 4;
const mostSteps = 10_000;

/** The words of the last simple command before the cursor; the last one is being typed. */
function currentWords(left: string): readonly string[] {
  const segment = left.split(/\|\||&&|[;|&\n]/).at(-1) ?? '';
  const words = segment.trimStart().split(/\s+/);
  return words.length === 0 ? [''] : words;
}

function startingWith(texts: readonly string[], typed: string): LineCompletion {
  const candidates = texts.filter((text) => text.startsWith(typed)).map((text) => ({ text }));
  const [only] = candidates;
  const noSpace = candidates.length === 1 && only?.text.endsWith('/') === true;
  return { replaces: typed.length, candidates, noSpace };
}

function completeFile(session: LabSession, typed: string): LineCompletion {
  const slash = typed.lastIndexOf('/');
  const folder = typed.slice(0, slash + 1);
  const { files, home } = session.workstation;
  const absolute = folder.startsWith('/') ? folder : `${home}/${folder.replace(/^~\//, '')}`;
  try {
    const names = files.list(absolute).filter((name) => !name.startsWith('.'));
    const entries = names.map((name) => {
      const isFolder = files.stat(`${absolute}/${name}`).type === 'directory';
      return `${folder}${name}${isFolder ? '/' : ''}`;
    });
    return startingWith(entries, typed);
  } catch (thrown) {
    if (isErrno(thrown)) return nothing;
    throw thrown;
  }
}

function commandNames(session: LabSession): readonly string[] {
  const { files } = session.workstation;
  const names = ['/usr/local/bin', '/usr/bin', '/bin']
    .filter((folder) => files.exists(folder))
    .flatMap((folder) => files.list(folder));
  return [...new Set([...names, 'cd', 'export', 'exit', 'wait', 'kill'])].sort();
}

/** Runs `kubectl __complete` outside the cluster's time: whatever it would wait for has happened. */
function askKubectl(session: LabSession, words: readonly string[]): string {
  let output = '';
  const { workstation, cluster } = session;
  const stand = {
    argv: ['kubectl', '__complete', ...words],
    env: new Map([['HOME', workstation.home]]),
    cwd: workstation.home,
    files: workstation.files,
    clock: cluster.clock,
    isTerminal: () => false,
    write(descriptor: number, text: string) {
      if (descriptor === 1) output += text;
      return [].values();
    },
    *sleep() {
      // A completion takes no time.
    },
  };
  const run = kubectl(kubectlServer(cluster))(stand as unknown as Process);
  for (let step = 0; step < mostSteps && run.next().done !== true; step += 1);
  return output;
}

function completeKubectl(session: LabSession, words: readonly string[]): LineCompletion {
  const typed = words.at(-1) ?? '';
  const lines = askKubectl(session, words)
    .split('\n')
    .filter((line) => line !== '');
  const directive = Number(/^:(\d+)$/.exec(lines.at(-1) ?? '')?.[1] ?? directiveNoFiles);
  const candidates = lines
    .filter((line) => !line.startsWith(':'))
    .map((line) => {
      const [text = '', description = ''] = line.split('\t');
      return description === '' ? { text } : { text, description };
    })
    .filter(({ text }) => text.startsWith(typed));
  if (candidates.length === 0 && (directive & directiveNoFiles) === 0) {
    return completeFile(session, typed);
  }
  return { replaces: typed.length, candidates, noSpace: (directive & directiveNoSpace) !== 0 };
}

/** What may stand at the cursor, given the line before it. */
export function completeLine(session: LabSession, left: string): LineCompletion {
  const words = currentWords(left);
  const typed = words.at(-1) ?? '';
  if (words.length === 1) return startingWith(commandNames(session), typed);
  if (words[0] === 'kubectl') {
    const isFile = ['-f', '--filename'].includes(words.at(-2) ?? '');
    return isFile ? completeFile(session, typed) : completeKubectl(session, words.slice(1));
  }
  return completeFile(session, typed);
}
