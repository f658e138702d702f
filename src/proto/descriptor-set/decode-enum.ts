/** EnumDescriptorProto -> EnumDescriptor. */

import type { EnumDescriptor } from "../descriptor.js";
import { type DecodedFile, type DecodedScope, decodeDeclaration } from "./decode-declaration.js";
import { decodeFeatures } from "./decode-features.js";
import type { SourcePath } from "./source-locations.js";
import { booleanOf, integerOf, recordOf, recordsOf, textOf, type WireRecord } from "./wire-record.js";

/** The extension (pb.enumvalue.json) of EnumValueOptions. */
const jsonOption = 998;

/** Decodes an enum with its values. Values are named in the scope that encloses the enum, as in C++. */
export function decodeEnum(
  record: WireRecord,
  scope: DecodedScope,
  file: DecodedFile,
  path: SourcePath,
): EnumDescriptor {
  const options = recordOf(record, 3);
  return {
    ...decodeDeclaration(record, options, 3, scope, file, path),
    values: recordsOf(record, 2).map((value, index) => {
      const jsonName = textOf(recordOf(recordOf(value, 3), jsonOption), 1);
      return {
        ...decodeDeclaration(value, recordOf(value, 3), 1, scope, file, [...path, 2, index]),
        number: integerOf(value, 2) ?? 0,
        ...(jsonName === undefined ? {} : { jsonName }),
      };
    }),
    allowAlias: booleanOf(options, 2),
    features: decodeFeatures(recordOf(options, 7)),
  };
}
