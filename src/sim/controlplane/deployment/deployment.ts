// The Deployment controller: ReplicaSets for a template, and the way from the old to the new (pkg/controller/deployment).
import type { KubeObject } from '../../api/objects.ts';
import { WorkQueue } from '../../runtime/work-queue.ts';
import { formatTime } from '../../runtime/time.ts';
import {
  follow,
  keyOf,
  notifyOwner,
  reactionMs,
  splitKey,
  type Controller,
  type ControllerContext,
} from '../shared/controller.ts';
import { fenceposts, proportions } from './arithmetic.ts';
import { cleanUpHistory, havePods } from './history.ts';
import {
  createSet,
  newSetOf,
  ownedSets,
  replicasOf,
  revisionAnnotation,
  revisionOf,
  scaleSet,
  setRevision,
  type Deployment,
  type DeploymentParts,
  type ReplicaSet,
} from './replica-sets.ts';
import { deadlineMs, deploymentStatus } from './status.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const available = (set: ReplicaSet): number => set.status.availableReplicas ?? 0;

interface Sync {
  readonly deployment: Deployment;
  sets: readonly ReplicaSet[];
  newSet: ReplicaSet | undefined;
  progress: { readonly reason: string; readonly message: string } | undefined;
}

export class DeploymentController implements Controller {
  readonly #context: ControllerContext;
  readonly #parts: DeploymentParts;
  readonly #queue: WorkQueue;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#parts = { client: context.client, recorder: context.recorder('deployment-controller') };
    this.#queue = new WorkQueue({
      clock: context.clock,
      latencyMs: reactionMs,
      reconcile: (key) => this.#reconcile(key),
    });
  }

  start(): void {
    const { client } = this.#context;
    follow(client, 'Deployment', ({ object }) => this.#queue.add(keyOf(object)));
    follow(client, 'ReplicaSet', (event) =>
      notifyOwner(event, 'Deployment', (key) => this.#queue.add(key)),
    );
    // A Recreate deployment waits for the last old Pod to be gone.
    client.watch('Pod', ({ type, object }) => {
      const owner = object.metadata.ownerReferences?.find(({ controller }) => controller === true);
      if (type !== 'DELETED' || owner?.kind !== 'ReplicaSet') return;
      const namespace = object.metadata.namespace ?? '';
      const set = client.get('ReplicaSet', namespace, owner.name);
      const above = set?.metadata.ownerReferences?.find(({ controller }) => controller === true);
      if (above?.kind === 'Deployment') this.#queue.add(`${namespace}/${above.name}`);
    });
  }

  #reconcile(key: string): 'done' | 'retry' {
    const { namespace, name } = splitKey(key);
    const { client } = this.#context;
    const deployment = client.get('Deployment', namespace, name);
    if (deployment === undefined) return 'done';
    const sets = ownedSets(client, deployment);
    const sync: Sync = {
      deployment,
      sets,
      newSet: newSetOf(deployment, sets),
      progress: undefined,
    };
    if (deployment.metadata.deletionTimestamp === undefined) this.#sync(sync);
    this.#writeStatus(sync);
    return 'done';
  }

  #sync(sync: Sync): void {
    const { deployment } = sync;
    if (deployment.spec.paused === true) {
      this.#notePause(sync, 'DeploymentPaused', 'Deployment is paused');
      this.#scaleAll(sync);
      return;
    }
    const progressing = deployment.status.conditions?.find(({ type }) => type === 'Progressing');
    if (progressing?.reason === 'DeploymentPaused') {
      this.#notePause(sync, 'DeploymentResumed', 'Deployment is resumed');
    }
    if (this.#isScaling(sync)) {
      this.#scaleAll(sync);
      return;
    }
    if (deployment.spec.strategy?.type === 'Recreate') this.#recreate(sync);
    else this.#roll(sync);
    cleanUpHistory(this.#context.client, deployment, this.#oldSets(sync));
  }

  #notePause(sync: Sync, reason: string, message: string): void {
    const found = sync.deployment.status.conditions?.find(({ type }) => type === 'Progressing');
    if (found?.reason === reason) return;
    const at = formatTime(this.#context.clock.nowMs());
    const condition = {
      type: 'Progressing',
      status: 'Unknown',
      reason,
      message,
      lastUpdateTime: at,
      lastTransitionTime: at,
    };
    const others = (sync.deployment.status.conditions ?? []).filter(
      ({ type }) => type !== 'Progressing',
    );
    const status = { ...sync.deployment.status, conditions: [...others, condition] };
    const written = this.#context.client.updateStatus('Deployment', { ...sync.deployment, status });
    if (written.ok) Object.assign(sync, { deployment: written.object });
  }

  /** Somebody changed `replicas` while more than one set has Pods, or before the sets knew of it. */
  #isScaling({ deployment, sets }: Sync): boolean {
    const wanted = String(deployment.spec.replicas ?? 1);
    const annotation = 'deployment.kubernetes.io/desired-replicas';
    return sets.some(
      (set) => replicasOf(set) > 0 && set.metadata.annotations?.[annotation] !== wanted,
    );
  }

  #replace(sync: Sync, before: ReplicaSet, after: ReplicaSet): void {
    sync.sets = sync.sets.map((set) => (set.metadata.uid === before.metadata.uid ? after : set));
    if (sync.newSet?.metadata.uid === before.metadata.uid) sync.newSet = after;
  }

  #scale(sync: Sync, set: ReplicaSet, replicas: number): void {
    this.#replace(sync, set, scaleSet(this.#parts, sync.deployment, set, replicas));
  }

  #scaleAll(sync: Sync): void {
    const wanted = sync.deployment.spec.replicas ?? 1;
    const live = sync.sets.filter((set) => replicasOf(set) > 0);
    const only = live.length > 1 ? undefined : (live[0] ?? sync.newSet ?? sync.sets.at(-1));
    if (only !== undefined) {
      this.#scale(sync, only, wanted);
      return;
    }
    if (live.length === 0 || sync.deployment.spec.strategy?.type !== 'RollingUpdate') return;
    const { maxSurge } = fenceposts(sync.deployment.spec);
    const total = sum(sync.sets.map(replicasOf));
    const change = (wanted > 0 ? wanted + maxSurge : 0) - total;
    const bySize = [...live].sort((a, b) => replicasOf(b) - replicasOf(a));
    const shares = proportions(bySize.map(replicasOf), change, total);
    for (const [index, set] of bySize.entries()) {
      this.#scale(sync, set, Math.max(0, replicasOf(set) + (shares[index] ?? 0)));
    }
  }

  /** The set of the current template, made where it is missing, with the newest revision. */
  #newSet(sync: Sync, replicas: () => number): ReplicaSet | undefined {
    const { deployment, sets } = sync;
    const others = sets.filter((set) => set.metadata.uid !== sync.newSet?.metadata.uid);
    const newest = Math.max(0, ...others.map((set) => revisionOf(set as unknown as KubeObject)));
    if (sync.newSet === undefined) {
      const created = createSet(this.#parts, deployment, replicas(), newest + 1);
      if ('error' in created) {
        sync.progress = { reason: 'ReplicaSetCreateError', message: created.error };
        return undefined;
      }
      sync.newSet = created;
      sync.sets = [...sets, created];
      const message = `Created new replica set "${created.metadata.name}"`;
      sync.progress = { reason: 'NewReplicaSetCreated', message };
    } else {
      const before = sync.newSet;
      const own = revisionOf(before as unknown as KubeObject);
      const revision = own > newest ? own : newest + 1;
      this.#replace(sync, before, setRevision(this.#context.client, deployment, before, revision));
      const known =
        deployment.status.conditions?.some(({ type }) => type === 'Progressing') === true;
      if (!known || own !== revision) {
        const message = `Found new replica set "${before.metadata.name}"`;
        sync.progress = { reason: 'FoundNewReplicaSet', message };
      }
    }
    this.#noteRevision(sync);
    return sync.newSet;
  }

  #noteRevision(sync: Sync): void {
    const revision = String(revisionOf(sync.newSet as unknown as KubeObject));
    const { deployment } = sync;
    if (deployment.metadata.annotations?.[revisionAnnotation] === revision) return;
    const annotations = { ...deployment.metadata.annotations, [revisionAnnotation]: revision };
    const metadata = { ...deployment.metadata, annotations };
    // Through status, as the real controller does, so that the note makes no new generation.
    const updated = this.#context.client.updateStatus('Deployment', { ...deployment, metadata });
    if (updated.ok) Object.assign(sync, { deployment: updated.object });
  }

  #oldSets(sync: Sync): readonly ReplicaSet[] {
    return sync.sets.filter((set) => set.metadata.uid !== sync.newSet?.metadata.uid);
  }

  /** How many replicas the new set may have, given what the old ones still have (NewRSNewReplicas). */
  #roomForNew(sync: Sync): number {
    const wanted = sync.deployment.spec.replicas ?? 1;
    const { maxSurge } = fenceposts(sync.deployment.spec);
    const current = sync.newSet === undefined ? 0 : replicasOf(sync.newSet);
    const total = sum(sync.sets.map(replicasOf));
    const room = wanted + maxSurge - total;
    return room <= 0 ? current : current + Math.min(room, wanted - current);
  }

  #roll(sync: Sync): void {
    const newSet = this.#newSet(sync, () => this.#roomForNew(sync));
    if (newSet === undefined) return;
    const wanted = sync.deployment.spec.replicas ?? 1;
    const current = replicasOf(newSet);
    const next = current > wanted ? wanted : this.#roomForNew(sync);
    if (next !== current) {
      this.#scale(sync, newSet, next);
      return;
    }
    this.#scaleOldDown(sync, newSet, wanted);
  }

  #scaleOldDown(sync: Sync, newSet: ReplicaSet, wanted: number): void {
    const old = this.#oldSets(sync).filter((set) => replicasOf(set) > 0);
    if (old.length === 0) return;
    const { maxUnavailable } = fenceposts(sync.deployment.spec);
    const minAvailable = wanted - maxUnavailable;
    const newUnavailable = replicasOf(newSet) - available(newSet);
    let room = sum(sync.sets.map(replicasOf)) - minAvailable - newUnavailable;
    if (room <= 0) return;
    // What does not work goes first: it does not count as available anyway.
    for (const set of old) {
      const broken = Math.min(room, replicasOf(set) - available(set));
      if (broken <= 0) continue;
      this.#scale(sync, set, replicasOf(set) - broken);
      room -= broken;
    }
    let spare = sum(sync.sets.map(available)) - minAvailable;
    for (const set of this.#oldSets(sync)) {
      const going = Math.min(spare, replicasOf(set));
      if (going <= 0) continue;
      this.#scale(sync, set, replicasOf(set) - going);
      spare -= going;
    }
  }

  #recreate(sync: Sync): void {
    const old = this.#oldSets(sync);
    const live = old.filter((set) => replicasOf(set) > 0);
    for (const set of live) this.#scale(sync, set, 0);
    if (live.length > 0 || havePods(this.#context.client, old)) return;
    const wanted = sync.deployment.spec.replicas ?? 1;
    const newSet = this.#newSet(sync, () => wanted);
    if (newSet !== undefined && replicasOf(newSet) !== wanted) this.#scale(sync, newSet, wanted);
  }

  #writeStatus(sync: Sync): void {
    const { client, clock } = this.#context;
    const nowMs = clock.nowMs();
    const { deployment, sets, newSet, progress } = sync;
    const status = deploymentStatus({ deployment, sets, newSet, nowMs, progress });
    const current = client.get(
      'Deployment',
      deployment.metadata.namespace ?? '',
      deployment.metadata.name,
    );
    if (current?.metadata.uid !== deployment.metadata.uid) return;
    if (JSON.stringify(status) !== JSON.stringify(current.status)) {
      client.updateStatus('Deployment', { ...current, status });
    }
    const due = deadlineMs({ ...current, status });
    if (due !== undefined) this.#queue.addAfter(keyOf(current), Math.max(0, due - nowMs) + 1000);
  }
}
