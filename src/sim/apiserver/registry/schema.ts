// The rules about objects, from the room that keeps them (../api), in the shape that the registry asks.
import { decode, normaliseObject } from '../../api/decode.ts';
import { applyDefaults } from '../../api/defaults/defaults.ts';
import { validateCreate, validateUpdate } from '../../api/validation/validate.ts';
import { warningsFor } from '../warnings/warnings.ts';
import type { Schema } from './context.ts';

export const objectSchema: Schema = {
  decode,
  normalise: normaliseObject,
  patch: (_, current, __, patch) => ({
    ok: true,
    object: { ...current, ...(patch as object) },
  }),
  setDefaults: applyDefaults,
  validateCreate,
  validateUpdate,
  validateResize: () => [],
  validateStatusUpdate: () => [],
  warnings: warningsFor,
};
