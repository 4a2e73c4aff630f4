// `npm run claims`: where each of the course's claims is taught, shown and asked.
import { parseArgs } from 'node:util';
import { courseLessons } from './course.ts';

const usage = `Usage: npm run claims -- [--json]

Says of each claim, C01 to C55, in which lesson it is taught, by which goals and predictions of a
lab it is shown, and by which questions it is asked. A claim that lacks one of them is marked.
  --json   the same as JSON: {"C01": {"taught": [...], "shown": [...], "asked": [...]}, ...}`;

const CLAIMS = 55;

interface Places {
  /** Slugs of lessons. */
  readonly taught: string[];
  /** Goals and predictions, as `01-what-is-a-pod#goal-id`. */
  readonly shown: string[];
  /** Questions, as `01-what-is-a-pod#question-id`. */
  readonly asked: string[];
}

function places(): Map<string, Places> {
  const all = new Map<string, Places>();
  for (let claim = 1; claim <= CLAIMS; claim += 1) {
    const id = `C${String(claim).padStart(2, '0')}`;
    all.set(id, { taught: [], shown: [], asked: [] });
  }
  const note = (claims: readonly string[], kind: keyof Places, where: string) => {
    for (const claim of claims) all.get(claim)?.[kind].push(where);
  };
  for (const { slug, claims, lab, quiz } of courseLessons()) {
    note(claims, 'taught', slug);
    for (const { id, claims } of [...lab.goals, ...lab.predictions]) {
      note(claims, 'shown', `${slug}#${id}`);
    }
    for (const { id, claims } of quiz.items) note(claims, 'asked', `${slug}#${id}`);
  }
  return all;
}

function report(): string {
  const kinds = ['taught', 'shown', 'asked'] as const;
  const all = [...places()];
  const lines = all.map(([claim, found]) => {
    const lacking = kinds.filter((kind) => found[kind].length === 0);
    const where = kinds.flatMap((kind) =>
      found[kind].length === 0 ? [] : [`     ${kind}: ${found[kind].join(', ')}`],
    );
    const head = lacking.length === 0 ? claim : `${claim}  not ${lacking.join(', not ')}`;
    return [head, ...where].join('\n');
  });
  const complete = all.filter(([, found]) => kinds.every((kind) => found[kind].length > 0)).length;
  return `${lines.join('\n')}\n\n${complete} of ${CLAIMS} claims are taught, shown and asked\n`;
}

function main(): void {
  try {
    const options = { json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
    const { values } = parseArgs({ options });
    if (values.help === true) process.stdout.write(`${usage}\n`);
    else if (values.json !== true) process.stdout.write(report());
    else process.stdout.write(`${JSON.stringify(Object.fromEntries(places()), null, 2)}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}\n`);
    process.exitCode = 1;
  }
}

main();
