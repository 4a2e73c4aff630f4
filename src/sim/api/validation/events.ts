// Events of the core group (pkg/apis/core/validation/events.go).
import type { KubeEvent } from '../generated/types.ts';
import { invalid, required, type FieldError } from '../messages.ts';
import { byteLength, checkDns1123Subdomain, checkQualifiedName } from '../names.ts';
import { judge } from './rules.ts';

const mostInField = 128;
const mostInMessage = 1024;

const notLonger = (field: string, value: string, most: number): readonly FieldError[] =>
  byteLength(value) <= most ? [] : [invalid(field, '', `can have at most ${most} characters`)];

const given = (field: string, value = ''): readonly FieldError[] => [
  ...(value === '' ? [required(field)] : []),
  ...notLonger(field, value, mostInField),
];

/** An event lies in the namespace of what it is about; events without a namespace lie in `default`. */
function validateNamespace(event: KubeEvent): readonly FieldError[] {
  const namespace = event.metadata?.namespace ?? '';
  const about = event.involvedObject?.namespace ?? '';
  const isNew = event.eventTime !== undefined && event.eventTime !== null;
  const isFree = ['', 'default', ...(isNew ? ['kube-system'] : [])].includes(namespace);
  const fits = about === '' ? isFree : isNew || about === namespace;
  const field = 'involvedObject.namespace';
  return fits ? [] : [invalid(field, about, 'does not match event.namespace')];
}

/** What events with an exact time have to say; those of older clients say less. */
function validateReport(event: KubeEvent): readonly FieldError[] {
  if (event.eventTime === undefined || event.eventTime === null) return [];
  // The server's own names of the two fields: they are `reportingComponent` and `reportingInstance` in the API.
  const controller = event.reportingComponent ?? '';
  return [
    ...(controller === '' ? [required('reportingController')] : []),
    ...judge('reportingController', controller, checkQualifiedName),
    ...given('reportingInstance', event.reportingInstance),
    ...given('action', event.action),
    ...given('reason', event.reason),
    ...notLonger('message', event.message ?? '', mostInMessage),
  ];
}

/** Metadata is not judged: events keep names that older servers gave. */
export const validateEvent = (event: KubeEvent): readonly FieldError[] => [
  ...validateNamespace(event),
  ...validateReport(event),
  ...judge('namespace', event.metadata?.namespace ?? '', checkDns1123Subdomain),
];
