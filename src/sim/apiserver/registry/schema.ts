// The rules about objects, from the room that keeps them (../api), in the shape that the registry asks.
import { applyDefaults } from '../../api/defaults/defaults.ts';
import type { Schema } from './context.ts';

export const objectSchema: Schema = {
  decode: (_, object) => ({ ok: true, object, strictErrors: [] }),
  patch: (_, current, __, patch) => ({
    ok: true,
    object: { ...current, ...(patch as object) },
  }),
  setDefaults: applyDefaults,
  validateCreate: () => [],
  validateUpdate: () => [],
  validateResize: () => [],
  validateStatusUpdate: () => [],
  warnings: () => [],
};
