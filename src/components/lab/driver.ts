// Moves the clock of a lab with the wall's, at the learner's speed, and lets it stand still when nothing is about to happen.
import type { LabDefinition } from '#lab/definition.ts';
import { LabSession, replay } from '#lab/session.ts';
import type { Act, StopReason, Transcript } from '#lab/transcript.ts';
import { labView } from '#lab/view/lab-view.ts';
import type { ClockMode, FromWorker } from './protocol.ts';

const tickMs = 50;
/** Without the learner's leave the clock runs no longer than this for one command that does not return. */
const manualCommandMs = 2000;
/** The longest jump: past it nothing was worth waiting for. */
const longestJumpMs = 3_600_000;

export interface DriverHost {
  readonly post: (message: FromWorker) => void;
  readonly nowMs: () => number;
  readonly after: (ms: number, run: () => void) => void;
}

export class LabDriver {
  readonly #host: DriverHost;
  #options: { readonly definition: LabDefinition; readonly seed: number } | undefined;
  #session: LabSession | undefined;
  #speed = 1;
  #mode: ClockMode = 'settle';
  #running = false;
  readonly #awayFor = new Set<'away' | 'prediction'>();
  #lastMs = 0;
  #ticking = false;

  constructor(host: DriverHost) {
    this.#host = host;
  }

  open(definition: LabDefinition, seed: number, transcript: Transcript | undefined): void {
    this.#options = { definition, seed };
    this.#host.post({ type: 'fresh' });
    this.#session =
      transcript === undefined
        ? new LabSession({ definition, seed })
        : replay({ definition, seed: transcript.seed }, transcript);
    this.#running = false;
    this.#update();
  }

  get session(): LabSession | undefined {
    return this.#session;
  }

  act(act: Act): void {
    const session = this.#session;
    if (session === undefined) return;
    const problem = session.act(act);
    if (problem !== undefined) this.#host.post({ type: 'refused', why: problem });
    const moves = act.do === 'line' || act.do === 'keys' || act.do === 'fault' || act.do === 'open';
    if (moves && this.#mode !== 'manual') this.#start('command');
    else if (moves) session.advanceUntilSettled(session.nowMs + manualCommandMs);
    this.#update();
  }

  pause(): void {
    this.#stop('learner');
    this.#update();
  }

  resume(): void {
    this.#mode = 'run-on';
    this.#start('learner');
    this.#update();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#update();
  }

  setMode(mode: ClockMode): void {
    this.#mode = mode;
    if (mode === 'manual') this.#stop('learner');
    this.#update();
  }

  /** @param why what keeps the learner: each of them holds the clock by itself */
  setAway(away: boolean, why: 'away' | 'prediction'): void {
    if (away) this.#awayFor.add(why);
    else this.#awayFor.delete(why);
    if (away && this.#running) this.#stop(why);
    else if (!away && this.#session?.clockState.why === why) this.#start(why);
    this.#update();
  }

  /** To the next announced thing, and on until the cluster has settled after it. */
  jump(): void {
    const session = this.#session;
    const next = session?.next();
    if (session === undefined || next === undefined) return;
    session.act({ do: 'clock', state: 'running', why: 'learner' });
    session.advanceTo(Math.min(next.atMs, session.nowMs + longestJumpMs));
    session.advanceUntilSettled(session.nowMs + 10_000);
    session.act({ do: 'clock', state: 'stopped', why: 'learner' });
    this.#running = false;
    this.#update();
  }

  /** Takes back the last line and what followed: the lab is replayed up to just before it. */
  undo(): void {
    const session = this.#session;
    if (session === undefined || this.#options === undefined) return;
    const { entries } = session.transcript();
    const at = entries.findLastIndex(({ act }) => act.do === 'line' || act.do === 'fault');
    const taken = entries[at];
    if (taken === undefined) return;
    this.#host.post({ type: 'fresh' });
    const { definition } = this.#options;
    const kept = { entries: entries.slice(0, at), endMs: taken.atMs };
    this.#session = replay({ definition, seed: session.seed }, kept);
    this.#running = false;
    this.#update();
  }

  #start(why: StopReason): void {
    if (this.#running || this.#awayFor.size > 0 || this.#session === undefined) return;
    this.#running = true;
    this.#lastMs = this.#host.nowMs();
    if (!this.#session.clockState.running) {
      this.#session.act({ do: 'clock', state: 'running', why });
    }
    this.#tickLater();
  }

  #stop(why: StopReason): void {
    this.#running = false;
    if (this.#session?.clockState.running === true) {
      this.#session.act({ do: 'clock', state: 'stopped', why });
    }
  }

  #tickLater(): void {
    if (this.#ticking) return;
    this.#ticking = true;
    this.#host.after(tickMs, () => {
      this.#ticking = false;
      this.#tick();
    });
  }

  #tick(): void {
    const session = this.#session;
    if (!this.#running || session === undefined) return;
    const nowMs = this.#host.nowMs();
    const elapsedMs = Math.min(nowMs - this.#lastMs, 4 * tickMs);
    this.#lastMs = nowMs;
    const untilMs = session.nowMs + elapsedMs * this.#speed;
    const settled =
      this.#mode === 'run-on'
        ? (session.advanceTo(untilMs), false)
        : session.advanceUntilSettled(untilMs);
    if (settled) this.#stop('settled');
    else this.#tickLater();
    this.#update();
  }

  #update(): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#host.post({
      type: 'update',
      chunks: session.drain(),
      view: labView(session),
      speed: this.#speed,
      mode: this.#mode,
      idle: session.isIdle,
    });
  }
}
