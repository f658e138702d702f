/** `{ name: value }` where `isSet` holds of the value, else `{}`: in proto-loader's styles without `defaults` a zero is not there. */
export function memberWhere<Name extends string, Value>(
  name: Name,
  value: Value,
  isSet: (value: Value) => boolean,
): { [K in Name]?: Value } {
  const message: { [K in Name]?: Value } = {};
  if (isSet(value)) message[name] = value;
  return message;
}
