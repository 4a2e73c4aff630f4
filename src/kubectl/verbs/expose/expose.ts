// `kubectl expose` (kubectl/pkg/cmd/expose): a Service in front of what runs.
import type { KubeObject } from '#sim/api/objects.ts';
import { Failure } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { metadataOf } from '../../resources/info.ts';
import { mappingOfKind } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { dryRunOf, dryRunSuffix } from '../common/dry-run.ts';
import { fileQuery } from '../common/files.ts';
import { withLastApplied } from '../common/last-applied.ts';
import { overridden } from '../common/overrides.ts';
import { dropEmpty, generatedNamespace, typedMeta, typedObject } from '../common/typed.ts';
import { createObject } from '../common/write.ts';
import { parseLabelSpecs } from '../run/pod.ts';
import type { FoundPort } from './introspect.ts';
import { mapSelectorOf, portsOf, refuseUnexposable } from './introspect.ts';

const maxNameLength = 63;

function atoi(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new Failure(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** The ports of the flag, or those of the object. */
function chosenPorts(session: Session, object: KubeObject): readonly FoundPort[] {
  const { flags } = session;
  const protocol = flags.text('protocol');
  const found = portsOf(object);
  if (flags.text('port') === '') {
    return found.map((one) => (protocol === '' ? one : { ...one, protocol }));
  }
  return flags
    .text('port')
    .split(',')
    .map((text) => {
      const port = atoi(text);
      const same = found.find((one) => one.port === port);
      return { port, protocol: protocol || (same?.protocol ?? 'TCP') };
    });
}

function servicePorts(session: Session, ports: readonly FoundPort[]): readonly object[] {
  const target = session.flags.text('target-port');
  return ports.map(({ port, protocol }, index) =>
    dropEmpty({
      name: ports.length > 1 ? `port-${index + 1}` : undefined,
      protocol,
      port,
      targetPort: target === '' ? port : /^\d+$/.test(target) ? Number(target) : target,
    }),
  );
}

function serviceFor(session: Session, { object, name }: Info): KubeObject {
  const { flags } = session;
  const given = parseLabelSpecs(flags.text('selector'));
  const selector = given ?? mapSelectorOf(object);
  const ports = chosenPorts(session, object);
  const clusterIP = flags.text('cluster-ip');
  if (ports.length === 0 && clusterIP !== 'None') {
    throw new Failure("couldn't find port via --port flag or introspection");
  }
  const affinity = flags.text('session-affinity');
  if (affinity !== '' && affinity !== 'None' && affinity !== 'ClientIP') {
    throw new Failure(`unknown session affinity: ${affinity}`);
  }
  const type = flags.text('type');
  const external = flags.text('external-ip');
  const balancer = flags.text('load-balancer-ip');
  const metadata = typedMeta({
    name: flags.text('name') || name.slice(0, maxNameLength),
    namespace: generatedNamespace(session),
    labels: parseLabelSpecs(flags.text('labels')) ?? metadataOf(object).labels,
  });
  const spec = dropEmpty({
    ports: ports.length === 0 ? undefined : servicePorts(session, ports),
    selector,
    clusterIP: clusterIP || undefined,
    type: type || undefined,
    externalIPs: external === '' ? undefined : [external],
    sessionAffinity: affinity || undefined,
    loadBalancerIP: type === 'LoadBalancer' && balancer !== '' ? balancer : undefined,
  });
  return typedObject('Service', 'v1', metadata, { spec, status: { loadBalancer: {} } });
}

export function expose(session: Session): number {
  const { flags, args, output } = session;
  const dryRun = dryRunOf(session);
  const print = printerFor(session, { operation: `exposed${dryRunSuffix(dryRun)}`, typed: true });
  const mapping = mappingOfKind(session.resources(), { apiVersion: 'v1', kind: 'Service' });
  findResources(session, { args, ...fileQuery(session), latest: true }).visit((target) => {
    refuseUnexposable({ ...target.object, kind: target.mapping.kind });
    const made = overridden(session, serviceFor(session, target));
    if (mapping === undefined) throw new Failure('no matches for kind "Service"');
    const object = flags.bool('save-config') ? withLastApplied(made, true) : made;
    const name = metadataOf(object).name ?? '';
    const info: Info = { mapping, namespace: target.namespace, name, source: '', object };
    const fieldManager = flags.text('field-manager');
    output.out(
      print(dryRun === 'client' ? object : createObject(session, info, { dryRun, fieldManager })),
    );
  });
  return 0;
}
