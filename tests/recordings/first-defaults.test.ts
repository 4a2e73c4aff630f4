import { load } from 'js-yaml';
import { expect, it } from 'vitest';
import { applyDefaults } from '../../src/sim/api/defaults/defaults.ts';
import type { KubeObject } from '../../src/sim/api/objects.ts';
import { recordedObjects } from './recorded-objects.ts';

/** What `kubectl apply` sent, by the annotation in which it keeps it. */
const applied = 'kubectl.kubernetes.io/last-applied-configuration';

it('fills in for applied objects what the real server filled in', () => {
  const checked: string[] = [];
  for (const { scenario, type, object } of recordedObjects()) {
    const sent = object.metadata?.annotations?.[applied];
    if (type !== 'ADDED' || sent === undefined || object.metadata?.generation !== 1) continue;
    const kind = object.kind as
      'Pod' | 'Deployment' | 'Service' | 'StatefulSet' | 'DaemonSet' | 'Job';
    const given = load(sent) as KubeObject;
    const defaulted = applyDefaults(kind, given) as { spec: Record<string, unknown> };
    const stored: Record<string, unknown> = { ...(object['spec'] as Record<string, unknown>) };
    // Admission and allocation add these; they are no defaults.
    const byOthers = [
      'nodeName',
      'serviceAccount',
      'serviceAccountName',
      'tolerations',
      'volumes',
      'containers',
      'initContainers',
      'priority',
      'preemptionPolicy',
      'clusterIP',
      'clusterIPs',
      'ipFamilies',
      'ipFamilyPolicy',
      'selector',
      'priorityClassName',
      'ports',
    ];
    // The server writes a Job's own labels into its template.
    if (kind === 'Job') byOthers.push('template');
    for (const field of byOthers) {
      Reflect.deleteProperty(stored, field);
      Reflect.deleteProperty(defaulted.spec, field);
    }
    expect({ scenario, kind, spec: defaulted.spec }).toEqual({ scenario, kind, spec: stored });
    checked.push(kind);
  }
  expect(new Set(checked)).toEqual(
    new Set(['DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'StatefulSet']),
  );
});
