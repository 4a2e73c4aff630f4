// What `kubectl logs` asks the server for, and the refusals of flags that do not fit together.
import type { PodLogOptions } from '#sim/apiserver/streaming.ts';
import { parseTime } from '#sim/runtime/time.ts';
import { Failure } from '../../failure.ts';
import type { Session } from '../../session.ts';

const usageText =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n" +
  'POD or TYPE/NAME is a required argument for the logs command';

/** How many lines of each container a selector brings when none were asked for. */
const selectorTail = 10;

export interface LogRequest {
  /** `web`, `deploy/shop`; '' where a selector stands instead. */
  readonly target: string;
  readonly container: string;
  readonly options: PodLogOptions;
  readonly allContainers: boolean;
  readonly prefix: boolean;
}

function parseSince(text: string): string {
  if (parseTime(text) !== undefined) return text;
  throw new Failure(
    `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(text)} as "2006"`,
  );
}

/** Reads args and flags; fails in the order of LogsOptions.Complete and Validate. */
export function logRequest(session: Session): LogRequest {
  const { args, flags } = session;
  const selector = flags.text('selector');
  const [target = '', second] = args;
  if ((args.length === 0 && selector === '') || args.length > 2) throw session.usage(usageText);
  if (args.length === 1 && selector !== '') {
    throw session.usage('only a selector (-l) or a POD name is allowed');
  }
  if (second !== undefined && flags.text('container') !== '') {
    throw session.usage('only one of -c or an inline [CONTAINER] arg is allowed');
  }
  const container = second ?? flags.text('container');
  const sinceTime = flags.text('since-time');
  const since = sinceTime === '' ? undefined : parseSince(sinceTime);
  const sinceMs = flags.number('since');
  let tail: number | undefined = flags.number('tail');
  if (selector !== '' && !flags.given('tail')) tail = selectorTail;
  if (flags.given('tail') && tail < -1) {
    throw new Failure(`--tail must be greater than or equal to -1`);
  }
  if (tail < 0) tail = undefined;
  if (since !== undefined && sinceMs !== 0) {
    throw new Failure('at most one of `sinceTime` or `sinceSeconds` may be specified');
  }
  const allContainers = flags.bool('all-containers');
  if (allContainers && container !== '') {
    throw new Failure(
      `--all-containers=true should not be specified with container name ${container}`,
    );
  }
  if (sinceMs < 0) throw new Failure('--since must be greater than 0');
  if (flags.number('limit-bytes') < 0) throw new Failure('--limit-bytes must be greater than 0');
  return {
    target,
    container,
    allContainers,
    prefix: flags.bool('prefix') || flags.bool('all-pods'),
    options: {
      follow: flags.bool('follow') || undefined,
      previous: flags.bool('previous') || undefined,
      timestamps: flags.bool('timestamps') || undefined,
      tailLines: tail,
      sinceSeconds: sinceMs === 0 ? undefined : Math.ceil(sinceMs / 1000),
      sinceTime: since,
      limitBytes: flags.number('limit-bytes') || undefined,
    },
  };
}
