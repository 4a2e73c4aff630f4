// What a container's space is made of: image, mounts, user, rights and limits.
import type { Machine } from '../../kernel/machine.ts';
import type { MountSpec } from '../../kernel/mount-setup.ts';
import { defaultCapabilities, type Space, type SpaceOptions } from '../../kernel/space.ts';
import type { Capability } from '../../kernel/vfs/actor.ts';
import type { Image } from '../../images/image.ts';
import { imageRoot } from '../../images/root.ts';
import type { PodSandbox } from './sandbox.ts';
import type { ContainerConfig, MountConfig } from './types.ts';
import { resolveUser } from './users.ts';
import { NodeVolume } from './volumes.ts';

export interface SpaceParts {
  readonly machine: Machine;
  readonly sandbox: PodSandbox;
  readonly config: ContainerConfig;
  readonly image: Image;
  /** Where in the sandbox's files the termination message is. */
  readonly messageFile: string;
  readonly target: Space | undefined;
}

/** Everything that Linux knows; `privileged` gives all of it. */
const allCapabilities: readonly Capability[] = [
  ...defaultCapabilities,
  'NET_ADMIN',
  'SYS_ADMIN',
  'SYS_TIME',
  'SYS_PTRACE',
];

/** The options of the space, or why the user cannot be had. */
export function spaceOptions(parts: SpaceParts): SpaceOptions | { readonly error: string } {
  const { sandbox, config, image, target } = parts;
  const root = imageRoot(image);
  const user = resolveUser(config, image.config.user, root);
  if ('error' in user) return user;
  return {
    image: root,
    readOnlyRoot: config.readOnlyRootFilesystem,
    mounts: [...managedMounts(parts), ...config.mounts.flatMap((mount) => mountOf(mount, config))],
    uts: sandbox.uts,
    ipc: sandbox.ipc,
    pidNamespace: target?.pidNamespace ?? sandbox.pids,
    network: sandbox.network,
    uid: user.uid,
    gid: user.gid,
    groups: user.groups,
    capabilities: capabilitiesOf(config),
    lowestFreePort: lowestFreePort(sandbox),
    cpuRequestMilli: config.cpuRequestMilli,
    cpuLimitMilli: config.cpuLimitMilli,
    memoryLimitBytes: config.memoryLimitBytes,
  };
}

/** Every port is free to containers, but for those on the node's network, and where a sysctl says otherwise. */
function lowestFreePort({ config }: PodSandbox): number {
  const own = config.sysctls['net.ipv4.ip_unprivileged_port_start'];
  return own === undefined ? (config.hostNetwork ? 1024 : 0) : Number(own);
}

function managedMounts({ sandbox, config, messageFile }: SpaceParts): readonly MountSpec[] {
  const own = new Set(config.mounts.map(({ containerPath }) => containerPath));
  const managed = [
    ['/etc/hosts', 'hosts'],
    ['/etc/hostname', 'hostname'],
    ['/etc/resolv.conf', 'resolv.conf'],
    [config.terminationMessagePath, messageFile],
  ] as const;
  return managed
    .filter(([at]) => at !== '' && !own.has(at))
    .map(([at, subPath]) => ({ at, fileSystem: sandbox.files, subPath }));
}

function mountOf(mount: MountConfig, config: ContainerConfig): readonly MountSpec[] {
  const { volume, containerPath, subPath, readOnly } = mount;
  if (!(volume instanceof NodeVolume)) throw new Error('a volume of another runtime');
  if (config.fsGroup !== undefined) volume.setGroup(config.fsGroup);
  const { fileSystem, folder } = volume;
  const parts = [folder, subPath].filter((part) => part !== undefined && part !== '');
  const inside = parts.length === 0 ? undefined : parts.join('/');
  return [{ at: containerPath, fileSystem, subPath: inside, readOnly }];
}

function capabilitiesOf(config: ContainerConfig): ReadonlySet<Capability> | undefined {
  const { privileged, addedCapabilities: added, droppedCapabilities: dropped } = config;
  if (privileged) return new Set(allCapabilities);
  if (added.length === 0 && dropped.length === 0) return undefined;
  const names = (list: readonly string[]) => list.map((name) => name.replace(/^CAP_/, ''));
  const known = (name: string): name is Capability =>
    allCapabilities.some((capability) => capability === name);
  const isDropped = new Set(names(dropped));
  const base = isDropped.has('ALL') ? [] : [...defaultCapabilities];
  const kept = base.filter((capability) => !isDropped.has(capability));
  const more = names(added).includes('ALL') ? allCapabilities : names(added).filter(known);
  return new Set([...kept, ...more]);
}
