/**
 * Messages as the wire has them, for any descriptor. Written for the comparison: no codec of the product has a part in what the two
 * sides are told or in what they are compared by.
 */
import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** One value: 64-bit integers are bigints, `bytes` a Buffer, enum values numbers. */
export type WireItem = number | bigint | boolean | string | Buffer | WireMessage;

/** What a field holds; map keys are texts. */
export type WireValue = WireItem | readonly WireItem[] | ReadonlyMap<string, WireItem>;

/** A message of any type. Fields that the bytes do not have are not in `values`. */
export interface WireMessage {
  readonly type: DescMessage;
  readonly values: ReadonlyMap<DescField, WireValue>;
}

type Values = Map<DescField, WireValue>;

/** Scalars that are read as bigints. */
const longs: ReadonlySet<ScalarType> = new Set([
  ScalarType.INT64,
  ScalarType.UINT64,
  ScalarType.FIXED64,
  ScalarType.SFIXED64,
  ScalarType.SINT64,
]);

/** Whether a scalar has 64 bits and no fraction. */
export function isLong(scalar: ScalarType): boolean {
  return longs.has(scalar);
}

/** The value of an absent field of implicit presence. */
export function zeroOf(scalar: ScalarType): WireItem {
  if (longs.has(scalar)) return 0n;
  switch (scalar) {
    case ScalarType.BOOL:
      return false;
    case ScalarType.STRING:
      return "";
    case ScalarType.BYTES:
      return Buffer.alloc(0);
    default:
      return 0;
  }
}

/** Reads bytes; unknown fields are dropped; as in Go, unknown values of closed enums are not. Throws on bytes that are no such message. */
export function decodeMessage(type: DescMessage, bytes: Uint8Array): WireMessage {
  const reader = new BinaryReader(bytes);
  return readMessage(type, reader, reader.len, undefined);
}

function readMessage(type: DescMessage, reader: BinaryReader, end: number, group: number | undefined): WireMessage {
  const values: Values = new Map();
  const byNumber = new Map(type.fields.map((field) => [field.number, field]));
  while (reader.pos < end) {
    const [number, wire] = reader.tag();
    if (wire === WireType.EndGroup) {
      if (number !== group) throw new Error("the end of another group");
      break;
    }
    const field = byNumber.get(number);
    if (field === undefined) reader.skip(wire, number);
    else readField(reader, field, wire, values);
  }
  return { type, values };
}

function readField(reader: BinaryReader, field: DescField, wire: WireType, values: Values): void {
  switch (field.fieldKind) {
    case "map":
      readEntry(reader, field, values);
      break;
    case "list":
      readElements(reader, field, wire, values);
      break;
    default: {
      const value = readItem(reader, field, field.fieldKind === "message" && field.delimitedEncoding);
      for (const other of field.oneof?.fields ?? []) values.delete(other);
      values.set(field, value);
    }
  }
}

function readItem(reader: BinaryReader, field: DescField, delimited: boolean): WireItem {
  if (field.message !== undefined)
    return delimited
      ? readMessage(field.message, reader, reader.len, field.number)
      : readMessage(field.message, reader, reader.uint32() + reader.pos, undefined);
  return field.enum !== undefined ? reader.int32() : readScalar(reader, field.scalar as ScalarType);
}

function readEntry(reader: BinaryReader, field: DescField & { fieldKind: "map" }, values: Values): void {
  const end = reader.uint32() + reader.pos;
  let key: WireItem = zeroOf(field.mapKey);
  let value: WireItem | undefined;
  while (reader.pos < end) {
    const [number, wire] = reader.tag();
    if (number === 1) key = readScalar(reader, field.mapKey);
    else if (number === 2) value = readItem(reader, field, false);
    else reader.skip(wire, number);
  }
  const entries = new Map(values.get(field) as ReadonlyMap<string, WireItem> | undefined);
  values.set(field, entries.set(String(key), value ?? zeroItem(field)));
}

function zeroItem(field: DescField): WireItem {
  if (field.message !== undefined) return { type: field.message, values: new Map() };
  return field.enum !== undefined ? 0 : zeroOf(field.scalar as ScalarType);
}

function readElements(
  reader: BinaryReader,
  field: DescField & { fieldKind: "list" },
  wire: WireType,
  values: Values,
): void {
  const list = [...((values.get(field) as readonly WireItem[] | undefined) ?? [])];
  const isText = field.scalar === ScalarType.STRING || field.scalar === ScalarType.BYTES;
  if (wire === WireType.LengthDelimited && field.listKind !== "message" && !isText) {
    const end = reader.uint32() + reader.pos;
    while (reader.pos < end) list.push(readItem(reader, field, false));
  } else list.push(readItem(reader, field, field.listKind === "message" && field.delimitedEncoding));
  if (list.length > 0) values.set(field, list);
}

function readScalar(reader: BinaryReader, scalar: ScalarType): WireItem {
  switch (scalar) {
    case ScalarType.DOUBLE:
      return reader.double();
    case ScalarType.FLOAT:
      return reader.float();
    case ScalarType.INT32:
      return reader.int32();
    case ScalarType.UINT32:
      return reader.uint32();
    case ScalarType.SINT32:
      return reader.sint32();
    case ScalarType.FIXED32:
      return reader.fixed32();
    case ScalarType.SFIXED32:
      return reader.sfixed32();
    case ScalarType.INT64:
      return BigInt(reader.int64());
    case ScalarType.UINT64:
      return BigInt(reader.uint64());
    case ScalarType.SINT64:
      return BigInt(reader.sint64());
    case ScalarType.FIXED64:
      return BigInt(reader.fixed64());
    case ScalarType.SFIXED64:
      return BigInt(reader.sfixed64());
    case ScalarType.BOOL:
      return reader.bool();
    case ScalarType.STRING:
      // Not the reader's own: the message has to be seen as it is, with text that is no UTF-8, too.
      return Buffer.from(reader.bytes()).toString("utf8");
    case ScalarType.BYTES:
      return Buffer.from(reader.bytes());
    default:
      return scalar satisfies never;
  }
}
