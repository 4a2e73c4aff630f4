import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packagePrograms } from './commands/table.ts';
import { sh } from './shell/sh.ts';
import { type RunResult, TestMachine } from './testing.ts';

const programs = {
  ...packagePrograms('busybox'),
  sh: sh('ash'),
  dash: sh('dash'),
};

function run(shell: string, script: string, limits: { memory?: number } = {}): RunResult {
  const box = new TestMachine({
    programs,
    machine: { diskBytes: 64 << 20 },
    space: { memoryLimitBytes: limits.memory ?? 64 << 20 },
  });
  return box.run([shell, '-c', script], { main: true, forMs: 5000 });
}

const word = fc.constantFrom(
  ...['a', "'b c'", '"$x"', '$x', '$(echo y)', '$((1+2))', '${x:-z}', '*', '/tmp', '-n', '~', '1'],
);
const command = fc
  .oneof(
    fc.tuple(fc.constantFrom('echo', 'printf', 'cat', 'wc', 'sort', 'test', 'set --', 'seq'), word),
    fc.tuple(
      fc.constantFrom('x=', 'read', 'kill -0', 'cd', 'sleep', 'head -n', 'tr a', 'eval'),
      word,
    ),
  )
  .map(([name, argument]) => (name === 'x=' ? `x=${argument}` : `${name} ${argument}`));
const redirected = fc
  .tuple(
    command,
    fc.constantFrom('', ' > /tmp/f', ' < /tmp/f', ' 2>&1', ' >> /tmp/g', ' 2>/dev/null'),
  )
  .map(([text, redirection]) => text + redirection);
const pipeline = fc.array(redirected, { minLength: 1, maxLength: 4 }).map((all) => all.join(' | '));
const script = fc
  .array(
    fc.tuple(
      pipeline,
      fc.constantFrom(
        (text: string) => text,
        (text: string) => `${text} &`,
        (text: string) => `(${text})`,
        (text: string) => `for i in 1 2; do ${text}; done`,
        (text: string) => `if ${text}; then echo yes; fi`,
        (text: string) => `f() { ${text}; }; f`,
        (text: string) => `trap '${text.replaceAll("'", '')}' EXIT`,
        (text: string) => `while read l; do ${text}; break; done`,
      ),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((lines) => lines.map(([text, wrap]) => wrap(text)).join('\n'));

describe('whatever a learner types', () => {
  it('never throws, and gives the same result for the same seed', () => {
    fc.assert(
      fc.property(script, fc.constantFrom('sh', 'dash'), (text, shell) => {
        expect(run(shell, text)).toEqual(run(shell, text));
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('may be any text at all', () => {
    const pieces = fc.constantFrom(
      ...['$', '{', '}', '(', ')', '`', '"', "'", '\\', '<<', 'E', '\n', ';', '&', '|', '>', ' '],
      ...['if', 'fi', 'do', 'done', 'case', 'in', 'esac', 'for', 'x', '=', '#', '!', '*', '~', '1'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (all) => {
        run('sh', all.join(''));
        run('dash', all.join(' '));
      }),
      { numRuns: 500, seed: 6 },
    );
  });
});

describe('what would hang a machine', () => {
  const hostile: readonly (readonly [string, string])[] = [
    ['an empty loop', 'while :; do :; done'],
    ['a fork bomb', 'b() { b | b & }; b; sleep 100'],
    ['subshells in subshells', `${'('.repeat(2000)}:${')'.repeat(2000)}`],
    ['substitutions in substitutions', `echo ${'$('.repeat(2000)}:${')'.repeat(2000)}`],
    ['a function that calls itself', 'f() { f; }; f'],
    ['an eval that evals itself', 'e=\'eval "$e"\'; eval "$e"'],
    ['a file that sources itself', 'echo ". /tmp/s" > /tmp/s; . /tmp/s'],
    ['a variable that doubles', 'x=abcdefgh; while :; do x=$x$x; done'],
    ['an endless writer', 'yes > /tmp/f'],
    ['an endless pipe', 'yes | cat | cat > /dev/null'],
    ['an endless reader', 'cat /dev/zero > /tmp/z'],
    ['an endless line', 'cat /dev/zero | read x'],
    ['sleeping for nothing', 'while :; do sleep 0; done'],
    ['a loop over substitutions', 'while :; do x=$(echo $x); done'],
    ['children without end', 'while :; do sleep 1000 & done'],
    ['a here-document without end', 'cat <<E\n$(cat <<F\n$(cat <<G\n'],
    ['an alias that is itself', "alias a='a a'\na"],
    ['arithmetic in arithmetic', `echo $((${'('.repeat(3000)}1${')'.repeat(3000)}))`],
    ['variables in arithmetic', 'a=b; b=a; echo $((a))'],
    ['a pattern full of stars', `case ${'a'.repeat(3000)} in ${'*a'.repeat(300)}b) ;; esac`],
    [
      'traps that raise themselves',
      "trap 'kill -USR1 $$' USR1; kill -USR1 $$; while :; do :; done",
    ],
  ];

  it.each(hostile)('%s ends within its limits', (_name, text) => {
    for (const shell of ['sh', 'dash']) {
      const result = run(shell, text);
      expect(result.tookMs).toBeLessThanOrEqual(5001);
      expect(result.stdout.length + result.stderr.length).toBeLessThan(100_000);
    }
  });

  it('ends as on Linux where there is an end', () => {
    const end = (text: string): unknown => [run('sh', text).status?.code, run('sh', text).stderr];
    expect(end('yes > /tmp/f')).toEqual([1, 'yes: No space left on device\n']);
    expect(end('while :; do sleep 1000 & done')).toEqual([137, '']);
  });
});
