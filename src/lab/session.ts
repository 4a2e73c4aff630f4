// One lab: a cluster, a workstation, goals, and the transcript of all that was done from outside.
import { Cluster } from '#sim/cluster.ts';
import { nodeSpec } from '#sim/node/spec.ts';
import { Workstation, type WorkstationTerminal } from '#workstation/workstation.ts';
import { labStartMs, type LabOptions } from './definition.ts';
import { applyFault } from './faults.ts';
import { GoalBoard } from './goals/board.ts';
import type { Observation } from './goals/observation.ts';
import { Observer } from './observer.ts';
import { Quiet } from './settled.ts';
import {
  simVersion,
  type Act,
  type Entry,
  type StopReason,
  type Transcript,
} from './transcript.ts';

/** What appeared at a terminal. */
export type TerminalChunk =
  | { readonly terminal: number; readonly kind: 'output'; readonly text: string }
  /** A program reads a line and has written this since the last newline. */
  | { readonly terminal: number; readonly kind: 'prompt'; readonly text: string }
  /** A line of the transcript, for screens on which nobody typed it. */
  | { readonly terminal: number; readonly kind: 'typed'; readonly text: string }
  | { readonly terminal: number; readonly kind: 'closed' };

/** The most virtual time that one command line of `start` may take. */
const longestStartMs = 300_000;
const columns = 80;
const rows = 24;
/** Limit on output that nobody has drained yet. */
const mostPendingText = 2_000_000;

export class LabSession {
  readonly lesson: string;
  readonly seed: number;
  readonly cluster: Cluster;
  readonly workstation: Workstation;
  readonly board: GoalBoard;
  /** When the learner arrived, in epoch ms. */
  readonly startMs: number;
  readonly #observer: Observer;
  readonly #quiet: Quiet;
  readonly #entries: Entry[] = [];
  readonly #terminals = new Map<number, WorkstationTerminal>();
  readonly #goalTimer: { cancel(): void }[] = [];
  #chunks: TerminalChunk[] = [];
  #pendingText = 0;
  #clockState: { running: boolean; why: StopReason } = { running: false, why: 'settled' };

  constructor({ definition, seed, docs }: LabOptions) {
    const { file, files, lesson } = definition;
    this.lesson = lesson;
    this.seed = seed;
    this.cluster = new Cluster({
      seed,
      startMs: labStartMs,
      nodes: Array.from({ length: file.nodes }, (_, index) => nodeSpec(index + 1)),
      imagesPresent: false,
    });
    this.workstation = new Workstation({
      cluster: this.cluster,
      namespace: 'default',
      files,
      kubectl: { docs },
    });
    for (const line of file.start) this.#prepare(line);
    this.startMs = this.cluster.clock.nowMs();
    this.board = new GoalBoard(file);
    this.#observer = new Observer(this.cluster, () => this.#look());
    this.#quiet = new Quiet(this.cluster);
    this.#open(0);
    this.advanceTo(this.startMs + 100);
    this.#look();
  }

