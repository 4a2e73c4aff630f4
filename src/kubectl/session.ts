// One run of kubectl: the process it is, its flags and args, its output, and its way to the server.
import type { ResourceInfo } from '#sim/apiserver/discovery/catalog.ts';
import type { Process } from '#sim/kernel/types.ts';
import type { Command } from './commands/tree.ts';
import type { KubeConfig } from './config/kubeconfig.ts';
import { loadConfig } from './config/load.ts';
import { Api } from './api.ts';
import { usageFailure } from './failure.ts';
import type { Flags } from './flags/values.ts';
import { Output } from './output.ts';
import type { KubectlOptions, KubectlServer } from './server.ts';

export interface SessionParts {
  readonly process: Process;
  readonly server: KubectlServer;
  readonly options: KubectlOptions;
  readonly command: Command;
  readonly flags: Flags;
  readonly args: readonly string[];
  readonly dashAt: number;
}

export class Session {
  readonly process: Process;
  readonly options: KubectlOptions;
  readonly command: Command;
  readonly flags: Flags;
  readonly args: readonly string[];
  /** How many args stood before `--`, or -1 without one. */
  readonly dashAt: number;
  readonly output: Output;
  /** What came on stdin, where `-f -` asked for it before the command ran. */
  stdin = '';
  readonly #server: KubectlServer;
  #config: KubeConfig | undefined;
  #api: Api | undefined;

  constructor(parts: SessionParts) {
    this.process = parts.process;
    this.options = parts.options;
    this.command = parts.command;
    this.flags = parts.flags;
    this.args = parts.args;
    this.dashAt = parts.dashAt;
    this.#server = parts.server;
    this.output = new Output(parts.process);
  }

  nowMs(): number {
    return this.process.clock.nowMs();
  }

  /** The kubeconfig that flags and environment name. */
  get config(): KubeConfig {
    const mustExist = !this.command.path.startsWith('kubectl config');
    this.#config ??= loadConfig(this.process, this.flags, mustExist);
    return this.#config;
  }

  /** The server of the current context; fails with the real client's words where it cannot be reached. */
  get api(): Api {
    this.#api ??= new Api(this, this.#server);
    return this.#api;
  }

  /** What kinds there are; known without a connection, for work on files alone. */
  resources(): readonly ResourceInfo[] {
    return this.#server.discovery();
  }

  /** The namespace that requests go to: `-n`, else the context's, else `default`. */
  get namespace(): string {
    const given = this.flags.text('namespace');
    return given === '' ? this.config.namespace() : given;
  }

  /** Whether the namespace was asked for with `-n` and files may not name another. */
  get namespaceEnforced(): boolean {
    return this.flags.text('namespace') !== '';
  }

  usage(message: string): Error {
    return usageFailure(this.command.path, message);
  }
}
