import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

const components = ['Part', 'Predict', 'Steps', 'Step', 'Run', 'Quiz', 'TakeAway'];

test('finds the word a letter away', () => {
  expect(nearest('Pert', components)).toBe('Part');
});

test('takes two letters that changed places for one slip', () => {
  expect(nearest('Rnu', components)).toBe('Run');
});

test('prefers the nearest of several', () => {
  expect(nearest('Stpes', components)).toBe('Steps');
});

test('ignores upper and lower case', () => {
  expect(nearest('takeaway', components)).toBe('TakeAway');
});

test('knows nothing near an unlike word', () => {
  expect(nearest('Goal', components)).toBe(undefined);
});
