/**
 * HTTP archives of browsers and proxies (http://www.softwareishard.com/blog/har-12-spec/), read entry by entry, so that the size of the file
 * does not matter.
 */
import { parseObject } from "./json-lines.js";
import {
  type Header,
  maxRecordBytes,
  type RecordedAnswer,
  type RecordedRequest,
  requestItem,
  type SourceItem,
  targetOf,
} from "./recorded-request.js";

const quote = 0x22;
const backslash = 0x5c;
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Depth of the list of entries: the document, `log`, the list. */
const listDepth = 3;

/** Cuts the entries of `log.entries` out of the bytes of an archive. Only brackets outside of strings are counted. */
export class EntryCutter {
  private depth = 0;
  private inString = false;
  private escaped = false;
  private inEntries = false;
  /** The last string at the depth of the members of `log`, to know what a list belongs to. */
  private name: number[] = [];
  private parts: Buffer[] = [];
  private size = 0;
  private capturing = false;

  /** Takes the next bytes; gives the entries that end in them, undefined for one that is too large. */
  *take(chunk: Buffer): Generator<Buffer | undefined> {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.inString) this.insideString(byte);
      else if (byte === quote) this.openString();
      else if (byte === openBrace || byte === openBracket) {
        if (this.inEntries && this.depth === listDepth && byte === openBrace) {
          [start, this.capturing, this.size, this.parts] = [at, true, 0, []];
        }
        this.open(byte);
      } else if (byte === closeBrace || byte === closeBracket) {
        this.depth--;
        if (this.capturing && this.depth === listDepth) {
          yield this.finish(chunk.subarray(start, at + 1));
        } else if (this.depth === listDepth - 1) this.inEntries = false;
      }
    }
    if (this.capturing) this.keep(chunk.subarray(start));
  }

  /** Tells whether the archive ended inside of an entry or of the list. */
  get isOpen(): boolean {
    return this.depth > 0;
  }

  private insideString(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === backslash) this.escaped = true;
    else if (byte === quote) this.inString = false;
    else if (this.depth === listDepth - 1 && this.name.length < 16) this.name.push(byte);
  }

  private openString(): void {
    this.inString = true;
    if (this.depth === listDepth - 1) this.name = [];
  }

  private open(byte: number): void {
    if (this.depth === listDepth - 1 && byte === openBracket) {
      this.inEntries = Buffer.from(this.name).toString("latin1") === "entries";
    }
    this.depth++;
  }

  private keep(part: Buffer): void {
    this.size += part.length;
    // What is too large is counted and not kept.
    if (this.size <= maxRecordBytes) this.parts.push(Buffer.from(part));
    else this.parts = [];
  }

  private finish(part: Buffer): Buffer | undefined {
    this.keep(part);
    this.capturing = false;
    const whole = this.size <= maxRecordBytes ? Buffer.concat(this.parts) : undefined;
    this.parts = [];
    return whole;
  }
}

/** Reads the entries of an archive; `name` is what its requests are called after. */
export async function* readHar(chunks: AsyncIterable<Buffer>, name: string): AsyncGenerator<SourceItem> {
  const cutter = new EntryCutter();
  let number = 0;
  for await (const chunk of chunks) {
    for (const entry of cutter.take(chunk)) {
      number++;
      if (entry === undefined) yield { kind: "skipped", reason: "tooLarge" };
      else yield readEntry(entry.toString(), `${name}:${number}`);
    }
  }
  if (cutter.isOpen) yield { kind: "skipped", reason: "truncated" };
}

type JsonObject = Readonly<Record<string, unknown>>;

function readEntry(text: string, id: string): SourceItem {
  const entry = parseObject(text);
  const request = objectAt(entry, "request");
  const target = typeof request?.["url"] === "string" ? targetOf(request["url"]) : undefined;
  const method = request?.["method"];
  if (target === undefined || typeof method !== "string") return { kind: "skipped", reason: "malformed" };
  const answer = readAnswer(entry);
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]+)/i.exec(String(request?.["url"]))?.[1];
  const read: RecordedRequest = {
    id,
    method: method.toUpperCase(),
    target,
    ...(host === undefined ? {} : { host: host.toLowerCase() }),
    headers: headersOf(request),
    body: contentOf(objectAt(request, "postData")),
    ...(answer === undefined ? {} : { answer }),
  };
  return requestItem(read);
}

/** The answer; undefined for status 0, which browsers write for a request that got none. */
function readAnswer(entry: JsonObject | undefined): RecordedAnswer | undefined {
  const response = objectAt(entry, "response");
  const status = response?.["status"];
  if (response === undefined || typeof status !== "number" || status < 100) return undefined;
  const time = entry?.["time"];
  const headers = headersOf(response).filter(([name]) => !/^content-encoding$/i.test(name));
  return {
    status,
    headers,
    body: contentOf(objectAt(response, "content")),
    ...(typeof time === "number" && time >= 0 ? { ms: time } : {}),
  };
}

/** Headers without the pseudo headers of HTTP/2. */
function headersOf(owner: JsonObject | undefined): Header[] {
  const list = owner?.["headers"];
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown): Header[] => {
    if (typeof entry !== "object" || entry === null) return [];
    const { name, value } = entry as JsonObject;
    if (typeof name !== "string" || typeof value !== "string" || name.startsWith(":")) return [];
    return [[name, value]];
  });
}

function contentOf(content: JsonObject | undefined): Uint8Array {
  const text = content?.["text"];
  if (typeof text !== "string") return new Uint8Array();
  return Buffer.from(text, content?.["encoding"] === "base64" ? "base64" : "utf8");
}

function objectAt(owner: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = owner?.[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}
