// curl: asks web addresses. Covered: HTTP/1.1 with the options of everyday use; https as a model.
import type { Blocking, Process, Program } from '../../types.ts';
import { errnoText } from '../base/errors.ts';
import { parseUrl } from '../http/url.ts';
import { CurlConnector } from './connect.ts';
import { CurlError } from './failure.ts';
import { meterLine, meterHead } from './meter.ts';
import { parseCurlOptions, type CurlOptions } from './options.ts';
import { curlVersion } from './request.ts';
import { Transfer, type Sink } from './transfer.ts';
import { Verbose } from './verbose.ts';
import { writeOut } from './write-out.ts';

const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n";
const transient = [408, 429, 500, 502, 503, 504];
const maxRetryDelayMs = 600_000;

export const curl = (): Program => (process) => main(process);

function* main(process: Process): Blocking<number> {
  const options = parseCurlOptions(process.argv.slice(1));
  if (typeof options === 'string') {
    yield* process.write(2, `curl: ${options}\n${hint}`);
    return 2;
  }
  if (options.has('V')) {
    yield* process.write(
      1,
      `curl ${curlVersion} (x86_64-pc-linux-gnu) libcurl/${curlVersion} with a model of TLS\nProtocols: http https\n`,
    );
    return 0;
  }
  if (options.has('h')) {
    yield* process.write(1, 'Usage: curl [options...] <url>\n');
    return 0;
  }
  if (options.urls.length === 0) {
    yield* process.write(2, process.argv.length > 1 ? `curl: no URL specified!\n${hint}` : hint);
    return 2;
  }
  const onScreen = process.isTerminal(1) && !options.has('o') && !options.has('O');
  const verbose = new Verbose(process, options.has('v'), !onScreen);
  const connector = new CurlConnector(process, options, verbose);
  let code = 0;
  try {
    for (const [index, url] of options.urls.entries()) {
      code = yield* new UrlRun(process, options, connector, verbose).run(url, index);
    }
  } finally {
    connector.closeAll();
  }
  return code;
}

/** One address of the command line, with its retries. */
class UrlRun {
  readonly #process: Process;
  readonly #options: CurlOptions;
  readonly #connector: CurlConnector;
  readonly #verbose: Verbose;
  #output: number | undefined;

  constructor(process: Process, options: CurlOptions, connector: CurlConnector, verbose: Verbose) {
    this.#process = process;
    this.#options = options;
    this.#connector = connector;
    this.#verbose = verbose;
  }

  *run(url: string, index: number): Blocking<number> {
    const { clock } = this.#process;
    const retries = this.#options.number('retry', 0);
    const fixedMs = this.#options.milliseconds('retry-delay');
    for (let attempt = 0; ; attempt += 1) {
      const outcome = yield* this.#attempt(url, index);
      const why = attempt < retries ? this.#retryReason(outcome) : undefined;
      if (why === undefined) return outcome.code;
      const delayMs = fixedMs || Math.min(1000 * 2 ** attempt, maxRetryDelayMs);
      if (!this.#options.has('s')) {
        const left = retries - attempt;
        yield* this.#process.write(
          2,
          `Warning: Problem: ${why}. Will retry in ${Math.round(delayMs / 1000)} seconds. ${left} ${left === 1 ? 'retry' : 'retries'} left.\n`,
        );
      }
      const untilMs = clock.nowMs() + delayMs;
      while (clock.nowMs() < untilMs) yield* this.#process.sleep(untilMs - clock.nowMs());
    }
  }

  #retryReason({
    code,
    status,
  }: {
    readonly code: number;
    readonly status: number;
  }): string | undefined {
    if (code === 28) return 'timeout';
    if (code === 7 && this.#options.has('retry-connrefused')) return 'connection refused';
    if (transient.includes(status) && (code === 0 || code === 22)) return 'HTTP error';
    return code !== 0 && this.#options.has('retry-all-errors')
      ? '(retrying all errors)'
      : undefined;
  }

  *#attempt(url: string, index: number) {
    const { clock } = this.#process;
    const file = this.#fileFor(url, index);
    const transfer = new Transfer(
      this.#process,
      this.#options,
      this.#connector,
      this.#verbose,
      this.#sink(file),
    );
    const { info } = transfer;
    const metered = this.#hasMeter(file);
    if (metered) yield* this.#process.write(2, meterHead);
    let failure: CurlError | undefined;
    try {
      if (this.#options.has('O') && file === '') {
        throw new CurlError(23, 'Failed writing received data to disk/application');
      }
      yield* transfer.run(url);
    } catch (thrown) {
      if (!(thrown instanceof CurlError)) throw thrown;
      failure = thrown;
      // A connection on which something went wrong is of no further use.
      const { connection } = info;
      if (connection !== undefined && thrown.code !== 22) yield* this.#connector.close(connection);
    }
    info.endMs = clock.nowMs();
    if (this.#output !== undefined && this.#output !== 1) this.#process.close(this.#output);
    this.#output = undefined;
    if (metered) yield* this.#process.write(2, meterLine(info));
    if (failure !== undefined) yield* this.#complain(failure);
    yield* this.#about(info, failure, file);
    return { code: failure?.code ?? 0, status: info.status };
  }

  *#complain({ code, message }: CurlError): Blocking<void> {
    if (this.#options.has('s') && !this.#options.has('S')) return;
    yield* this.#process.write(2, `curl: (${code}) ${message}\n`);
    if (code !== 60) return;
    yield* this.#process.write(
      2,
      `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.
`,
    );
  }

  *#about(info: Transfer['info'], failure: CurlError | undefined, file: string): Blocking<void> {
    const format = this.#options.value('w');
    if (format === undefined) return;
    const outcome = { code: failure?.code ?? 0, message: failure?.message ?? '', file };
    let text = format;
    if (format.startsWith('@')) {
      try {
        text = this.#process.files.readText(format.slice(1)).replace(/\r?\n/g, '');
      } catch (thrown) {
        yield* this.#process.write(2, `curl: ${format.slice(1)}: ${errnoText(thrown)}\n`);
        return;
      }
    }
    const written = writeOut(text, info, outcome);
    yield* this.#process.write(2, written.stderr);
    yield* this.#process.write(1, written.stdout);
  }

  /** Where the body goes: '-' is standard output, '' a name that an address should have and has not. */
  #fileFor(url: string, index: number): string {
    if (this.#options.has('O')) {
      const parsed = parseUrl(url);
      if (typeof parsed === 'string') return '';
      return parsed.target.split('?')[0]?.split('/').at(-1) ?? '';
    }
    return this.#options.values('o')[index] ?? '-';
  }

  #hasMeter(file: string): boolean {
    if (this.#options.has('s') || this.#options.has('no-progress-meter') || this.#options.has('#'))
      return false;
    return file !== '-' || !this.#process.isTerminal(1);
  }

  #sink(file: string): Sink {
    const { write } = this;
    const put = write.bind(this, file);
    return { head: put, body: put };
  }

  *write(file: string, text: string): Blocking<void> {
    this.#output ??=
      file === '-' ? 1 : this.#process.open(file, { write: true, create: true, truncate: true });
    yield* this.#process.write(this.#output, text);
  }
}
