/** Reads a .proto file from disk as text. */
import { isUtf8 } from "node:buffer";
import { readBounded } from "../../bounded-file.js";
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import { createLineTable } from "../syntax/line-table.js";
import { reasonOf } from "./find-protos.js";
import type { SourcePath } from "./include-paths.js";

/** More than any real file (googleapis' largest has 4 MB), and little enough to hold in memory. */
export const maxSourceBytes = 64 * 1024 * 1024;

/** The text of a file without its byte order mark, or why there is none. */
export type TextResult =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "failure"; readonly diagnostic: Diagnostic };

/** Reads `source`; refuses what is too large, unreadable or not UTF-8. */
export function readText(source: SourcePath): TextResult {
  try {
    const read = readBounded(source.file, maxSourceBytes);
    if (read.kind === "tooLarge") {
      return failure("PB019", `${source.displayPath} has ${read.size}, expected at most ${maxSourceBytes}`);
    }
    const { bytes } = read;
    if (!isUtf8(bytes)) return { kind: "failure", diagnostic: notUtf8(source, bytes) };
    return { kind: "text", text: bytes.toString("utf8").replace(/^\ufeff/, "") };
  } catch (error) {
    return failure("PB017", `${source.displayPath} cannot be read: ${reasonOf(error)}`);
  }
}

function failure(code: Diagnostic["code"], message: string): TextResult {
  return { kind: "failure", diagnostic: { code, severity: "error", message } };
}

/** Points at the first byte that is not part of a UTF-8 character. */
function notUtf8(source: SourcePath, bytes: Buffer): Diagnostic {
  const text = bytes.toString("utf8");
  let at = 0;
  let offset = 0;
  for (;;) {
    const next = text.indexOf("\ufffd", at);
    offset += Buffer.byteLength(text.slice(at, next), "utf8");
    at = next;
    // A U+FFFD that the file itself has is three bytes.
    if (bytes.toString("latin1", offset, offset + 3) !== "\xef\xbf\xbd") break;
    at++;
    offset += 3;
  }
  const found = (bytes[offset] ?? 0).toString(16).padStart(2, "0");
  return diagnostic("PB018", `found the byte 0x${found}, expected UTF-8 text`, {
    location: { file: source.displayPath, ...createLineTable(text).span(at, at + 1) },
    help: "save the file as UTF-8",
  });
}
