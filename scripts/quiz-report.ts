// `npm run quiz:report`: every question of the course, by lesson.
import { parseArgs } from 'node:util';
import { beliefsOf } from '../src/quiz/beliefs.ts';
import { isProvable } from '../src/quiz/proof.ts';
import { rightAnswer } from '../src/quiz/right.ts';
import type { QuizItem } from '../src/quiz/schema.ts';
import { courseLessons } from './course.ts';

const usage = `Usage: npm run quiz:report -- [--json]

Lists every question: claims, format, beliefs behind its wrong answers, and whether the simulator
proves it.
  --json   the same as JSON: id, lesson, format, claims, misconceptions, proved, options`;

interface Row {
  readonly id: string;
  readonly lesson: string;
  readonly format: QuizItem['format'];
  readonly claims: readonly string[];
  readonly misconceptions: readonly string[];
  /** "simulator": the tests execute a proof of every answer; "concept": there is none. */
  readonly proved: 'simulator' | 'concept';
  readonly options: readonly string[];
}

/** What can be chosen or put in order; for typed answers and numbers all that is known by name. */
function optionsOf(item: QuizItem): string[] {
  if ('options' in item) return item.options.map(({ say }) => say);
  if (item.format === 'order') return item.items.map(({ say }) => say);
  if (item.format === 'match') return item.pairs.map((pair) => `${pair.say}: ${pair.with}`);
  if (item.format === 'typed') {
    return [...item.accept, ...item.wrong.flatMap(({ answers }) => answers)];
  }
  return [item.value, ...item.wrong.map(({ value }) => value)].map(String);
}

function rows(): Row[] {
  return courseLessons().flatMap(({ slug, quiz }) =>
    quiz.items.map((item) => ({
      id: item.id,
      lesson: slug,
      format: item.format,
      claims: item.claims,
      misconceptions: beliefsOf(item),
      proved: isProvable(item) ? ('simulator' as const) : ('concept' as const),
      options: optionsOf(item),
    })),
  );
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) =>
    Math.max(title.length, ...lines.map((line) => line[at]?.length ?? 0)),
  );
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The words of the right answer, and how much longer than the wrong ones it is. */
function lengths(item: QuizItem): string {
  if (item.format !== 'single') return '';
  const right = rightAnswer(item)[0]?.length ?? 0;
  const wrong = item.options.flatMap((option) => (option.right ? [] : [option.say.length]));
  return `${right} (${Math.min(...wrong)} to ${Math.max(...wrong)})`;
}

function report(): string {
  const items = courseLessons().flatMap(({ quiz }) => quiz.items);
  const listed = rows();
  const lines = listed.map((row, at) => {
    const item = items[at];
    const { lesson, id, format, claims, proved, misconceptions } = row;
    const length = item ? lengths(item) : '';
    return [lesson, id, format, claims.join(' '), proved, length, misconceptions.join(' ')];
  });
  const head = ['LESSON', 'QUESTION', 'FORMAT', 'CLAIMS', 'PROVED', 'LENGTH', 'BELIEFS'];
  const concept = listed.filter(({ proved }) => proved === 'concept').length;
  return `${table(head, lines)}\n\n${listed.length} questions, ${concept} of them about concepts only\n`;
}

function main(): void {
  try {
    const options = { json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
    const { values } = parseArgs({ options });
    if (values.help === true) process.stdout.write(`${usage}\n`);
    else
      process.stdout.write(
        values.json === true ? `${JSON.stringify(rows(), null, 2)}\n` : report(),
      );
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}\n`);
    process.exitCode = 1;
  }
}

main();
