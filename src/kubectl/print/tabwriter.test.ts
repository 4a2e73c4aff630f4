import { expect, it } from 'vitest';
import { alignTabs, describeTabs, TabWriter, tableTabs } from './tabwriter.ts';

it('aligns blocks of neighbouring lines, each block for itself', () => {
  const text =
    'Name:\tweb\nNamespace:\tdefault\nIPs:\n  IP:\t10.0.0.1\nContainers:\n  a:\n    Image:\tx\ty\n    Id:\tlonger\tz\n';
  expect(alignTabs(text, describeTabs)).toBe(
    'Name:       web\nNamespace:  default\nIPs:\n  IP:  10.0.0.1\nContainers:\n  a:\n    Image:  x       y\n    Id:     longer  z\n',
  );
});

it('never shrinks a column between flushes where it remembers', () => {
  const writer = new TabWriter(tableTabs);
  expect(writer.format('NAME\tAGE\nlonger-name\t3s\n')).toBe(
    'NAME          AGE\nlonger-name   3s\n',
  );
  expect(writer.format('web\t3s\n')).toBe('web           3s\n');
});

it('counts characters, not UTF-16 units', () => {
  expect(alignTabs('😀\tx\nab\ty\n', describeTabs)).toBe('😀   x\nab  y\n');
});
