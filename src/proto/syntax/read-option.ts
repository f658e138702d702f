/** Options as written, in every spelling protobuf knows. https://protobuf.dev/reference/protobuf/proto3-spec#option */
import type { OptionNamePart, OptionValue, ParsedOption } from "../parsed-file.js";
import { readOptionMessage } from "./read-option-message.js";
import type { SourceCursor } from "./source-cursor.js";

/** Reads `option name = value;`. */
export function readOptionStatement(cursor: SourceCursor, options: ParsedOption[]): void {
  cursor.expect("option");
  options.push(readOption(cursor));
  cursor.endDeclaration(";");
}

/** Reads `[name = value, …]` when it is there. */
export function readBracketOptions(cursor: SourceCursor): ParsedOption[] {
  const options: ParsedOption[] = [];
  if (!cursor.skip("[")) return options;
  do options.push(readOption(cursor));
  while (cursor.skip(","));
  cursor.expect("]", '"," or "]"');
  return options;
}

function readOption(cursor: SourceCursor): ParsedOption {
  const start = cursor.offset;
  const name = [readNamePart(cursor)];
  while (cursor.skip(".")) name.push(readNamePart(cursor));
  cursor.checkNameParts(name.length, cursor.spanFrom(start));
  cursor.expect("=");
  const value = readOptionValue(cursor);
  return { name, value, span: cursor.spanFrom(start) };
}

function readNamePart(cursor: SourceCursor): OptionNamePart {
  const start = cursor.offset;
  if (!cursor.skip("(")) {
    const { value, span } = cursor.expectName("an option name");
    return { text: value, isExtension: false, span };
  }
  const { value } = cursor.expectFullName("the name of an extension", true);
  cursor.expect(")");
  return { text: value, isExtension: true, span: cursor.spanFrom(start) };
}

function readOptionValue(cursor: SourceCursor): OptionValue {
  if (cursor.at("{")) return readOptionMessage(cursor, "}", 0);
  const value = readScalar(cursor, "an option value");
  // Text format writes floats as 1.5f; outside a message literal protobuf does not.
  if (value.kind === "number" && /^(?!0[xX]).*[fF]$/.test(value.text)) {
    cursor.report("PB006", `found "${value.text}", expected a number`, value.span, { help: "remove the f" });
  }
  return value;
}

/** Reads a string, a number or a word, the latter two with an optional minus sign. */
export function readScalar(cursor: SourceCursor, expected: string): OptionValue {
  if (cursor.atKind("string")) return cursor.expectString(expected);
  const start = cursor.offset;
  const negative = cursor.skip("-");
  if (cursor.atKind("number")) {
    const text = cursor.takeText();
    return { kind: "number", text, negative, span: cursor.spanFrom(start) };
  }
  const { value } = cursor.expectName(negative ? "a number" : expected);
  return { kind: "identifier", name: value, negative, span: cursor.spanFrom(start) };
}
