// All builtins by name.
import type { Shell } from '../shell.ts';
import type { Dialect } from '../dialect.ts';
import type { Builtin, BuiltinTable } from './builtin.ts';
import { controlBuiltins, controlSpecials } from './control.ts';
import { directoryBuiltins } from './directory.ts';
import { getopts } from './getopts.ts';
import { jobBuiltins } from './jobs.ts';
import { kill } from './kill.ts';
import { nameBuiltins } from './names.ts';
import { echo, printf } from './output.ts';
import { read } from './read.ts';
import { set } from './set.ts';
import { settingBuiltins, times } from './settings.ts';
import { doubleBracket, test } from './test.ts';
import { trap } from './trap.ts';
import { letBuiltin, variableSpecials } from './variables.ts';

const specials: BuiltinTable = { ...controlSpecials, ...variableSpecials, set, trap, times };
const ordinary: BuiltinTable = {
  ...controlBuiltins,
  ...directoryBuiltins,
  ...jobBuiltins,
  ...nameBuiltins,
  ...settingBuiltins,
  echo,
  getopts,
  kill,
  printf,
  read,
  test,
  '[': test,
};
const ashOnly: BuiltinTable = { let: letBuiltin, '[[': doubleBracket };

function tableOf(dialect: Dialect): ReadonlyMap<string, Builtin> {
  const table = new Map<string, Builtin>();
  const add = (builtins: BuiltinTable, special: boolean): void => {
    for (const [name, run] of Object.entries(builtins)) table.set(name, { name, special, run });
  };
  add(specials, true);
  add(ordinary, false);
  if (dialect === 'ash') add(ashOnly, false);
  else table.delete('source');
  return table;
}

const tables: Readonly<Record<Dialect, ReadonlyMap<string, Builtin>>> = {
  ash: tableOf('ash'),
  dash: tableOf('dash'),
};

export function findBuiltin(shell: Shell, name: string): Builtin | undefined {
  return tables[shell.dialect].get(name);
}
