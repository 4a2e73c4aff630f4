// OpenAPI v2 in protobuf, without any path or type: kubectl asks for it when v3 does not know a kind, finds nothing to
// check against, and goes on to its own words for kinds that the server does not have.

function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}

/** The media type of openapi_v2.Document. */
export const openApiV2Type = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** A Document with its version, title and an empty list of paths. */
export function openApiV2(): Buffer {
  const info = Buffer.concat([field(1, 'Kubernetes'), field(2, 'v1.33.13')]);
  return Buffer.concat([field(1, '2.0'), field(2, info), field(8, '')]);
}
