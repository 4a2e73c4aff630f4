import { expect, test } from 'vitest';
import { anchorOf, readOutline } from './lesson-outline.ts';

const file = 'content/lessons/en/01-what-is-a-pod/index.mdx';
const lesson = (...lines: string[]) => ['---', 'title: What a Pod is', '---', ...lines].join('\n');

test('lists the parts with their anchors and minutes', () => {
  const source = lesson(
    '<Part title="Two containers, one address" minutes={8}>',
    '<Steps><Step goal="ran">Do it.</Step></Steps>',
    '</Part>',
    "<Part title='Break it' minutes={5}>",
    '<Quiz />',
    '</Part>',
  );
  expect(readOutline(file, source)).toEqual({
    parts: [
      { id: 'two-containers-one-address', title: 'Two containers, one address', minutes: 8 },
      { id: 'break-it', title: 'Break it', minutes: 5 },
    ],
    hasQuiz: true,
    hasTakeAway: false,
    steps: [{ goal: 'ran', line: 5 }],
  });
});

test('names the line of a misspelt component, and the right one', () => {
  expect(() => readOutline(file, lesson('', '<Stpe goal="ran">Do it.</Stpe>'))).toThrow(
    `${file}:5: there is no component <Stpe>; write <Step>`,
  );
});

test('lists the components when none is near', () => {
  expect(() => readOutline(file, lesson('<Goal id="x" />'))).toThrow(
    `${file}:4: there is no component <Goal>; the components are Part, Predict, Steps, Step, Run, Quiz, TakeAway, Term, Figure, Note`,
  );
});

test('names a misspelt attribute, and the right one', () => {
  expect(() => readOutline(file, lesson('<Part title="A" minuts={3}>'))).toThrow(
    `${file}:4: <Part> has no attribute "minuts"; write "minutes"`,
  );
});

test('says how a tag with a missing attribute is written', () => {
  expect(() => readOutline(file, lesson('<Step>Do it.</Step>'))).toThrow(
    `${file}:4: <Step> lacks "goal"; write <Step goal="file-seen">`,
  );
});

test('refuses an import', () => {
  expect(() => readOutline(file, lesson("import X from './x.js'"))).toThrow(
    `${file}:4: "import": lessons have no JavaScript; every component is there without an import`,
  );
});

test('refuses a part of more than ten minutes', () => {
  expect(() => readOutline(file, lesson('<Part title="Long" minutes={12}>'))).toThrow(
    `${file}:4: <Part title="Long"> takes 12 minutes; a part has at most 10; make two parts of it`,
  );
});

test('refuses a tag whose quote is never closed', () => {
  expect(() => readOutline(file, lesson('<Run command="kubectl get pods />'))).toThrow(
    `${file}:4: <Run …> cannot be read; write its attributes as in <Run command="kubectl get pods" />`,
  );
});

test('refuses a term that begins a line, because it would split the paragraph', () => {
  expect(() => readOutline(file, lesson('The smallest thing is a', '<Term>Pod</Term>.'))).toThrow(
    `${file}:5: <Term> begins a line; write a word of its sentence before it on that line`,
  );
});

test('reads nothing inside code and comments', () => {
  const source = lesson(
    '```html',
    '<Wrong>',
    '```',
    'Write `<Wrong>` or ``<Worse>``.',
    '{/* <Worst> */}',
    '<Run command={`kubectl get pods -o wide`} />',
  );
  expect(readOutline(file, source).parts).toEqual([]);
});

test('makes an anchor of a title in any letters', () => {
  expect(anchorOf('  “Deleted”, says kubectl: really?')).toBe('deleted-says-kubectl-really');
});
