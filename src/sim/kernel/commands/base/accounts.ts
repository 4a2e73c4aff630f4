// Names and numbers of users and groups, from /etc/passwd and /etc/group.
import type { Files, Process } from '../../types.ts';

export interface Account {
  readonly name: string;
  readonly id: number;
  /** A user's own group; a group's own number. */
  readonly groupId: number;
  readonly home: string;
}

export class Accounts {
  readonly users: readonly Account[];
  readonly groups: readonly Account[];

  constructor(files: Files) {
    this.users = entries(files, '/etc/passwd');
    this.groups = entries(files, '/etc/group');
  }

  userName(id: number): string | undefined {
    return this.users.find((user) => user.id === id)?.name;
  }

  groupName(id: number): string | undefined {
    return this.groups.find((group) => group.id === id)?.name;
  }

  /** `web`, `1000`. */
  findUser(text: string): Account | undefined {
    return find(this.users, text);
  }

  findGroup(text: string): Account | undefined {
    return find(this.groups, text);
  }
}

export function accountsOf(process: Process): Accounts {
  return new Accounts(process.files);
}

function find(accounts: readonly Account[], text: string): Account | undefined {
  const named = accounts.find(({ name }) => name === text);
  if (named !== undefined || !/^\d{1,10}$/.test(text)) return named;
  const id = Number(text);
  return (
    accounts.find((account) => account.id === id) ?? { name: text, id, groupId: id, home: '/' }
  );
}

function entries(files: Files, path: string): Account[] {
  if (!files.exists(path) || !files.access(path, 'read')) return [];
  const found: Account[] = [];
  for (const line of files.readText(path).split('\n')) {
    const [name = '', , id = '', groupId = '', , home = '/'] = line.split(':');
    if (name === '' || !/^\d+$/.test(id)) continue;
    found.push({ name, id: Number(id), groupId: Number(groupId), home });
  }
  return found;
}
