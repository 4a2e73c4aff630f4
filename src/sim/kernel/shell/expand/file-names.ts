// Pathname expansion: the files that fit a pattern.
import { isErrno } from '../../errno.ts';
import { globMatches, hasGlob, unescapeGlob } from '../../glob.ts';
import type { Files } from '../../types.ts';

/** How many names one pattern may give; more are left out. */
const maxNames = 50_000;

/** Sorted names, none where nothing fits. */
export function matchFileNames(files: Files, pattern: string): readonly string[] {
  const absolute = pattern.startsWith('/');
  const parts = pattern.split('/').filter((part, index) => part !== '' || index === 0);
  if (absolute) parts.shift();
  const mustBeDirectory = pattern.endsWith('/');
  let prefixes = [absolute ? '/' : ''];
  parts.forEach((part, index) => {
    const last = index === parts.length - 1;
    const next: string[] = [];
    for (const prefix of prefixes) {
      if (next.length > maxNames) break;
      for (const name of namesIn(files, prefix, part)) {
        const path = prefix + name;
        if (last && !mustBeDirectory) next.push(path);
        else if (isDirectory(files, path)) next.push(`${path}/`);
      }
    }
    prefixes = next;
  });
  return prefixes;
}

function namesIn(files: Files, prefix: string, part: string): readonly string[] {
  if (!hasGlob(part)) {
    const name = unescapeGlob(part);
    return exists(files, prefix + name) ? [name] : [];
  }
  const hidden = part.startsWith('.') || part.startsWith('\\.');
  const all = hidden ? ['.', '..', ...list(files, prefix)] : list(files, prefix);
  return all.filter((name) => name.startsWith('.') === hidden && globMatches(part, name));
}

function list(files: Files, prefix: string): readonly string[] {
  try {
    return files.list(prefix === '' ? '.' : prefix);
  } catch (thrown) {
    if (isErrno(thrown)) return [];
    throw thrown;
  }
}

function exists(files: Files, path: string): boolean {
  try {
    files.lstat(path);
    return true;
  } catch (thrown) {
    if (isErrno(thrown)) return false;
    throw thrown;
  }
}

function isDirectory(files: Files, path: string): boolean {
  return files.exists(path) && files.stat(path).type === 'directory';
}
