/** HTTP/1.1 messages as they were on the wire. */
import type { Header } from "./recorded-request.js";

/** A message: its first line, its headers, and the body with its chunks put together. */
export interface RawMessage {
  readonly startLine: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Whether the body is as long as the message says. */
  readonly whole: boolean;
}

/** Reads a message; undefined without an end of its headers. */
export function parseRawHttp(bytes: Buffer): RawMessage | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [startLine = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const headers = lines.flatMap((line): Header[] => {
    const colon = line.indexOf(":");
    return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
  });
  const rest = bytes.subarray(end + 4);
  const find = (wanted: string): string | undefined =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1].toLowerCase();
  if (find("transfer-encoding")?.includes("chunked") === true) return { startLine, headers, ...joinChunks(rest) };
  const length = Number(find("content-length") ?? rest.length);
  return { startLine, headers, body: rest.subarray(0, length), whole: rest.length >= length };
}

/** Puts a chunked body together. https://www.rfc-editor.org/rfc/rfc9112#name-chunked-transfer-coding */
function joinChunks(bytes: Buffer): Pick<RawMessage, "body" | "whole"> {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = lineEnd === -1 ? Number.NaN : Number.parseInt(bytes.subarray(at, lineEnd).toString("latin1"), 16);
    if (size === 0) return { body: Buffer.concat(chunks), whole: true };
    const end = lineEnd + 2 + size;
    if (Number.isNaN(size) || size < 0 || end > bytes.length) return { body: Buffer.concat(chunks), whole: false };
    chunks.push(bytes.subarray(lineEnd + 2, end));
    at = end + 2;
  }
}
