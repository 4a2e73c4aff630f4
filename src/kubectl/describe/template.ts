// The Pod template inside a workload.
import type { PodTemplateSpec } from '#sim/api/generated/types.ts';
import { writeContainers } from './containers.ts';
import { writeSpreadConstraints, writeTolerations } from './scheduling.ts';
import { writeAnnotations, writeLabels } from './values.ts';
import { writeVolumes } from './volumes.ts';
import type { DescribeWriter } from './writer.ts';

const indent = '  ';

export function writeTemplate(writer: DescribeWriter, template: PodTemplateSpec | undefined): void {
  writer.line(0, 'Pod Template:');
  const { metadata = {}, spec } = template ?? {};
  writeLabels(writer, '  Labels', metadata.labels);
  if (Object.keys(metadata.annotations ?? {}).length > 0) {
    writeAnnotations(writer, metadata.annotations, 'Annotations', indent);
  }
  if (spec?.serviceAccountName) writer.field(1, 'Service Account', spec.serviceAccountName);
  const initContainers = spec?.initContainers ?? [];
  const rest = { statuses: [], pod: undefined, indent };
  if (initContainers.length > 0) {
    writeContainers(writer, { title: 'Init Containers', containers: initContainers, ...rest });
  }
  writeContainers(writer, { title: 'Containers', containers: spec?.containers ?? [], ...rest });
  writeVolumes(writer, spec?.volumes ?? [], indent);
  writeSpreadConstraints(writer, spec?.topologySpreadConstraints ?? [], indent);
  if (spec?.priorityClassName) writer.field(1, 'Priority Class Name', spec.priorityClassName);
  writeLabels(writer, '  Node-Selectors', spec?.nodeSelector);
  writeTolerations(writer, spec?.tolerations ?? [], indent);
}
