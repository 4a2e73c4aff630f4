// `kubectl version` (kubectl/pkg/cmd/version/version.go).
import { toYaml } from '#sim/api/yaml-out.ts';
import { Failure } from '../failure.ts';
import { typedJson } from '../print/json.ts';
import type { Session } from '../session.ts';

/** The client that this one stands for. */
const clientVersion = {
  major: '1',
  minor: '33',
  gitVersion: 'v1.33.1',
  gitCommit: '8adc0f041b8e7ad1d30e29cc59c6ae7a15e19828',
  gitTreeState: 'clean',
  buildDate: '2025-05-15T08:27:33Z',
  goVersion: 'go1.24.2',
  compiler: 'gc',
  platform: 'linux/amd64',
};
const kustomizeVersion = 'v5.6.0';

export function version(session: Session): number {
  const { flags, args, output } = session;
  if (args.length > 0) throw new Failure(`extra arguments: [${args.join(' ')}]`);
  const format = flags.text('output');
  if (format !== '' && format !== 'yaml' && format !== 'json') {
    throw new Failure("--output must be 'yaml' or 'json'");
  }
  const serverVersion = flags.bool('client') ? undefined : session.api.server.version();
  if (format === '') {
    output.line(`Client Version: ${clientVersion.gitVersion}`);
    output.line(`Kustomize Version: ${kustomizeVersion}`);
    if (serverVersion !== undefined) output.line(`Server Version: ${serverVersion.gitVersion}`);
    return 0;
  }
  const all = { clientVersion, kustomizeVersion, serverVersion };
  output.out(format === 'yaml' ? `${toYaml(all)}\n` : typedJson(all, 2));
  return 0;
}
