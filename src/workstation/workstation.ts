// The learner's own machine: a home folder, a shell, the usual commands, and kubectl.
import { kubectl } from '#kubectl/main.ts';
import type { KubectlOptions } from '#kubectl/server.ts';
import type { Cluster } from '#sim/cluster.ts';
import { pauseProgram } from '#sim/images/pause.ts';
import { toolFiles } from '#sim/images/base/tools.ts';
import { HostInput, HostOutput } from '#sim/kernel/io/host.ts';
import type { Space } from '#sim/kernel/space.ts';
import { sh } from '#sim/kernel/shell/sh.ts';
import type { TerminalDevice } from '#sim/kernel/tty.ts';
import type { Files, Process, SignalName } from '#sim/kernel/types.ts';
import { rootFiles } from '#sim/kernel/vfs/edit.ts';
import { imageTree } from '#sim/kernel/vfs/tree.ts';
import { kubectlServer } from './api-server.ts';
import { kubeconfig } from './kubeconfig.ts';

export interface WorkstationOptions {
  readonly cluster: Cluster;
  /** Namespace of the kubeconfig's current context. */
  readonly namespace: string;
  /** Files of the home folder by path relative to it. */
  readonly files: Readonly<Record<string, string>>;
  readonly kubectl: KubectlOptions;
}

export interface RunOptions {
  readonly stdin?: string | undefined;
  readonly onStdout: (text: string) => void;
  readonly onStderr: (text: string) => void;
  readonly onExit: (code: number) => void;
}

/** A command line on its way. */
export interface Run {
  /** Ends it as Ctrl-C would: the whole process group gets the signal. */
  signal(signal: SignalName): void;
}

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly onOutput: (text: string) => void;
  /** A program waits for a line; `prompt` is what it wrote since the last newline. */
  readonly onReading: (prompt: string) => void;
  /** The terminal's shell has ended. */
  readonly onExit: () => void;
}

/** A terminal with an interactive shell. */
export interface WorkstationTerminal {
  /** A line with Enter. */
  line(text: string): void;
  interrupt(): void;
  endOfInput(): void;
  resize(columns: number, rows: number): void;
  /** Whether a program waits for a line. */
  readonly reading: boolean;
  readonly prompt: string;
  /** Whether the shell itself waits, so that nothing the learner started is running in the foreground. */
  readonly idle: boolean;
  close(): void;
}

const home = '/home/lab';
const userId = 1000;
const environment = [
  ['HOME', home],
  ['PATH', '/usr/local/bin:/usr/bin:/bin'],
  ['USER', 'lab'],
  ['SHELL', '/bin/sh'],
  ['LANG', 'C.UTF-8'],
] as const;
const shellPrompt = 'lab:\\w$ ';

export class Workstation {
  readonly home = home;
  readonly #cluster: Cluster;
  readonly #space: Space;

  constructor({ cluster, namespace, files, kubectl: kubectlOptions }: WorkstationOptions) {
    this.#cluster = cluster;
    const { machine, network } = cluster.outside;
    const program = kubectl(kubectlServer(cluster), kubectlOptions);
    const owned = { uid: userId, gid: userId };
    const inHome = Object.entries(files).map(
      ([path, text]) => [`${home}/${path}`, { text, ...owned }] as const,
    );
    const image = imageTree(
      {
        ...toolFiles('workstation'),
        '/bin/sh': { program: sh('dash') },
        '/sbin/init': { program: pauseProgram },
        '/usr/local/bin/kubectl': { program },
        '/etc/hostname': 'lab\n',
        '/etc/hosts': '127.0.0.1\tlocalhost\n10.250.0.1\tlab\n',
        '/etc/resolv.conf': 'nameserver 10.96.0.10\n',
        '/etc/passwd': `root:x:0:0:root:/root:/bin/sh\nlab:x:1000:1000::${home}:/bin/sh\n`,
        '/etc/group': 'root:x:0:\nlab:x:1000:\n',
        '/tmp': { directory: true, mode: 0o1777 },
        [home]: { directory: true, ...owned },
        [`${home}/.kube`]: { directory: true, ...owned },
        [`${home}/.kube/config`]: { text: kubeconfig(namespace), mode: 0o600, ...owned },
        ...Object.fromEntries(inHome),
      },
      { modifiedMs: cluster.clock.nowMs() },
    );
    const space = machine.createSpace({
      image,
      uts: machine.createUts('lab'),
      ipc: machine.createIpc(),
      network,
      uid: userId,
      gid: userId,
    });
    if ('error' in space) throw new Error(space.error);
    const init = space.start({ argv: ['/sbin/init'], env: environment });
    if ('error' in init) throw new Error(init.error);
    this.#space = space;
  }

  /** Files of the whole machine, past all permissions, for the editor and the tests. */
  get files(): Files {
    return rootFiles(this.#space.mountTable, () => this.#cluster.clock.nowMs());
  }

  /** Saves a file of the learner: it is theirs, also where it is new. */
  save(path: string, text: string): void {
    const { files } = this;
    const absolute = path.startsWith('/') ? path : `${home}/${path}`;
    files.writeText(absolute, text);
    files.chown(absolute, userId, userId);
  }

  /** Runs a command line in a shell of its own, without a terminal. */
  run(line: string, { stdin, onStdout, onStderr, onExit }: RunOptions): Run {
    const input = new HostInput();
    if (stdin !== undefined) input.write(stdin);
    input.end();
    const started = this.#space.exec({
      argv: ['/bin/sh', '-c', line],
      env: environment,
      cwd: home,
      stdin: input.open(),
      stdout: new HostOutput(onStdout),
      stderr: new HostOutput(onStderr),
    });
    if ('error' in started) throw new Error(started.error);
    const process: Process = started;
    this.#whenEnded(process, onExit);
    return {
      signal: (signal) => {
        if (process.exit === undefined) process.kill(-process.pid, signal);
      },
    };
  }

  #whenEnded(process: Process, then: (code: number) => void): void {
    if (process.exit !== undefined) then(process.exit.code);
    else process.exited.add({ wake: () => then(process.exit?.code ?? 0) });
  }

  /** Opens a terminal with an interactive shell. */
  open({ columns, rows, onOutput, onReading, onExit }: TerminalOptions): WorkstationTerminal {
    const { machine } = this.#cluster.outside;
    const terminal: TerminalDevice = machine.createTerminal(
      { columns, rows, onOutput, onReading },
      this.#space,
    );
    const started = this.#space.exec({
      argv: ['/bin/sh', '-i'],
      env: [...environment, ['PS1', shellPrompt], ['TERM', 'xterm-256color']],
      cwd: home,
      terminal,
    });
    if ('error' in started) throw new Error(started.error);
    const shell: Process = started;
    this.#whenEnded(shell, onExit);
    return {
      line: (text) => terminal.input(`${text}\n`),
      interrupt: () => terminal.interrupt(),
      endOfInput: () => terminal.endOfInput(),
      resize: (newColumns, newRows) => terminal.resize(newColumns, newRows),
      get reading() {
        return terminal.reading;
      },
      get prompt() {
        return terminal.prompt;
      },
      get idle() {
        return terminal.reading && terminal.foreground === shell.processGroup;
      },
      close: () => terminal.hangUp(),
    };
  }
}
