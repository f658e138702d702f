/** Messages and what stands in them. https://protobuf.dev/reference/protobuf/proto2-spec#message_definition */
import type { Edition, Located } from "../descriptor.js";
import { hasVisibility } from "../edition.js";
import type {
  ParsedDeclaration,
  ParsedEnum,
  ParsedExtensionRange,
  ParsedField,
  ParsedMessage,
  ParsedOption,
  ParsedRange,
} from "../parsed-file.js";
import { readEnum } from "./read-enum.js";
import { type FieldScope, readField } from "./read-field.js";
import { readOptionStatement } from "./read-option.js";
import { readExtensionRanges, readReserved } from "./read-ranges.js";
import { readBlock, readMessageBlock } from "./read-statements.js";
import type { SourceCursor } from "./source-cursor.js";

/** A message while its body is read. */
interface OpenMessage extends Omit<ParsedMessage, keyof ParsedDeclaration | "isGroup"> {
  readonly options: ParsedOption[];
  readonly fields: ParsedField[];
  readonly oneofs: ParsedDeclaration[];
  readonly messages: ParsedMessage[];
  readonly enums: ParsedEnum[];
  readonly extensions: ParsedField[];
  readonly extensionRanges: ParsedExtensionRange[];
  readonly reservedRanges: ParsedRange[];
  readonly reservedNames: Located<string>[];
}

/** The part of a message or group before its body. */
export interface MessageStart {
  readonly name: Located<string>;
  readonly comment: string;
  readonly isGroup: boolean;
}

/** Reads `message Name { … }`. */
export function readMessage(cursor: SourceCursor, edition: Edition): ParsedMessage {
  const { comment } = cursor;
  cursor.expect("message");
  const name = cursor.expectName("a message name");
  return readMessageBody(cursor, edition, { name, comment, isGroup: false });
}

/** Reads `{ … }` of a message or group. */
export function readMessageBody(cursor: SourceCursor, edition: Edition, start: MessageStart): ParsedMessage {
  const message: OpenMessage = {
    options: [],
    fields: [],
    oneofs: [],
    messages: [],
    enums: [],
    extensions: [],
    extensionRanges: [],
    reservedRanges: [],
    reservedNames: [],
  };
  readMessageBlock(cursor, () => readMessageStatement(cursor, edition, message));
  const { name, comment, isGroup } = start;
  return { name: name.value, span: name.span, comment, isGroup, ...message };
}

function readMessageStatement(cursor: SourceCursor, edition: Edition, message: OpenMessage): void {
  skipVisibility(cursor, edition);
  if (cursor.at("message")) message.messages.push(readMessage(cursor, edition));
  else if (cursor.at("enum")) message.enums.push(readEnum(cursor, edition));
  else if (cursor.at("oneof")) readOneof(cursor, edition, message);
  else if (cursor.at("option")) readOptionStatement(cursor, message.options);
  else if (cursor.at("reserved")) readReserved(cursor, edition, message, "message");
  else if (cursor.at("extensions")) readExtensionRanges(cursor, message.extensionRanges);
  else if (cursor.at("extend")) readExtend(cursor, edition, message);
  else readField(cursor, edition, message, 'a field, a declaration or "}"');
}

/** From edition 2024 on `export` or `local` may stand before a message or enum; they change nothing that this tool makes. */
export function skipVisibility(cursor: SourceCursor, edition: Edition): void {
  if (!hasVisibility(edition)) return;
  const isVisibility = ["export", "local"].some(
    (word) => cursor.atPair(word, "message") || cursor.atPair(word, "enum"),
  );
  if (isVisibility) cursor.next();
}

/** Reads `oneof name { … }`; its fields and groups belong to the message. */
function readOneof(cursor: SourceCursor, edition: Edition, message: OpenMessage): void {
  const { comment } = cursor;
  cursor.expect("oneof");
  const { value: name, span } = cursor.expectName("the name of the oneof");
  const options: ParsedOption[] = [];
  message.oneofs.push({ name, span, comment, options });
  const scope: FieldScope = { fields: message.fields, messages: message.messages, oneof: name };
  readBlock(cursor, () => {
    if (cursor.at("option")) readOptionStatement(cursor, options);
    else readField(cursor, edition, scope, 'a field or "}"');
  });
}

/** Reads `extend Type { … }` into the message or file that it stands in. */
export function readExtend(
  cursor: SourceCursor,
  edition: Edition,
  into: { readonly extensions: ParsedField[]; readonly messages: ParsedMessage[] },
): void {
  cursor.expect("extend");
  const extendee = cursor.expectFullName("the name of the extended message", true);
  const scope: FieldScope = { fields: into.extensions, messages: into.messages, extendee };
  readBlock(cursor, () => readField(cursor, edition, scope, 'a field or "}"'));
}
