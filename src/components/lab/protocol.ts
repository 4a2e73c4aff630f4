// What the page and the worker with the simulator say to each other.
import type { Completion } from './terminal/line-editor.ts';
import type { LabDefinition } from '#lab/definition.ts';
import type { TerminalChunk } from '#lab/session.ts';
import type { Act, Transcript } from '#lab/transcript.ts';
import type { LabView } from '#lab/view/types.ts';

/** How the clock behaves after a command. */
export type ClockMode =
  /** It stands still once the command has settled. */
  | 'settle'
  /** It runs until it is stopped. */
  | 'run-on'
  /** It moves only when the learner moves it. */
  | 'manual';

export type ToWorker =
  | {
      readonly type: 'open';
      readonly definition: LabDefinition;
      readonly seed: number;
      readonly transcript: Transcript | undefined;
    }
  | { readonly type: 'act'; readonly act: Act }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'speed'; readonly speed: number }
  | { readonly type: 'mode'; readonly mode: ClockMode }
  /** To the next thing worth announcing, and on until it has settled. */
  | { readonly type: 'jump' }
  /** The tab is hidden, the lab covered, or a prediction asked: the clock stands still until that is over. */
  | { readonly type: 'away'; readonly away: boolean; readonly why: 'away' | 'prediction' }
  /** The last line typed, and all after it, are taken back. */
  | { readonly type: 'undo' }
  | {
      readonly type: 'complete';
      readonly id: number;
      readonly terminal: number;
      readonly left: string;
    }
  | { readonly type: 'transcript'; readonly id: number };

export type FromWorker =
  | {
      readonly type: 'update';
      readonly chunks: readonly TerminalChunk[];
      readonly view: LabView;
      readonly speed: number;
      readonly mode: ClockMode;
      readonly idle: boolean;
    }
  /** The lab was built anew (opened, resumed, undone): screens begin empty. */
  | { readonly type: 'fresh' }
  | { readonly type: 'refused'; readonly why: string }
  | { readonly type: 'completed'; readonly id: number; readonly completion: Completion }
  | { readonly type: 'transcript'; readonly id: number; readonly transcript: Transcript }
  | { readonly type: 'broken'; readonly why: string };
