/** FieldDescriptorProto -> FieldDescriptor. */

import type { ElementType, FieldDescriptor, FieldType, ScalarType } from "../descriptor.js";
import { defaultJsonName } from "../json-name.js";
import { canonicalDefault } from "../options/default-value.js";
import {
  type DecodedFile,
  type DecodedScope,
  decodeDeclaration,
  identifierOf,
  typeNameOf,
} from "./decode-declaration.js";
import { decodeFeatures } from "./decode-features.js";
import type { SourcePath } from "./source-locations.js";
import { booleanOf, hasField, integerOf, recordOf, textOf, WireFormatError, type WireRecord } from "./wire-record.js";

/** FieldDescriptorProto.Type by number; holes are the types that need a name. */
const scalarTypes: ReadonlyMap<number, ScalarType> = new Map([
  [1, "double"],
  [2, "float"],
  [3, "int64"],
  [4, "uint64"],
  [5, "int32"],
  [6, "fixed64"],
  [7, "fixed32"],
  [8, "bool"],
  [9, "string"],
  [12, "bytes"],
  [13, "uint32"],
  [15, "sfixed32"],
  [16, "sfixed64"],
  [17, "sint32"],
  [18, "sint64"],
]);
const groupType = 10;
const messageType = 11;
const enumType = 14;

const labelRequired = 2;
const labelRepeated = 3;

/** The map entries declared beside a field, by full name. */
export type MapEntries = ReadonlyMap<string, { readonly key: ScalarType; readonly value: ElementType }>;

/** The names of the oneofs beside a field, by index; undefined for those that stand for proto3 `optional`. */
export interface FieldSurroundings {
  readonly mapEntries: MapEntries;
  readonly oneofs: readonly (string | undefined)[];
}

/** Decodes a field of a message, or an extension when the record has an extendee. */
export function decodeField(
  record: WireRecord,
  surroundings: FieldSurroundings,
  scope: DecodedScope,
  file: DecodedFile,
  path: SourcePath,
): FieldDescriptor {
  const options = recordOf(record, 8);
  const declaration = decodeDeclaration(record, options, 3, scope, file, path);
  const type = decodeFieldType(record, surroundings.mapEntries);
  const oneof = decodeOneof(record, surroundings);
  const isExtension = hasField(record, 2);
  const label = decodeLabel(record, file, oneof !== undefined);
  const defaultValue = decodeDefault(record, type, label);
  return {
    ...declaration,
    number: integerOf(record, 3) ?? 0,
    type,
    label,
    jsonName: isExtension ? `[${declaration.fullName}]` : (textOf(record, 10) ?? defaultJsonName(declaration.name)),
    ...(oneof === undefined ? {} : { oneof }),
    ...(hasField(options, 2) ? { packed: booleanOf(options, 2) } : {}),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(isExtension ? { extendee: typeNameOf(record, 2) } : {}),
    ...(booleanOf(options, 16) ? { redacted: true } : {}),
    features: decodeFeatures(recordOf(options, 21)),
  };
}

/** Throws WireFormatError for a text that is not a value of the type, because it would get into generated code. */
function decodeDefault(record: WireRecord, type: FieldType, label: FieldDescriptor["label"]): string | undefined {
  const text = textOf(record, 7);
  if (text === undefined) return undefined;
  const isSingle = label !== "repeated" && (type.kind === "scalar" || type.kind === "enum");
  const value = isSingle ? canonicalDefault(text, type.kind === "scalar" ? type.scalar : undefined) : undefined;
  if (value !== undefined) return value;
  throw new WireFormatError(`the default value ${JSON.stringify(text)} of ${identifierOf(record, 1)}`);
}

/** Decodes the type of a value; throws WireFormatError on a type number that the format does not know. */
export function decodeElementType(record: WireRecord): ElementType {
  const number = integerOf(record, 5) ?? 0;
  const scalar = scalarTypes.get(number);
  if (scalar !== undefined) return { kind: "scalar", scalar };
  switch (number) {
    case groupType:
      return { kind: "group", fullName: typeNameOf(record, 6) };
    case messageType:
      return { kind: "message", fullName: typeNameOf(record, 6) };
    case enumType:
      return { kind: "enum", fullName: typeNameOf(record, 6) };
    default:
      throw new WireFormatError(`field type ${number} of ${identifierOf(record, 1)}`);
  }
}

function decodeFieldType(record: WireRecord, mapEntries: MapEntries): FieldType {
  const element = decodeElementType(record);
  const entry = element.kind === "message" ? mapEntries.get(element.fullName) : undefined;
  return entry === undefined ? element : { kind: "map", key: entry.key, value: entry.value };
}

/** Ignores the synthetic oneof of a proto3 `optional` field, which is not in the source. */
function decodeOneof(record: WireRecord, { oneofs }: FieldSurroundings): string | undefined {
  const index = integerOf(record, 9);
  if (index === undefined || booleanOf(record, 17)) return undefined;
  const name = oneofs[index];
  if (name === undefined) throw new WireFormatError(`oneof number ${index} of ${identifierOf(record, 1)}`);
  const label = integerOf(record, 4);
  if (label === labelRepeated || label === labelRequired) {
    const text = label === labelRepeated ? "repeated" : "required";
    throw new WireFormatError(`the ${text} field ${identifierOf(record, 1)} in oneof ${name}`);
  }
  return name;
}

/** Descriptors say `optional` where the source has no label: only proto2 and proto3_optional mean it. */
function decodeLabel(record: WireRecord, file: DecodedFile, inOneof: boolean): FieldDescriptor["label"] {
  const label = integerOf(record, 4);
  if (label === labelRepeated) return "repeated";
  if (label === labelRequired) return "required";
  const written = booleanOf(record, 17) || (file.edition === "proto2" && !inOneof);
  return written ? "optional" : "singular";
}
