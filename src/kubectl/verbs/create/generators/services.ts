// `kubectl create service ...`.
import { parseInteger, rangeError, syntaxError } from '../../../flags/parse-error.ts';
import { Failure } from '../../../failure.ts';
import type { Session } from '../../../session.ts';
import { dropEmpty, generatedNamespace, typedMeta, typedObject } from '../../common/typed.ts';
import { createGenerated, nameOfArgs } from '../generate.ts';

type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

const maxPort = 65_535;

/** `80`, `80:8080` or `80:http`: the port, and where it leads. */
function parsePorts(text: string): { readonly port: number; readonly targetPort: number | string } {
  const [first = '', second] = text.split(':');
  const port = parsePort(first, 'ParseUint');
  if (second === undefined) return { port, targetPort: port };
  if (/^[+-]?\d+$/.test(second)) {
    const target = Number(second);
    if (target > maxPort || target < 1) {
      throw new Failure('must be between 1 and 65535, inclusive');
    }
    return { port, targetPort: target };
  }
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(second) || second.length > 15) {
    throw new Failure(portNameProblem(second));
  }
  return { port, targetPort: second };
}

function parsePort(text: string, call: string): number {
  const value = /^\d+$/.test(text) ? parseInteger(text, 64, call) : syntaxError(call, text);
  if (typeof value === 'string') throw new Failure(value);
  if (value > maxPort) throw new Failure(rangeError(call, text));
  return value;
}

function portNameProblem(name: string): string {
  if (name.length > 15) return 'must be no more than 15 characters';
  if (!/^[-a-z0-9]+$/.test(name)) {
    return 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)';
  }
  return 'must not begin or end with a hyphen';
}

function createService(session: Session, type: ServiceType): number {
  const { flags } = session;
  const name = nameOfArgs(session);
  const clusterIP = flags.text('clusterip');
  const externalName = flags.text('external-name');
  const tcp = flags.list('tcp');
  if (tcp.length === 0 && clusterIP !== 'None' && type !== 'ExternalName') {
    throw new Failure('at least one tcp port specifier must be provided');
  }
  if (type === 'ExternalName' && !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(externalName)) {
    throw new Failure(`invalid service external name ${externalName}`);
  }
  const nodePort = flags.number('node-port');
  const ports = tcp.map((text) => {
    const { port, targetPort } = parsePorts(text);
    return dropEmpty({
      name: text.replaceAll(':', '-'),
      protocol: 'TCP',
      port,
      targetPort,
      nodePort: nodePort === 0 ? undefined : nodePort,
    });
  });
  const labels = { app: name };
  const spec = dropEmpty({
    ports: ports.length === 0 ? undefined : ports,
    selector: labels,
    clusterIP: clusterIP === '' ? undefined : clusterIP,
    type,
    externalName: externalName === '' ? undefined : externalName,
  });
  const metadata = typedMeta({ name, namespace: generatedNamespace(session), labels });
  const object = typedObject('Service', 'v1', metadata, { spec, status: { loadBalancer: {} } });
  return createGenerated(session, object, `${type} service`);
}

export const createClusterIp = (session: Session): number => createService(session, 'ClusterIP');
export const createNodePort = (session: Session): number => createService(session, 'NodePort');
export const createLoadBalancer = (session: Session): number =>
  createService(session, 'LoadBalancer');
export const createExternalName = (session: Session): number =>
  createService(session, 'ExternalName');
