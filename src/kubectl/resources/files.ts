// Manifests from files, directories, patterns and stdin, document by document (cli-runtime/pkg/resource/visitor.go).
import type { KubeObject } from '#sim/api/objects.ts';
import { readManifest } from '#sim/api/yaml-in.ts';
import { isErrno } from '#sim/kernel/errno.ts';
import type { Process } from '#sim/kernel/types.ts';
import { Failure } from '../failure.ts';

export interface ManifestFile {
  /** How messages name it: the path as given, or `STDIN`. */
  readonly source: string;
  readonly text: string;
}

const extensions = ['.json', '.yaml', '.yml'];
const hasExtension = (path: string): boolean =>
  extensions.some((extension) => path.endsWith(extension));
const join = (folder: string, name: string): string =>
  folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;

function isDirectory(process: Process, path: string): boolean {
  return process.files.stat(path).type === 'directory';
}

/** The files that a path stands for: itself, or what a directory holds, in the order of names. */
function filesBelow(process: Process, path: string, recursive: boolean): readonly string[] {
  if (!isDirectory(process, path)) return [path];
  const found: string[] = [];
  for (const name of process.files.list(path)) {
    const child = join(path.replace(/^\.\//, ''), name);
    if (isDirectory(process, child)) {
      if (recursive) found.push(...filesBelow(process, child, true));
    } else if (hasExtension(name)) found.push(child);
  }
  return found;
}

const isMissing = (thrown: unknown): boolean =>
  isErrno(thrown) && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR');

/** A file's text, with the words of Go's os package where it cannot be read. */
export function readFileText(process: Process, path: string): string {
  try {
    return process.files.readText(path);
  } catch (thrown) {
    if (isMissing(thrown)) throw new Failure(`the path ${JSON.stringify(path)} does not exist`);
    if (isErrno(thrown)) throw new Failure(`open ${path}: ${thrown.message.toLowerCase()}`);
    throw thrown;
  }
}

/** Everything that `-f` named, in order; fails where something is missing or a directory holds no manifest. */
export function manifestFiles(
  process: Process,
  paths: readonly string[],
  recursive: boolean,
  stdin: string,
): readonly ManifestFile[] {
  const files: ManifestFile[] = [];
  for (const path of paths) {
    if (path === '-') {
      files.push({ source: 'STDIN', text: stdin });
      continue;
    }
    if (/^https?:\/\//.test(path)) {
      throw new Failure(
        `unable to read URL ${JSON.stringify(path)}: this lab has no way out to the internet`,
      );
    }
    let below: readonly string[];
    try {
      below = filesBelow(process, path, recursive);
    } catch (thrown) {
      if (isMissing(thrown)) throw new Failure(`the path ${JSON.stringify(path)} does not exist`);
      if (isErrno(thrown)) throw new Failure(`open ${path}: ${thrown.message.toLowerCase()}`);
      throw thrown;
    }
    if (below.length === 0) {
      throw new Failure(
        `error reading [${path}]: recognized file extensions are [${extensions.join(' ')}]`,
      );
    }
    for (const file of below) files.push({ source: file, text: readFileText(process, file) });
  }
  return files;
}

/** One document of a file, not yet looked at. */
export interface Manifest {
  readonly source: string;
  readonly object: KubeObject;
}

/** The documents of a file one after the other, so that those before a broken one take effect. */
export function* manifestsOf(file: ManifestFile): Generator<Manifest, void, void> {
  const { documents, error } = readManifest(file.text);
  for (const { value } of documents) {
    yield { source: file.source, object: value as unknown as KubeObject };
  }
  if (error !== undefined) throw new Failure(`error parsing ${file.source}: ${error.message}`);
}
