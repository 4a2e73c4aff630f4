// The texts of Warning headers that a write of an object brings, kind by kind (the strategies' WarningsOnCreate and
// WarningsOnUpdate).
import type {
  CronJob,
  Deployment,
  Job,
  PersistentVolumeClaim,
  Pod,
  PodTemplateSpec,
  Service,
} from '../../api/generated/types.ts';
import type { Kind } from '../../api/objects.ts';
import { checkDns1123Label } from '../../api/names.ts';
import { equalJson } from '../equality.ts';
import type { AnyStored } from '../store/entry.ts';
import { fractionalBytes, podSpecWarnings } from './pod-spec.ts';

/** @param old the state before, or undefined for a new object */
export function warningsFor(
  kind: Kind,
  object: AnyStored,
  old: AnyStored | undefined,
): readonly string[] {
  if (old !== undefined && equalJson(object.spec, old.spec)) return [];
  switch (kind) {
    case 'Pod':
      return podWarnings(object as unknown as Pod, old === undefined);
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
      return templateWarnings((object as unknown as Deployment).spec?.template, 'spec.template');
    case 'Job':
      return jobWarnings(object as unknown as Job, old === undefined);
    case 'CronJob': {
      const template = (object as unknown as CronJob).spec?.jobTemplate.spec?.template;
      return templateWarnings(template, 'spec.jobTemplate.spec.template');
    }
    case 'Service':
      return serviceWarnings(object as unknown as Service);
    case 'PersistentVolumeClaim': {
      const requests = (object as PersistentVolumeClaim).spec?.resources?.requests ?? {};
      return fractionalBytes(requests, 'spec.resources.requests', ['storage']);
    }
    default:
      return [];
  }
}

function podWarnings({ metadata, spec }: Pod, isNew: boolean): readonly string[] {
  const used = "this is used in the Pod's hostname";
  const named = isNew ? nameWarnings(metadata?.name ?? '', used) : [];
  return [...named, ...(spec === undefined ? [] : podSpecWarnings(spec, 'spec'))];
}

function jobWarnings({ metadata, spec }: Job, isNew: boolean): readonly string[] {
  const used = 'this is used in Pod names and hostnames';
  const named = isNew ? nameWarnings(metadata?.name ?? '', used) : [];
  return [...named, ...templateWarnings(spec?.template, 'spec.template')];
}

function nameWarnings(name: string, used: string): readonly string[] {
  const problems = checkDns1123Label(name);
  if (problems.length === 0) return [];
  return [
    `metadata.name: ${used}, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`,
  ];
}

function templateWarnings(template: PodTemplateSpec | undefined, path: string): readonly string[] {
  return template?.spec === undefined ? [] : podSpecWarnings(template.spec, `${path}.spec`);
}

/** pkg/api/service/warnings.go. */
function serviceWarnings({ spec = {} }: Service): readonly string[] {
  const warnings: string[] = [];
  if (spec.clusterIP === 'None' && spec.type === 'ClusterIP') {
    if ((spec.loadBalancerIP ?? '') !== '') {
      warnings.push('spec.loadBalancerIP is ignored for headless services');
    }
    if ((spec.externalIPs ?? []).length > 0) {
      warnings.push('spec.externalIPs is ignored for headless services');
    }
    if (spec.sessionAffinity !== undefined && spec.sessionAffinity !== 'None') {
      warnings.push('spec.SessionAffinity is ignored for headless services');
    }
  }
  if (spec.type === 'ExternalName' && (spec.externalIPs ?? []).length > 0) {
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (spec.type !== 'ExternalName' && (spec.externalName ?? '') !== '') {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  return warnings;
}
