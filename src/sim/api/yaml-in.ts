// Manifests as kubectl reads them: its YAML with its scalar rules and its error texts, or JSON, and where each field stands.
export {
  type Manifest,
  type ManifestDocument,
  type ManifestError,
  readManifest,
} from './yaml/documents.ts';
export { type Place, placeOf } from './yaml/places.ts';
export type { Json } from './yaml/construct.ts';
