// "Show me": what the lab is asked to play so that the reader sees what an item claims.
import type { QuizItem } from './schema.ts';

export interface ShowMe {
  readonly item: string;
  /** Nodes of the cluster on which it is so. */
  readonly nodes: number;
  /** Files of the home folder by name, beside those of the lesson. */
  readonly files: Readonly<Record<string, string>>;
  /** Command lines in order; a wait of the proof is a `sleep`. */
  readonly lines: readonly string[];
}

export interface Verdict {
  readonly so: string;
  readonly notSo: string;
}

/** A line that ends with `test` prints nothing of itself; its reader is told how it ended. */
function aloud(check: string, { so, notSo }: Verdict): string {
  if (!/(^|&& |\|\| |! )test /.test(check)) return check;
  return `if ${check}; then echo '${so}'; else echo '${notSo}'; fi`;
}

const secondsIn: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** "90s", "1.5m" or "1h" as seconds. */
function seconds(duration: string): number {
  return Number(duration.slice(0, -1)) * (secondsIn[duration.slice(-1)] ?? 1);
}

/**
 * The proof of the item as lines, and last the line that tests one answer, or, where there is none,
 * the one that prints what is right.
 * @param about the option or pair whose test is wanted
 * @param verdict what is printed after a test that prints nothing: where it is so, and where not
 * @returns undefined for items without a proof
 */
export function showMe(item: QuizItem, verdict: Verdict, about?: string): ShowMe | undefined {
  const { proof } = item;
  if (!proof) return undefined;
  const steps = proof.steps.flatMap((step) => {
    if ('run' in step) return [step.run];
    return 'wait' in step ? [`sleep ${seconds(step.wait)}`] : [];
  });
  const check = checksOf(item).find(({ id }) => id === about)?.check;
  const last = check === undefined ? proof.answer : aloud(check, verdict);
  const lines = [...proof.start, ...steps, ...(last === undefined ? [] : [last])];
  return { item: item.id, nodes: proof.nodes, files: proof.files, lines };
}

function checksOf(item: QuizItem): readonly { id: string; check?: string | undefined }[] {
  if (item.format === 'single' || item.format === 'multiple') return item.options;
  return item.format === 'match' ? item.pairs : [];
}
