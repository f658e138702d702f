/** Enums. https://protobuf.dev/reference/protobuf/proto3-spec#enum_definition */
import type { Edition, Located } from "../descriptor.js";
import type { ParsedEnum, ParsedEnumValue, ParsedOption, ParsedRange } from "../parsed-file.js";
import { readBracketOptions, readOptionStatement } from "./read-option.js";
import { readReserved, readSignedInteger } from "./read-ranges.js";
import { readBlock } from "./read-statements.js";
import type { SourceCursor } from "./source-cursor.js";

/** Reads `enum Name { … }`. */
export function readEnum(cursor: SourceCursor, edition: Edition): ParsedEnum {
  const { comment } = cursor;
  cursor.expect("enum");
  const { value: name, span } = cursor.expectName("an enum name");
  const options: ParsedOption[] = [];
  const values: ParsedEnumValue[] = [];
  const reservedRanges: ParsedRange[] = [];
  const reservedNames: Located<string>[] = [];
  readBlock(cursor, () => {
    if (cursor.at("option")) readOptionStatement(cursor, options);
    else if (cursor.at("reserved")) readReserved(cursor, edition, { reservedRanges, reservedNames }, "enum");
    else values.push(readEnumValue(cursor));
  });
  return { name, span, comment, options, values, reservedRanges, reservedNames };
}

function readEnumValue(cursor: SourceCursor): ParsedEnumValue {
  const { comment } = cursor;
  const { value: name, span } = cursor.expectName('an enum value or "}"');
  cursor.expect("=");
  const number = readSignedInteger(cursor, "the number of the value");
  const options = readBracketOptions(cursor);
  cursor.endDeclaration(";", options.length > 0 ? '";"' : '";" or "["');
  return { name, span, comment, number, options };
}
