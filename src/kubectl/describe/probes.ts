// Probes on one line: what is asked, and how often.
import type { Probe } from '#sim/api/generated/types.ts';
import { goText } from '../jsonpath/go-value.ts';

/** A path as it stands in a URL. */
const escapePath = (path: string): string =>
  path.replace(/[^A-Za-z0-9\-._~!$&'()*+,;=:@/]/g, (char) => encodeURIComponent(char));

function joinHostPort(host: string, port: string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3`. */
export function probeText(probe: Probe): string {
  const { initialDelaySeconds = 0, timeoutSeconds = 0, periodSeconds = 0 } = probe;
  const { successThreshold = 0, failureThreshold = 0 } = probe;
  const pace =
    `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s ` +
    `#success=${successThreshold} #failure=${failureThreshold}`;
  if (probe.exec) return `exec ${goText(probe.exec.command ?? [])} ${pace}`;
  if (probe.httpGet) {
    const { scheme = '', host = '', port, path = '' } = probe.httpGet;
    const address = joinHostPort(host, String(port));
    const separator = path === '' || path.startsWith('/') ? '' : '/';
    const url = `${scheme.toLowerCase()}://${address}${separator}${escapePath(path)}`;
    return `http-get ${url} ${pace}`;
  }
  if (probe.tcpSocket) {
    const { host = '', port } = probe.tcpSocket;
    return `tcp-socket ${host}:${String(port)} ${pace}`;
  }
  if (probe.grpc) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''} ${pace}`;
  return `unknown ${pace}`;
}
