// CPU time under a limit: the bandwidth control of control groups (cpu.max), in periods of 100 ms.

export const periodMs = 100;

export interface CpuStatistics {
  readonly usedMs: number;
  /** Periods in which something ran. */
  readonly periods: number;
  /** Periods in which the quota was used up. */
  readonly throttledPeriods: number;
  readonly throttledMs: number;
}

export class CpuBandwidth {
  #quotaMs: number | undefined;
  #period = -1;
  #usedInPeriodMs = 0;
  #usedMs = 0;
  #periods = 0;
  #throttledPeriods = 0;
  #throttledMs = 0;

  /** `limitMilli`: thousandths of a CPU; undefined for no limit. */
  constructor(limitMilli: number | undefined) {
    this.#quotaMs = limitMilli === undefined ? undefined : quotaOf(limitMilli);
  }

  setLimit(limitMilli: number | undefined): void {
    this.#quotaMs = limitMilli === undefined ? undefined : quotaOf(limitMilli);
  }

  statistics(): CpuStatistics {
    return {
      usedMs: this.#usedMs,
      periods: this.#periods,
      throttledPeriods: this.#throttledPeriods,
      throttledMs: this.#throttledMs,
    };
  }

  /** Books CPU time for one process and returns when it will have had it. */
  serve(nowMs: number, wantedMs: number): number {
    this.#usedMs += wantedMs;
    if (this.#quotaMs === undefined) return nowMs + wantedMs;
    this.#enterPeriod(Math.floor(nowMs / periodMs));
    let atMs = Math.max(nowMs, this.#period * periodMs);
    let leftMs = wantedMs;
    // One process can use at most its period's wall time, so each turn ends a period or the booking.
    for (let turn = 0; turn < 100_000 && leftMs > 0; turn += 1) {
      const quotaLeftMs = this.#quotaMs - this.#usedInPeriodMs;
      const periodEndMs = (this.#period + 1) * periodMs;
      if (quotaLeftMs <= 0) {
        this.#throttledPeriods += 1;
        this.#throttledMs += periodEndMs - atMs;
        this.#enterPeriod(this.#period + 1);
        atMs = periodEndMs;
        continue;
      }
      const takenMs = Math.min(leftMs, quotaLeftMs, periodEndMs - atMs);
      this.#usedInPeriodMs += takenMs;
      leftMs -= takenMs;
      atMs += takenMs;
      if (atMs >= periodEndMs) this.#enterPeriod(this.#period + 1);
    }
    return atMs;
  }

  #enterPeriod(period: number): void {
    if (period <= this.#period) return;
    this.#period = period;
    this.#usedInPeriodMs = 0;
    this.#periods += 1;
  }
}

/** The kernel takes no quota below 1 ms. */
function quotaOf(limitMilli: number): number {
  return Math.max(1, (limitMilli * periodMs) / 1000);
}
