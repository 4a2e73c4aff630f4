// Settings of the course's own programs: environment variables with limits.
import type { Process } from '../../kernel/types.ts';

/** A text, or the default where the variable is unset or empty. */
export function textSetting(process: Process, name: string, otherwise: string): string {
  return process.env.get(name) || otherwise;
}

/** A number between 0 and a limit, or the default where the variable is no number. */
export function numberSetting(
  process: Process,
  name: string,
  otherwise: number,
  limit: number,
): number {
  const value = Number(process.env.get(name) ?? '');
  if (process.env.get(name) === undefined || process.env.get(name) === '') return otherwise;
  return Number.isFinite(value) && value >= 0 ? Math.min(value, limit) : otherwise;
}

/** `host:port`; the port may be left out. */
export function addressSetting(
  text: string,
  defaultPort: number,
): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  if (colon < 0 || !Number.isInteger(port)) return { host: text, port: defaultPort };
  return { host: text.slice(0, colon), port };
}
