/** `reserved` and `extensions`. https://protobuf.dev/reference/protobuf/proto3-spec#reserved */
import type { Edition, Located } from "../descriptor.js";
import type { ParsedExtensionRange, ParsedRange } from "../parsed-file.js";
import { readBracketOptions } from "./read-option.js";
import type { SourceCursor } from "./source-cursor.js";

type RangeOwner = "message" | "enum";

/** The meaning of `to max`, exclusive. */
const endOfNumbers: Readonly<Record<RangeOwner, number>> = { message: 2 ** 29, enum: 2 ** 31 };

/** Reads `reserved 2, 9 to 11;`, `reserved "foo";` or, in editions, `reserved foo;`. */
export function readReserved(
  cursor: SourceCursor,
  edition: Edition,
  into: { readonly reservedRanges: ParsedRange[]; readonly reservedNames: Located<string>[] },
  owner: RangeOwner,
): void {
  cursor.expect("reserved");
  const readsNames = cursor.atKind("string") || cursor.atKind("identifier");
  do {
    if (readsNames) into.reservedNames.push(readReservedName(cursor, edition));
    else into.reservedRanges.push(readRange(cursor, owner));
  } while (cursor.skip(","));
  cursor.endDeclaration(";", '"," or ";"');
}

function readReservedName(cursor: SourceCursor, edition: Edition): Located<string> {
  const wantsString = edition === "proto2" || edition === "proto3";
  if (cursor.atKind("string")) {
    const { text: value, span } = cursor.expectString("a name");
    if (!wantsString)
      cursor.report("PB007", `found "${value}" in quotes, expected a name without quotes`, span, editionsHelp);
    return { value, span };
  }
  const name = cursor.expectName("a name");
  if (wantsString)
    cursor.report("PB007", `found ${name.value} without quotes, expected "${name.value}"`, name.span, editionsHelp);
  return name;
}

const editionsHelp = { help: "reserved names have quotes in proto2 and proto3, and none in editions" };

/** Reads `extensions 100 to 199, 500 to max [options];`. */
export function readExtensionRanges(cursor: SourceCursor, into: ParsedExtensionRange[]): void {
  cursor.expect("extensions");
  const ranges = [readRange(cursor, "message")];
  while (cursor.skip(",")) ranges.push(readRange(cursor, "message"));
  const options = readBracketOptions(cursor);
  cursor.endDeclaration(";", options.length > 0 ? '";"' : '",", "[" or ";"');
  for (const range of ranges) into.push({ ...range, options });
}

function readRange(cursor: SourceCursor, owner: RangeOwner): ParsedRange {
  const start = cursor.offset;
  const from = readRangeNumber(cursor, owner);
  if (!cursor.skip("to")) return { from, to: from + 1, isMax: false, span: cursor.spanFrom(start) };
  const isMax = cursor.skip("max");
  const to = isMax ? endOfNumbers[owner] : readRangeNumber(cursor, owner) + 1;
  return { from, to, isMax, span: cursor.spanFrom(start) };
}

function readRangeNumber(cursor: SourceCursor, owner: RangeOwner): number {
  return owner === "enum" ? readSignedInteger(cursor, "a number").value : cursor.expectInteger("a field number").value;
}

/** Reads an integer with an optional minus sign. */
export function readSignedInteger(cursor: SourceCursor, expected: string): Located<number> {
  const start = cursor.offset;
  const negative = cursor.skip("-");
  const { value } = cursor.expectInteger(expected);
  return { value: negative && value !== 0 ? -value : value, span: cursor.spanFrom(start) };
}
