// Which probes have the same outcome as long as nothing in their Pod has moved.
import type { Container, Probe } from '../../../api/generated/types.ts';
import type { ContainerRuntime, Sandbox } from '../../cri/types.ts';
import { resolvePort } from '../container/ports.ts';

/**
 * Commands that only look at files. Others may ask for the time, or change something themselves.
 */
const looking = new Set(['[', 'cat', 'grep', 'head', 'ls', 'stat', 'tail', 'test', 'true', 'wc']);

/**
 * Whether a probe need not be made again while the sandbox is at rest: a command that only looks at
 * files, a connection
 * that is taken, or a request to a server that answers from its files alone.
 */
export function isRepeatable(
  runtime: ContainerRuntime,
  sandbox: Sandbox,
  spec: Probe,
  container: Container,
): boolean {
  if (runtime.whenStirred === undefined) return false;
  const { exec, httpGet, tcpSocket } = spec;
  if (exec !== undefined) return looking.has((exec.command?.[0] ?? '').replace(/^.*\//, ''));
  const { host = '', port } = httpGet ?? tcpSocket ?? { port: undefined };
  if (host !== '') return false;
  if (tcpSocket !== undefined) return true;
  const number = resolvePort(container, port);
  return number !== undefined && (runtime.isSteady?.(sandbox, number) ?? false);
}
