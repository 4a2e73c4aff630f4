// Nodes and namespaces (ValidateNode, ValidateNamespace and their updates).
import type { Namespace, Node } from '../generated/types.ts';
import { isDualStack } from '../ip.ts';
import {
  duplicate,
  forbidden,
  goStringList,
  invalid,
  quoted,
  type FieldError,
} from '../messages.ts';
import { checkQualifiedName } from '../names.ts';
import { canonicalQuantity } from '../quantity.ts';
import { deepEqual } from '../patch/json.ts';
import { validateAmount } from './resource-names.ts';
import { cidr, judge, sortedEntries } from './rules.ts';
import { validateTaints } from './tolerations.ts';

function validateAmounts({ status }: Node): readonly FieldError[] {
  return (['capacity', 'allocatable'] as const).flatMap((list) =>
    sortedEntries(status?.[list]).flatMap(([name, amount]) =>
      validateAmount(name, canonicalQuantity(amount), `status.${list}.${name}`),
    ),
  );
}

function validatePodRanges(ranges: readonly string[]): readonly FieldError[] {
  const field = 'spec.podCIDRs';
  const errors = ranges.flatMap((range, index) => cidr(`${field}[${index}]`, range));
  if (ranges.length < 2) return errors;
  const addresses = ranges.map((range) => range.split('/')[0] ?? '');
  const text = 'may specify no more than one CIDR for each IP family';
  return [
    ...errors,
    ...(ranges.length > 2 || !isDualStack(addresses)
      ? [invalid(field, goStringList(ranges), text)]
      : []),
    ...ranges.flatMap((range, index) =>
      ranges.indexOf(range) < index ? [duplicate(`${field}[${index}]`, range)] : [],
    ),
  ];
}

/** The server names taints as if they were metadata. */
const taintsOf = ({ spec }: Node): readonly FieldError[] =>
  validateTaints(spec?.taints ?? [], 'metadata.taints');

export const validateNode = (node: Node): readonly FieldError[] => [
  ...taintsOf(node),
  ...validateAmounts(node),
  ...validatePodRanges(node.spec?.podCIDRs ?? []),
];

function validateAddressesOnce({ status }: Node): readonly FieldError[] {
  const seen = new Set<string>();
  return (status?.addresses ?? []).flatMap(({ type, address }, index) => {
    const go = `core.NodeAddress{Type:${quoted(type)}, Address:${quoted(address)}}`;
    const isRepeated = seen.has(go);
    seen.add(go);
    return isRepeated ? [duplicate(`status.addresses[${index}]`, { go })] : [];
  });
}

export function validateNodeUpdate(node: Node, old: Node): readonly FieldError[] {
  const [spec, before] = [node.spec ?? {}, old.spec ?? {}];
  const rangesKept =
    (before.podCIDRs ?? []).length === 0 || deepEqual(spec.podCIDRs, before.podCIDRs);
  const provider = before.providerID ?? '';
  const once = (name: string): string =>
    `node updates may not change ${name} except from "" to valid`;
  return [
    ...validateAmounts(node),
    ...validateAddressesOnce(node),
    ...(rangesKept ? [] : [forbidden('spec.podCIDRs', once('podCIDR'))]),
    ...(provider === '' || provider === spec.providerID
      ? []
      : [forbidden('spec.providerID', once('providerID'))]),
    ...taintsOf(node),
    ...((spec.externalID ?? '') === (before.externalID ?? '')
      ? []
      : [forbidden('spec.externalID', 'may not be updated')]),
  ];
}

function validateFinalizer(name: string, field: string): readonly FieldError[] {
  const text = 'name is neither a standard finalizer name nor is it fully qualified';
  const isKnown = ['kubernetes', 'orphan', 'foregroundDeletion'].includes(name);
  return [
    ...judge(field, name, checkQualifiedName),
    ...(name.includes('/') || isKnown ? [] : [invalid(field, name, text)]),
  ];
}

export const validateNamespace = ({ spec }: Namespace): readonly FieldError[] =>
  (spec?.finalizers ?? []).flatMap((name) => validateFinalizer(name, 'spec.finalizers'));

/** What holds for a namespace's status: it says whether the namespace is going. */
export function validateNamespaceStatus({ metadata, status }: Namespace): readonly FieldError[] {
  const isGoing = metadata?.deletionTimestamp !== undefined;
  const [phase, condition] = isGoing ? ['Terminating', 'not empty'] : ['Active', 'empty'];
  const given = status?.phase ?? '';
  if (given === phase) return [];
  const text = `may only be '${phase}' if \`deletionTimestamp\` is ${condition}`;
  return [invalid('status.Phase', given, text)];
}
