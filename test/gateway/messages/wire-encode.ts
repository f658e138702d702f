/** Messages to bytes: fields by number, as they are, without any check. */
import { type DescField, ScalarType } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { isLong, type WireItem, type WireMessage, type WireValue } from "./wire-message.js";

/** The bytes of a message. */
export function encodeMessage(message: WireMessage): Buffer {
  const writer = new BinaryWriter();
  writeMessage(writer, message);
  return Buffer.from(writer.finish());
}

function writeMessage(writer: BinaryWriter, { values }: WireMessage): void {
  for (const [field, value] of [...values].sort(([one], [other]) => one.number - other.number))
    writeField(writer, field, value);
}

function writeField(writer: BinaryWriter, field: DescField, value: WireValue): void {
  switch (field.fieldKind) {
    case "map":
      for (const [key, item] of value as ReadonlyMap<string, WireItem>) {
        writer.tag(field.number, WireType.LengthDelimited).fork();
        writeScalar(writer.tag(1, wireOf(field.mapKey)), field.mapKey, keyOf(field.mapKey, key));
        writeItem(writer, 2, field, item, false);
        writer.join();
      }
      break;
    case "list": {
      const list = value as readonly WireItem[];
      if (field.packed && list.length > 0) writePacked(writer, field, list);
      else for (const item of list) writeItem(writer, field.number, field, item, isDelimited(field));
      break;
    }
    default:
      writeItem(writer, field.number, field, value as WireItem, isDelimited(field));
  }
}

function isDelimited(field: DescField): boolean {
  return "delimitedEncoding" in field && field.delimitedEncoding === true;
}

function writePacked(writer: BinaryWriter, field: DescField, list: readonly WireItem[]): void {
  writer.tag(field.number, WireType.LengthDelimited).fork();
  for (const item of list) writeScalar(writer, field.enum !== undefined ? ScalarType.INT32 : field.scalar, item);
  writer.join();
}

function keyOf(scalar: ScalarType, key: string): WireItem {
  if (scalar === ScalarType.STRING) return key;
  if (scalar === ScalarType.BOOL) return key === "true";
  return isLong(scalar) ? BigInt(key) : Number(key);
}

function writeItem(writer: BinaryWriter, number: number, field: DescField, item: WireItem, delimited: boolean): void {
  if (field.message === undefined) {
    const scalar = field.enum !== undefined ? ScalarType.INT32 : (field.scalar as ScalarType);
    writeScalar(writer.tag(number, wireOf(scalar)), scalar, item);
    return;
  }
  if (delimited) {
    writer.tag(number, WireType.StartGroup);
    writeMessage(writer, item as WireMessage);
    writer.tag(number, WireType.EndGroup);
    return;
  }
  writer.tag(number, WireType.LengthDelimited).fork();
  writeMessage(writer, item as WireMessage);
  writer.join();
}

function wireOf(scalar: ScalarType): WireType {
  switch (scalar) {
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return WireType.Bit64;
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return WireType.Bit32;
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return WireType.LengthDelimited;
    default:
      return WireType.Varint;
  }
}

function writeScalar(writer: BinaryWriter, scalar: ScalarType | undefined, item: WireItem): void {
  const value = item as never;
  switch (scalar) {
    case ScalarType.DOUBLE:
      writer.double(value);
      break;
    case ScalarType.FLOAT:
      writer.float(value);
      break;
    case ScalarType.INT32:
      writer.int32(value);
      break;
    case ScalarType.UINT32:
      writer.uint32(value);
      break;
    case ScalarType.SINT32:
      writer.sint32(value);
      break;
    case ScalarType.FIXED32:
      writer.fixed32(value);
      break;
    case ScalarType.SFIXED32:
      writer.sfixed32(value);
      break;
    case ScalarType.INT64:
      writer.int64(value);
      break;
    case ScalarType.UINT64:
      writer.uint64(value);
      break;
    case ScalarType.SINT64:
      writer.sint64(value);
      break;
    case ScalarType.FIXED64:
      writer.fixed64(value);
      break;
    case ScalarType.SFIXED64:
      writer.sfixed64(value);
      break;
    case ScalarType.BOOL:
      writer.bool(value);
      break;
    case ScalarType.STRING:
      writer.string(value);
      break;
    case ScalarType.BYTES:
      writer.bytes(value);
      break;
    case undefined:
      throw new Error("a field that holds no scalar");
    default:
      scalar satisfies never;
  }
}
