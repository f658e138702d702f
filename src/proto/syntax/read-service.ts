/** Services. https://protobuf.dev/reference/protobuf/proto3-spec#service_definition */
import type { Located } from "../descriptor.js";
import type { ParsedMethod, ParsedOption, ParsedService } from "../parsed-file.js";
import { readOptionStatement } from "./read-option.js";
import { readBlock } from "./read-statements.js";
import type { SourceCursor } from "./source-cursor.js";

/** Reads `service Name { … }`. */
export function readService(cursor: SourceCursor): ParsedService {
  const { comment } = cursor;
  cursor.expect("service");
  const { value: name, span } = cursor.expectName("a service name");
  const options: ParsedOption[] = [];
  const methods: ParsedMethod[] = [];
  readBlock(cursor, () => {
    if (cursor.at("option")) readOptionStatement(cursor, options);
    else methods.push(readMethod(cursor));
  });
  return { name, span, comment, options, methods };
}

function readMethod(cursor: SourceCursor): ParsedMethod {
  const { comment } = cursor;
  cursor.expect("rpc", '"rpc", "option" or "}"');
  const { value: name, span } = cursor.expectName("the name of the method");
  const request = readMessageReference(cursor, "the name of the request message");
  cursor.expect("returns");
  const reply = readMessageReference(cursor, "the name of the reply message");
  const options: ParsedOption[] = [];
  if (cursor.at("{")) readBlock(cursor, () => readMethodOption(cursor, options));
  else cursor.endDeclaration(";", '";" or "{"');
  return {
    name,
    span,
    comment,
    options,
    input: request.type,
    output: reply.type,
    clientStreaming: request.isStream,
    serverStreaming: reply.isStream,
  };
}

function readMethodOption(cursor: SourceCursor, options: ParsedOption[]): void {
  if (!cursor.at("option")) cursor.fail('"option" or "}"');
  readOptionStatement(cursor, options);
}

/** Reads `(Type)` or `(stream Type)`. A type may be called `stream`. */
function readMessageReference(cursor: SourceCursor, expected: string): { type: Located<string>; isStream: boolean } {
  cursor.expect("(");
  const isStream = !cursor.atPair("stream", ")") && cursor.skip("stream");
  const type = cursor.expectFullName(expected, true);
  cursor.expect(")");
  return { type, isStream };
}
