// Writes src/sim/api/generated/docs.json: what each type and field is for, as kubectl explain shows it. Loaded only when asked for.
import { mkdirSync, writeFileSync } from 'node:fs';
import { readModels, shortName } from './models.mjs';

/** The models' comments are wrapped by nothing but end in spaces now and then; explain folds them itself. */
const tidy = (text) => text.replace(/\s+$/, '');

const docs = {};
for (const [model, { doc, fields }] of readModels()) {
  docs[shortName(model)] = {
    doc: tidy(doc),
    fields: Object.fromEntries(fields.map((field) => [field.name, tidy(field.doc)])),
  };
}
const folder = new URL('../../src/sim/api/generated/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('docs.json', folder), JSON.stringify(docs));
