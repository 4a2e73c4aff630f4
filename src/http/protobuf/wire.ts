// The wire format of protocol buffers: numbered fields, as far as Kubernetes uses it.

export interface WireField {
  readonly number: number;
  /** A number for varints, bytes for everything that has a length. */
  readonly value: bigint | Uint8Array;
}

const maxDepthBytes = 3 * 1024 * 1024;

/** Reads the fields of one message. Throws when the bytes are no message. */
export function readFields(bytes: Uint8Array): readonly WireField[] {
  if (bytes.length > maxDepthBytes) throw new Error('proto: message is too large');
  const fields: WireField[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined) throw new Error('proto: unexpected end of message');
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new Error('proto: integer overflow');
  };
  while (at < bytes.length) {
    const tag = varint();
    const wireType = Number(tag & 7n);
    const number = Number(tag >> 3n);
    if (wireType === 0) fields.push({ number, value: varint() });
    else {
      const length = wireType === 2 ? Number(varint()) : wireType === 1 ? 8 : 4;
      if (wireType > 2 && wireType !== 5) throw new Error(`proto: illegal wireType ${wireType}`);
      if (at + length > bytes.length) throw new Error('proto: unexpected end of message');
      fields.push({ number, value: bytes.subarray(at, at + length) });
      at += length;
    }
  }
  return fields;
}

export function asText(value: WireField['value'] | undefined): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : '';
}

/** A signed number: negative ones come as the 64 bits of their complement. */
export function asNumber(value: WireField['value'] | undefined): number {
  return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0;
}
