// Sizes as people read them: 4.0K, 1.5M, 2.9G.

const units = ['', 'K', 'M', 'G', 'T', 'P'];

/** busybox rounds to the nearest tenth (512, 4.0K, 120.6K); GNU rounds up and drops tenths from ten on (121K). */
export function humanSize(bytes: number, gnu: boolean): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  if (unit === 0) return String(bytes);
  if (!gnu) return `${(Math.round(value * 10) / 10).toFixed(1)}${units[unit] ?? ''}`;
  const tenths = Math.ceil(value * 10) / 10;
  if (tenths < 10) return `${tenths.toFixed(1)}${units[unit] ?? ''}`;
  const whole = Math.ceil(value);
  return whole < 1024 ? `${whole}${units[unit] ?? ''}` : `1.0${units[unit + 1] ?? ''}`;
}

/** Disk space that a file of this size takes: whole blocks of 4 KiB. */
export function blocksKib(bytes: number): number {
  return Math.ceil(bytes / 4096) * 4;
}
