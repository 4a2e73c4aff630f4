// Services (ValidateService).
import type { Service } from '../generated/types.ts';
import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../messages.ts';
import { checkDns1123Label, checkDns1123Subdomain } from '../names.ts';
import { validatePort } from './handlers.ts';
import { validateLabels } from './metadata.ts';

const serviceTypes = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

export function validateService({ spec }: Service): readonly FieldError[] {
  const errors: FieldError[] = [];
  const type = spec?.type ?? '';
  const ports = spec?.ports ?? [];
  const headless = spec?.clusterIP === 'None';
  if (ports.length === 0 && !headless && type !== 'ExternalName')
    errors.push(required('spec.ports'));
  if (type === 'ExternalName') {
    const name = (spec?.externalName ?? '').replace(/\.$/, '');
    if (name === '') errors.push(required('spec.externalName'));
    else
      errors.push(
        ...checkDns1123Subdomain(name).map((text) => invalid('spec.externalName', name, text)),
      );
  }
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const path = `spec.ports[${index}]`;
    const name = port.name ?? '';
    if (ports.length > 1 && name === '') errors.push(required(`${path}.name`));
    else if (name !== '') {
      errors.push(...checkDns1123Label(name).map((text) => invalid(`${path}.name`, name, text)));
      if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
      names.add(name);
    }
    errors.push(...validatePort(port.port ?? 0, `${path}.port`));
    const protocol = port.protocol ?? '';
    if (!['SCTP', 'TCP', 'UDP'].includes(protocol)) {
      errors.push(notSupported(`${path}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']));
    }
    errors.push(...validatePort(port.targetPort as number | string, `${path}.targetPort`));
    if (type === 'ClusterIP' && port.nodePort) {
      errors.push(forbidden(`${path}.nodePort`, "may not be used when `type` is 'ClusterIP'"));
    }
  }
  errors.push(...validateLabels(spec?.selector, 'spec.selector'));
  const affinity = spec?.sessionAffinity ?? '';
  if (!['ClientIP', 'None'].includes(affinity)) {
    errors.push(notSupported('spec.sessionAffinity', affinity, ['ClientIP', 'None']));
  }
  if (!serviceTypes.includes(type)) errors.push(notSupported('spec.type', type, serviceTypes));
  return errors;
}
