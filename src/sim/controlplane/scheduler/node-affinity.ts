// Node selector terms: how a Pod asks for nodes by labels and fields (component-helpers/scheduling/corev1/nodeaffinity).
import type { NodeSelectorRequirement, NodeSelectorTerm } from '../../api/generated/types.ts';
import type { StoredOf } from '../../api/objects.ts';

function fits(actual: string | undefined, requirement: NodeSelectorRequirement): boolean {
  const { operator, values = [] } = requirement;
  switch (operator) {
    case 'In':
      return actual !== undefined && values.includes(actual);
    case 'NotIn':
      return actual === undefined || !values.includes(actual);
    case 'Exists':
      return actual !== undefined;
    case 'DoesNotExist':
      return actual === undefined;
    case 'Gt':
      return actual !== undefined && Number(actual) > Number(values[0]);
    case 'Lt':
      return actual !== undefined && Number(actual) < Number(values[0]);
    default:
      return false;
  }
}

/** Whether a node fits one term; a term without any requirement fits no node. */
export function matchesNodeSelectorTerm(term: NodeSelectorTerm, node: StoredOf<'Node'>): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length + matchFields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  return (
    matchExpressions.every((requirement) => fits(labels[requirement.key], requirement)) &&
    matchFields.every((requirement) => fits(node.metadata.name, requirement))
  );
}

/** Terms are alternatives. */
export function matchesNodeSelectorTerms(
  terms: readonly NodeSelectorTerm[],
  node: StoredOf<'Node'>,
): boolean {
  return terms.some((term) => matchesNodeSelectorTerm(term, node));
}
