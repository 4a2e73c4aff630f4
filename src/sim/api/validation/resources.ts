// Requests and limits of containers (pkg/apis/core/validation/validation.go, ValidateResourceRequirements).
import type { ResourceRequirements } from '../generated/types.ts';
import { invalid, type FieldError } from '../messages.ts';
import { checkQualifiedName } from '../names.ts';
import { compareQuantities, parseQuantity } from '../quantity.ts';

const standardForContainers = ['cpu', 'memory', 'ephemeral-storage'];
const standard = [...standardForContainers, 'storage', 'pods', 'requests.cpu', 'limits.cpu'];
const isHugePages = (name: string): boolean => name.startsWith('hugepages-');

/** A resource's name, judged as one of a container. */
function validateName(name: string, field: string): readonly FieldError[] {
  const errors = checkQualifiedName(name).map((text) => invalid(field, { go: name }, text));
  if (errors.length > 0) return errors;
  if (!name.includes('/')) {
    if (!standard.includes(name) && !isHugePages(name)) {
      errors.push(
        invalid(field, { go: name }, 'must be a standard resource type or fully qualified'),
      );
    }
    if (!standardForContainers.includes(name) && !isHugePages(name)) {
      errors.push(invalid(field, { go: name }, 'must be a standard resource for containers'));
    }
  }
  return errors;
}

/** How Go prints a Quantity in full. */
function goQuantity(text: string): { readonly go: string } {
  const nanos = parseQuantity(text)?.nanos ?? 0n;
  const milli = nanos / 1_000_000n;
  const i = `resource.int64Amount{value:${milli}, scale:-3}`;
  return {
    go: `resource.Quantity{i:${i}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:${JSON.stringify(text)}, Format:"DecimalSI"}`,
  };
}

function validateAmount(name: string, amount: string, field: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  const quantity = parseQuantity(amount);
  if (quantity !== undefined && quantity.nanos < 0n) {
    errors.push(invalid(field, amount, 'must be greater than or equal to 0'));
  }
  if (name.includes('/') && quantity !== undefined && quantity.nanos % 1_000_000_000n !== 0n) {
    errors.push(invalid(field, goQuantity(amount), 'must be an integer'));
  }
  return errors;
}

const sortedEntries = (map: Readonly<Record<string, string>> | undefined) =>
  Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

/** Requests and limits of one container or Pod; `field` ends in `resources`. */
export function validateResources(
  resources: ResourceRequirements | undefined,
  field: string,
): readonly FieldError[] {
  const { limits, requests } = resources ?? {};
  const errors: FieldError[] = [];
  for (const [name, amount] of sortedEntries(limits)) {
    const path = `${field}.limits[${name}]`;
    errors.push(...validateName(name, path), ...validateAmount(name, amount, path));
  }
  for (const [name, amount] of sortedEntries(requests)) {
    const path = `${field}.requests[${name}]`;
    errors.push(...validateName(name, path), ...validateAmount(name, amount, path));
    const limit = limits?.[name];
    if (limit === undefined) continue;
    if (name.includes('/') && compareQuantities(amount, limit) !== 0) {
      errors.push(
        invalid(`${field}.requests`, amount, `must be equal to ${name} limit of ${limit}`),
      );
    } else if (compareQuantities(amount, limit) > 0) {
      const text = `must be less than or equal to ${name} limit of ${limit}`;
      errors.push(invalid(`${field}.requests`, amount, text));
    }
  }
  return errors;
}
