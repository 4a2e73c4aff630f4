import { expect, it } from 'vitest';
import type { Job } from '../../api/generated/types.ts';
import { testServer } from '../testing.ts';

const job = (extra: object = {}, labels?: Record<string, string>) => {
  const containers = [{ name: 'main', image: 'busybox' }];
  const template = { metadata: { labels }, spec: { restartPolicy: 'Never', containers } };
  const body = { metadata: { name: 'sum' }, spec: { template, ...extra } };
  return testServer().create('jobs', body, { group: 'batch' }).body as unknown as Job;
};

it('selects the Pods of a Job by its uid, and labels both', () => {
  const { metadata, spec } = job();
  const uid = metadata?.uid ?? '';
  const labels = {
    'job-name': 'sum',
    'batch.kubernetes.io/job-name': 'sum',
    'controller-uid': uid,
    'batch.kubernetes.io/controller-uid': uid,
  };
  expect(spec?.selector).toEqual({ matchLabels: { 'batch.kubernetes.io/controller-uid': uid } });
  expect(spec?.template.metadata?.labels).toEqual(labels);
  expect(metadata?.labels).toEqual(labels);
});

it('leaves a manual selector alone', () => {
  const selector = { matchLabels: { app: 'sum' } };
  const { spec } = job({ manualSelector: true, selector }, { app: 'sum' });
  expect([spec?.selector, spec?.template.metadata?.labels]).toEqual([selector, { app: 'sum' }]);
});
