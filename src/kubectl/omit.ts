/** The object without some of its fields. */
export function omit<T extends object, K extends PropertyKey>(
  object: T,
  ...keys: readonly K[]
): Omit<T, K> {
  const names: readonly PropertyKey[] = keys;
  return Object.fromEntries(Object.entries(object).filter(([key]) => !names.includes(key))) as Omit<
    T,
    K
  >;
}
