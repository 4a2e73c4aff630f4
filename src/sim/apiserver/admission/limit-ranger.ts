// LimitRanger: fills in what a LimitRange defaults, refuses what it does not allow (plugin/pkg/admission/limitranger).
import type {
  Container,
  LimitRange,
  LimitRangeItem,
  PersistentVolumeClaim,
  Pod,
  PodSpec,
} from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';
import type { Attributes, ServerContext } from '../registry/context.ts';
import { withMeta } from '../registry/metadata.ts';
import { checkConstraints, checkRequestBounds } from './limit-constraints.ts';
import type { AdmissionPlugin } from './plugin.ts';
import { forbid } from './plugin.ts';
import { podResources } from './pod-resources.ts';

const annotation = 'kubernetes.io/limit-ranger';

export const limitRanger: AdmissionPlugin = {
  name: 'LimitRanger',

  admit(context, attributes, object) {
    if (attributes.info.modelled !== 'Pod' || !isWatched(attributes)) return { ok: true, object };
    let next = object;
    for (const range of rangesIn(context, attributes.namespace)) next = withDefaults(next, range);
    return { ok: true, object: next };
  },

  validate(context, attributes) {
    if (!isWatched(attributes)) return undefined;
    for (const range of rangesIn(context, attributes.namespace)) {
      const errors = (range.spec?.limits ?? []).flatMap((item) => check(item, attributes));
      const texts = [...new Set(errors)];
      if (texts.length > 0) {
        return forbid(attributes, texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`);
      }
    }
    return undefined;
  },
};

/** New Pods and claims, resized Pods, and changed claims. */
function isWatched({ info, operation, subresource }: Attributes): boolean {
  if (operation === 'DELETE') return false;
  if (info.modelled === 'PersistentVolumeClaim') return subresource === '';
  if (info.modelled !== 'Pod') return false;
  return operation === 'CREATE' ? subresource === '' : subresource === 'resize';
}

function rangesIn({ store }: ServerContext, namespace: string): readonly LimitRange[] {
  if (store.count('LimitRange') === 0) return [];
  return store.listSorted('LimitRange', namespace) as unknown as readonly LimitRange[];
}

function check(item: LimitRangeItem, { info, object }: Attributes): readonly string[] {
  if (info.modelled === 'PersistentVolumeClaim') {
    if (item.type !== 'PersistentVolumeClaim') return [];
    const { spec } = object as PersistentVolumeClaim;
    return checkRequestBounds(item, spec?.resources?.requests ?? {});
  }
  const spec = (object as Pod).spec ?? { containers: [] };
  if (item.type === 'Container') {
    const all: readonly Container[] = [...spec.containers, ...(spec.initContainers ?? [])];
    return all.flatMap(({ resources }) =>
      checkConstraints(item, resources?.requests ?? {}, resources?.limits ?? {}),
    );
  }
  if (item.type !== 'Pod') return [];
  return checkConstraints(item, podResources(spec, 'requests'), podResources(spec, 'limits'));
}

/** Requests and limits that containers lack, from items of type Container; an annotation says what was set. */
function withDefaults(object: KubeObject, range: LimitRange): KubeObject {
  const requests: Record<string, string> = {};
  const limits: Record<string, string> = {};
  for (const item of range.spec?.limits ?? []) {
    if (item.type !== 'Container') continue;
    Object.assign(requests, item.defaultRequest);
    Object.assign(limits, item.default);
  }
  const notes: string[] = [];
  const fill = (container: Container, what: string): Container => {
    const own = container.resources ?? {};
    const missing = (from: Record<string, string>, present: object | undefined): string[] =>
      Object.keys(from).filter((name) => (present as Record<string, string>)?.[name] === undefined);
    const newRequests = missing(requests, own.requests).sort();
    const newLimits = missing(limits, own.limits).sort();
    if (newRequests.length === 0 && newLimits.length === 0) return container;
    const note = (names: readonly string[], part: string): void => {
      if (names.length > 0) notes.push(`${names.join(', ')} ${part} for ${what} ${container.name}`);
    };
    note(newRequests, 'request');
    note(newLimits, 'limit');
    const pick = (names: readonly string[], from: Record<string, string>): object =>
      Object.fromEntries(names.map((name) => [name, from[name]]));
    const resources = {
      ...own,
      requests: { ...own.requests, ...pick(newRequests, requests) },
      limits: { ...own.limits, ...pick(newLimits, limits) },
    };
    return { ...container, resources };
  };
  const spec = (object as Pod).spec ?? { containers: [] };
  const filled: PodSpec = {
    ...spec,
    containers: spec.containers.map((container) => fill(container, 'container')),
    ...(spec.initContainers === undefined
      ? {}
      : { initContainers: spec.initContainers.map((one) => fill(one, 'init container')) }),
  };
  if (notes.length === 0) return object;
  const text = `LimitRanger plugin set: ${notes.join('; ')}`;
  const annotations = { ...object.metadata?.annotations, [annotation]: text };
  return { ...withMeta(object, { annotations }), spec: filled };
}
