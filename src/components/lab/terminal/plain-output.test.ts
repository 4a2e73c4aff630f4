import { describe, expect, it } from 'vitest';
import { plainText, readTable } from './plain-output.ts';

describe('plain output', () => {
  it('has no escape sequences', () => {
    expect(plainText('\x1b[1mbold\x1b[0m \x1b]0;title\x07a\r\nb\rc')).toBe('bold a\nb\nc');
  });

  it('reads a table of kubectl, headings of two words and empty cells included', () => {
    const text = [
      'NAME   READY   STATUS    RESTARTS      NOMINATED NODE   AGE',
      'shop   2/2     Running   1 (3s ago)    <none>           19s',
      'web            Pending   0             <none>           2s',
      '',
    ].join('\n');
    expect(readTable(text)).toEqual({
      head: ['NAME', 'READY', 'STATUS', 'RESTARTS', 'NOMINATED NODE', 'AGE'],
      rows: [
        ['shop', '2/2', 'Running', '1 (3s ago)', '<none>', '19s'],
        ['web', '', 'Pending', '0', '<none>', '2s'],
      ],
    });
  });

  it.each(['pod/web created\n', 'Name:   web\nStatus: Running\n', 'NAME\nweb\n', ''])(
    'leaves %j as text',
    (text) => {
      expect(readTable(text)).toBeUndefined();
    },
  );
});
