/** Members of settings that are there only where they have a value. */

/** An object with the member, or without it where there is no value. */
export function member<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}
