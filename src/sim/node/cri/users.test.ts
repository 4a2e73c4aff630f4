import { describe, expect, it } from 'vitest';
import { imageTree } from '../../kernel/vfs/tree.ts';
import { containerConfig } from './testing.ts';
import type { ContainerConfig } from './types.ts';
import { resolveUser } from './users.ts';

const image = imageTree({
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nweb:x:101:102::/:/bin/sh\n',
  '/etc/group': 'root:x:0:\nweb:x:102:\nadm:x:4:web,other\n',
});
const user = (imageUser: string | undefined, config: Partial<ContainerConfig> = {}) =>
  resolveUser(containerConfig('main', 'any', config), imageUser, image);

describe('the user of a container', () => {
  it('is the image’s by name or number, and root without one', () => {
    expect(user(undefined)).toEqual({ uid: 0, gid: 0, groups: [] });
    expect(user('web')).toEqual({ uid: 101, gid: 102, groups: [4] });
    expect(user('101')).toEqual({ uid: 101, gid: 102, groups: [4] });
    expect(user('65535:65535')).toEqual({ uid: 65_535, gid: 65_535, groups: [] });
    expect(user('web:adm')).toEqual({ uid: 101, gid: 4, groups: [] });
    expect(user('nobody')).toEqual({
      error: 'unable to find user nobody: no matching entries in passwd file',
    });
  });

  it('is the Pod’s where it says so, with its groups', () => {
    expect(user('web', { runAsUser: 1000 })).toEqual({ uid: 1000, gid: 0, groups: [] });
    expect(
      user('web', {
        runAsUser: 1000,
        runAsGroup: 3000,
        fsGroup: 2000,
        supplementalGroups: [4000, 2000],
      }),
    ).toEqual({ uid: 1000, gid: 3000, groups: [2000, 4000] });
  });
});
