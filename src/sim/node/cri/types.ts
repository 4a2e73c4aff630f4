// What the kubelet asks of the container runtime: the CRI, in the shape this simulator needs.
// Calls are synchronous; how long they take in virtual time is the caller's business (see kubelet) except where a callback is given.
import type { Connection, ExitStatus, SignalName } from '../../kernel/types.ts';

export interface SandboxConfig {
  readonly podName: string;
  readonly podNamespace: string;
  readonly podUid: string;
  readonly hostname: string;
  readonly hostNetwork: boolean;
  readonly hostPID: boolean;
  readonly hostIPC: boolean;
  readonly shareProcessNamespace: boolean;
  readonly dns: {
    readonly servers: readonly string[];
    readonly searches: readonly string[];
    readonly options: readonly string[];
  };
  /** Lines below the usual ones of /etc/hosts (hostAliases). */
  readonly hostAliases: readonly { readonly ip: string; readonly hostnames: readonly string[] }[];
  readonly domain: string | undefined;
  readonly sysctls: Readonly<Record<string, string>>;
  /** Ports of the node that lead into the Pod (hostPort); none when left out, and none with hostNetwork. */
  readonly portMappings?: readonly PortMapping[];
}

export interface PortMapping {
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: 'TCP' | 'UDP';
}

export interface Sandbox {
  readonly id: string;
  /** The Pod's address; the node's own for hostNetwork. */
  readonly ip: string;
  readonly config: SandboxConfig;
}

/** A mounted thing. `volume` is a folder that outlives containers: the kubelet makes one per Pod volume. */
export interface MountConfig {
  readonly containerPath: string;
  readonly volume: Volume;
  readonly subPath: string | undefined;
  readonly readOnly: boolean;
  /** The folder on the node, for the runtime's complaints about a mount. */
  readonly hostPath?: string;
}

/** A tree of files on the node that can be mounted into containers. */
export interface Volume {
  readonly kind: 'disk' | 'memory' | 'projected' | 'host';
  /** Replaces the whole content at once, as the kubelet's atomic writer does; for ConfigMap, Secret, projected, downwardAPI. */
  setFiles(files: ReadonlyMap<string, { readonly text: string; readonly mode: number }>): void;
  usedBytes(): number;
  /** Files and folders are forgotten (the Pod is gone, or the node lost its memory). */
  clear(): void;
}

export interface ContainerConfig {
  readonly name: string;
  readonly image: string;
  readonly attempt: number;
  /** Undefined: the image's own. */
  readonly command: readonly string[] | undefined;
  readonly args: readonly string[] | undefined;
  readonly workingDir: string | undefined;
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly mounts: readonly MountConfig[];
  readonly runAsUser: number | undefined;
  readonly runAsGroup: number | undefined;
  readonly fsGroup: number | undefined;
  /** Further groups of the processes. */
  readonly supplementalGroups?: readonly number[];
  readonly readOnlyRootFilesystem: boolean;
  readonly privileged: boolean;
  readonly addedCapabilities: readonly string[];
  readonly droppedCapabilities: readonly string[];
  readonly cpuLimitMilli: number | undefined;
  readonly cpuRequestMilli: number | undefined;
  readonly memoryLimitBytes: number | undefined;
  readonly stdin: boolean;
  readonly stdinOnce: boolean;
  readonly tty: boolean;
  readonly terminationMessagePath: string;
  /** Ephemeral containers: the container (its id) whose processes are to be seen. */
  readonly targetContainerId: string | undefined;
}

export interface Container {
  /** `containerd://…` without the prefix: 64 hexadecimal digits. */
  readonly id: string;
  readonly config: ContainerConfig;
  readonly imageId: string;
  readonly state: 'created' | 'running' | 'exited';
  readonly startedMs: number | undefined;
  readonly finishedMs: number | undefined;
  readonly exit: ContainerExit | undefined;
}

export interface ContainerExit extends ExitStatus {
  /** What containerd reports: Completed, Error, OOMKilled, StartError. */
  readonly reason: string;
  /** For StartError: the runtime's text. */
  readonly message: string;
}

export interface LogLine {
  readonly atMs: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** False for the last piece of an unfinished line. */
  readonly complete: boolean;
}

export type PullOutcome =
  | {
      readonly ok: true;
      readonly imageRef: string;
      readonly sizeBytes: number;
      readonly tookMs: number;
      readonly waitedMs: number;
    }
  /** The runtime's whole text: `rpc error: code = NotFound desc = failed to pull and unpack image …`. */
  | { readonly ok: false; readonly error: string };

