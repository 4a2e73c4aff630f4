// Writes src/sim/api/generated/types.ts: an interface per model, in the API's own field names.
import { mkdirSync, writeFileSync } from 'node:fs';
import { readModels, shortName, typescriptType } from './models.mjs';

const lines = [
  '// Generated from the v1.33 models of @kubernetes/client-node by scripts/generate/types.mjs. Not committed.',
  '',
];
for (const [model, { fields }] of readModels()) {
  lines.push(`export interface ${shortName(model)} {`);
  for (const { name, type, format, required } of fields) {
    const key = /^[A-Za-z]\w*$/.test(name) ? name : `'${name}'`;
    lines.push(
      `  readonly ${key}${required ? '' : '?'}: ${typescriptType(type, format)}${required ? '' : ' | undefined'};`,
    );
  }
  lines.push('}', '');
}
const folder = new URL('../../src/sim/api/generated/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('types.ts', folder), lines.join('\n'));
