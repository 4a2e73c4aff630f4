// Writes src/sim/api/generated/fields.ts: every type of the API with its fields, in one short text that fields/table.ts
// reads. What the models do not say of a field comes from the hand-written lists beside table.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { alwaysWritten, pointers, quantities } from '../../src/sim/api/fields/encoding.ts';
import { goStringTypes } from '../../src/sim/api/fields/go-types.ts';
import { mergeRules } from '../../src/sim/api/fields/lists.ts';
import { modelOf, readModels, shortName } from './models.mjs';

const scalars = {
  'string|': 's',
  'boolean|': 'b',
  'number|int32': 'i',
  'number|int64': 'l',
  'number|': 'l',
  'Date|date-time': 't',
  'V1MicroTime|date-time-micro': 'm',
  'IntOrString|int-or-string': 'p',
  'any|': 'j',
  'string|byte': 'y',
};

function code(type, format) {
  const element = /^Array<(.*)>$/.exec(type)?.[1];
  if (element) return `[${code(element, format)}`;
  const value = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (value) return `{${code(value, format)}`;
  if (modelOf(type)) return shortName(type);
  const scalar = scalars[`${type}|${format}`];
  if (!scalar) throw new Error(`fields.mjs: no code for type ${type} with format "${format}"`);
  return scalar;
}

/** `KubeEvent=Event` where Kubernetes calls a type otherwise than Podlab does; `@v2` where its package is not v1. */
function heading(model) {
  const short = shortName(model);
  const own = model.replace(/^(Core|Discovery|Storage|Events)?V\d(beta\d|alpha\d)?/, '');
  const version = /V(\d)/.exec(model)?.[1] ?? '1';
  return short + (own === short ? '' : `=${own}`) + (version === '1' ? '' : `@v${version}`);
}

/** A list of lines `Type field field` as a set of `Type.field`; each must be used, so that none is misspelt. */
function listed(text) {
  const names = new Map();
  for (const line of text.trim().split('\n')) {
    const [type, ...words] = line.split(' ');
    for (const word of words) {
      const [name, rule = ''] = word.split(/:(.*)/);
      names.set(`${type}.${name}`, rule);
    }
  }
  return names;
}
const lists = [quantities, pointers, alwaysWritten, mergeRules].map(listed);
const [isQuantity, isPointer, isAlways, rules] = lists;

const lines = [
  '// Generated from the v1.33 models of @kubernetes/client-node by scripts/generate/fields.mjs. Not committed.',
  '/* eslint-disable */',
  '/** A line per type: its name, then its fields. See fields/table.ts for how to read it. */',
  'export const fieldTable = `',
];
const seen = new Set();
for (const [model, { fields }] of readModels()) {
  const words = fields.map(({ name, type, format, required }) => {
    const path = `${shortName(model)}.${name}`;
    seen.add(path);
    const plain = code(type, format ?? '');
    const goType = goStringTypes.get(path)?.replace(/^v1\./, '');
    return [
      `${name}:${isQuantity.has(path) ? plain.replace(/s$/, 'q') : plain}`,
      required ? '!' : isAlways.has(path) ? '+' : '',
      isPointer.has(path) ? '*' : '',
      goType ? `<${goType}` : '',
      rules.has(path) ? `@${rules.get(path)}` : '',
    ].join('');
  });
  lines.push([heading(model), ...words].join(' '));
}
for (const path of [...lists.flatMap((list) => [...list.keys()]), ...goStringTypes.keys()]) {
  if (!seen.has(path)) throw new Error(`fields.mjs: there is no field ${path}`);
}
lines.push('`;', '');
const folder = new URL('../../src/sim/api/generated/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('fields.ts', folder), lines.join('\n'));
