/**
 * Returns `{ name: value }` if `isSet` is true for the value, else `{}`: proto-loader's styles without `defaults` leave
 * out a zero.
 */
export function memberWhere<Name extends string, Value>(
  name: Name,
  value: Value,
  isSet: (value: Value) => boolean,
): { [K in Name]?: Value } {
  const message: { [K in Name]?: Value } = {};
  if (isSet(value)) message[name] = value;
  return message;
}
