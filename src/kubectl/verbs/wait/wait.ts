// `kubectl wait` (kubectl/pkg/cmd/wait/wait.go): one object after the other, all within one timeout.
import type { Blocking } from '#sim/kernel/types.ts';
import { Failure, FailureList, isFailure, isNotFound, throwCollected } from '../../failure.ts';
import type { Printer } from '../../print/printer.ts';
import { printerFor } from '../../print/printer.ts';
import { findResources, nothingNamed } from '../../resources/builder.ts';
import type { Query } from '../../resources/builder.ts';
import type { Info } from '../../resources/info.ts';
import { requestPath } from '../../resources/info.ts';
import { apiVersionOf } from '../../resources/mapper.ts';
import type { Session } from '../../session.ts';
import { fileQuery } from '../common/files.ts';
import { waitUntilGone } from './deletion.ts';
import type { Condition } from './conditions.ts';
import { parseCondition } from './conditions.ts';
import { timedOutOn, waitForObject } from './object.ts';

const foreverMs = 168 * 3_600_000;
/** How often `--for=create` looks. */
const createPollMs = 500;

export function* wait(session: Session): Blocking<number> {
  const { flags, args } = session;
  const condition = parseCondition(flags.text('for'));
  const print = printerFor(session, { operation: 'condition met' });
  const hasFiles = flags.list('filename').length > 0;
  if (args.length === 0 && !hasFiles) throw new Failure(nothingNamed);
  const timeoutMs = flags.number('timeout');
  const untilMs = session.nowMs() + (timeoutMs < 0 ? foreverMs : timeoutMs);
  const query: Query = {
    args,
    ...fileQuery(session),
    selector: flags.text('selector'),
    fieldSelector: flags.text('field-selector'),
    all: flags.bool('all'),
    allNamespaces: flags.bool('all-namespaces'),
    latest: true,
  };
  if (condition.kind === 'create') yield* waitForCreation(session, query, untilMs);
  const { infos, failures } = findResources(session, query).collect();
  const isDelete = condition.kind === 'delete';
  const collected = failures.filter((failure) => !isDelete || !isNotFound(failure));
  for (const info of infos) {
    try {
      yield* waitForOne(session, info, condition, untilMs, print);
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown;
      collected.push(thrown);
    }
  }
  throwCollected(collected);
  if (infos.length === 0 && !isDelete) throw new Failure('no matching resources found');
  return 0;
}

function* waitForOne(
  session: Session,
  info: Info,
  condition: Condition,
  untilMs: number,
  print: Printer,
): Blocking<void> {
  const { mapping } = info;
  const named = { ...info.object, kind: mapping.kind, apiVersion: apiVersionOf(mapping) };
  if (condition.kind === 'create') {
    session.output.out(print(named));
    return;
  }
  const isOnce = session.flags.number('timeout') === 0;
  const notMet = new Failure(`condition not met for ${mapping.resource}/${info.name}`);
  if (condition.kind === 'delete') {
    const gone = yield* waitUntilGone(session, { info, uid: undefined }, untilMs);
    if (!gone) throw isOnce ? notMet : timedOutOn(info);
    session.output.out(print(named));
    return;
  }
  const { holds } = condition;
  if (isOnce) {
    const object = session.api.request({ verb: 'get', ...requestPath(info) });
    if (!holds(object)) throw notMet;
    session.output.out(print(object));
    return;
  }
  yield* session.output.flush();
  session.output.out(print(yield* waitForObject(session, info, holds, untilMs)));
}

/** Looks again and again until everything that was named is there. */
function* waitForCreation(session: Session, query: Query, untilMs: number): Blocking<void> {
  for (;;) {
    const { infos, failures } = findResources(session, query).collect();
    const other = failures.filter((failure) => !isNotFound(failure));
    if (other.length > 0) throw other.length === 1 ? other[0] : new FailureList(other);
    if (failures.length === 0 && infos.length > 0) return;
    if (session.nowMs() + createPollMs > untilMs) {
      const [first] = failures;
      if (first === undefined) throw new Failure('timed out waiting for the condition');
      throw new Failure(`timed out waiting for the condition on ${session.args.join(' ')}`);
    }
    yield* session.process.sleep(createPollMs);
  }
}
