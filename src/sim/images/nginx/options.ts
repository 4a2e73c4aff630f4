// The command line of nginx.
import type { SignalName } from '../../kernel/types.ts';

export interface NginxOptions {
  readonly configPath: string;
  /** Directives of `-g`. */
  readonly globals: string;
  readonly signal: SignalName | undefined;
  readonly isTest: boolean;
  readonly showVersion: boolean;
}

const signals: Readonly<Record<string, SignalName>> = {
  stop: 'TERM',
  quit: 'QUIT',
  reload: 'HUP',
  reopen: 'USR1',
};

/** Reads the options; `error` is nginx's text without its name. */
export function parseOptions(argv: readonly string[]): NginxOptions | { readonly error: string } {
  let options: NginxOptions = {
    configPath: '/etc/nginx/nginx.conf',
    globals: '',
    signal: undefined,
    isTest: false,
    showVersion: false,
  };
  for (let index = 0; index < argv.length; index += 1) {
    const option = argv[index] ?? '';
    const value = argv[index + 1];
    if (option === '-t') options = { ...options, isTest: true };
    else if (option === '-v') options = { ...options, showVersion: true };
    else if (option === '-q') continue;
    else if (option === '-c' || option === '-g' || option === '-s') {
      if (value === undefined) return { error: missing(option) };
      index += 1;
      if (option === '-c') options = { ...options, configPath: value };
      if (option === '-g') options = { ...options, globals: value };
      if (option === '-s') {
        const signal = signals[value];
        if (signal === undefined) return { error: `invalid option: "-s ${value}"` };
        options = { ...options, signal };
      }
    } else return { error: `invalid option: "${option.replace(/^-/, '')}"` };
  }
  return options;
}

function missing(option: string): string {
  const what = { '-c': 'file name', '-g': 'global directives', '-s': 'signal name' }[option];
  return `option "${option}" requires ${what ?? 'a value'}`;
}
