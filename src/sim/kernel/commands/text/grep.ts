// grep: lines that match a pattern.
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { compileRegex, type Regex } from '../../regex/regex.ts';
import type { Blocking } from '../../types.ts';
import { filesBelow, searchInput, type Search } from './grep-search.ts';

const usage =
  '[-HhnlLoqvsrRiwFEz] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...';

export const grep = command({
  options: 'EFGPe:f:ivcnlLqsohHrRwxm:A:B:C:aI{color}::{include}:{exclude}:{line-buffered}',
  long: {
    'extended-regexp': 'E',
    'fixed-strings': 'F',
    'basic-regexp': 'G',
    'perl-regexp': 'P',
    regexp: 'e',
    file: 'f',
    'ignore-case': 'i',
    'invert-match': 'v',
    count: 'c',
    'line-number': 'n',
    'files-with-matches': 'l',
    'files-without-match': 'L',
    quiet: 'q',
    silent: 'q',
    'no-messages': 's',
    'only-matching': 'o',
    'no-filename': 'h',
    'with-filename': 'H',
    recursive: 'r',
    'dereference-recursive': 'R',
    'word-regexp': 'w',
    'line-regexp': 'x',
    'max-count': 'm',
    'after-context': 'A',
    'before-context': 'B',
    context: 'C',
    text: 'a',
    color: 'color',
    colour: 'color',
    include: 'include',
    exclude: 'exclude',
    'line-buffered': 'line-buffered',
  },
  usage,
  usageCode: 2,
  gnuUsage: 'Usage: grep [OPTION]... PATTERNS [FILE]...\n',
  // The old form of context: grep -3.
  rewrite: (words) =>
    words.flatMap((word) => (/^-\d+$/.test(word) ? ['-C', word.slice(1)] : [word])),
  *run(call) {
    if (call.has('P')) {
      return yield* call.gnu
        ? call.fail('Perl matching not supported in a --disable-perl-regexp build', 2)
        : call.misuse();
    }
    const search = yield* prepare(call);
    if (typeof search === 'number') return search;
    let matched = false;
    for (const path of yield* inputPaths(call, search)) {
      if (yield* searchInput(call, search, path)) matched = true;
      if (matched && search.quiet) return 0;
    }
    return call.status === 0 || (search.quiet && matched) ? (matched ? 0 : 1) : call.status;
  },
});

/** The patterns and options as one search, or the exit code after a complaint. */
function* prepare(call: Call): Blocking<Search | number> {
  const patterns = call.values('e').flatMap((text) => text.split('\n'));
  for (const path of call.values('f')) {
    try {
      patterns.push(...call.process.files.readText(path).replace(/\n$/, '').split('\n'));
    } catch (thrown) {
      return yield* call.fail(`${path}: ${errnoText(thrown)}`, 2);
    }
  }
  const named = call.has('e') || call.has('f');
  const operands = named ? call.operands : call.operands.slice(1);
  const first = call.operands[0];
  if (!named && first === undefined) {
    return yield* call.misuse('');
  }
  if (!named) patterns.push(...(first ?? '').split('\n'));
  const find = compilePatterns(call, patterns);
  if (typeof find === 'string') {
    return yield* call.fail(call.say(`bad regex '${patterns[0] ?? ''}'`, find), 2);
  }
  const recursive = call.has('r') || call.has('R');
  const lineLimit = (option: string): number =>
    Number(/^\d{1,9}$/.exec(call.value(option) ?? call.value('C') ?? '')?.[0] ?? 0);
  const paths = operands.length > 0 ? operands : [recursive ? '.' : '-'];
  const inFolder = recursive && isFolder(call, paths[0] ?? '.');
  return {
    find,
    paths,
    recursive,
    named: call.last('hH') === 'H' || (!call.has('h') && (paths.length > 1 || inFolder)),
    invert: call.has('v'),
    quiet: call.has('q'),
    before: lineLimit('B'),
    after: lineLimit('A'),
    maxCount: Number(/^\d{1,9}$/.exec(call.value('m') ?? '')?.[0] ?? Infinity),
  };
}

/** Finds the leftmost (and there the longest) match of any pattern at or after a position; a text is what is wrong. */
function compilePatterns(call: Call, patterns: readonly string[]): Search['find'] | string {
  const extended = call.has('E') || call.name === 'egrep';
  const fixed = call.has('F') || call.name === 'fgrep';
  const ignoreCase = call.has('i');
  const regexes: Regex[] = [];
  for (const pattern of patterns) {
    const source = fixed ? pattern.replace(/[.[\\*^$]/g, '\\$&') : pattern;
    const regex = compileRegex(source, { extended: extended && !fixed, ignoreCase });
    if (typeof regex === 'string') return regex;
    regexes.push(regex);
  }
  const whole = call.has('x');
  const word = call.has('w');
  return (line, from) => {
    let best: { readonly start: number; readonly end: number } | undefined;
    for (const regex of regexes) {
      let found = regex.exec(line, from);
      while (found !== undefined && word && !isWord(line, found.start, found.end)) {
        found = found.start < line.length ? regex.exec(line, found.start + 1) : undefined;
      }
      if (found === undefined) continue;
      if (whole && (found.start !== 0 || found.end !== line.length)) continue;
      if (
        best === undefined ||
        found.start < best.start ||
        (found.start === best.start && found.end > best.end)
      ) {
        best = { start: found.start, end: found.end };
      }
    }
    return best;
  };
}

function isFolder(call: Call, path: string): boolean {
  const { files } = call.process;
  return files.exists(path) && files.stat(path).type === 'directory';
}

function isWord(line: string, start: number, end: number): boolean {
  return !isWordCharacter(line[start - 1]) && !isWordCharacter(line[end]);
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9_]/.test(character);
}

function* inputPaths(call: Call, search: Search): Blocking<readonly string[]> {
  if (!search.recursive) return search.paths;
  const wanted = { include: call.values('include'), exclude: call.values('exclude') };
  const paths: string[] = [];
  for (const path of search.paths) paths.push(...(yield* filesBelow(call, path, wanted)));
  return paths;
}
