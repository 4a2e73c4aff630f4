// Numbers with suffixes as head, tail, dd, truncate and sleep take them.

const units: Readonly<Record<string, number>> = {
  '': 1,
  c: 1,
  b: 512,
  kB: 1000,
  K: 1024,
  k: 1024,
  KiB: 1024,
  MB: 1_000_000,
  M: 1024 ** 2,
  m: 1024 ** 2,
  MiB: 1024 ** 2,
  GB: 1_000_000_000,
  G: 1024 ** 3,
  g: 1024 ** 3,
  GiB: 1024 ** 3,
};

/** `10`, `4k`, `1M`: a count of lines or bytes; undefined for anything else. */
export function parseSize(text: string): number | undefined {
  const found = /^(\d{1,15})([a-zA-Z]*)$/.exec(text);
  const unit = units[found?.[2] ?? '?'];
  return found === null || unit === undefined ? undefined : Number(found[1]) * unit;
}

const secondsPer: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `5`, `0.5`, `2m`, `infinity`: milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  if (/^inf(inity)?$/i.test(text)) return Infinity;
  const found = /^(\d{0,15}(?:\.\d{0,9})?)([smhd]?)$/.exec(text);
  if (found === null || !/\d/.test(text)) return undefined;
  return Number(found[1]) * (secondsPer[found[2] ?? ''] ?? 1) * 1000;
}

/** A whole number in decimal; undefined for anything else. */
export function parseInteger(text: string): number | undefined {
  return /^[-+]?\d{1,15}$/.test(text) ? Number(text) : undefined;
}
