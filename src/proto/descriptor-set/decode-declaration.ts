/** The common data of the decoders of one file: its syntax, its source info, and the bounds of its values. */
import type { Declaration, Edition } from "../descriptor.js";
import { joinName } from "../full-name.js";
import type { SourceLocations, SourcePath } from "./source-locations.js";
import { booleanOf, textOf, WireFormatError, type WireRecord } from "./wire-record.js";

/** The file that a declaration is decoded from. */
export interface DecodedFile {
  readonly edition: Edition;
  readonly locations: SourceLocations;
}

/** The declaration that encloses another: full name of the package or message, and its place. */
export interface DecodedScope {
  readonly fullName: string;
  readonly depth: number;
}

/** Deepest nesting of messages. */
export const maxNesting = 100;

/**
 * Decodes the common part of every descriptor. `deprecatedField` is the number of `deprecated` in the options of its
 * kind.
 */
export function decodeDeclaration(
  record: WireRecord,
  options: WireRecord,
  deprecatedField: number,
  scope: DecodedScope,
  file: DecodedFile,
  path: SourcePath,
): Declaration {
  const name = identifierOf(record, 1);
  return {
    name,
    fullName: joinName(scope.fullName, name),
    comment: file.locations.commentOf(path),
    deprecated: booleanOf(options, deprecatedField),
    span: file.locations.spanOf([...path, 1]),
  };
}

/** The name in a field. Throws WireFormatError when it could not stand in a .proto file: names end up in generated code. */
export function identifierOf(record: WireRecord, number: number): string {
  const name = textOf(record, number) ?? "";
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new WireFormatError(`the name ${JSON.stringify(name)}`);
  return name;
}

/** The resolved type name in a field, without its leading dot. Throws WireFormatError for another text. */
export function typeNameOf(record: WireRecord, number: number): string {
  const name = textOf(record, number) ?? "";
  if (!/^(\.[A-Za-z_][A-Za-z0-9_]*)+$/.test(name)) throw new WireFormatError(`the type name ${JSON.stringify(name)}`);
  return name.slice(1);
}
