// The lines of lines.txt are command lines; what busybox 1.35 and the GNU programs and mawk of
// Debian 12 print was recorded by scripts/record-commands.mjs. A line is words, some in single quotes; `<file` gives it standard input.

/** Files of the folder in which every line runs. */
export const recordedFiles: Readonly<Record<string, string>> = {
  'fruit.txt': 'pear 3\napple 10\nbanana 2\napple 10\ncherry 30\n',
  'five.txt': 'one\ntwo\nthree\nfour\nfive\n',
  'noend.txt': 'first\nlast without end',
  'table.txt':
    'NAME   READY  STATUS\nweb-1  1/1    Running\nweb-2  0/1    Pending\ndb-0   1/1    Running\n',
  'colons.txt':
    'root:x:0:0:root:/root:/bin/sh\nweb:x:1000:1000::/home/web:/bin/ash\nnobody:x:65534:65534\n',
  'mixed.txt': 'Error: no database\n  indented\n\n\nerror again\n\ttabbed\nok\n',
  'log.txt': 'GET /item/1 200\nGET /item/2 404\nPOST /cart 200\nGET /item/3 500\nGET /item/1 200\n',
  'left.txt': 'a\nb\nc\nd\ne\nf\ng\nh\n',
  'right.txt': 'a\nB\nc\nd\ne\nf\nnew\ng\n',
  'empty.txt': '',
  'numbers.txt': '10\n9\n-2\n1.5\n100\n0\n',
  'sizes.txt': '2K\n1M\n500\n3G\n10K\n',
  'versions.txt': 'v1.10\nv1.9\nv1.2\nv2.0\n',
  'utf8.txt': 'grün\n€ 5\n',
};

/** Words of a line: blanks divide them, single or double quotes join, nothing else is special. */
export function wordsOf(line: string): { readonly words: string[]; readonly stdin: string } {
  const words: string[] = [];
  for (const [, single, double, plain] of line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)) {
    words.push(single ?? double ?? plain ?? '');
  }
  const last = words.at(-1) ?? '';
  if (!last.startsWith('<') || last.length < 2) return { words, stdin: '' };
  return { words: words.slice(0, -1), stdin: recordedFiles[last.slice(1)] ?? '' };
}
