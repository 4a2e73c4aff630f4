// Volumes of the node's Pods: mounted before containers start, kept up to date, gone with the Pod
// (pkg/kubelet/volumemanager). Outlives a stopped kubelet, as folders on a disk do.
import type { Container, Volume } from '../../../api/generated/types.ts';
import { value } from '../../../api/quantity.ts';
import type { Client } from '../../../apiserver/types.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { ContainerRuntime, MountConfig } from '../../cri/types.ts';
import type { NodeSpec } from '../../spec.ts';
import { expand } from '../container/expand.ts';
import type { PodObject } from '../pod.ts';
import { answer, before, type Task } from '../task.ts';
import { sleep } from '../ticker.ts';
import { times } from '../times.ts';
import { boundVolume, claimOf } from './claims.ts';
import { hasFiles, volumeFiles, type Files } from './files.ts';
import { PodVolumes, type MountAttempt, type MountedVolume } from './pod-volumes.ts';

export interface VolumeManagerOptions {
  readonly clock: Clock;
  readonly runtime: ContainerRuntime;
  readonly client: Client;
  readonly node: NodeSpec;
  /** Tells of a mount that failed; the text is the whole Event message. */
  readonly onFailedMount: (pod: PodObject, message: string) => void;
  readonly podIp: (uid: string) => string;
}

export type MountWait =
  | { readonly ok: true }
  /** `error` undefined: the time was up, and nothing is told. */
  | { readonly ok: false; readonly error: string | undefined };

export type MountsResult =
  | { readonly ok: true; readonly mounts: readonly MountConfig[] }
  | { readonly ok: false; readonly error: string };

interface Entry {
  pod: PodObject;
  readonly volumes: PodVolumes;
}

export class VolumeManager {
  readonly #options: VolumeManagerOptions;
  readonly #pods = new Map<string, Entry>();

  constructor(options: VolumeManagerOptions) {
    this.#options = options;
  }

  /** Goes on when every volume of the Pod is mounted, and sees to it that their files are fresh. */
  *waitForMounts(pod: PodObject): Task<MountWait> {
    const { clock } = this.#options;
    const entry = this.#entry(pod);
    this.#want(entry);
    if (entry.volumes.isMounted()) {
      this.#refresh(entry);
      return { ok: true };
    }
    const startedMs = clock.nowMs();
    if (entry.volumes.all().some(({ problem }) => problem !== undefined)) {
      yield* sleep(clock, times.mountErrorMs);
      return { ok: false, error: unmounted(entry.volumes) };
    }
    const mounted = yield* before(whenMounted(entry.volumes), sleep(clock, times.mountTimeoutMs));
    if (mounted === undefined) return { ok: false, error: undefined };
    const past = (clock.nowMs() - startedMs) % times.mountPollMs;
    yield* sleep(clock, past === 0 ? 0 : times.mountPollMs - past);
    return { ok: true };
  }

  /** The mounts of a container; `env` is for subPathExpr. */
  mountsOf(
    pod: PodObject,
    container: Container,
    env: readonly (readonly [string, string])[],
  ): MountsResult {
    const volumes = this.#pods.get(pod.metadata.uid)?.volumes;
    const variables = new Map(env);
    const mounts: MountConfig[] = [];
    for (const mount of container.volumeMounts ?? []) {
      const found = volumes?.get(mount.name);
      if (found?.node === undefined) {
        return {
          ok: false,
          error: `cannot find volume "${mount.name}" to mount into container "${container.name}"`,
        };
      }
      const expression = mount.subPathExpr ?? '';
      const subPath =
        expression === '' ? mount.subPath : expand(expression, (name) => variables.get(name));
      mounts.push({
        containerPath: mount.mountPath,
        volume: found.node,
        subPath: subPath === '' ? undefined : subPath,
        readOnly: (mount.readOnly ?? false) || isReadOnly(found.spec),
        hostPath: hostFolder(pod, found.spec),
      });
    }
    return { ok: true, mounts };
  }

  /** The mounted volumes of a Pod with their specs. */
  volumesOf(uid: string): readonly MountedVolume[] {
    return this.#pods.get(uid)?.volumes.all() ?? [];
  }

  /** Stops trying to mount: the Pod is being ended. */
  stopMounting(uid: string): void {
    this.#pods.get(uid)?.volumes.stop();
  }

  /** The Pod is gone: what was only its own is forgotten. */
  remove(uid: string): void {
    const entry = this.#pods.get(uid);
    if (entry === undefined) return;
    entry.volumes.stop();
    for (const { spec, node } of entry.volumes.all()) {
      if (spec.hostPath === undefined && claimOf(entry.pod, spec) === undefined) node?.clear();
    }
    this.#pods.delete(uid);
  }

  /** The machine lost its power: memory is empty, and everything must be mounted again. */
  powerLoss(): void {
    for (const { volumes } of this.#pods.values()) {
      volumes.stop();
      for (const volume of volumes.all()) {
        if (volume.node?.kind === 'memory') volume.node.clear();
        volume.isMounted = false;
        volume.delayMs = 0;
      }
    }
  }

  /** The kubelet stops; mounts stay. */
  stop(): void {
    for (const { volumes } of this.#pods.values()) volumes.stop();
  }

  #entry(pod: PodObject): Entry {
    const { uid } = pod.metadata;
    let entry = this.#pods.get(uid);
    if (entry === undefined) {
      const created: Entry = {
        pod,
        volumes: new PodVolumes(
          this.#options.clock,
          (volume) => this.#attempt(created, volume),
          (volume, error) => {
            const message = `MountVolume.SetUp failed for volume "${volume.spec.name}" : ${error}`;
            this.#options.onFailedMount(created.pod, message);
          },
        ),
      };
      entry = created;
      this.#pods.set(uid, entry);
    }
    entry.pod = pod;
    return entry;
  }