  /** Runs a line of the start state; an author's mistake there is a bug of the lesson. */
  #prepare(line: string): void {
    const { code, output } = this.runToEnd(line, longestStartMs);
    if (code !== 0) throw new Error(`lab.yaml: start: "${line}" ended with ${code}: ${output}`);
  }

  get nowMs(): number {
    return this.cluster.clock.nowMs();
  }

  get clockState(): { readonly running: boolean; readonly why: StopReason } {
    return this.#clockState;
  }

  /** Does something from outside and writes it into the transcript. Returns in words what could not be done. */
  act(act: Act): string | undefined {
    const problem = this.#perform(act);
    if (problem !== undefined) return problem;
    this.#entries.push({ atMs: this.nowMs - this.startMs, act });
    this.#quiet.touch();
    this.#look();
    return undefined;
  }

  #perform(act: Act): string | undefined {
    switch (act.do) {
      case 'line':
        this.#emit({ terminal: act.terminal, kind: 'typed', text: act.text });
        this.#terminals.get(act.terminal)?.line(act.text);
        return undefined;
      case 'keys': {
        const terminal = this.#terminals.get(act.terminal);
        if (act.keys === 'ctrl-c') terminal?.interrupt();
        else terminal?.endOfInput();
        return undefined;
      }
      case 'open':
        this.#open(act.terminal);
        return undefined;
      case 'close':
        this.#terminals.get(act.terminal)?.close();
        return undefined;
      case 'save':
        this.workstation.save(act.path, act.text);
        return undefined;
      case 'predict':
        return this.board.predict(act.id, act.option) ? undefined : 'this prediction is settled';
      case 'fault':
        return applyFault(this.cluster, act.text);
      case 'clock':
        this.#clockState = { running: act.state === 'running', why: act.why };
        return undefined;
    }
  }

  #open(id: number): void {
    if (this.#terminals.has(id)) return;
    const terminal = this.workstation.open({
      columns,
      rows,
      onOutput: (text) => this.#emit({ terminal: id, kind: 'output', text }),
      onReading: (prompt) => this.#emit({ terminal: id, kind: 'prompt', text: prompt }),
      onExit: () => {
        this.#terminals.delete(id);
        this.#emit({ terminal: id, kind: 'closed' });
      },
    });
    this.#terminals.set(id, terminal);
  }

  #emit(chunk: TerminalChunk): void {
    const length = 'text' in chunk ? chunk.text.length : 0;
    if (this.#pendingText + length > mostPendingText) return;
    this.#pendingText += length;
    const last = this.#chunks.at(-1);
    const joins =
      last?.kind === 'output' && chunk.kind === 'output' && last.terminal === chunk.terminal;
    if (joins) this.#chunks[this.#chunks.length - 1] = { ...last, text: last.text + chunk.text };
    else this.#chunks.push(chunk);
  }

  /** What appeared at the terminals since the last call. */
  drain(): readonly TerminalChunk[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#pendingText = 0;
    return chunks;
  }

  /** Whether every terminal's shell waits for a command. */
  get isIdle(): boolean {
    return [...this.#terminals.values()].every(({ idle }) => idle);
  }

  /** Whether the clock may stand still: commands have returned, and nothing is about to happen. */
  get isSettled(): boolean {
    return this.isIdle && this.#quiet.isQuiet();
  }

  /** Runs the cluster up to a virtual time, whatever happens on the way. */
  advanceTo(untilMs: number): void {
    this.cluster.clock.advanceTo(untilMs);
  }

  /** Runs the cluster up to a virtual time, or until it has settled. Returns whether it has. */
  advanceUntilSettled(untilMs: number): boolean {
    const { clock } = this.cluster;
    const stepMs = 250;
    while (this.nowMs < untilMs) {
      if (this.isSettled) return true;
      clock.advanceTo(Math.min(this.nowMs + stepMs, untilMs));
    }
    return this.isSettled;
  }

  /** The next thing worth announcing. */
  next(): { readonly label: string; readonly atMs: number } | undefined {
    const [first] = this.cluster.clock.labelled();
    return first === undefined ? undefined : { label: first.label ?? '', atMs: first.atMs };
  }

  /** What goals look at, as it is now. */
  observe(): Observation {
    return this.#observer.observe(this.board.locked());
  }

  #look(): void {
    this.board.update(this.observe());
    for (const timer of this.#goalTimer.splice(0)) timer.cancel();
    const dueMs = this.board.dueMs(this.nowMs);
    if (dueMs !== undefined) this.#goalTimer.push(this.cluster.clock.at(dueMs, () => this.#look()));
  }

  /** Runs a command line to its end outside any terminal; for start states, solutions and proofs. */
  runToEnd(
    line: string,
    withinMs: number,
  ): { readonly code: number | undefined; readonly output: string } {
    let output = '';
    let code: number | undefined;
    const collect = (text: string): void => void (output += text);
    this.workstation.run(line, {
      onStdout: collect,
      onStderr: collect,
      onExit: (exit) => (code = exit),
    });
    const untilMs = this.nowMs + withinMs;
    while (code === undefined && this.cluster.clock.step(untilMs));
    return { code, output };
  }

  transcript(): Transcript {
    return {
      simVersion,
      lesson: this.lesson,
      seed: this.seed,
      entries: [...this.#entries],
      endMs: this.nowMs - this.startMs,
    };
  }
}

/** Rebuilds a lab from its transcript. */
export function replay(
  options: LabOptions,
  transcript: Pick<Transcript, 'entries' | 'endMs'>,
): LabSession {
  const session = new LabSession(options);
  for (const { atMs, act } of transcript.entries) {
    session.advanceTo(session.startMs + atMs);
    session.act(act);
  }
  session.advanceTo(session.startMs + transcript.endMs);
  return session;
}
