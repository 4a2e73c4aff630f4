// The catalogue of beliefs, checked, and the beliefs of a quiz looked up in it.
import { misconceptionSchema, type Misconceptions, type QuizFile } from '#quiz/schema.ts';
import { beliefsOf } from '#quiz/beliefs.ts';
import source from '../../../content/misconceptions.yaml?raw';
import { explainIssues } from '../site/explain-issues.ts';
import { readYaml } from '../site/lesson-files.ts';
import { nearest } from '../site/nearest.ts';

const PATH = 'content/misconceptions.yaml';

function catalogue(): Misconceptions {
  const data = readYaml(PATH, source);
  const result = misconceptionSchema.safeParse(data);
  if (result.success) return result.data;
  throw new Error(explainIssues(PATH, data, misconceptionSchema, result.error));
}

/**
 * The beliefs that the quiz names.
 * @throws when one of them is not in the catalogue
 */
export function quizBeliefs(lesson: string, quiz: QuizFile): Misconceptions {
  const all = catalogue();
  const named = quiz.items.flatMap((item) => beliefsOf(item).map((belief) => ({ item, belief })));
  return Object.fromEntries(
    named.map(({ item, belief }) => {
      const found = Object.hasOwn(all, belief) ? all[belief] : undefined;
      if (found) return [belief, found];
      const near = nearest(belief, Object.keys(all));
      const advice = near ? `write "${near}"` : `add it to ${PATH}`;
      throw new Error(
        `content/lessons/en/${lesson}/quiz.yaml: item "${item.id}": no belief "${belief}"; ${advice}`,
      );
    }),
  );
}
