// The end of a run: how it went, which beliefs came up, and where to read again.
import { mark } from '#quiz/mark.ts';
import type { Misconceptions, QuizItem } from '#quiz/schema.ts';
import { isPassed, type RunStanding } from '#progress/standing.ts';
import { quiz as words } from '../../../content/strings/en.json';
import { fill } from '../site/words.ts';
import { element } from './feedback.ts';

interface Met {
  readonly belief: string;
  wasCertain: boolean;
  /** Ids of headings. */
  readonly reread: Set<string>;
}

/** The beliefs behind the wrong answers of a run, in the order in which they came up. */
function beliefsMet(standing: RunStanding, items: ReadonlyMap<string, QuizItem>): Met[] {
  const met = new Map<string, Met>();
  for (const { item: id, answers } of standing.items) {
    const item = items.get(id);
    if (!item) continue;
    for (const given of answers) {
      for (const { belief } of mark(item, given.answer)?.remarks ?? []) {
        if (belief === undefined) continue;
        const known = met.get(belief) ?? { belief, wasCertain: false, reread: new Set() };
        known.wasCertain ||= given.confidence === 'certain';
        if (item.reread !== undefined) known.reread.add(item.reread);
        met.set(belief, known);
      }
    }
  }
  return [...met.values()];
}

function rereadLinks(ids: ReadonlySet<string>): HTMLElement | undefined {
  const links = [...ids].flatMap((id) => {
    const heading = document.getElementById(id);
    if (!heading) return [];
    const link = document.createElement('a');
    link.href = `#${id}`;
    link.textContent = heading.textContent;
    return [link];
  });
  if (links.length === 0) return undefined;
  const line = element('p', 'note');
  line.append(
    `${words.reread} `,
    ...links.flatMap((link, at) => (at === 0 ? [link] : [', ', link])),
  );
  return line;
}

function beliefEntry(met: Met, beliefs: Misconceptions): HTMLElement {
  const entry = document.createElement('li');
  const known = beliefs[met.belief];
  entry.append(element('p', 'name', `“${known?.name ?? met.belief}”`));
  if (known) {
    const certain = met.wasCertain ? ` ${words.certainThen}` : '';
    entry.append(element('p', '', `${known.truth}${certain}`));
  }
  const links = rereadLinks(met.reread);
  if (links) entry.append(links);
  return entry;
}

/** Writes the result of the run into `place`. */
export function writeSummary(
  place: Element,
  standing: RunStanding,
  items: ReadonlyMap<string, QuizItem>,
  beliefs: Misconceptions,
): void {
  const { first, best } = standing;
  const score = fill(words.score, { first, best, of: standing.items.length });
  const verdict = isPassed(standing) ? words.passed : words.notPassed;
  const met = beliefsMet(standing, items);
  const list = element('ul', 'beliefs');
  list.append(...met.map((entry) => beliefEntry(entry, beliefs)));
  place.replaceChildren(
    element('p', '', `${score} ${verdict}`),
    ...(met.length > 0
      ? [element('h4', '', words.beliefsMet), list]
      : [element('p', '', words.noBeliefs)]),
  );
}
