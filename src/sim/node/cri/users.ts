// Who a container's processes run as: the Pod's wishes over the image's, names by the image's /etc/passwd.
import type { DirectoryInode } from '../../kernel/vfs/inode.ts';
import { FileInode, DirectoryInode as Directory } from '../../kernel/vfs/inode.ts';
import type { ContainerConfig } from './types.ts';

export interface UserIds {
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups, without gid. */
  readonly groups: readonly number[];
}

/** The ids, or containerd's complaint about a name that the image does not know. */
export function resolveUser(
  config: ContainerConfig,
  imageUser: string | undefined,
  image: DirectoryInode,
): UserIds | { readonly error: string } {
  const [userPart = '', groupPart] = (imageUser ?? '').split(':');
  const passwd = readText(image, ['etc', 'passwd']);
  const group = readText(image, ['etc', 'group']);
  let uid = config.runAsUser;
  let gid = config.runAsGroup;
  if (uid === undefined) {
    const named = userPart === '' ? '0' : userPart;
    const entry = /^\d+$/.test(named) ? undefined : findEntry(passwd, 0, named);
    uid = /^\d+$/.test(named) ? Number(named) : entry === undefined ? undefined : Number(entry[2]);
    if (uid === undefined)
      return { error: `unable to find user ${named}: no matching entries in passwd file` };
    gid ??= groupPart === undefined ? undefined : groupId(group, groupPart);
  }
  const account = findEntry(passwd, 2, String(uid));
  gid ??= account === undefined ? 0 : Number(account[3]);
  const wanted = [
    ...(config.fsGroup === undefined ? [] : [config.fsGroup]),
    ...(config.supplementalGroups ?? []),
    ...memberships(group, account?.[0]),
  ];
  const groups = [...new Set(wanted)].filter((id) => id !== gid).sort((a, b) => a - b);
  return { uid, gid, groups };
}

function groupId(group: string, name: string): number {
  if (/^\d+$/.test(name)) return Number(name);
  return Number(findEntry(group, 0, name)?.[2] ?? '0');
}

function findEntry(text: string, field: number, value: string): readonly string[] | undefined {
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields.length > 2 && fields[field] === value);
}

/** Groups that list the user as a member. */
function memberships(group: string, user: string | undefined): readonly number[] {
  if (user === undefined) return [];
  return group
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([, , , members = '']) => members.split(',').includes(user))
    .map(([, , id = '0']) => Number(id));
}

function readText(root: DirectoryInode, path: readonly string[]): string {
  let inode: unknown = root;
  for (const name of path) {
    inode = inode instanceof Directory ? inode.lookup(name, undefined) : undefined;
  }
  return inode instanceof FileInode ? inode.content.text() : '';
}
