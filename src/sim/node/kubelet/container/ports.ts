// Ports by number or by name.
import type { Container } from '../../../api/generated/types.ts';

/**
 * The number of a port of a container; undefined when it has none of that name or the number is out
 * of range.
 */
export function resolvePort(
  container: Container,
  port: number | string | undefined,
): number | undefined {
  const number =
    typeof port === 'string' && !/^\d+$/.test(port)
      ? container.ports?.find(({ name }) => name === port)?.containerPort
      : Number(port);
  return number !== undefined && number > 0 && number < 65_536 ? number : undefined;
}
