// How the text of a lesson, its lab and its quiz speak with each other: events on the document.
// Whoever dispatches uses `announce`; whoever listens uses `listen`. All details are plain data.

export interface LessonEvents {
  /** The reader pressed Run: the lab opens where it is closed and types the command. */
  'podlab:run': { readonly command: string };
  /** The reader commits to an answer; the lab opens where it is closed and writes it down. */
  'podlab:predict': { readonly prediction: string; readonly option: string };
  /** The quiz plays a proof: a cluster of so many nodes, with these files beside the lesson's own. */
  'podlab:show-me': {
    /** The question's id. */
    readonly item: string;
    readonly nodes: number;
    readonly files: Readonly<Record<string, string>>;
    readonly lines: readonly string[];
  };
  /** What the lab knows about its predictions, after each change and when it opens. */
  'podlab:predictions': { readonly predictions: readonly PredictionMark[] };
  /** The lab's goals, after each change: the steps of the text and the sheet follow. */
  'podlab:goals': { readonly goals: readonly GoalMark[] };
  /** The lab is shown at this height; `beside` where it stands next to the text. */
  'podlab:sheet': { readonly height: 'peek' | 'half' | 'full' | 'beside' };
  /** The lab asks the reader's eye to one of its parts; on a phone its tab opens. */
  'podlab:show': { readonly part: 'goals' | 'picture' | 'time' | 'terminal' };
}

export interface GoalMark {
  readonly id: string;
  readonly state: 'open' | 'current' | 'reached';
  /** The goal in the lab's words. */
  readonly say?: string;
  /** What is still missing, for the current goal. */
  readonly missing?: string;
  /** A short word for the phone's sheet, such as "18 s left". */
  readonly remaining?: string;
}

export interface PredictionMark {
  readonly id: string;
  /** The option the reader committed to. */
  readonly chosen?: string;
  /** When, on the lab's clock, such as "10:06:31". */
  readonly lockedAt?: string;
  /** What is so; there only once the lab has shown it. */
  readonly answer?: {
    readonly right: string;
    /** Said to who chose the option they chose. */
    readonly because: string;
    readonly explain: string;
  };
}

export function announce<Name extends keyof LessonEvents>(
  name: Name,
  detail: LessonEvents[Name],
  from: EventTarget = document,
): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

/** Calls back for each event of that name; returns what ends that. */
export function listen<Name extends keyof LessonEvents>(
  name: Name,
  heard: (detail: LessonEvents[Name], event: Event) => void,
  options: AddEventListenerOptions = {},
): () => void {
  const listener = (event: Event) =>
    heard((event as CustomEvent<LessonEvents[Name]>).detail, event);
  document.addEventListener(name, listener, options);
  return () => document.removeEventListener(name, listener, options);
}
