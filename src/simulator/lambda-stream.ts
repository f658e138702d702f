/**
 * Streamed responses as Lambda's Node.js runtime and the doors behind it treat them: the global `awslambda`, and what becomes of the
 * bytes that a function writes. https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
import { PassThrough } from "node:stream";
import { isRecord, singlePairs, statusOf } from "./result-parts.js";
import type { WireResponse } from "./wire.js";

/** A response of which the body is still to come. */
export interface StreamedWireResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: AsyncIterable<Uint8Array>;
}

/** A door that passes a response on in parts, and its reading of the prelude. */
export interface StreamingDoor {
  /** The headers of the prelude's members for several values of a name; undefined where they are malformed. */
  readonly repeatedHeaders: (prelude: Readonly<Record<string, unknown>>) => [string, string][] | undefined;
  readonly remapHeaders: (headers: WireResponse["headers"]) => WireResponse["headers"];
}

type StreamedFunction = (event: unknown, stream: LambdaResponseStream, lambda: unknown) => Promise<void>;

/** The stream that a function writes to. */
export class LambdaResponseStream extends PassThrough {
  contentType = "application/octet-stream";
  private prelude: Buffer | undefined;

  /**
   * Announces the prelude as `awslambda.HttpResponseStream.from` does: it and eight NUL bytes lead the first write, if
   * there is one.
   */
  announce(prelude: unknown): void {
    this.contentType = preludeType;
    this.prelude = Buffer.concat([Buffer.from(JSON.stringify(prelude)), Buffer.alloc(8)]);
  }

  override write(chunk: string | Uint8Array, ...rest: never[]): boolean {
    const { prelude } = this;
    this.prelude = undefined;
    if (prelude !== undefined) super.write(prelude);
    return super.write(chunk, ...rest);
  }
}

const preludeType = "application/vnd.awslambda.http-integration-response";

/** The global for functions that run in this process: `Object.assign(globalThis, { awslambda: lambdaGlobal })`. */
export const lambdaGlobal = {
  streamifyResponse: (handler: StreamedFunction): StreamedFunction => handler,
  HttpResponseStream: {
    from: (stream: LambdaResponseStream, prelude: unknown): LambdaResponseStream => {
      stream.announce(prelude);
      return stream;
    },
  },
};

/** Calls a function that streams; fulfilled with the prelude. A function that fails or writes none before ends in a 502. */
export async function invokeStreamed(
  door: StreamingDoor,
  handler: StreamedFunction,
  event: unknown,
  lambda: unknown,
): Promise<StreamedWireResponse> {
  const stream = new LambdaResponseStream({ highWaterMark: 64 * 1024 });
  handler(event, stream, lambda).then(
    () => stream.end(),
    (error: Error) => stream.destroy(error),
  );
  return readStreamed(door, stream, () => stream.contentType);
}

/** Takes the bytes that a function wrote apart. A body that breaks off ends early: the client sees no more than that. */
export async function readStreamed(
  door: StreamingDoor,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  contentType: () => string,
): Promise<StreamedWireResponse> {
  const iterator = Symbol.asyncIterator in bytes ? bytes[Symbol.asyncIterator]() : bytes[Symbol.iterator]();
  let head = Buffer.alloc(0);
  let end = -1;
  try {
    while (end === -1 && head.length < maxPreludeBytes) {
      const next = await iterator.next();
      if (next.done === true) break;
      head = Buffer.concat([head, next.value]);
      end = head.indexOf(delimiter);
    }
  } catch {
    return badGateway();
  }
  if (end === -1 || contentType() !== preludeType) return badGateway();
  const prelude = readPrelude(door, head.subarray(0, end).toString());
  if (prelude === undefined) return badGateway();
  return { ...prelude, body: resume(head.subarray(end + delimiter.length), iterator) };
}

const delimiter = Buffer.alloc(8);
const maxPreludeBytes = 256 * 1024;

/** Lambda ends a streamed response here, in bytes. */
const maxStreamBytes = 200 * 1000 * 1000;

async function* resume(
  first: Uint8Array,
  iterator: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let left = maxStreamBytes - first.length;
  try {
    if (first.length > 0) yield first;
    for (let next = await iterator.next(); next.done !== true && left > 0; next = await iterator.next()) {
      const bytes = next.value.subarray(0, left);
      left -= bytes.length;
      if (bytes.length > 0) yield bytes;
    }
  } catch {
    // The connection breaks; there is nobody left to tell.
  } finally {
    await iterator.return?.();
  }
}

function readPrelude(door: StreamingDoor, text: string): Omit<StreamedWireResponse, "body"> | undefined {
  const prelude: unknown = parseJson(text);
  if (!isRecord(prelude)) return undefined;
  const status = statusOf(prelude["statusCode"]);
  const singles = singlePairs(prelude["headers"] ?? {});
  const more = door.repeatedHeaders(prelude);
  if (status === undefined || singles === undefined || more === undefined) return undefined;
  const headers = [...singles, ...more].map(([name, value]) => [name.toLowerCase(), value] as const);
  return { status, headers: door.remapHeaders(headers) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function badGateway(): StreamedWireResponse {
  const text = '{"message":"Internal server error"}';
  return { status: 502, headers: [["content-type", "application/json"]], body: once(Buffer.from(text)) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
