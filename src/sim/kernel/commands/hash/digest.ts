// MD5 (RFC 1321), SHA-1, SHA-256 and SHA-512 (FIPS 180-4). Their constants are digits of square and cube roots of primes
// and of sines, computed here rather than listed.

const primes = firstPrimes(80);

/** The message with a one bit, zeros and its length in bits, as many bytes as fill whole blocks. */
function padded(bytes: readonly number[], blockBytes: number, littleEndian: boolean): number[] {
  const lengthBytes = blockBytes / 8;
  const result = [...bytes, 0x80];
  while (result.length % blockBytes !== blockBytes - lengthBytes) result.push(0);
  const bits = BigInt(bytes.length) * 8n;
  for (let index = 0; index < lengthBytes; index += 1) {
    const place = littleEndian ? index : lengthBytes - 1 - index;
    result.push(Number((bits >> BigInt(8 * place)) & 255n));
  }
  return result;
}

const rotateLeft = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
const rotateRight = (x: number, by: number): number => (x >>> by) | (x << (32 - by));
const hex32 = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');

export function md5(bytes: readonly number[]): string {
  const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  const message = padded(bytes, 64, true);
  for (let block = 0; block < message.length; block += 64) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let round = 0; round < 64; round += 1) {
      const kind = round >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][kind] ?? 0;
      const index = [round, 5 * round + 1, 3 * round + 5, 7 * round][kind] ?? 0;
      const at = block + (index & 15) * 4;
      const word =
        (message[at] ?? 0) |
        ((message[at + 1] ?? 0) << 8) |
        ((message[at + 2] ?? 0) << 16) |
        ((message[at + 3] ?? 0) << 24);
      const constant = Math.floor(Math.abs(Math.sin(round + 1)) * 2 ** 32);
      const sum = (a + mixed + constant + word) | 0;
      [a, d, c] = [d, c, b];
      b = (b + rotateLeft(sum, shifts[kind * 4 + (round & 3)] ?? 0)) | 0;
    }
    [a, b, c, d].forEach((value, index) => (state[index] = ((state[index] ?? 0) + value) | 0));
  }
  return state
    .map((word) =>
      hex32(
        ((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24),
      ),
    )
    .join('');
}

export function sha1(bytes: readonly number[]): string {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const constants = [2, 3, 5, 10].map((n) => Math.floor(Math.sqrt(n) * 2 ** 30));
  const message = padded(bytes, 64, false);
  for (let block = 0; block < message.length; block += 64) {
    const words = bigEndianWords(message, block);
    for (let t = 16; t < 80; t += 1) {
      const mixed =
        (words[t - 3] ?? 0) ^ (words[t - 8] ?? 0) ^ (words[t - 14] ?? 0) ^ (words[t - 16] ?? 0);
      words.push(rotateLeft(mixed, 1));
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let t = 0; t < 80; t += 1) {
      const kind = Math.floor(t / 20);
      const mixed =
        kind === 0 ? (b & c) | (~b & d) : kind === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const next = (rotateLeft(a, 5) + mixed + e + (constants[kind] ?? 0) + (words[t] ?? 0)) | 0;
      [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next];
    }
    [a, b, c, d, e].forEach((value, index) => (state[index] = ((state[index] ?? 0) + value) | 0));
  }
  return state.map(hex32).join('');
}

export function sha256(bytes: readonly number[]): string {
  const state = primes.slice(0, 8).map((prime) => Number(rootFraction(prime, 2, 32n)) | 0);
  const constants = primes.slice(0, 64).map((prime) => Number(rootFraction(prime, 3, 32n)) | 0);
  const message = padded(bytes, 64, false);
  for (let block = 0; block < message.length; block += 64) {
    const words = bigEndianWords(message, block);
    for (let t = 16; t < 64; t += 1) {
      const [x = 0, y = 0] = [words[t - 15], words[t - 2]];
      const low = rotateRight(x, 7) ^ rotateRight(x, 18) ^ (x >>> 3);
      const high = rotateRight(y, 17) ^ rotateRight(y, 19) ^ (y >>> 10);
      words.push(((words[t - 16] ?? 0) + low + (words[t - 7] ?? 0) + high) | 0);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let t = 0; t < 64; t += 1) {
      const high = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25);
      const first = (h + high + ((e & f) ^ (~e & g)) + (constants[t] ?? 0) + (words[t] ?? 0)) | 0;
      const low = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22);
      const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach(
      (value, index) => (state[index] = ((state[index] ?? 0) + value) | 0),
    );
  }
  return state.map(hex32).join('');
}

const mask64 = (1n << 64n) - 1n;

export function sha512(bytes: readonly number[]): string {
  const rotate = (x: bigint, by: bigint): bigint => ((x >> by) | (x << (64n - by))) & mask64;
  const state = primes.slice(0, 8).map((prime) => rootFraction(prime, 2, 64n));
  const constants = primes.map((prime) => rootFraction(prime, 3, 64n));
  const message = padded(bytes, 128, false);
  for (let block = 0; block < message.length; block += 128) {
    const words: bigint[] = [];
    for (let t = 0; t < 16; t += 1) {
      let word = 0n;
      for (let at = 0; at < 8; at += 1)
        word = (word << 8n) | BigInt(message[block + t * 8 + at] ?? 0);
      words.push(word);
    }
    for (let t = 16; t < 80; t += 1) {
      const [x = 0n, y = 0n] = [words[t - 15], words[t - 2]];
      const low = rotate(x, 1n) ^ rotate(x, 8n) ^ (x >> 7n);
      const high = rotate(y, 19n) ^ rotate(y, 61n) ^ (y >> 6n);
      words.push(((words[t - 16] ?? 0n) + low + (words[t - 7] ?? 0n) + high) & mask64);
    }
    let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
    for (let t = 0; t < 80; t += 1) {
      const high = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
      const first =
        h + high + ((e & f) ^ (~e & mask64 & g)) + (constants[t] ?? 0n) + (words[t] ?? 0n);
      const low = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
      const second = low + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [
        g,
        f,
        e,
        (d + first) & mask64,
        c,
        b,
        a,
        (first + second) & mask64,
      ];
    }
    [a, b, c, d, e, f, g, h].forEach(
      (value, index) => (state[index] = ((state[index] ?? 0n) + value) & mask64),
    );
  }
  return state.map((word) => word.toString(16).padStart(16, '0')).join('');
}

function bigEndianWords(message: readonly number[], block: number): number[] {
  const words: number[] = [];
  for (let at = block; at < block + 64; at += 4) {
    words.push(
      ((message[at] ?? 0) << 24) |
        ((message[at + 1] ?? 0) << 16) |
        ((message[at + 2] ?? 0) << 8) |
        (message[at + 3] ?? 0),
    );
  }
  return words;
}

/** The first bits behind the point of a square or cube root. */
function rootFraction(prime: number, degree: 2 | 3, bits: bigint): bigint {
  const target = BigInt(prime) << (bits * BigInt(degree));
  let low = 0n;
  let high = 1n << (bits + 5n);
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(degree) <= target) low = middle;
    else high = middle;
  }
  return low & ((1n << bits) - 1n);
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number += 1) {
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  }
  return found;
}
