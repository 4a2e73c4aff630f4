// Which command is which program, by package: images take from here what they have.
import type { Program } from '../types.ts';
import { awk } from './awk/awk.ts';
import type { Flavour } from './base/command.ts';
import { comm } from './diff/comm.ts';
import { cmp, diff } from './diff/diff.ts';
import { chmod, chown } from './files/attributes.ts';
import { dd } from './files/dd.ts';
import { ls } from './files/ls.ts';
import { mkdir, mkfifo, mktemp, rmdir, touch, truncate } from './files/make.ts';
import { cp, ln, mv, rm } from './files/move.ts';
import { basename, dirname, pwd, readlink, realpath, which } from './files/names.ts';
import { df, du } from './files/space.ts';
import { stat } from './files/stat.ts';
import { tar } from './files/tar.ts';
import { test } from './files/test.ts';
import { find } from './find/find.ts';
import { checksum } from './hash/sums.ts';
import { busybox } from './process/busybox.ts';
import { env, nice, nohup, printenv, setsid, time, timeout, watch } from './process/run.ts';
import { clear, editor, noFalse, sleep, sync, tty, usleep, yesTrue } from './process/simple.ts';
import { xargs } from './process/xargs.ts';
import { curl } from './curl/curl.ts';
import { dig, host } from './net/dig.ts';
import { getent } from './net/getent.ts';
import { ip } from './net/ip.ts';
import { nc } from './net/nc.ts';
import { nslookup } from './net/nslookup.ts';
import { ping } from './net/ping.ts';
import { ifconfig, netstat, route, ss } from './net/status.ts';
import { wget } from './net/wget.ts';
import { sed } from './sed/sed.ts';
import { date, free, hostname, mount, nproc, umount, uname, uptime } from './system/machine.ts';
import { kill, killall, pgrep, pidof } from './system/processes.ts';
import { ps } from './system/ps.ts';
import { top } from './system/top.ts';
import { groups, id, who, whoami } from './system/who.ts';
import { base64 } from './text/base64.ts';
import { cat, pager } from './text/cat.ts';
import { cut } from './text/cut.ts';
import { echo, yes } from './text/echo.ts';
import { expr } from './text/expr.ts';
import { grep } from './text/grep.ts';
import { head } from './text/head.ts';
import { fold, nl, paste, rev, tac } from './text/lines.ts';
import { hexdump, od } from './text/od.ts';
import { printf } from './text/printf.ts';
import { seq } from './text/seq.ts';
import { sort } from './text/sort.ts';
import { tail } from './text/tail.ts';
import { tee } from './text/tee.ts';
import { tr } from './text/tr.ts';
import { uniq } from './text/uniq.ts';
import { wc } from './text/wc.ts';

type Make = (flavour: Flavour) => Program;
type Table = Readonly<Record<string, Make>>;

/** coreutils, and what every Debian image has beside it: sed, grep, findutils, diffutils, mawk. */
const essential: Table = {
  '[': test,
  awk,
  base64,
  basename,
  cat,
  chgrp: chown,
  chmod,
  chown,
  cmp,
  comm,
  cp,
  cut,
  date,
  dd,
  df,
  diff,
  dirname,
  du,
  echo,
  egrep: grep,
  env,
  expr,
  false: noFalse,
  fgrep: grep,
  find,
  fold,
  getent,
  grep,
  groups,
  head,
  hostname,
  id,
  ln,
  ls,
  md5sum: checksum,
  mkdir,
  mkfifo,
  mktemp,
  more: pager,
  mount,
  mv,
  nice,
  nl,
  nohup,
  nproc,
  od,
  paste,
  printenv,
  printf,
  pwd,
  readlink,
  realpath,
  rev,
  rm,
  rmdir,
  sed,
  seq,
  setsid,
  sha1sum: checksum,
  sha256sum: checksum,
  sha512sum: checksum,
  sleep,
  sort,
  stat,
  sync,
  tac,
  tail,
  tar,
  tee,
  test,
  timeout,
  touch,
  tr,
  true: yesTrue,
  truncate,
  tty,
  umount,
  uname,
  uniq,
  wc,
  which,
  who,
  whoami,
  xargs,
  yes,
};

/** procps and psmisc: not in Debian's slim images. */
const processTools: Table = {
  free,
  kill,
  killall,
  pgrep,
  pidof,
  pkill: pgrep,
  ps,
  top,
  uptime,
  watch,
};

const networkTools: Table = { ip, nc, netcat: nc, netstat, nslookup, ping };
const busyboxNetwork: Table = { ifconfig, route, wget };
const dnsTools: Table = { dig, host };

const screen: Table = { clear, hexdump, less: pager, reset: clear, time, vi: editor };

/**
 * `coreutils` is what every Debian image has, `network` iproute2, dnsutils and netcat, `workstation` the learner's own
 * machine.
 */
export type Package = 'busybox' | 'coreutils' | 'procps' | 'curl' | 'network' | 'workstation';

/** The programs of a package by name; to be put into /bin or wherever the image has them. */
export function packagePrograms(name: Package): Readonly<Record<string, Program>> {
  switch (name) {
    case 'busybox':
      return busyboxPrograms();
    case 'coreutils':
      return make('gnu', essential);
    case 'procps':
      return make('gnu', processTools);
    case 'curl':
      return make('gnu', { curl });
    case 'network':
      return make('gnu', networkTools, dnsTools, { ss });
    case 'workstation':
      return make('gnu', essential, processTools, screen, networkTools, dnsTools, {
        curl,
        nano: editor,
        ss,
        vim: editor,
      });
  }
}

function busyboxPrograms(): Readonly<Record<string, Program>> {
  const extras = { hd: hexdump, usleep, w: who };
  const tables = [essential, processTools, screen, networkTools, busyboxNetwork, extras];
  const programs = make('busybox', ...tables);
  const names = [...Object.keys(programs), 'ash', 'busybox', 'sh'].sort();
  return { ...programs, busybox: busybox(() => names) };
}

function make(flavour: Flavour, ...tables: readonly Table[]): Readonly<Record<string, Program>> {
  const programs: Record<string, Program> = {};
  for (const table of tables) {
    for (const [name, program] of Object.entries(table)) programs[name] = program(flavour);
  }
  return programs;
}
