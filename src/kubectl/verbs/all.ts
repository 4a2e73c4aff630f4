// Every verb of this lab by its command's path.
import type { Verb } from '../main.ts';
import { apply } from './apply/apply.ts';
import { attach } from './attach/attach.ts';
import { create } from './create/create.ts';
import { deleteVerb } from './delete/delete.ts';
import { describe } from './describe/describe.ts';
import { exec } from './exec/exec.ts';
import { get } from './get/get.ts';
import { logs } from './logs/logs.ts';
import { run } from './run/run.ts';
import { wait } from './wait/wait.ts';

export const verbs: Readonly<Record<string, Verb>> = {
  apply,
  attach,
  create,
  delete: deleteVerb,
  describe,
  exec,
  get,
  logs,
  run,
  wait,
};
