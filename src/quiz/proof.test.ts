import { expect, test } from 'vitest';
import { isProvable } from './proof.ts';
import { sampleItem } from './testing.ts';

const proof = { nodes: 2, files: {}, start: [], steps: [{ run: 'true' }] };

test('an item is provable when its proof decides every answer', () => {
  const single = sampleItem('single');
  const tested = single.options.map((option) => ({ ...option, check: 'true' }));
  expect(isProvable(single)).toBe(false);
  expect(isProvable({ ...single, options: tested })).toBe(true);
  expect(isProvable({ ...single, options: tested, proof: undefined })).toBe(false);
  const pairs = sampleItem('match').pairs.map((pair) => ({ ...pair, check: 'true' }));
  expect(isProvable({ ...sampleItem('match'), pairs, proof })).toBe(true);
  expect(isProvable({ ...sampleItem('number'), proof })).toBe(false);
  expect(isProvable({ ...sampleItem('number'), proof: { ...proof, answer: 'echo 30' } })).toBe(
    true,
  );
});
