/** One text for all bytes of the same message, by which what handlers got is compared. */
import { type DescField, type FileRegistry, ScalarType } from "@bufbuild/protobuf";
import { decodeMessage, type WireItem, type WireMessage, type WireValue, zeroOf } from "./wire-message.js";

/** Fields by number, defaults of implicit presence left out, what is packed in an Any shown as what it is. */
export function messageText(message: WireMessage, registry: FileRegistry): string {
  return packedText(message, registry) ?? membersText(message, registry);
}

function packedText({ type, values }: WireMessage, registry: FileRegistry): string | undefined {
  if (type.typeName !== "google.protobuf.Any") return undefined;
  const [url, value] = type.fields.map((field) => values.get(field)) as [string | undefined, Buffer | undefined];
  const packed = registry.getMessage(url?.slice(url.lastIndexOf("/") + 1) ?? "");
  if (packed === undefined) return undefined;
  try {
    return `Any(${url}:${messageText(decodeMessage(packed, value ?? Buffer.alloc(0)), registry)})`;
  } catch {
    // Bytes of another type are shown as bytes.
    return undefined;
  }
}

function membersText({ values }: WireMessage, registry: FileRegistry): string {
  const members = [...values]
    .filter(([field, value]) => isPresent(field, value))
    .sort(([one], [other]) => one.number - other.number)
    .map(([field, value]) => `${field.name}:${valueText(value, registry)}`);
  return `{${members.join(",")}}`;
}

function isPresent(field: DescField, value: WireValue): boolean {
  if (value instanceof Map) return value.size > 0;
  if (Array.isArray(value)) return value.length > 0;
  // 2: FieldDescriptorProto's features say IMPLICIT.
  if (field.presence !== 2) return true;
  if (field.enum !== undefined) return value !== 0;
  if (field.scalar === ScalarType.BYTES) return (value as Buffer).length > 0;
  return field.scalar === undefined || !Object.is(value, zeroOf(field.scalar));
}

function valueText(value: WireValue, registry: FileRegistry): string {
  if (value instanceof Map) {
    const entries = [...value].sort(([one], [other]) => (one < other ? -1 : 1));
    return `<${entries.map(([key, item]) => `${JSON.stringify(key)}=${itemText(item, registry)}`).join(",")}>`;
  }
  if (Array.isArray(value)) return `[${value.map((item) => itemText(item, registry)).join(",")}]`;
  return itemText(value as WireItem, registry);
}

function itemText(item: WireItem, registry: FileRegistry): string {
  if (typeof item === "string") return JSON.stringify(item);
  if (Buffer.isBuffer(item)) return `x${item.toString("hex")}`;
  if (typeof item === "object") return messageText(item, registry);
  return Object.is(item, -0) ? "-0" : String(item);
}
