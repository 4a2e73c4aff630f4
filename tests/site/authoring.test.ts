import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lessonVocabulary } from '../../src/components/site/lesson-vocabulary.ts';

test('the guide for authors shows every component that a lesson may hold', () => {
  const guide = readFileSync(new URL('../../docs/authoring.md', import.meta.url), 'utf8');
  const missing = Object.values(lessonVocabulary).filter(({ example }) => !guide.includes(example));
  expect(missing).toEqual([]);
});
