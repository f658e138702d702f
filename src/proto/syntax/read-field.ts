/** Fields of messages and of `extend` blocks. https://protobuf.dev/reference/protobuf/proto2-spec#fields */
import type { Span } from "../../diagnostics.js";
import type { Edition, Located, ScalarType } from "../descriptor.js";
import type { ParsedField, ParsedFieldType, ParsedMessage, ParsedTypeName } from "../parsed-file.js";
import { readMessageBody } from "./read-message.js";
import { readBracketOptions } from "./read-option.js";
import type { SourceCursor } from "./source-cursor.js";

/** The destination of a block's fields. */
export interface FieldScope {
  readonly fields: ParsedField[];
  /** Takes the messages of groups. */
  readonly messages: ParsedMessage[];
  readonly oneof?: string;
  readonly extendee?: Located<string>;
}

const labels = ["optional", "required", "repeated"] as const;

const scalarTypes: ReadonlySet<string> = new Set<ScalarType>([
  "double",
  "float",
  "int32",
  "int64",
  "uint32",
  "uint64",
  "sint32",
  "sint64",
  "fixed32",
  "fixed64",
  "sfixed32",
  "sfixed64",
  "bool",
  "string",
  "bytes",
]);

/** The part of a field before its type. */
interface FieldStart {
  readonly comment: string;
  readonly label: ParsedField["label"];
  readonly labelSpan?: Span;
}

/** A field while it is made. */
type OpenField = { -readonly [Key in keyof ParsedField]: ParsedField[Key] };

/** Reads one field into `scope`; `expected` says what else may stand here. */
export function readField(cursor: SourceCursor, edition: Edition, scope: FieldScope, expected: string): void {
  const start = readFieldStart(cursor);
  if (cursor.at("group")) readGroup(cursor, edition, scope, start);
  else readPlainField(cursor, scope, start, expected);
}

function readPlainField(cursor: SourceCursor, scope: FieldScope, start: FieldStart, expected: string): void {
  const type = cursor.atPair("map", "<") ? readMapType(cursor) : readTypeName(cursor, expected);
  const name = cursor.expectName("a field name");
  cursor.expect("=");
  const number = cursor.expectInteger("a field number");
  const options = readBracketOptions(cursor);
  cursor.endDeclaration(";", options.length > 0 ? '";"' : '";" or "["');
  scope.fields.push(makeField(scope, start, { name: name.value, span: name.span, number, type, options }));
}

function readFieldStart(cursor: SourceCursor): FieldStart {
  const { comment } = cursor;
  const label = labels.find((word) => cursor.at(word));
  if (label === undefined) return { comment, label: "singular" };
  const labelSpan = cursor.tokenSpan();
  cursor.next();
  return { comment, label, labelSpan };
}

function makeField(
  scope: FieldScope,
  start: FieldStart,
  field: Pick<ParsedField, "name" | "span" | "number" | "type" | "options">,
): ParsedField {
  const { name, span, number, type, options } = field;
  const label = type.kind === "map" ? "repeated" : start.label;
  const made: OpenField = { name, span, comment: start.comment, options, number, type, label };
  // Spreads of conditions would cost a sixth of the time to read a large file.
  if (start.labelSpan !== undefined) made.labelSpan = start.labelSpan;
  if (scope.oneof !== undefined) made.oneof = scope.oneof;
  if (scope.extendee !== undefined) made.extendee = scope.extendee;
  return made;
}

/** Reads `group Name = 1 { … }`: a field and its message in one. */
function readGroup(cursor: SourceCursor, edition: Edition, scope: FieldScope, start: FieldStart): void {
  const typeSpan = cursor.tokenSpan();
  cursor.next();
  const name = cursor.expectName("the name of a group");
  cursor.expect("=");
  const number = cursor.expectInteger("a field number");
  const options = readBracketOptions(cursor);
  const type: ParsedFieldType = { kind: "group", name: name.value, span: typeSpan };
  scope.fields.push(
    makeField(scope, start, { name: name.value.toLowerCase(), span: name.span, number, type, options }),
  );
  scope.messages.push(readMessageBody(cursor, edition, { name, comment: start.comment, isGroup: true }));
}

/** Reads a scalar keyword or a type name. */
export function readTypeName(cursor: SourceCursor, expected: string): ParsedTypeName {
  const { value, span } = cursor.expectFullName(expected, true);
  return isScalarType(value) ? { kind: "scalar", scalar: value, span } : { kind: "named", name: value, span };
}

function readMapType(cursor: SourceCursor): ParsedFieldType {
  const start = cursor.offset;
  cursor.expect("map");
  cursor.expect("<");
  const key = readTypeName(cursor, "the key type of the map");
  cursor.expect(",");
  const value = readTypeName(cursor, "the value type of the map");
  cursor.expect(">");
  return { kind: "map", key, value, span: cursor.spanFrom(start) };
}

function isScalarType(word: string): word is ScalarType {
  return scalarTypes.has(word);
}