export interface ExecStreams {
  readonly stdin: boolean;
  readonly tty: boolean;
  onStdout(text: string): void;
  onStderr(text: string): void;
  /**
   * `error`: it could not be started; the whole gRPC text of ExecSync, `rpc error: code = … desc = failed to exec in
   * container: …`. A streamed exec shows what follows `desc = `.
   */
  onExit(result: { readonly status: ExitStatus } | { readonly error: string }): void;
}

/** A process started by exec, or the container's own by attach, as the caller holds it. */
export interface ExecSession {
  writeStdin(text: string): void;
  closeStdin(): void;
  /** Ctrl-C and the like, for sessions with a terminal. */
  signal(signal: SignalName): void;
  resize(columns: number, rows: number): void;
  /** The client went away. */
  detach(): void;
}

export interface ContainerRuntime {
  readonly name: 'containerd';
  readonly version: string;
  imagePresent(
    image: string,
  ):
    | { readonly imageId: string; readonly sizeBytes: number; readonly user: string | undefined }
    | undefined;
  /** Starts to pull; the callback comes after the pull's virtual time. */
  pullImage(image: string, done: (outcome: PullOutcome) => void): { cancel(): void };
  images(): readonly { readonly names: readonly string[]; readonly sizeBytes: number }[];

  runPodSandbox(config: SandboxConfig): Sandbox;
  /** Ends every process of it and gives the address back. */
  stopPodSandbox(sandbox: Sandbox): void;
  newVolume(kind: 'disk' | 'memory' | 'projected', sizeLimitBytes: number | undefined): Volume;
  hostVolume(path: string, type: string): { readonly volume: Volume } | { readonly error: string };

  createContainer(
    sandbox: Sandbox,
    config: ContainerConfig,
  ): { readonly container: Container } | { readonly error: string };
  /** Starts process 1. A refusal (no such program, no such folder) is a StartError: the container has exited with 128. */
  startContainer(
    container: Container,
  ): { readonly ok: true } | { readonly ok: false; readonly error: string };
  onExit(container: Container, listener: (exit: ContainerExit) => void): void;
  signalContainer(container: Container, signal: SignalName): void;
  stopSignal(container: Container): SignalName;
  removeContainer(container: Container): void;
  updateResources(
    container: Container,
    resources: { readonly cpuLimitMilli?: number; readonly memoryLimitBytes?: number },
  ): void;

  logs(container: Container): readonly LogLine[];
  onLog(container: Container, listener: (line: LogLine) => void): () => void;
  terminationMessage(container: Container): string;
  exec(container: Container, command: readonly string[], streams: ExecStreams): ExecSession;
  attach(container: Container, streams: ExecStreams): ExecSession;
  /**
   * A connection to 127.0.0.1:port inside the sandbox. It is a StreamEnd of kernel/net/stream.ts; `watchStream` of
   * cri/streams.ts reads it from outside a process.
   */
  portForward(
    sandbox: Sandbox,
    port: number,
  ): { readonly connection: Connection } | { readonly error: string };
  /** One probe from the node: GET, with the status code and body, or the client's error text (Go's words). */
  httpGet(
    target: {
      readonly sandbox: Sandbox;
      readonly host: string;
      readonly port: number;
      readonly path: string;
      readonly scheme: string;
      readonly headers: readonly (readonly [string, string])[];
    },
    timeoutMs: number,
    done: (
      outcome: { readonly status: number; readonly body: string } | { readonly error: string },
    ) => void,
  ): void;
  tcpConnect(
    target: { readonly host: string; readonly port: number },
    timeoutMs: number,
    done: (error: string | undefined) => void,
  ): void;

  /** How often processes of the sandbox have run so far. */
  stepsOf?(sandbox: Sandbox): number;
  /**
   * Calls back once, as soon as anything in the sandbox may be other than now: one of its processes runs. Undefined when
   * that cannot be promised (others share its files or its network), or when one of its processes is about to run anyway
   * (it sleeps until a time). With this the kubelet leaves out probes of an idle container.
   */
  whenStirred?(sandbox: Sandbox, listener: () => void): (() => void) | undefined;
  /** Whether what listens on a port answers from its files alone, so that the same request gets the same answer. */
  isSteady?(sandbox: Sandbox, port: number): boolean;

  /** What the whole machine uses now. */
  nodeUsage?(): { readonly memoryBytes: number; readonly diskBytes: number };

  usage(container: Container): {
    readonly cpuMilli: number;
    readonly memoryBytes: number;
    readonly diskBytes: number;
  };
}
