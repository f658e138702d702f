/** Number literals of .proto files: https://protobuf.dev/reference/protobuf/edition-2023-spec/#integer_literals */

/** The value of `12`, `0x1F` or `017`; undefined for a float. */
export function parseInteger(text: string): bigint | undefined {
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return BigInt(text);
  if (/^0[0-7]*$/.test(text)) return BigInt(`0o0${text.slice(1)}`);
  return /^[1-9][0-9]*$/.test(text) ? BigInt(text) : undefined;
}

/** The value of any number literal as a double; an `f` at the end is dropped. */
export function parseFloatLiteral(text: string): number {
  const integer = parseInteger(text);
  return integer === undefined ? Number(text.replace(/[fF]$/, "")) : Number(integer);
}

/** Smallest and largest value of each integer type. */
export const integerRanges: ReadonlyMap<string, readonly [bigint, bigint]> = new Map([
  ...["int32", "sint32", "sfixed32"].map((scalar) => [scalar, [-(2n ** 31n), 2n ** 31n - 1n]] as const),
  ...["uint32", "fixed32"].map((scalar) => [scalar, [0n, 2n ** 32n - 1n]] as const),
  ...["int64", "sint64", "sfixed64"].map((scalar) => [scalar, [-(2n ** 63n), 2n ** 63n - 1n]] as const),
  ...["uint64", "fixed64"].map((scalar) => [scalar, [0n, 2n ** 64n - 1n]] as const),
]);
