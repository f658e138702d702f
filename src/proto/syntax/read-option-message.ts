/** Message literals in options. https://protobuf.dev/reference/protobuf/textformat-spec */
import type { OptionField, OptionFieldName, OptionMessage, OptionValue } from "../parsed-file.js";
import { readScalar } from "./read-option.js";
import { type SourceCursor, SyntaxFault } from "./source-cursor.js";

/** Deep enough for every real option, and far from the end of the stack. */
const maxLiteralDepth = 100;

/** Reads `{ … }` or `< … >`, by its closing bracket. */
export function readOptionMessage(cursor: SourceCursor, close: "}" | ">", depth: number): OptionMessage {
  checkDepth(cursor, depth);
  const start = cursor.offset;
  cursor.next();
  const fields: OptionField[] = [];
  while (!cursor.at(close)) {
    fields.push(readField(cursor, close, depth));
    if (!cursor.skip(",")) cursor.skip(";");
  }
  cursor.next();
  return { kind: "message", fields, span: cursor.spanFrom(start) };
}

function readField(cursor: SourceCursor, close: "}" | ">", depth: number): OptionField {
  const start = cursor.offset;
  const name = readFieldName(cursor, close);
  const mayBeScalar = cursor.skip(":");
  const value = readFieldValue(cursor, mayBeScalar, depth + 1);
  return { name, value, span: cursor.spanFrom(start) };
}

function readFieldName(cursor: SourceCursor, close: "}" | ">"): OptionFieldName {
  if (cursor.at("[")) return readBracketName(cursor);
  const { value, span } = cursor.expectName(`a field name or "${close}"`);
  return { kind: "field", text: value, span };
}

/** Reads `[pkg.extension]` or `[host/pkg.Message]`. */
function readBracketName(cursor: SourceCursor): OptionFieldName {
  const start = cursor.offset;
  cursor.next();
  let text = "";
  while (!cursor.at("]")) {
    if (cursor.atEnd || cursor.at("{") || cursor.at("}") || cursor.at(":")) cursor.fail('"]"');
    text += cursor.takeText();
  }
  cursor.next();
  const span = cursor.spanFrom(start);
  const isAny = text.includes("/");
  const typeName = text.slice(text.lastIndexOf("/") + 1);
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(typeName) || (isAny && text.startsWith("/"))) {
    cursor.report("PB001", `found "[${text}]", expected [package.extension] or [host/package.Message]`, span);
  }
  return { kind: isAny ? "any" : "extension", text, span };
}

function readFieldValue(cursor: SourceCursor, mayBeScalar: boolean, depth: number): OptionValue {
  if (cursor.at("{")) return readOptionMessage(cursor, "}", depth);
  if (cursor.at("<")) return readOptionMessage(cursor, ">", depth);
  if (cursor.at("[")) return readList(cursor, mayBeScalar, depth);
  if (!mayBeScalar) cursor.fail('":"');
  return readScalar(cursor, "a value");
}

function readList(cursor: SourceCursor, mayBeScalar: boolean, depth: number): OptionValue {
  checkDepth(cursor, depth);
  const start = cursor.offset;
  cursor.next();
  const items: OptionValue[] = [];
  while (!cursor.at("]")) {
    if (items.length > 0) cursor.expect(",", '"," or "]"');
    if (cursor.at("[")) cursor.fail("a value that is not a list");
    items.push(readFieldValue(cursor, mayBeScalar, depth + 1));
  }
  cursor.next();
  return { kind: "list", items, span: cursor.spanFrom(start) };
}

function checkDepth(cursor: SourceCursor, depth: number): void {
  if (depth <= maxLiteralDepth) return;
  cursor.report("PB012", `found a value inside ${maxLiteralDepth} others, expected less depth`, cursor.tokenSpan());
  throw new SyntaxFault();
}
