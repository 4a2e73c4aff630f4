// Writes src/sim/api/generated/fields.ts: every type of the API with its fields, in one short text that fields/table.ts reads.
import { mkdirSync, writeFileSync } from 'node:fs';
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

const lines = [
  '// Generated from the v1.33 models of @kubernetes/client-node by scripts/generate/fields.mjs. Not committed.',
  '/* eslint-disable */',
  '/** A line per type: its name, then `field:type`, `!` where the field is required. See fields/table.ts for the codes. */',
  'export const fieldTable = `',
];
for (const [model, { fields }] of readModels()) {
  const words = fields.map(
    ({ name, type, format, required }) =>
      `${name}:${code(type, format ?? '')}${required ? '!' : ''}`,
  );
  lines.push([heading(model), ...words].join(' '));
}
lines.push('`;', '');
const folder = new URL('../../src/sim/api/generated/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('fields.ts', folder), lines.join('\n'));
