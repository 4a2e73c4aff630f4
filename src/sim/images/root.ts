// The read-only file tree of an image, built once and shared by all its containers on all nodes.
import type { DirectoryInode } from '../kernel/vfs/inode.ts';
import { imageTree } from '../kernel/vfs/tree.ts';
import type { BaseImage, Image } from './image.ts';

/** When the images were made: the time of their files. */
const builtMs = 1_743_500_000_000;

const roots = new Map<Image, DirectoryInode>();
const bases = new Map<BaseImage, DirectoryInode>();

/** The tree of an image. Nobody may change it; containers put their own layer above. */
export function imageRoot(image: Image): DirectoryInode {
  const known = roots.get(image);
  if (known !== undefined) return known;
  const base = image.base === undefined ? undefined : baseRoot(image.base);
  const root = imageTree(image.files(), { base, modifiedMs: builtMs });
  roots.set(image, root);
  return root;
}

function baseRoot(base: BaseImage): DirectoryInode {
  const known = bases.get(base);
  if (known !== undefined) return known;
  const root = imageTree(base.files(), { modifiedMs: builtMs });
  bases.set(base, root);
  return root;
}
