// The control of a served cluster beside its API: time, faults, starting over.
import type { ServerResponse } from 'node:http';
import { sendJson } from './respond.ts';

/** What can be done to a cluster from outside. */
export interface LabControl {
  readonly clock: () => ClockState;
  /** Virtual seconds per second; 0 stops time. */
  setSpeed(speed: number): void;
  advance(ms: number): void;
  /** To the next thing that happens; false when nothing is due. */
  jump(): boolean;
  /** The faults that can be made, by name, and what each needs (`node`). */
  readonly faults: Readonly<Record<string, (node: string) => void>>;
  readonly nodes: () => readonly string[];
  reset(): void;
}

export interface ClockState {
  readonly nowMs: number;
  readonly speed: number;
  readonly nextMs: number | undefined;
}

const maxAdvanceMs = 30 * 86_400_000;

/** Answers `/lab/...`; false for other paths. */
export function answerLab(
  control: LabControl,
  method: string,
  path: string,
  body: unknown,
  response: ServerResponse,
): boolean {
  if (!path.startsWith('/lab/')) return false;
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const refuse = (message: string, code = 400): void =>
    sendJson(response, code, { error: message });
  const done = (): void => sendJson(response, 200, control.clock());
  if (path === '/lab/clock') {
    const wrong = method === 'GET' ? undefined : changeClock(control, given);
    if (wrong === undefined) done();
    else refuse(wrong);
  } else if (path === '/lab/faults') {
    if (method === 'GET') {
      sendJson(response, 200, { faults: Object.keys(control.faults), nodes: control.nodes() });
    } else {
      const wrong = makeFault(control, given);
      if (wrong === undefined) done();
      else refuse(wrong);
    }
  } else if (path === '/lab/reset' && method === 'POST') {
    control.reset();
    done();
  } else refuse(`no such control: ${method} ${path}`, 404);
  return true;
}

/** `{"speed": 10}`, `{"advanceMs": 60000}`, `{"jump": true}`. @returns what is wrong with it */
function changeClock(control: LabControl, given: Record<string, unknown>): string | undefined {
  const { speed, advanceMs, jump } = given;
  if (speed !== undefined) {
    if (typeof speed !== 'number' || speed < 0 || speed > 1000) {
      return '"speed" must be a number from 0 to 1000';
    }
    control.setSpeed(speed);
  }
  if (advanceMs !== undefined) {
    if (typeof advanceMs !== 'number' || advanceMs < 0 || advanceMs > maxAdvanceMs) {
      return `"advanceMs" must be a number from 0 to ${maxAdvanceMs}`;
    }
    control.advance(advanceMs);
  }
  if (jump === true && !control.jump()) return 'nothing is due';
  return undefined;
}

/** `{"fault": "power-off", "node": "node-2"}`. @returns what is wrong with it */
function makeFault(control: LabControl, given: Record<string, unknown>): string | undefined {
  const { fault, node } = given;
  const make = typeof fault === 'string' ? control.faults[fault] : undefined;
  if (make === undefined) {
    return `"fault" must be one of ${Object.keys(control.faults).join(', ')}`;
  }
  if (typeof node !== 'string' || !control.nodes().includes(node)) {
    return `"node" must be one of ${control.nodes().join(', ')}`;
  }
  make(node);
  return undefined;
}
