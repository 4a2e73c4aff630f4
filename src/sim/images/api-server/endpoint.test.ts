import { describe, expect, it } from 'vitest';
import { requestUrl, type RequestResult } from '../../kernel/commands/http/client.ts';
import type { HeaderList } from '../../kernel/commands/http/message.ts';
import { TestMachine } from '../../kernel/testing.ts';
import type { Program } from '../../kernel/types.ts';
import { serveApiEndpoint } from './endpoint.ts';

function ask(path: string, headers: HeaderList = [], scheme = 'https'): string {
  const outcome: { result?: RequestResult } = {};
  const client: Program = function* client(process) {
    const url = `${scheme}://127.0.0.1:6443${path}`;
    outcome.result = yield* requestUrl(process, { url, headers, insecure: true });
    return 0;
  };
  const box = new TestMachine({ programs: { client } });
  const { machine, space } = box;
  serveApiEndpoint({ machine, network: space.network, port: 6443, version: 'v1.33.13' });
  box.run(['client']);
  const { result } = outcome;
  if (result?.kind !== 'response') return result?.problem ?? 'nothing';
  const body = result.body.startsWith('{')
    ? String((JSON.parse(result.body) as { message?: string }).message ?? result.body)
    : result.body;
  return `${result.status} ${body}`;
}

// The claims {"sub":"system:serviceaccount:default:shop"}
const claims = 'eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6ZGVmYXVsdDpzaG9wIn0';

describe('the API server as Pods find it', () => {
  it('is well, and speaks https only', () => {
    expect(ask('/healthz')).toBe('200 ok');
    expect(ask('/', [], 'http')).toBe('400 Client sent an HTTP request to an HTTPS server.\n');
  });

  it('refuses in the words of RBAC what nobody may', () => {
    expect(ask('/')).toBe('403 forbidden: User "system:anonymous" cannot get path "/"');
    expect(ask('/api/v1/namespaces/default/pods')).toBe(
      '403 pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" ' +
        'in the namespace "default"',
    );
    const authorization = [['Authorization', `Bearer x.${claims}.y`]] as const;
    expect(ask('/apis/apps/v1/namespaces/default/deployments/web', authorization)).toBe(
      '403 deployments "web" is forbidden: User "system:serviceaccount:default:shop" cannot get ' +
        'resource "deployments" in API group "apps" in the namespace "default"',
    );
    expect(ask('/', [['Authorization', 'Bearer nonsense']])).toBe('401 Unauthorized');
  });
});
