/** Protobuf on the wire by hand, for bytes that no library writes. https://protobuf.dev/programming-guides/encoding/ */

/** A number of up to 53 bits, in as few bytes as it takes. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}

/** What stands before a value. */
export function tag(number: number, wireType: number): Buffer {
  return varint(number * 8 + wireType);
}

/** A field whose content stands behind its length: text, bytes, messages and packed lists. */
export function field(number: number, content: Uint8Array): Buffer {
  return Buffer.concat([tag(number, 2), varint(content.length), content]);
}
