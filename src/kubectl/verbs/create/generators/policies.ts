// `kubectl create namespace`, `serviceaccount`, `quota`, `poddisruptionbudget`, `priorityclass` and `token`.
import type { LabelSelectorRequirement } from '#sim/api/generated/types.ts';
import { canonicalQuantity, parseQuantity, quantityError } from '#sim/api/quantity.ts';
import { parseSelector } from '#sim/api/selector.ts';
import { Failure } from '../../../failure.ts';
import type { Session } from '../../../session.ts';
import { dropEmpty, generatedNamespace, typedMeta, typedObject } from '../../common/typed.ts';
import { createGenerated, nameOfArgs } from '../generate.ts';

export function createNamespace(session: Session): number {
  const metadata = typedMeta({ name: nameOfArgs(session) });
  const object = typedObject('Namespace', 'v1', metadata, { spec: {}, status: {} });
  return createGenerated(session, object, undefined);
}

export function createServiceAccount(session: Session): number {
  const name = nameOfArgs(session);
  const metadata = typedMeta({ name, namespace: generatedNamespace(session) });
  return createGenerated(
    session,
    typedObject('ServiceAccount', 'v1', metadata, {}),
    'serviceaccount',
  );
}

/** `cpu=1,pods=2` (populateResourceListV1). */
export function parseResourceList(text: string): Readonly<Record<string, string>> | undefined {
  if (text === '') return undefined;
  const amounts: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const parts = pair.split('=');
    const [name = '', amount = ''] = parts;
    if (parts.length !== 2) {
      throw new Failure(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
    }
    if (parseQuantity(amount) === undefined) throw new Failure(quantityError);
    amounts[name] = canonicalQuantity(amount);
  }
  return Object.fromEntries(Object.entries(amounts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function createQuota(session: Session): number {
  const { flags } = session;
  const name = nameOfArgs(session);
  const scopes = flags.text('scopes') === '' ? undefined : flags.text('scopes').split(',');
  const spec = dropEmpty({ hard: parseResourceList(flags.text('hard')), scopes });
  const metadata = typedMeta({ name, namespace: generatedNamespace(session) });
  const object = typedObject('ResourceQuota', 'v1', metadata, { spec, status: {} });
  return createGenerated(session, object, 'quota');
}

const operators: Readonly<Record<string, string>> = {
  in: 'In',
  notin: 'NotIn',
  exists: 'Exists',
  '!': 'DoesNotExist',
  '!=': 'NotIn',
};

/** The text of a selector as a LabelSelector (metav1.ParseToLabelSelector). */
function selectorObject(text: string): object {
  const parsed = parseSelector(text);
  if (!parsed.ok)
    throw new Failure(`couldn't parse the selector string "${text}": ${parsed.error}`);
  const labels: Record<string, string> = {};
  const expressions: LabelSelectorRequirement[] = [];
  for (const { key, operator, values } of parsed.selector) {
    if (operator === '=') labels[key] = values[0] ?? '';
    else {
      const found = operators[operator];
      if (found === undefined)
        throw new Failure(`${JSON.stringify(operator)} is not a valid label selector operator`);
      const wanted = values.length === 0 ? {} : { values: [...values].sort() };
      expressions.push({ key, operator: found, ...wanted });
    }
  }
  return dropEmpty({
    matchLabels: Object.keys(labels).length === 0 ? undefined : labels,
    matchExpressions: expressions.length === 0 ? undefined : expressions,
  });
}

function amountOrPercent(text: string, what: string): number | string | undefined {
  if (text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  if (/^\d+%$/.test(text)) return text;
  throw new Failure(`invalid format specified for ${what}`);
}

export function createDisruptionBudget(session: Session): number {
  const { flags } = session;
  const name = nameOfArgs(session);
  const [min, max] = [flags.text('min-available'), flags.text('max-unavailable')];
  if (flags.text('selector') === '') throw new Failure('a selector must be specified');
  if (min === '' && max === '') {
    throw new Failure('one of min-available or max-unavailable must be specified');
  }
  if (min !== '' && max !== '') {
    throw new Failure('min-available and max-unavailable cannot be both specified');
  }
  const spec = dropEmpty({
    minAvailable: amountOrPercent(min, 'min-available'),
    selector: selectorObject(flags.text('selector')),
    maxUnavailable: amountOrPercent(max, 'max-unavailable'),
  });
  const zeros = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
  const metadata = typedMeta({ name, namespace: generatedNamespace(session) });
  const object = typedObject('PodDisruptionBudget', 'policy/v1', metadata, { spec, status: zeros });
  return createGenerated(session, object, 'poddisruptionbudgets');
}

export function createPriorityClass(session: Session): number {
  const { flags } = session;
  const metadata = typedMeta({ name: nameOfArgs(session) });
  const object = typedObject('PriorityClass', 'scheduling.k8s.io/v1', metadata, {
    value: flags.number('value'),
    globalDefault: flags.bool('global-default') || undefined,
    description: flags.text('description') || undefined,
    preemptionPolicy: flags.text('preemption-policy') || undefined,
  });
  return createGenerated(session, object, 'priorityclass');
}

/** Asks the server for a token of a service account and prints it. */
export function createToken(session: Session): number {
  const { flags, output, namespace } = session;
  const name = nameOfArgs(session);
  const seconds = Math.round(flags.number('duration') / 1000);
  if (seconds < 0) throw new Failure('--duration must be greater than or equal to 0');
  const audiences = flags.list('audience');
  const answer = session.api.request({
    verb: 'create',
    group: '',
    version: 'v1',
    resource: 'serviceaccounts',
    namespace,
    name,
    subresource: 'token',
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      metadata: { creationTimestamp: null },
      spec: {
        audiences: audiences.length === 0 ? null : audiences,
        ...(seconds === 0 ? {} : { expirationSeconds: seconds }),
      },
    },
  });
  const { token = '' } = (answer['status'] ?? {}) as { token?: string };
  output.line(token);
  return 0;
}
