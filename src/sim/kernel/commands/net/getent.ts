// getent: what the C library knows of hosts, users and groups.
import { accountsOf } from '../base/accounts.ts';
import { command } from '../base/command.ts';
import { lookUpHosts, nameOfAddress } from '../dns/config.ts';
import { isIpv4, resolveHost } from '../dns/resolve.ts';

export const getent = command({
  options: '+s:i',
  usage: 'hosts|ahosts|passwd|group [KEY]...',
  *run(call) {
    const [database, ...keys] = call.operands;
    const { files } = call.process;
    if (database === 'passwd' || database === 'group') {
      const path = `/etc/${database}`;
      const lines = files.exists(path)
        ? files
            .readText(path)
            .split('\n')
            .filter((line) => line !== '')
        : [];
      const accounts = accountsOf(call.process);
      for (const key of keys) {
        const found = (database === 'passwd' ? accounts.findUser(key) : accounts.findGroup(key))
          ?.name;
        const line = lines.find((each) => each.startsWith(`${found ?? key}:`));
        if (line === undefined) return 2;
        call.out.put(`${line}\n`);
      }
      if (keys.length === 0) call.out.put(lines.map((line) => `${line}\n`).join(''));
      return 0;
    }
    if (database === undefined || !/^a?hosts(v4)?$/.test(database)) {
      return yield* call.fail(`Unknown database: ${database ?? ''}`);
    }
    for (const key of keys) {
      const name = isIpv4(key) ? nameOfAddress(files, key) : lookUpHosts(files, key) && key;
      const resolved = yield* resolveHost(call.process, key);
      if (resolved.kind !== 'found') return 2;
      for (const address of resolved.addresses) {
        if (database === 'hosts') call.out.put(`${address.padEnd(15)} ${name ?? resolved.name}\n`);
        else
          call.out.put(
            `${address.padEnd(15)} STREAM ${resolved.name}\n${address.padEnd(15)} DGRAM\n${address.padEnd(15)} RAW\n`,
          );
      }
    }
    return 0;
  },
});
