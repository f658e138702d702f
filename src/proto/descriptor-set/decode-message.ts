/** DescriptorProto -> MessageDescriptor. */

import type { Declaration, MessageDescriptor } from "../descriptor.js";
import { joinName } from "../full-name.js";
import {
  type DecodedFile,
  type DecodedScope,
  decodeDeclaration,
  identifierOf,
  maxNesting,
} from "./decode-declaration.js";
import { decodeEnum } from "./decode-enum.js";
import { decodeFeatures } from "./decode-features.js";
import { decodeElementType, decodeField, type FieldSurroundings, type MapEntries } from "./decode-field.js";
import type { SourcePath } from "./source-locations.js";
import { booleanOf, integerOf, recordOf, recordsOf, WireFormatError, type WireRecord } from "./wire-record.js";

/** Decodes a message with everything in it. Throws WireFormatError when messages are nested too deep. */
export function decodeMessage(
  record: WireRecord,
  scope: DecodedScope,
  file: DecodedFile,
  path: SourcePath,
): MessageDescriptor {
  if (scope.depth > maxNesting) throw new WireFormatError("messages nested too deep");
  const options = recordOf(record, 7);
  const declaration = decodeDeclaration(record, options, 3, scope, file, path);
  const inside = { fullName: declaration.fullName, depth: scope.depth + 1 };
  const nested = recordsOf(record, 3);
  const fields = recordsOf(record, 2);
  const oneofRecords = recordsOf(record, 8);
  const synthetic = syntheticOneofs(fields);
  const surroundings: FieldSurroundings = {
    mapEntries: decodeMapEntries(nested, inside.fullName),
    oneofs: oneofRecords.map((oneof, index) => (synthetic.has(index) ? undefined : identifierOf(oneof, 1))),
  };
  return {
    ...declaration,
    fields: fields.map((field, index) => decodeField(field, surroundings, inside, file, [...path, 2, index])),
    oneofs: decodeOneofs(oneofRecords, synthetic, inside, file, path),
    messages: nested.flatMap((message, index) =>
      isMapEntry(message) ? [] : [decodeMessage(message, inside, file, [...path, 3, index])],
    ),
    enums: recordsOf(record, 4).map((each, index) => decodeEnum(each, inside, file, [...path, 4, index])),
    extensions: recordsOf(record, 6).map((field, index) =>
      decodeField(field, surroundings, inside, file, [...path, 6, index]),
    ),
    messageSetWireFormat: booleanOf(options, 1),
    extensionRanges: recordsOf(record, 5).map((range) => [integerOf(range, 1) ?? 0, integerOf(range, 2) ?? 0] as const),
    features: decodeFeatures(recordOf(options, 12)),
  };
}

function decodeOneofs(
  oneofs: readonly WireRecord[],
  synthetic: ReadonlySet<number>,
  scope: DecodedScope,
  file: DecodedFile,
  path: SourcePath,
): Declaration[] {
  return oneofs.flatMap((oneof, index) =>
    synthetic.has(index) ? [] : [decodeDeclaration(oneof, noOptions, 0, scope, file, [...path, 8, index])],
  );
}

/** Oneofs cannot be deprecated: field number 0 is never there. */
const noOptions: WireRecord = { numbers: [], values: [] };

/** Indexes of the oneofs that stand for proto3 `optional`. */
function syntheticOneofs(fields: readonly WireRecord[]): ReadonlySet<number> {
  return new Set(fields.flatMap((field) => (booleanOf(field, 17) ? [integerOf(field, 9) ?? -1] : [])));
}

function isMapEntry(message: WireRecord): boolean {
  return booleanOf(recordOf(message, 7), 7);
}

function decodeMapEntries(nested: readonly WireRecord[], scope: string): MapEntries {
  return new Map(
    nested.filter(isMapEntry).map((entry) => {
      const [key, value] = recordsOf(entry, 2).map(decodeElementType);
      if (key?.kind !== "scalar" || value === undefined) throw new WireFormatError("a map entry without key and value");
      return [joinName(scope, identifierOf(entry, 1)), { key: key.scalar, value }] as const;
    }),
  );
}
