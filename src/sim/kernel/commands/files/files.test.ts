import { beforeEach, describe, expect, it } from 'vitest';
import { CommandBox } from '../testing.ts';

describe('files and folders, in the words of busybox', () => {
  let box: CommandBox;
  beforeEach(() => {
    box = new CommandBox();
    box.line('echo hi > f; mkdir d; echo in > d/x; ln -s f l');
  });

  it.each([
    ['cp f g; cat g', 'hi\n=> 0'],
    ['cp -v f g', "'f' -> 'g'\n=> 0"],
    ['cp f d; ls d', 'f\nx\n=> 0'],
    ['cp d e', "cp: omitting directory 'd'\n=> 1"],
    ['cp -r d e; cat e/x', 'in\n=> 0'],
    ['cp -r d d/e', "cp: recursion detected, omitting directory 'd/e'\n=> 1"],
    ['cp f f', "cp: 'f' and 'f' are the same file\n=> 1"],
    ['cp f nope/x', "cp: can't create 'nope/x': No such file or directory\n=> 1"],
    ['cp -a l m; readlink m', 'f\n=> 0'],
    ['cp l m; readlink m; cat m', 'hi\n=> 0'],
    ['cp -p f g; chmod 600 f; cp -p f h; stat -c %a g h', '644\n600\n=> 0'],
    ['mv f g; ls', 'd\ng\nl\n=> 0'],
    ['mv f d; ls d', 'f\nx\n=> 0'],
    ['mv d d/e', "mv: can't rename 'd': Invalid argument\n=> 1"],
    ['mv f /dev/shm/f; cat /dev/shm/f; ls', 'hi\nd\nl\n=> 0'],
    ['mv -n f l; ls', 'd\nf\nl\n=> 0'],
    ['rm f; ls', 'd\nl\n=> 0'],
    ['rm d', "rm: 'd' is a directory\n=> 1"],
    ['rm -r d; ls', 'f\nl\n=> 0'],
    ['rm -f nope', '=> 0'],
    ['rm -r .', "rm: can't remove '.' or '..'\n=> 1"],
    ['rmdir d', "rmdir: 'd': Directory not empty\n=> 1"],
    ['mkdir -p a/b/c; rmdir -p a/b/c; ls', 'd\nf\nl\n=> 0'],
    ['mkdir d', "mkdir: can't create directory 'd': File exists\n=> 1"],
    ['mkdir -p d', '=> 0'],
    ['mkdir -m 700 p; stat -c %a p', '700\n=> 0'],
    ['ln -s f l', 'ln: l: File exists\n=> 1'],
    ['ln -sf d l; readlink l', 'd\n=> 0'],
    ['ln f h; stat -c %h f; rm f; cat h', '2\nhi\n=> 0'],
    ['ln nope x', 'ln: nope: No such file or directory\n=> 1'],
    ['readlink -f l', '/work/f\n=> 0'],
    ['realpath l d/../d/x', '/work/f\n/work/d/x\n=> 0'],
    ['ls -F', 'd/\nf\nl@\n=> 0'],
    ['ls d f', 'f\n\nd:\nx\n=> 0'],
    ['ls -d d', 'd\n=> 0'],
    ['ls -R', '.:\nd\nf\nl\n\n./d:\nx\n=> 0'],
    ['touch -d @0 f; ls -l f', '-rw-r--r--    1 root     root             3 Jan  1  1970 f\n=> 0'],
    ['touch -t 202601020304 f; stat -c %y f', '2026-01-02 03:04:00.000000000 +0000\n=> 0'],
    ['touch -r d/x f; touch -c nope; ls', 'd\nf\nl\n=> 0'],
    ['chmod 600 f; stat -c %A f', '-rw-------\n=> 0'],
    ['chmod u+x,go-r f; stat -c %a f', '700\n=> 0'],
    ['chmod +x f; stat -c %a f', '755\n=> 0'],
    ['chmod -x f; stat -c %a f', '644\n=> 0'],
    ['chmod -R go= d; stat -c %a d d/x', '700\n600\n=> 0'],
    ['chmod g=u,o+t d; stat -c %A d', 'drwxrwxr-t\n=> 0'],
    ['chmod -v 600 f', "mode of 'f' changed to 0600 (rw-------)\n=> 0"],
    ['chown web f; stat -c %U:%G f', 'web:root\n=> 0'],
    ['chown web: f; stat -c %u:%g f', '1000:1000\n=> 0'],
    ['chown 7:8 f; ls -ln f | cut -c 1-30', '-rw-r--r--    1 7        8    \n=> 0'],
    ['chown nope f', 'chown: unknown user nope\n=> 1'],
    ['chgrp web f; stat -c %G f', 'web\n=> 0'],
    ['du -s d; du -h f', '8\td\n4.0K\tf\n=> 0'],
    ['du -a d', '4\td/x\n8\td\n=> 0'],
    ['truncate -s 2 f; cat f; truncate -s +1 f; od -An -c f', 'hi   h   i  \\0\n=> 0'],
    ['mkfifo p; echo through > p & cat p', 'through\n=> 0'],
    ['dd if=f of=g bs=1 count=1; cat g', 'h1+0 records in\n1+0 records out\n=> 0'],
    [
      'dd if=/dev/zero bs=4 count=2 2>/dev/null | od -An -c',
      '  \\0  \\0  \\0  \\0  \\0  \\0  \\0  \\0\n=> 0',
    ],
    ['echo new | dd of=f conv=notrunc bs=1 seek=1 2>/dev/null; cat f', 'hnew\n=> 0'],
    [
      'dd foo 2>&1 | head -n 1',
      'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n=> 0',
    ],
    ['sed -i s/hi/ho/ f; cat f', 'ho\n=> 0'],
    ['sed -i.bak s/hi/ho/ f; cat f f.bak', 'ho\nhi\n=> 0'],
    ['which ls nope', '/bin/ls\n=> 1'],
    ['tar cf t.tar f d; rm -r f d; tar xf t.tar; cat f d/x', 'hi\nin\n=> 0'],
    ['tar cf - /work/f | tar tf -', "work/f\ntar: removing leading '/' from member names\n=> 0"],
    ['tar cf t f l; mkdir o; tar xf t -C o l; readlink o/l; ls o', 'f\nl\n=> 0'],
    ['tar czf t f', 'tar: compressed archives are not modelled; leave -z and -j out\n=> 2'],
    ['tar xf f', 'tar: short read\n=> 1'],
  ])('%s', (line, shown) => {
    expect(box.line(line)).toBe(shown);
  });

  it('lists with owners, sizes and dates', () => {
    expect(box.line('chown web:web f; ls -la')).toBe(
      `total 16
drwxr-xr-x    2 root     root          4096 Jan  5 09:00 .
drwxr-xr-x    2 root     root          4096 Jan  1  1970 ..
drwxr-xr-x    2 root     root          4096 Jan  5 09:00 d
-rw-r--r--    1 web      web              3 Jan  5 09:00 f
lrwxrwxrwx    1 root     root             1 Jan  5 09:00 l -> f
=> 0`,
    );
  });

  it('shows everything about a file', () => {
    const shown = box
      .line('stat f')
      .replace(/(?<=Inode: )\d+ */, '<n> ')
      .replace(/\w+h\/\d+d/, '<device>');
    expect(shown).toBe(
      `  File: f
  Size: 3         \tBlocks: 8          IO Block: 4096   regular file
Device: <device>\tInode: <n> Links: 1
Access: (0644/-rw-r--r--)  Uid: (    0/    root)   Gid: (    0/    root)
Access: 2026-01-05 09:00:00.<ms>
Modify: 2026-01-05 09:00:00.<ms>
Change: 2026-01-05 09:00:00.<ms>
=> 0`.replaceAll('<ms>', /09:00:00\.(\d+ \+0000)/.exec(shown)?.[1] ?? ''),
    );
  });
});

