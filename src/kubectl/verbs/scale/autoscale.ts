// `kubectl autoscale` (kubectl/pkg/cmd/autoscale): a HorizontalPodAutoscaler for something that can be scaled.
import { Failure } from '../../failure.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { apiVersionOf, mappingOfKind } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { dryRunOf, dryRunSuffix } from '../common/dry-run.ts';
import { fileQuery } from '../common/files.ts';
import { withLastApplied } from '../common/last-applied.ts';
import { dropEmpty, generatedNamespace, typedMeta, typedObject } from '../common/typed.ts';
import { createObject } from '../common/write.ts';

function refuseUnscalable({ mapping }: Info): void {
  if (mapping.subresources.some(({ name }) => name === 'scale')) return;
  const { group, version, resource, kind } = mapping;
  throw new Failure(
    `cannot autoscale a ${kind}: could not find scale subresource for ${group}/${version}, Resource=${resource} in discovery information`,
  );
}

function autoscalerFor(session: Session, { mapping, name }: Info) {
  const { flags } = session;
  const min = flags.number('min');
  const percent = flags.number('cpu-percent');
  const target = { type: 'Utilization', averageUtilization: percent };
  const metadata = typedMeta({
    name: flags.text('name') || name,
    namespace: generatedNamespace(session),
  });
  return typedObject('HorizontalPodAutoscaler', 'autoscaling/v2', metadata, {
    spec: dropEmpty({
      scaleTargetRef: { kind: mapping.kind, name, apiVersion: apiVersionOf(mapping) },
      minReplicas: min > 0 ? min : undefined,
      maxReplicas: flags.number('max'),
      metrics: percent >= 0 ? [{ type: 'Resource', resource: { name: 'cpu', target } }] : undefined,
    }),
    status: { desiredReplicas: 0, currentMetrics: null },
  });
}

export function autoscale(session: Session): number {
  const { flags, args, output } = session;
  const [min, max] = [flags.number('min'), flags.number('max')];
  if (max < 1) {
    throw new Failure(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  }
  if (max < min) {
    throw new Failure(
      `--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`,
    );
  }
  const dryRun = dryRunOf(session);
  const print = printerFor(session, {
    operation: `autoscaled${dryRunSuffix(dryRun)}`,
    typed: true,
  });
  let count = 0;
  findResources(session, { args, ...fileQuery(session) }).visit((target) => {
    refuseUnscalable(target);
    const made = autoscalerFor(session, target);
    const object = flags.bool('save-config') ? withLastApplied(made, true) : made;
    count += 1;
    const mapping = mappingOfKind(session.resources(), object);
    if (mapping === undefined) throw new Failure('no matches for kind "HorizontalPodAutoscaler"');
    const name = flags.text('name') || target.name;
    const info = { mapping, namespace: target.namespace, name, source: '', object };
    const fieldManager = flags.text('field-manager');
    output.out(
      print(dryRun === 'client' ? object : createObject(session, info, { dryRun, fieldManager })),
    );
  });
  if (count === 0) throw new Failure('no objects passed to autoscale');
  return 0;
}
