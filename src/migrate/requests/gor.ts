/**
 * Recordings of goreplay: `type id nanoseconds [latency]`, a line end, the message as it was on the wire, and a separator
 * (https://github.com/buger/goreplay/wiki/Middleware#communication-protocol). Type 1 is a request, 2 the answer with the same id.
 */
import { parseRawHttp, type RawMessage } from "./raw-http.js";
import {
  maxRecordBytes,
  type RecordedAnswer,
  type RecordedRequest,
  requestItem,
  type SourceItem,
  targetOf,
} from "./recorded-request.js";

const separator = Buffer.from("\n🐵🙈🙉\n");

/** So many requests wait for their answers; then the oldest goes without. */
const mostWaiting = 1000;

/** Reads a recording; `name` is what its requests are called after. */
export async function* readGor(chunks: AsyncIterable<Buffer>, name: string): AsyncGenerator<SourceItem> {
  const waiting = new Map<string, RecordedRequest>();
  let number = 0;
  for await (const { record, whole } of splitRecords(chunks)) {
    if (record === undefined) {
      yield { kind: "skipped", reason: "tooLarge" };
      continue;
    }
    const [header = "", kind = "", key = "", latency] = readHead(record);
    const message = header === "" ? undefined : parseRawHttp(record.subarray(header.length + 1));
    if (kind === "1") {
      number++;
      const request = message && toRequest(message, `${name}:${number}`);
      const isTorn = !whole && message?.whole !== true;
      if (request === undefined || isTorn) yield { kind: "skipped", reason: whole ? "malformed" : "truncated" };
      else waiting.set(key, request);
      const [oldest] = waiting.size > mostWaiting ? waiting : [];
      if (oldest !== undefined) yield take(waiting, oldest[0], oldest[1]);
    } else if (kind === "2") {
      const request = waiting.get(key);
      const answer = message && toAnswer(message, latency);
      if (request !== undefined && answer !== undefined) yield take(waiting, key, { ...request, answer });
    } else if (kind !== "3") yield { kind: "skipped", reason: whole ? "malformed" : "truncated" };
  }
  for (const request of waiting.values()) yield requestItem(request);
}

function take(waiting: Map<string, RecordedRequest>, key: string, request: RecordedRequest): SourceItem {
  waiting.delete(key);
  return requestItem(request);
}

/** The first line, its type, its id and its latency; nothing of another form. */
function readHead(record: Buffer): readonly (string | undefined)[] {
  const line = record.subarray(0, 256).toString("latin1").split("\n")[0] ?? "";
  return /^([123]) (\S+) \d+(?: (\d+))?$/.exec(line) ?? [];
}

function toRequest({ startLine, headers, body }: RawMessage, id: string): RecordedRequest | undefined {
  const [, method, url = ""] = /^(\S+) (\S+) HTTP\/\d/.exec(startLine) ?? [];
  const target = targetOf(url);
  return method === undefined || target === undefined
    ? undefined
    : { id, method: method.toUpperCase(), target, headers, body: Buffer.from(body) };
}

function toAnswer(
  { startLine, headers, body, whole }: RawMessage,
  latency: string | undefined,
): RecordedAnswer | undefined {
  const [, status] = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(startLine) ?? [];
  if (status === undefined || !whole) return undefined;
  const ms = latency === undefined ? undefined : Number(latency) / 1e6;
  return { status: Number(status), headers, body: Buffer.from(body), ...(ms === undefined ? {} : { ms }) };
}

interface CutRecord {
  /** Undefined for one that is too large. */
  readonly record: Buffer | undefined;
  /** Whether a separator ended it. */
  readonly whole: boolean;
}

async function* splitRecords(chunks: AsyncIterable<Buffer>): AsyncGenerator<CutRecord> {
  let rest: Buffer = Buffer.alloc(0);
  let dropped = false;
  for await (const chunk of chunks) {
    // A separator can lie across two chunks: what was searched before is not searched again, apart from its last bytes.
    let from = Math.max(0, rest.length - separator.length);
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let at = rest.indexOf(separator, from); at !== -1; at = rest.indexOf(separator)) {
      yield { record: dropped ? undefined : rest.subarray(0, at), whole: true };
      [rest, dropped, from] = [rest.subarray(at + separator.length), false, 0];
    }
    if (rest.length > maxRecordBytes) [rest, dropped] = [rest.subarray(rest.length - separator.length), true];
  }
  if (rest.length > 0 && rest.toString("latin1").trim() !== "")
    yield { record: dropped ? undefined : rest, whole: false };
}
