// The rules about objects, from the room that keeps them (../api), in the shape that the registry asks.
import { decode, normaliseObject } from '../../api/decode.ts';
import { applyDefaults } from '../../api/defaults/defaults.ts';
import {
  validateCreate,
  validateStatusUpdate,
  validateUpdate,
} from '../../api/validation/validate.ts';
import { validateResize } from '../subresources/resize-rules.ts';
import { warningsFor } from '../warnings/warnings.ts';
import { withStringData } from './secret-data.ts';
import type { Schema } from './context.ts';

export const objectSchema: Schema = {
  decode,
  normalise: normaliseObject,
  setDefaults: (kind, object) =>
    applyDefaults(kind, kind === 'Secret' ? withStringData(object) : object),
  validateCreate,
  validateUpdate,
  validateResize,
  validateStatusUpdate,
  warnings: warningsFor,
};
