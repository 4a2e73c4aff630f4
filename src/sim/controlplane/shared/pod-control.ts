// Creating and deleting Pods from a template, with the Events that say so (pkg/controller/controller_utils.go).
import type { PodTemplateSpec } from '../../api/generated/types.ts';
import type { KubeObject, StoredOf } from '../../api/objects.ts';
import type { Client, EventRecorder, Result } from '../../apiserver/types.ts';
import { controllerReference, type StoredPod } from './controller.ts';

/** A Pod of a template, owned by the given object; its name comes from `generateName`. */
export function podFromTemplate(
  owner: KubeObject,
  template: PodTemplateSpec,
  more: { readonly name?: string; readonly finalizers?: readonly string[] } = {},
): KubeObject {
  const { labels, annotations, finalizers = [] } = template.metadata ?? {};
  const ownerName = owner.metadata?.name ?? '';
  const naming = more.name === undefined ? { generateName: `${ownerName}-` } : { name: more.name };
  const allFinalizers = [...finalizers, ...(more.finalizers ?? [])];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...naming,
      namespace: owner.metadata?.namespace,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ...(allFinalizers.length > 0 ? { finalizers: allFinalizers } : {}),
      ownerReferences: [controllerReference(owner)],
    },
    spec: template.spec,
  };
}

export interface PodControlOptions {
  readonly client: Client;
  readonly recorder: EventRecorder;
}

/** Creates a Pod and records it on the owner. A refusal is recorded too, in the server's words. */
export function createPod(
  { client, recorder }: PodControlOptions,
  owner: KubeObject,
  pod: KubeObject,
): Result<StoredOf<'Pod'>> {
  const created = client.create('Pod', pod);
  if (created.ok) {
    const name = created.object.metadata.name;
    recorder.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${name}`);
  } else if (!/because it is being terminated/.test(created.status.message ?? '')) {
    recorder.event(
      owner,
      'Warning',
      'FailedCreate',
      `Error creating: ${created.status.message ?? ''}`,
    );
  }
  return created;
}

/** Deletes a Pod and records it on the owner. */
export function deletePod(
  { client, recorder }: PodControlOptions,
  owner: KubeObject,
  pod: StoredPod,
): boolean {
  const { namespace = '', name } = pod.metadata;
  const deleted = client.delete('Pod', namespace, name);
  if (!deleted.ok) return false;
  recorder.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
  return true;
}

/** Runs up to `count` attempts in batches of 1, 2, 4 ...; stops after the batch in which one failed. Returns the successes. */
export function slowStart(count: number, attempt: (index: number) => boolean): number {
  let done = 0;
  for (let batch = 1; done < count; batch *= 2) {
    const size = Math.min(batch, count - done);
    let succeeded = 0;
    for (let i = 0; i < size; i += 1) if (attempt(done + i)) succeeded += 1;
    done += succeeded;
    if (succeeded < size) return done;
  }
  return done;
}