  #want({ pod, volumes }: Entry): void {
    for (const spec of pod.spec.volumes ?? []) {
      const claim = claimOf(pod, spec);
      const known = volumes.get(spec.name);
      if (claim === undefined || known?.isMounted === true) {
        volumes.want(spec);
        continue;
      }
      const bound = boundVolume(this.#options.client, pod, claim);
      if (known !== undefined) known.problem = bound.ok ? undefined : bound.error;
      volumes.want(spec);
      const wanted = volumes.get(spec.name);
      if (wanted === undefined || bound.ok) continue;
      wanted.problem = bound.error;
      wanted.timer?.cancel();
      wanted.timer = undefined;
    }
  }

  #attempt({ pod }: Entry, volume: MountedVolume): MountAttempt {
    const { runtime } = this.#options;
    const { spec } = volume;
    if (hasFiles(spec)) return this.#write(pod, volume);
    if (spec.emptyDir !== undefined) {
      const isMemory = spec.emptyDir.medium === 'Memory';
      const { sizeLimit } = spec.emptyDir;
      const limit = isMemory && sizeLimit !== undefined ? value(sizeLimit) : undefined;
      return {
        ok: true,
        node: volume.node ?? runtime.newVolume(isMemory ? 'memory' : 'disk', limit),
      };
    }
    if (spec.hostPath !== undefined)
      return this.#host(spec.hostPath.path, spec.hostPath.type ?? '');
    const claim = claimOf(pod, spec);
    if (claim !== undefined) return this.#claimed(pod, claim);
    return { ok: false, error: 'this kind of volume is not modelled by the simulated node' };
  }

  #claimed(pod: PodObject, claim: string): MountAttempt {
    const bound = boundVolume(this.#options.client, pod, claim);
    if (!bound.ok) return bound;
    const { hostPath, local } = bound.volume.spec;
    if (hostPath !== undefined) return this.#host(hostPath.path, hostPath.type ?? '');
    if (local !== undefined) return this.#host(local.path, 'Directory');
    return {
      ok: false,
      error: 'only hostPath and local volumes are modelled by the simulated node',
    };
  }

  #host(path: string, type: string): MountAttempt {
    const result = this.#options.runtime.hostVolume(path, type);
    return 'error' in result
      ? { ok: false, error: result.error }
      : { ok: true, node: result.volume };
  }

  #write(pod: PodObject, volume: MountedVolume): MountAttempt {
    const files = this.#files(pod, volume.spec);
    if (!files.ok) return files;
    const node = volume.node ?? this.#options.runtime.newVolume('projected', undefined);
    volume.content = fingerprint(files.files);
    node.setFiles(files.files);
    return { ok: true, node };
  }

  #files(pod: PodObject, spec: Volume): ReturnType<typeof volumeFiles> {
    const { client, node, clock, podIp } = this.#options;
    const nowMs = Math.floor(clock.nowMs() / 3_600_000) * 3_600_000;
    return volumeFiles({ client, node, pod, podIp: podIp(pod.metadata.uid), nowMs }, spec);
  }

  /** Writes files anew where the API has others now. */
  #refresh({ pod, volumes }: Entry): void {
    for (const volume of volumes.all()) {
      if (volume.node === undefined || !hasFiles(volume.spec)) continue;
      const files = this.#files(pod, volume.spec);
      if (!files.ok) {
        const message = `MountVolume.SetUp failed for volume "${volume.spec.name}" : ${files.error}`;
        this.#options.onFailedMount(pod, message);
      } else if (fingerprint(files.files) !== volume.content) {
        volume.content = fingerprint(files.files);
        volume.node.setFiles(files.files);
      }
    }
  }
}

function* whenMounted(volumes: PodVolumes): Task<true> {
  return yield* answer<true>((done) => volumes.whenMounted(() => done(true)));
}

function isReadOnly(spec: Volume): boolean {
  return hasFiles(spec) || spec.persistentVolumeClaim?.readOnly === true;
}

/** The folder on the node's disk. */
function hostFolder(pod: PodObject, spec: Volume): string {
  if (spec.hostPath !== undefined) return spec.hostPath.path;
  const kind = Object.keys(spec).find((key) => key !== 'name') ?? 'emptyDir';
  const plugin = plugins[kind] ?? 'kubernetes.io~local-volume';
  return `/var/lib/kubelet/pods/${pod.metadata.uid}/volumes/${plugin}/${spec.name}`;
}

const plugins: Readonly<Record<string, string>> = {
  configMap: 'kubernetes.io~configmap',
  downwardAPI: 'kubernetes.io~downward-api',
  emptyDir: 'kubernetes.io~empty-dir',
  projected: 'kubernetes.io~projected',
  secret: 'kubernetes.io~secret',
};

function fingerprint(files: Files): string {
  return JSON.stringify([...files]);
}

function unmounted(volumes: PodVolumes): string {
  const names = (list: readonly MountedVolume[]): string =>
    `[${list
      .map(({ spec }) => spec.name)
      .sort()
      .join(' ')}]`;
  const all = volumes.all();
  const broken = all.filter(({ problem }) => problem !== undefined);
  const errors = broken.map(({ problem }) => problem).join('; ');
  return `unmounted volumes=${names(all.filter(({ isMounted }) => !isMounted))}, unattached volumes=[], failed to process volumes=${names(broken)}: ${errors}`;
}
