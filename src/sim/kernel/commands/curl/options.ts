// What curl was asked for.
import { parseOptions, type OptionProblem } from '../base/options.ts';
import type { HeaderList } from '../http/message.ts';

const long: Readonly<Record<string, string>> = {
  silent: 's',
  'show-error': 'S',
  verbose: 'v',
  include: 'i',
  head: 'I',
  output: 'o',
  'write-out': 'w',
  'max-time': 'm',
  header: 'H',
  data: 'd',
  'data-ascii': 'd',
  'data-binary': 'data-binary',
  'data-raw': 'data-raw',
  'data-urlencode': 'data-urlencode',
  json: 'json',
  request: 'X',
  insecure: 'k',
  location: 'L',
  fail: 'f',
  'fail-with-body': 'fail-with-body',
  'remote-name': 'O',
  'user-agent': 'A',
  user: 'u',
  referer: 'e',
  get: 'G',
  'no-buffer': 'N',
  globoff: 'g',
  ipv4: '4',
  ipv6: '6',
  'progress-bar': '#',
  version: 'V',
  help: 'h',
  'connect-timeout': 'connect-timeout',
  resolve: 'resolve',
  retry: 'retry',
  'retry-delay': 'retry-delay',
  'retry-connrefused': 'retry-connrefused',
  'retry-all-errors': 'retry-all-errors',
  'max-redirs': 'max-redirs',
  url: 'url',
  compressed: 'compressed',
  cacert: 'cacert',
  'http1.1': 'http1.1',
  'http1.0': '0',
  'no-progress-meter': 'no-progress-meter',
  cookie: 'b',
  'upload-file': 'T',
  'no-keepalive': 'no-keepalive',
  noproxy: 'noproxy',
  'http0.9': 'http0.9',
  proxy: 'x',
  form: 'F',
  'cookie-jar': 'c',
  cert: 'E',
  key: 'key',
  range: 'r',
  interface: 'interface',
  'unix-socket': 'unix-socket',
  http2: 'http2',
};

const spec =
  'sSvio:Iw:m:H:d:X:kLfOA:u:e:GNg46#VhZ0b:T:x:F:c:E:r:' +
  '{data-binary}:{data-raw}:{data-urlencode}:{json}:{fail-with-body}{connect-timeout}:{resolve}:{retry}:{retry-delay}:' +
  '{retry-connrefused}{retry-all-errors}{max-redirs}:{url}:{compressed}{cacert}:{http1.1}{no-progress-meter}' +
  '{no-keepalive}{noproxy}:{http0.9}{key}:{interface}:{unix-socket}:{http2}';

/** Options that curl has and this model has not. */
const unmodelled = ['x', 'F', 'c', 'E', 'key', 'r', 'interface', 'unix-socket', 'http2'];
/** Options whose value must be a number; seconds may have a fraction. */
const numeric = ['m', 'connect-timeout', 'retry', 'retry-delay', 'max-redirs'];

export class CurlOptions {
  readonly #given: readonly (readonly [string, string])[];
  readonly urls: readonly string[];

  constructor(given: readonly (readonly [string, string])[], operands: readonly string[]) {
    this.#given = given;
    this.urls = [...this.values('url'), ...operands];
  }

  has(option: string): boolean {
    return this.#given.some(([name]) => name === option);
  }

  value(option: string): string | undefined {
    return this.#given.findLast(([name]) => name === option)?.[1];
  }

  values(option: string): readonly string[] {
    return this.#given.filter(([name]) => name === option).map(([, value]) => value);
  }

  /** Seconds as milliseconds; undefined where the option was not given. */
  milliseconds(option: string): number | undefined {
    const value = this.value(option);
    return value === undefined ? undefined : Number(value) * 1000;
  }

  number(option: string, otherwise: number): number {
    return Number(this.value(option) ?? otherwise);
  }

  /** Options of data, in order. */
  data(): readonly (readonly [string, string])[] {
    return this.#given.filter(([name]) => /^(d|data-.*|json)$/.test(name));
  }

  /** -H lines; an empty value takes a header away. */
  headers(): HeaderList {
    return this.values('H').flatMap((line) => {
      const colon = line.indexOf(':');
      if (colon > 0) return [[line.slice(0, colon), line.slice(colon + 1).trim()] as const];
      return line.endsWith(';') ? [[line.slice(0, -1), ''] as const] : [];
    });
  }
}

/** Reads the command line; a text is curl's complaint. */
export function parseCurlOptions(words: readonly string[]): CurlOptions | string {
  const parsed = parseOptions(words, { options: spec, long });
  if ('kind' in parsed) return problemText(parsed, words);
  for (const [name, value] of parsed.given) {
    const shown = wordOf(name, words);
    if (unmodelled.includes(name)) {
      return `option ${shown}: the installed libcurl version doesn't support this`;
    }
    if (numeric.includes(name) && !/^\d{1,9}(\.\d{1,6})?$/.test(value)) {
      return `option ${shown}: expected a proper numerical parameter`;
    }
  }
  return new CurlOptions(parsed.given, parsed.operands);
}

function problemText(problem: OptionProblem, words: readonly string[]): string {
  const shown =
    problem.kind === 'unknown-letter' || (problem.kind === 'no-value' && !problem.word)
      ? wordOf(problem.option, words)
      : problem.option;
  return `option ${shown}: ${problem.kind === 'no-value' ? 'requires parameter' : 'is unknown'}`;
}

/** The option as it was written. */
function wordOf(option: string, words: readonly string[]): string {
  const word = words.find((each) =>
    each.startsWith('--')
      ? long[each.slice(2)] === option
      : each.startsWith('-') && each.includes(option),
  );
  return word ?? (option.length > 1 ? `--${option}` : `-${option}`);
}
