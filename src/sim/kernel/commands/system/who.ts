// id, whoami, who, groups: who one is.
import { accountsOf } from '../base/accounts.ts';
import { command } from '../base/command.ts';

export const id = command({
  options: 'ugGnr',
  long: { user: 'u', group: 'g', groups: 'G', name: 'n', real: 'r' },
  usage: '[-ugGnr] [USER]',
  *run(call) {
    const { process } = call;
    const accounts = accountsOf(process);
    const [name] = call.operands;
    const account =
      name === undefined ? undefined : accounts.users.find((user) => user.name === name);
    if (name !== undefined && account === undefined) {
      return yield* call.fail(call.say(`unknown user ${name}`, `'${name}': no such user`));
    }
    const uid = account?.id ?? process.uid;
    const gid = account?.groupId ?? process.gid;
    const others = account === undefined ? process.groups : [];
    const named = (number: number, found: string | undefined): string =>
      `${number}${found === undefined ? '' : `(${found})`}`;
    const show = (number: number, found: string | undefined): string =>
      call.has('n') ? (found ?? String(number)) : String(number);
    if (call.has('u')) call.out.put(show(uid, accounts.userName(uid)));
    else if (call.has('g')) call.out.put(show(gid, accounts.groupName(gid)));
    else {
      // The kernel keeps them in order; GNU begins with one's own.
      const sorted = [...others, gid].sort((one, other) => one - other);
      const all = [...new Set(call.gnu ? [gid, ...sorted] : sorted)];
      const groups = call.has('G')
        ? all.map((group) => show(group, accounts.groupName(group))).join(' ')
        : all.map((group) => named(group, accounts.groupName(group))).join(',');
      call.out.put(
        call.has('G')
          ? groups
          : `uid=${named(uid, accounts.userName(uid))} gid=${named(gid, accounts.groupName(gid))} groups=${groups}`,
      );
    }
    call.out.put('\n');
    return 0;
  },
});

export const groups = command({
  options: '',
  usage: '[USER]',
  *run(call) {
    const accounts = accountsOf(call.process);
    const all = [...new Set([call.process.gid, ...call.process.groups])];
    yield* call.out.print(
      `${all.map((gid) => accounts.groupName(gid) ?? String(gid)).join(' ')}\n`,
    );
    return 0;
  },
});

export const whoami = command({
  options: '',
  usage: '',
  *run(call) {
    const { uid } = call.process;
    const name = accountsOf(call.process).userName(uid);
    if (name === undefined) {
      return yield* call.fail(
        call.say(`unknown uid ${uid}`, `cannot find name for user ID ${uid}`),
      );
    }
    yield* call.out.print(`${name}\n`);
    return 0;
  },
});

/** Nobody logs in to a container. */
export const who = command({
  options: 'aH',
  usage: '[-aH]',
  *run(call) {
    if (call.has('H') || (call.name === 'w' && !call.gnu)) {
      yield* call.out.print('USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n');
    }
    return 0;
  },
});
