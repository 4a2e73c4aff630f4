// The containers of a Pod by name, and which one is meant when none is named (kubectl/pkg/cmd/util/podcmd).
import type { Container, EphemeralContainer, Pod } from '#sim/api/generated/types.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';

const defaultContainer = 'kubectl.kubernetes.io/default-container';

type AnyContainer = Container | EphemeralContainer;

interface Grouped {
  readonly regular: readonly AnyContainer[];
  readonly init: readonly AnyContainer[];
  readonly ephemeral: readonly AnyContainer[];
}

function group({ spec }: Pod): Grouped {
  return {
    regular: spec?.containers ?? [],
    init: spec?.initContainers ?? [],
    ephemeral: spec?.ephemeralContainers ?? [],
  };
}

/** `app, b, dbg (ephem), setup (init)`. */
function allNames(pod: Pod): string {
  const { regular, init, ephemeral } = group(pod);
  return [
    ...regular.map(({ name }) => name),
    ...ephemeral.map(({ name }) => `${name} (ephem)`),
    ...init.map(({ name }) => `${name} (init)`),
  ].join(', ');
}

/** A container of any sort by its name. */
export function findContainer(pod: Pod, name: string): AnyContainer | undefined {
  const { regular, init, ephemeral } = group(pod);
  return [...regular, ...init, ...ephemeral].find((container) => container.name === name);
}

/**
 * The container that a command works on: the named one, the one the annotation names, or the first.
 * Says on stderr which one it took where there is a choice.
 */
export function chooseContainer(
  session: Session,
  pod: Pod,
  name: string,
  quiet: boolean,
): AnyContainer {
  const podName = pod.metadata?.name ?? '';
  if (name !== '') {
    const named = findContainer(pod, name);
    if (named === undefined) throw new Failure(`container ${name} not found in pod ${podName}`);
    return named;
  }
  const { regular, init, ephemeral } = group(pod);
  const [first] = regular;
  if (first === undefined) throw new Failure(`no containers found in pod ${podName}`);
  const asked = pod.metadata?.annotations?.[defaultContainer] ?? '';
  if (asked !== '') {
    const chosen = findContainer(pod, asked);
    if (chosen !== undefined) return chosen;
    if (!quiet) {
      session.output.errLine(
        `Default container name ${JSON.stringify(asked)} not found in pod ${podName}`,
      );
    }
  }
  const count = regular.length + init.length + ephemeral.length;
  if (!quiet && count > 1) {
    session.output.errLine(`Defaulted container "${first.name}" out of: ${allNames(pod)}`);
  }
  return first;
}
