// The checks of level baseline, by id (pod-security-admission/policy).
import type { Check, Finding } from './check.ts';
import {
  containersOf,
  joinQuoted,
  nameContainers,
  namesWhere,
  plural,
  setters,
  unique,
} from './check.ts';

const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/';

const allowedCapabilities: ReadonlySet<string> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);

const allowedSysctls: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

const allowedSelinuxTypes = [
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
];

const appArmorProfile: Check = {
  id: 'appArmorProfile',
  since: 0,
  run(spec, { annotations = {} }) {
    const reason = (count: number): string =>
      plural('forbidden AppArmor profile', 'forbidden AppArmor profiles', count);
    const isBad = (type: string | undefined): boolean => type === 'Unconfined';
    const isPodBad = isBad(spec.securityContext?.appArmorProfile?.type);
    const bad = namesWhere(spec, (context) => isBad(context.appArmorProfile?.type));
    if (isPodBad || bad.length > 0) {
      const detail = `${setters(isPodBad, bad)} must not set AppArmor profile type to "Unconfined"`;
      return { reason: reason(1), detail };
    }
    const texts = Object.entries(annotations)
      .filter(([key, value]) => key.startsWith(appArmorAnnotation) && !isAllowedProfile(value))
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`);
    if (texts.length === 0) return undefined;
    return { reason: reason(texts.length), detail: texts.sort().join(', ') };
  },
};

function isAllowedProfile(profile: string): boolean {
  return profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');
}

const capabilities: Check = {
  id: 'capabilities_baseline',
  since: 0,
  run(spec) {
    const added: string[] = [];
    const bad = namesWhere(spec, (context) => {
      const extra = (context.capabilities?.add ?? []).filter(
        (name) => !allowedCapabilities.has(name),
      );
      added.push(...extra);
      return extra.length > 0;
    });
    if (bad.length === 0) return undefined;
    return {
      reason: 'non-default capabilities',
      detail: `${nameContainers(bad)} must not include ${joinQuoted(unique(added))} in securityContext.capabilities.add`,
    };
  },
};

const hostNamespaces: Check = {
  id: 'hostNamespaces',
  since: 0,
  run({ hostNetwork, hostPID, hostIPC }) {
    const used = [
      ...(hostNetwork === true ? ['hostNetwork=true'] : []),
      ...(hostPID === true ? ['hostPID=true'] : []),
      ...(hostIPC === true ? ['hostIPC=true'] : []),
    ];
    if (used.length === 0) return undefined;
    return { reason: 'host namespaces', detail: used.join(', ') };
  },
};

const hostPathVolumes: Check = {
  id: 'hostPathVolumes',
  since: 0,
  run({ volumes = [] }) {
    const bad = volumes.filter(({ hostPath }) => hostPath !== undefined).map(({ name }) => name);
    if (bad.length === 0) return undefined;
    const detail = `${plural('volume', 'volumes', bad.length)} ${joinQuoted(bad)}`;
    return { reason: 'hostPath volumes', detail };
  },
};

const hostPorts: Check = {
  id: 'hostPorts',
  since: 0,
  run(spec) {
    const used: string[] = [];
    const bad = namesWhere(spec, (_, { ports = [] }) => {
      const own = ports.filter(({ hostPort }) => (hostPort ?? 0) !== 0);
      used.push(...own.map(({ hostPort }) => String(hostPort)));
      return own.length > 0;
    });
    if (bad.length === 0) return undefined;
    const ports = unique(used);
    const verb = plural('uses', 'use', bad.length);
    const noun = plural('hostPort', 'hostPorts', ports.length);
    return {
      reason: 'hostPort',
      detail: `${nameContainers(bad)} ${verb} ${noun} ${ports.join(', ')}`,
    };
  },
};

const privileged: Check = {
  id: 'privileged',
  since: 0,
  run(spec) {
    const bad = namesWhere(spec, (context) => context.privileged === true);
    if (bad.length === 0) return undefined;
    const detail = `${nameContainers(bad)} must not set securityContext.privileged=true`;
    return { reason: 'privileged', detail };
  },
};

const procMount: Check = {
  id: 'procMount',
  since: 0,
  run(spec) {
    if (spec.hostUsers === false) return undefined;
    const types: string[] = [];
    const bad = namesWhere(spec, ({ procMount: type }) => {
      if (type === undefined || type === 'Default') return false;
      types.push(type);
      return true;
    });
    if (bad.length === 0) return undefined;
    const detail = `${nameContainers(bad)} must not set securityContext.procMount to ${joinQuoted(unique(types))}`;
    return { reason: 'procMount', detail };
  },
};

const seLinuxOptions: Check = {
  id: 'seLinuxOptions',
  since: 0,
  run(spec) {
    const all = [spec, ...containersOf(spec)].map(
      ({ securityContext }) => securityContext?.seLinuxOptions ?? {},
    );
    const isBad = ({ type = '', user = '', role = '' }: (typeof all)[number]): boolean =>
      !allowedSelinuxTypes.includes(type) || user !== '' || role !== '';
    const bad = namesWhere(spec, (context) => isBad(context.seLinuxOptions ?? {}));
    const isPodBad = isBad(spec.securityContext?.seLinuxOptions ?? {});
    if (!isPodBad && bad.length === 0) return undefined;
    const types = unique(
      all.map(({ type = '' }) => type).filter((type) => !allowedSelinuxTypes.includes(type)),
    );
    const parts: string[] = [];
    if (types.length > 0) {
      parts.push(`${plural('type', 'types', types.length)} ${joinQuoted(types)}`);
    }
    if (all.some(({ user = '' }) => user !== '')) parts.push('user may not be set');
    if (all.some(({ role = '' }) => role !== '')) parts.push('role may not be set');
    const detail = `${setters(isPodBad, bad)} set forbidden securityContext.seLinuxOptions: ${parts.join('; ')}`;
    return { reason: 'seLinuxOptions', detail };
  },
};

const seccompProfile: Check = {
  id: 'seccompProfile_baseline',
  since: 19,
  run: (spec) => badSeccomp(spec),
};

/** Profiles that are set and neither RuntimeDefault nor Localhost. */
export function badSeccomp(spec: Parameters<Check['run']>[0]): Finding | undefined {
  const types: string[] = [];
  const isBad = (type: string | undefined): boolean => {
    if (type === undefined || type === 'RuntimeDefault' || type === 'Localhost') return false;
    types.push(type);
    return true;
  };
  const isPodBad = isBad(spec.securityContext?.seccompProfile?.type);
  const bad = namesWhere(spec, (context) => isBad(context.seccompProfile?.type));
  if (!isPodBad && bad.length === 0) return undefined;
  const detail = `${setters(isPodBad, bad)} must not set securityContext.seccompProfile.type to ${joinQuoted(unique(types))}`;
  return { reason: 'seccompProfile', detail };
}

const sysctls: Check = {
  id: 'sysctls',
  since: 0,
  run({ securityContext }) {
    const bad = (securityContext?.sysctls ?? [])
      .map(({ name }) => name)
      .filter((name) => !allowedSysctls.has(name));
    if (bad.length === 0) return undefined;
    const reason = plural('forbidden sysctl', 'forbidden sysctls', bad.length);
    return { reason, detail: bad.join(', ') };
  },
};

const windowsHostProcess: Check = {
  id: 'windowsHostProcess',
  since: 0,
  run(spec) {
    const bad = namesWhere(spec, (context) => context.windowsOptions?.hostProcess === true);
    const isPodBad = spec.securityContext?.windowsOptions?.hostProcess === true;
    if (!isPodBad && bad.length === 0) return undefined;
    const detail = `${setters(isPodBad, bad)} must not set securityContext.windowsOptions.hostProcess=true`;
    return { reason: 'hostProcess', detail };
  },
};

/** Sorted by id. */
export const baselineChecks: readonly Check[] = [
  appArmorProfile,
  capabilities,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  privileged,
  procMount,
  seLinuxOptions,
  seccompProfile,
  sysctls,
  windowsHostProcess,
];
