// Which Pod a new connection to a Service goes to: chance, or the one the client had before.
import type { Clock } from '../runtime/clock.ts';
import type { Random } from '../runtime/random.ts';
import type { Backend, ServiceRule } from './services.ts';

interface Stay {
  readonly backend: string;
  untilMs: number;
}

export class ServiceBalancer {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #stays = new Map<string, Stay>();

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * 'none' when the Service has nobody (the connection is refused), 'dropped' when it wants a Pod of this node and
   * there is none (internalTrafficPolicy: Local).
   */
  choose(rule: ServiceRule, clientIp: string, nodeName: string): Backend | 'none' | 'dropped' {
    if (rule.backends.length === 0) return 'none';
    const candidates = rule.onlyThisNode
      ? rule.backends.filter((backend) => backend.nodeName === nodeName)
      : rule.backends;
    if (candidates.length === 0) return 'dropped';
    if (rule.affinityMs === undefined) return this.#any(candidates);
    const key = `${nodeName} ${rule.name} ${clientIp}`;
    const nowMs = this.#clock.nowMs();
    const stay = this.#stays.get(key);
    const kept =
      stay !== undefined && nowMs < stay.untilMs
        ? candidates.find((each) => nameOf(each) === stay.backend)
        : undefined;
    const backend = kept ?? this.#any(candidates);
    this.#stays.set(key, { backend: nameOf(backend), untilMs: nowMs + rule.affinityMs });
    return backend;
  }

  #any(candidates: readonly Backend[]): Backend {
    const chosen = candidates[this.#random.below(candidates.length)] ?? candidates[0];
    if (chosen === undefined) throw new Error('no candidates to choose from');
    return chosen;
  }
}

function nameOf({ ip, port }: Backend): string {
  return `${ip}:${port}`;
}