describe('files and folders, in the words of GNU', () => {
  let box: CommandBox;
  beforeEach(() => {
    box = new CommandBox('gnu');
    box.line('echo hi > f; mkdir d; echo in > d/x');
  });

  it.each([
    ['cp d e', "cp: -r not specified; omitting directory 'd'\n=> 1"],
    ['cp f nope/x', "cp: cannot create regular file 'nope/x': No such file or directory\n=> 1"],
    ['cp -r d d/e', "cp: cannot copy a directory, 'd', into itself, 'd/e'\n=> 1"],
    ['cp f d nope', "cp: target 'nope': No such file or directory\n=> 1"],
    ['mv -v f g', "renamed 'f' -> 'g'\n=> 0"],
    ['mv d d/e', "mv: cannot move 'd' to a subdirectory of itself, 'd/e'\n=> 1"],
    ['rm d', "rm: cannot remove 'd': Is a directory\n=> 1"],
    ['rm -v f', "removed 'f'\n=> 0"],
    [
      'rm -rf /',
      "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\n=> 1",
    ],
    ['rmdir d', "rmdir: failed to remove 'd': Directory not empty\n=> 1"],
    ['mkdir -v e', "mkdir: created directory 'e'\n=> 0"],
    ['chmod -v 644 f', "mode of 'f' retained as 0644 (rw-r--r--)\n=> 0"],
    ['chown nope f', "chown: invalid user: 'nope'\n=> 1"],
    ['ls -l f', '-rw-r--r-- 1 root root 3 Jan  5 09:00 f\n=> 0'],
    [
      'head -c 123456 /dev/zero > z; ls -lh z; du -h z',
      '-rw-r--r-- 1 root root 121K Jan  5 09:00 z\n124K\tz\n=> 0',
    ],
    ['tar cf - /work/f > /dev/null', "tar: Removing leading `/' from member names\n=> 0"],
    [
      'df -h /dev/shm',
      'Filesystem      Size  Used Avail Use% Mounted on\nshm              64M     0   64M   0% /dev/shm\n=> 0',
    ],
    ['ls -C', 'd  f\n=> 0'],
  ])('%s', (line, shown) => {
    expect(box.line(line)).toBe(shown);
  });
});

describe('permissions', () => {
  it('keep others out', () => {
    const box = new CommandBox('busybox', {
      space: { uid: 1000, gid: 3000, groups: [2000] },
    });
    expect(box.line('touch /order; chown 0 /tmp; id; rm /etc/hosts')).toBe(
      `uid=1000(web) gid=3000 groups=2000,3000
touch: /order: Permission denied
chown: /tmp: Operation not permitted
rm: can't remove '/etc/hosts': Permission denied
=> 1`,
    );
  });
});
