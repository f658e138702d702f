/** Writes the few fields of protobuf's wire format that the tool sends: bytes and varints. https://protobuf.dev/programming-guides/encoding/ */

/** A length-delimited field. */
export function bytesField(number: number, content: Uint8Array): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(content.length), content]);
}

/** A varint field; `value` is a safe integer that is not negative. */
export function varintField(number: number, value: number): Buffer {
  return Buffer.concat([varint(number << 3), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}
