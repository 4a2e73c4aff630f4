// Reads the parts of a lesson out of its MDX, for the table of contents, and checks what Astro
// would only answer with a message about JavaScript: unknown components and attributes, imports,
// parts that are too long. A complaint has the line and what to write instead.
import { nearest } from './nearest.ts';
import { lessonVocabulary } from './lesson-vocabulary.ts';

export interface LessonPart {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
}

export interface LessonOutline {
  readonly parts: readonly LessonPart[];
  readonly hasQuiz: boolean;
  readonly hasTakeAway: boolean;
  /** The goals its steps name, in order, with their lines. */
  readonly steps: readonly { readonly goal: string; readonly line: number }[];
}

/** A mistake in a lesson's text, `file:line: what is wrong; what to write`. */
export class LessonTextError extends Error {
  constructor(file: string, line: number, message: string) {
    super(`${file}:${line}: ${message}`);
    this.name = 'LessonTextError';
  }
}

const LONGEST_PART_MINUTES = 10;
const TAG = /<([A-Z][A-Za-z]*)((?:\s+[a-zA-Z-]+(?:=(?:"[^"]*"|'[^']*'|\{[^}]*\}))?)*)\s*\/?>/g;
const ATTRIBUTE = /([a-zA-Z-]+)(?:=("[^"]*"|'[^']*'|\{[^}]*\}))?/g;

interface Tag {
  readonly name: string;
  readonly line: number;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The anchor of a heading: lower case, words joined by hyphens. */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/**
 * The outline of a lesson.
 * @param file path of the MDX file, for messages
 * @param source the whole file, front matter included, so that lines are counted as in an editor
 * @throws LessonTextError for the first mistake
 */
export function readOutline(file: string, source: string): LessonOutline {
  const prose = withoutCode(source);
  rejectImports(file, prose);
  rejectTermAtLineStart(file, prose);
  const tags = readTags(prose);
  for (const tag of tags) checkTag(file, tag);
  rejectUnreadTags(file, prose, tags);
  const parts = tags.filter((tag) => tag.name === 'Part').map((tag) => readPart(file, tag));
  const twice = parts.find((part, index) => parts.findIndex((p) => p.id === part.id) !== index);
  if (twice) throw new LessonTextError(file, 1, `two parts are called "${twice.title}"`);
  return {
    parts,
    hasQuiz: tags.some((tag) => tag.name === 'Quiz'),
    hasTakeAway: tags.some((tag) => tag.name === 'TakeAway'),
    steps: tags
      .filter((tag) => tag.name === 'Step')
      .map(({ attributes, line }) => ({ goal: attributes.get('goal') ?? '', line })),
  };
}

const blank = (text: string) => text.replace(/[^\n]/g, ' ');

/** The source with front matter, code blocks, code spans and comments blanked, lines kept. */
function withoutCode(source: string): string {
  return source
    .replace(/^---\n[\s\S]*?\n---(?=\n|$)/, blank)
    .replace(/^( *)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\2[^\n]*$/gm, blank)
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, blank)
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, (span, ticks: string) =>
      // A template literal of an attribute (command={`...`}) reads like a code span: keep its braces.
      ticks.length === 1 ? `"${blank(span.slice(1, -1))}"` : blank(span),
    );
}

const lineAt = (source: string, index: number) => source.slice(0, index).split('\n').length;

function readTags(prose: string): Tag[] {
  return [...prose.matchAll(TAG)].map((match) => ({
    name: match[1] ?? '',
    line: lineAt(prose, match.index),
    attributes: new Map(
      [...(match[2] ?? '').matchAll(ATTRIBUTE)].map((a) => [a[1] ?? '', (a[2] ?? '').slice(1, -1)]),
    ),
  }));
}

function rejectImports(file: string, prose: string): void {
  const found = /^(import|export)\s/m.exec(prose);
  if (!found) return;
  const advice = 'lessons have no JavaScript; every component is there without an import';
  throw new LessonTextError(file, lineAt(prose, found.index), `"${found[1]}": ${advice}`);
}

/** MDX and the formatter take a line that begins with a tag for a block, and split the sentence. */
function rejectTermAtLineStart(file: string, prose: string): void {
  const found = /^[ \t]*<Term\b/m.exec(prose);
  if (!found) return;
  const advice = 'write a word of its sentence before it on that line';
  throw new LessonTextError(file, lineAt(prose, found.index), `<Term> begins a line; ${advice}`);
}

function checkTag(file: string, { name, line, attributes }: Tag): void {
  const known = lessonVocabulary[name];
  const names = Object.keys(lessonVocabulary);
  if (!known) {
    const near = nearest(name, names);
    const advice = near ? `write <${near}>` : `the components are ${names.join(', ')}`;
    throw new LessonTextError(file, line, `there is no component <${name}>; ${advice}`);
  }
  const allowed = [...known.required, ...known.optional];
  for (const attribute of attributes.keys()) {
    if (allowed.includes(attribute)) continue;
    const near = nearest(attribute, allowed);
    const advice = near
      ? `write "${near}"`
      : allowed.length > 0
        ? `it takes ${allowed.join(', ')}`
        : 'it takes none';
    throw new LessonTextError(file, line, `<${name}> has no attribute "${attribute}"; ${advice}`);
  }
  const missing = known.required.find((attribute) => !attributes.has(attribute));
  if (missing) {
    throw new LessonTextError(file, line, `<${name}> lacks "${missing}"; write ${known.example}`);
  }
}

/** A tag that the pattern above could not read, such as one with an unclosed quote. */
function rejectUnreadTags(file: string, prose: string, tags: readonly Tag[]): void {
  const starts = [...prose.matchAll(/<([A-Z][A-Za-z]*)/g)];
  if (starts.length === tags.length) return;
  const readAt = new Set([...prose.matchAll(TAG)].map((match) => match.index));
  const unread = starts.find((start) => !readAt.has(start.index));
  if (!unread) return;
  const name = unread[1] ?? '';
  const example = lessonVocabulary[name]?.example ?? `<${name}>`;
  throw new LessonTextError(
    file,
    lineAt(prose, unread.index),
    `<${name} …> cannot be read; write its attributes as in ${example}`,
  );
}

function readPart(file: string, { line, attributes }: Tag): LessonPart {
  const title = attributes.get('title') ?? '';
  const minutes = Number(attributes.get('minutes'));
  if (!Number.isInteger(minutes) || minutes < 1) {
    const given = attributes.get('minutes');
    throw new LessonTextError(file, line, `minutes "${given}" of a <Part>; write minutes={8}`);
  }
  if (minutes > LONGEST_PART_MINUTES) {
    const advice = `a part has at most ${LONGEST_PART_MINUTES}; make two parts of it`;
    throw new LessonTextError(
      file,
      line,
      `<Part title="${title}"> takes ${minutes} minutes; ${advice}`,
    );
  }
  return { id: anchorOf(title), title, minutes };
}
