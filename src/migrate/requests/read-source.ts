/** Recordings on disk, read as streams: none is held in memory as a whole. */
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import { readLogLine } from "./access-logs.js";
import { readGor } from "./gor.js";
import { readHar } from "./har.js";
import { readJsonLine } from "./json-lines.js";
import { maxRecordBytes, type SourceItem } from "./recorded-request.js";
import { guessFormat, type SourceFormat } from "./source-format.js";

/** A recording that cannot be read at all; the message says why, in words for the user. */
export class SourceError extends Error {
  override readonly name = "SourceError";
}

const beginningBytes = 65_536;

/**
 * Reads the recording at `path` (absolute), compressed with gzip or not. Without `format` its beginning decides. Throws SourceError for a
 * file that is missing or of an unknown format.
 */
export async function* readSource(path: string, format?: SourceFormat): AsyncGenerator<SourceItem> {
  const name = basename(path);
  const { beginning, rest, torn } = await openSource(path, name);
  const known = format ?? guessFormat(beginning);
  if (known === undefined && beginning.length > 0) {
    throw new SourceError(
      `${name} is in no format that is known, expected JSON lines, HAR, goreplay or a log of ALB, nginx or Envoy`,
    );
  }
  if (known !== undefined) yield* itemsOf(rest, known, name);
  if (torn()) yield { kind: "skipped", reason: "truncated" };
}

async function* itemsOf(chunks: AsyncIterable<Buffer>, format: SourceFormat, name: string): AsyncGenerator<SourceItem> {
  switch (format) {
    case "har":
      return yield* readHar(chunks, name);
    case "gor":
      return yield* readGor(chunks, name);
    case "jsonl":
      return yield* readLines(chunks, name, readJsonLine);
    case "alb":
    case "nginx":
    case "envoy":
      return yield* readLines(chunks, name, (line, id) => readLogLine(line, format, id));
    default:
      format satisfies never;
  }
}

async function* readLines(
  chunks: AsyncIterable<Buffer>,
  name: string,
  read: (line: string, id: string) => SourceItem,
): AsyncGenerator<SourceItem> {
  let number = 0;
  for await (const line of splitLines(chunks)) {
    number++;
    if (line === undefined) yield { kind: "skipped", reason: "tooLarge" };
    else if (line.trim() !== "") yield read(line, `${name}:${number}`);
  }
}

/** Lines without their ends; undefined for one that is too large. */
async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string | undefined> {
  let parts: Buffer[] = [];
  let size = 0;
  const finish = (): string | undefined => {
    const line = size > maxRecordBytes ? undefined : Buffer.concat(parts).toString().replace(/\r$/, "");
    [parts, size] = [[], 0];
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      parts.push(chunk.subarray(start, end));
      size += end - start;
      yield finish();
      start = end + 1;
    }
    size += chunk.length - start;
    if (size > maxRecordBytes) parts = [];
    else if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (size > 0) yield finish();
}

interface OpenedSource {
  readonly beginning: Buffer;
  /** The whole content, the beginning again. */
  readonly rest: AsyncIterable<Buffer>;
  /** Whether the compression ended in the middle, known when everything is read. */
  readonly torn: () => boolean;
}

async function openSource(path: string, name: string): Promise<OpenedSource> {
  let torn = false;
  const raw = createReadStream(path);
  const first = await firstChunk(raw[Symbol.asyncIterator]() as AsyncIterator<Buffer>, name);
  const chunks = replay(first.read, first.rest);
  const content = isGzip(first.read[0]) ? gunzip(chunks, () => (torn = true)) : chunks;
  const iterator = content[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  let size = 0;
  while (size < beginningBytes) {
    const next = await iterator.next();
    if (next.done === true) break;
    read.push(next.value);
    size += next.value.length;
  }
  return { beginning: Buffer.concat(read).subarray(0, beginningBytes), rest: replay(read, iterator), torn: () => torn };
}

async function firstChunk(iterator: AsyncIterator<Buffer>, name: string) {
  try {
    const next = await iterator.next();
    return { read: next.done === true ? [] : [next.value], rest: iterator };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new SourceError(`${name} cannot be read (${String(error.code)})`);
  }
}

async function* replay(read: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* read;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function isGzip(chunk: Buffer | undefined): boolean {
  return chunk !== undefined && chunk[0] === 0x1f && chunk[1] === 0x8b;
}

/** Inflates; what was cut off is inflated as far as it goes. */
async function* gunzip(chunks: AsyncIterable<Buffer>, tear: () => void): AsyncGenerator<Buffer> {
  const inflate = createGunzip();
  const feed = async (): Promise<void> => {
    for await (const chunk of chunks) {
      if (!inflate.write(chunk)) await new Promise((resolve) => inflate.once("drain", resolve));
    }
    inflate.end();
  };
  feed().catch((error: Error) => inflate.destroy(error));
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "Z_BUF_ERROR")
      throw new SourceError(`damaged gzip: ${String(error)}`);
    tear();
  }
}
