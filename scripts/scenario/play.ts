// Plays a scenario in virtual time and gives what a recording of it holds.
import type { Scenario, Step } from './file.ts';
import { spanMs } from './file.ts';
import { recordingStage, type Stage } from './cluster.ts';
import { watchCluster } from './watcher.ts';

export interface Played {
  readonly transcript: object;
  readonly objects: readonly string[];
  readonly events: readonly string[];
  /** Why it stopped before its end; undefined when it did not. */
  readonly stopped: string | undefined;
}

interface LineResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
  readonly ms: number;
  readonly interrupted: boolean;
  readonly stdoutAt: readonly number[];
}

const pollMs = 500;
const settleMs = 1500;
const longestLineMs = 900_000;
const interruptedCode = 130;
/** After the signal a command is given this time to end by itself. */
const endingMs = 2000;

/** Runs a line of the workstation's shell to its end, or interrupts it after `forMs`. */
export function runLine(
  { cluster, workstation }: Stage,
  line: string,
  options: { readonly forMs?: number | undefined; readonly stdin?: string | undefined } = {},
): LineResult {
  const { clock } = cluster;
  const beganMs = clock.nowMs();
  let stdout = '';
  let stderr = '';
  let exit: number | undefined;
  const stdoutAt: number[] = [];
  const run = workstation.run(line, {
    stdin: options.stdin,
    onStdout(text) {
      stdout += text;
      for (const letter of text) if (letter === '\n') stdoutAt.push(clock.nowMs() - beganMs);
    },
    onStderr: (text) => (stderr += text),
    onExit: (code) => (exit = code),
  });
  const untilMs = beganMs + (options.forMs ?? longestLineMs);
  while (exit === undefined && clock.step(untilMs));
  const interrupted = exit === undefined;
  if (interrupted) {
    clock.advanceTo(untilMs);
    run.signal('INT');
    const lastMs = clock.nowMs() + endingMs;
    while (exit === undefined && clock.step(lastMs));
    if (exit === undefined) run.signal('KILL');
  }
  return {
    stdout,
    stderr,
    exit: interrupted ? interruptedCode : (exit ?? interruptedCode),
    ms: clock.nowMs() - beganMs,
    interrupted,
    stdoutAt,
  };
}

function applyToNode({ cluster }: Stage, operation: Readonly<Record<string, string>>): void {
  const [[what = '', name = ''] = []] = Object.entries(operation);
  const acts: Readonly<Record<string, (node: string) => void>> = {
    down: (node) => cluster.powerOff(node),
    up: (node) => cluster.powerOn(node),
    'cable-out': (node) => cluster.cableOut(node),
    'cable-in': (node) => cluster.cableIn(node),
    'kubelet-stop': (node) => cluster.stopKubelet(node),
    'kubelet-start': (node) => cluster.startKubelet(node),
  };
  const act = acts[what];
  if (act === undefined) throw new Error(`node: unknown operation "${what}"`);
  act(name);
}

interface Recorded {
  readonly entry: object;
  readonly stopped?: string;
}

function playUntil(stage: Stage, until: Extract<Step, { until: unknown }>['until']): Recorded {
  const beganMs = stage.cluster.clock.nowMs();
  const limitMs = beganMs + spanMs(until.timeout ?? '60s');
  for (;;) {
    const { stdout } = runLine(stage, until.run);
    const { clock } = stage.cluster;
    const entry = { until, ms: clock.nowMs() - beganMs };
    if (stdout.trim() === String(until.equals)) return { entry };
    if (clock.nowMs() >= limitMs) {
      return {
        entry,
        stopped: `until "${until.run}" equals "${until.equals}": it is "${stdout.trim()}"`,
      };
    }
    clock.advanceTo(clock.nowMs() + pollMs);
  }
}

function playStep(stage: Stage, step: Step): Recorded {
  const { clock } = stage.cluster;
  if ('run' in step) {
    const forMs = step.for === undefined ? undefined : spanMs(step.for);
    const { stdoutAt, interrupted, stdout, stderr, exit, ms } = runLine(stage, step.run, {
      forMs,
      stdin: step.stdin,
    });
    const late = stdoutAt.some((at) => at > 500);
    return {
      entry: {
        run: step.run,
        ...(step.for === undefined ? {} : { for: step.for }),
        ...(step.stdin === undefined ? {} : { stdin: step.stdin }),
        ms,
        exit,
        stdout,
        stderr,
        ...(interrupted ? { interrupted: true } : {}),
        ...(late || interrupted ? { stdoutAt } : {}),
      },
    };
  }
  if ('wait' in step) {
    const { ms, exit, stderr, stdout } = runLine(stage, step.wait);
    const entry = { wait: step.wait, ms };
    return exit === 0 ? { entry } : { entry, stopped: `wait "${step.wait}": ${stderr || stdout}` };
  }
  if ('until' in step) return playUntil(stage, step.until);
  if ('sleep' in step) {
    const ms = spanMs(step.sleep);
    clock.advanceTo(clock.nowMs() + ms);
    return { entry: { sleep: step.sleep, ms } };
  }
  applyToNode(stage, step.node);
  return { entry: { node: step.node, ms: 0 } };
}

/** @param startMs where the recording began, or any full minute */
export function playScenario(scenario: Scenario, startMs: number): Played {
  const slug = scenario.name.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-');
  const namespace = scenario.exclusive ? 'default' : `rec-${slug}-1`;
  const stage = recordingStage({ namespace, startMs, files: scenario.files });
  const { clock } = stage.cluster;
  const beganMs = clock.nowMs();
  const watched = watchCluster(stage.cluster, namespace, beganMs);
  const steps: object[] = [];
  let stopped: string | undefined;
  for (const [index, step] of scenario.steps.entries()) {
    const t = clock.nowMs() - beganMs;
    const played = playStep(stage, step);
    const setup = step.setup === true ? { setup: true } : {};
    steps.push({ step: index + 1, t, ...setup, ...played.entry });
    if (played.stopped !== undefined) {
      stopped = played.stopped;
      break;
    }
  }
  clock.advanceTo(clock.nowMs() + settleMs);
  const transcript = {
    scenario: scenario.name,
    title: scenario.title,
    run: 1,
    namespace,
    startedAt: new Date(beganMs).toISOString(),
    versions: { client: 'v1.33.1', server: 'v1.33.13' },
    steps,
    ms: clock.nowMs() - beganMs,
  };
  return { transcript, objects: watched.objects, events: watched.events, stopped };
}
