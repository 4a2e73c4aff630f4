// The rules about objects, from the room that keeps them (../api), in the shape that the registry asks.
import { decode, normaliseObject } from '../../api/decode.ts';
import { applyDefaults } from '../../api/defaults/defaults.ts';
import { validateCreate, validateUpdate } from '../../api/validation/validate.ts';
import { validateResize } from '../subresources/resize-rules.ts';
import { warningsFor } from '../warnings/warnings.ts';
import type { Schema } from './context.ts';

export const objectSchema: Schema = {
  decode,
  normalise: normaliseObject,
  setDefaults: applyDefaults,
  validateCreate,
  validateUpdate,
  validateResize,
  validateStatusUpdate: () => [],
  warnings: warningsFor,
};
