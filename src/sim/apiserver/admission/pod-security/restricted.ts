// The checks that level restricted adds, by id (pod-security-admission/policy).
import type { PodSpec, Volume } from '../../../api/generated/types.ts';
import { badSeccomp } from './baseline.ts';
import type { Check } from './check.ts';
import { joinQuoted, nameContainers, namesWhere, plural, setters, unique } from './check.ts';

const allowedVolumes: readonly (keyof Volume)[] = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const allowPrivilegeEscalation: Check = {
  id: 'allowPrivilegeEscalation',
  since: 8,
  run(spec) {
    const bad = namesWhere(spec, (context) => context.allowPrivilegeEscalation !== false);
    if (bad.length === 0) return undefined;
    return {
      reason: 'allowPrivilegeEscalation != false',
      detail: `${nameContainers(bad)} must set securityContext.allowPrivilegeEscalation=false`,
    };
  },
};

const capabilities: Check = {
  id: 'capabilities_restricted',
  since: 22,
  run(spec) {
    const added: string[] = [];
    const undropped = namesWhere(
      spec,
      ({ capabilities: own }) => own?.drop?.includes('ALL') !== true,
    );
    const adding = namesWhere(spec, ({ capabilities: own }) => {
      const extra = (own?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE');
      added.push(...extra);
      return extra.length > 0;
    });
    const details: string[] = [];
    if (undropped.length > 0) {
      details.push(
        `${nameContainers(undropped)} must set securityContext.capabilities.drop=["ALL"]`,
      );
    }
    if (adding.length > 0) {
      details.push(
        `${nameContainers(adding)} must not include ${joinQuoted(unique(added))} in securityContext.capabilities.add`,
      );
    }
    if (details.length === 0) return undefined;
    return { reason: 'unrestricted capabilities', detail: details.join('; ') };
  },
};

const restrictedVolumes: Check = {
  id: 'restrictedVolumes',
  since: 0,
  run({ volumes = [] }) {
    const bad = volumes.filter((volume) =>
      allowedVolumes.every((type) => volume[type] === undefined),
    );
    if (bad.length === 0) return undefined;
    const types = unique(
      bad.map((volume) => Object.keys(volume).find((key) => key !== 'name') ?? 'unknown'),
    );
    const names = `${plural('volume', 'volumes', bad.length)} ${joinQuoted(bad.map(({ name }) => name))}`;
    const verb = plural('uses', 'use', bad.length);
    const noun = plural('restricted volume type', 'restricted volume types', types.length);
    return {
      reason: 'restricted volume types',
      detail: `${names} ${verb} ${noun} ${joinQuoted(types)}`,
    };
  },
};

const runAsNonRoot: Check = {
  id: 'runAsNonRoot',
  since: 0,
  run(spec) {
    const reason = 'runAsNonRoot != true';
    const ofPod = spec.securityContext?.runAsNonRoot;
    const refusing = namesWhere(spec, (context) => context.runAsNonRoot === false);
    if (ofPod === false || refusing.length > 0) {
      const who = setters(ofPod === false, refusing);
      return { reason, detail: `${who} must not set securityContext.runAsNonRoot=false` };
    }
    const silent = namesWhere(spec, (context) => context.runAsNonRoot === undefined);
    if (ofPod === true || silent.length === 0) return undefined;
    return {
      reason,
      detail: `pod or ${nameContainers(silent)} must set securityContext.runAsNonRoot=true`,
    };
  },
};

const runAsUser: Check = {
  id: 'runAsUser',
  since: 23,
  run(spec) {
    const bad = namesWhere(spec, (context) => context.runAsUser === 0);
    const isPodBad = spec.securityContext?.runAsUser === 0;
    if (!isPodBad && bad.length === 0) return undefined;
    return { reason: 'runAsUser=0', detail: `${setters(isPodBad, bad)} must not set runAsUser=0` };
  },
};

const seccompProfile: Check = {
  id: 'seccompProfile_restricted',
  since: 19,
  run(spec: PodSpec) {
    const bad = badSeccomp(spec);
    if (bad !== undefined) return bad;
    if (spec.securityContext?.seccompProfile !== undefined) return undefined;
    const silent = namesWhere(spec, (context) => context.seccompProfile === undefined);
    if (silent.length === 0) return undefined;
    return {
      reason: 'seccompProfile',
      detail: `pod or ${nameContainers(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
    };
  },
};

/** Sorted by id. */
export const restrictedChecks: readonly Check[] = [
  allowPrivilegeEscalation,
  capabilities,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompProfile,
];

/** Checks of level baseline that stricter ones of this level replace. */
export const overridden: ReadonlySet<string> = new Set([
  'capabilities_baseline',
  'hostPathVolumes',
  'seccompProfile_baseline',
]);
