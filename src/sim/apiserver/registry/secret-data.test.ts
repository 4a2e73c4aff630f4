import { expect, it } from 'vitest';
import { testServer } from '../testing.ts';

it('keeps stringData in data', () => {
  const { create, request } = testServer();
  const body = {
    metadata: { name: 's' },
    data: { a: 'eA==', b: 'eA==' },
    stringData: { a: 'new' },
  };
  const { stringData, data } = create('secrets', body).body;
  expect([stringData, data]).toEqual([undefined, { a: 'bmV3', b: 'eA==' }]);
  const patch = { stringData: { c: '1' } };
  const patchType = 'application/merge-patch+json';
  const patched = request({
    verb: 'patch',
    resource: 'secrets',
    name: 's',
    patchType,
    body: patch,
  });
  expect(patched.body.data).toEqual({ a: 'bmV3', b: 'eA==', c: 'MQ==' });
});
