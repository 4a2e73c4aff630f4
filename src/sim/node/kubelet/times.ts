// How long a node takes for what it does, in virtual milliseconds: what the recordings of the real
// cluster show.

export const times = {
  /** From a watch event to the kubelet's work on it. */
  watchMs: 3,
  /** From a new status in the kubelet to its write at the API server. */
  statusWriteMs: 5,
  /** The volume manager's loops: a volume is seen, then mounted. */
  mountMs: 120,
  /** Until a claim that is not ready is reported. */
  mountErrorMs: 100,
  /**
   * How often a waiting Pod worker looks whether its volumes are mounted
   * (podAttachAndMountRetryInterval).
   */
  mountPollMs: 300,
  /** How long it looks (podAttachAndMountTimeout). */
  mountTimeoutMs: 123_000,
  /** Making a sandbox with its network: at least, and at most so much more. */
  sandboxMs: 55,
  sandboxSpreadMs: 30,
  stopSandboxMs: 70,
  /** Creating a container, and starting its first process. */
  createMs: 9,
  createSpreadMs: 6,
  startMs: 42,
  startSpreadMs: 16,
  /** From a process's end to the runtime's answer that it has stopped. */
  stoppedMs: 12,
  /** Until dead predecessors of a container are removed. */
  pruneMs: 30,
  /** From a status without readiness to the probe that it calls for. */
  triggerMs: 2,
  /** One exec into a container, beyond what the command itself takes. */
  execMs: 35,
  /** The kubelet's loop over the containers (plegRelistPeriod). */
  relistMs: 1000,
  /** The loop that hands out Pods whose time has come (syncTicker). */
  syncTickMs: 1000,
  /** The status manager's loop over everything (syncPeriod). */
  statusSyncMs: 10_000,
  /** After a sync that failed, and after one that succeeded; each times 1 to 1.5. */
  errorBackOffMs: 10_000,
  resyncMs: 60_000,
  backOffJitter: 0.5,
  /** Restart and image back-off: first and longest (MaxContainerBackOff). */
  backOffFirstMs: 10_000,
  backOffMaxMs: 300_000,
  /** A failing volume: first and longest wait between tries (exponentialbackoff). */
  mountBackOffFirstMs: 500,
  mountBackOffMaxMs: 122_000,
  /**
   * From the kubelet's start until the runtime answers; after a loss of power, so much more for
   * each Pod.
   */
  runtimeUpMs: 95,
  recoverPodMs: 12_500,
  /** From there to the first look at the Pods. */
  firstSyncMs: 400,
  /** From there to the first look for what nobody wants any more (housekeepingPeriod). */
  cleanUpMs: 2000,
  /** From a network that works again to the first request that gets through. */
  reconnectMs: 500,
  /** Lease renewals, and how often an unchanged node status is posted all the same. */
  leaseMs: 10_000,
  nodeStatusMs: 10_000,
  nodeStatusReportMs: 300_000,
  /** The eviction manager's loop, and how often volumes are measured. */
  evictionMs: 10_000,
  volumeStatsMs: 60_000,
  /** A container always has this long between TERM and KILL (minimumGracePeriodInSeconds). */
  leastGraceSeconds: 2,
} as const;
