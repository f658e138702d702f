/**
 * Calls of a gRPC server over HTTP/2, with messages as bytes. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
import type { ClientHttp2Stream, Http2Session, IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http2";
import { Metadata } from "../metadata.js";
import type { Context } from "../rpc.js";
import type { Connection } from "./connection.js";
import { failed, failureOf, failureOfHttp, failureOfReset, unavailable } from "./grpc-failure.js";
import { readMessages } from "./grpc-frames.js";
import { addFields, metadataFields } from "./grpc-metadata.js";

/** A method of a server. */
export interface GrpcMethod {
  /** Gives a connection for one call. */
  readonly connect: () => Promise<Connection>;
  /** `/acme.library.v1.LibraryService/GetShelf`. */
  readonly path: string;
}

/** The part of a handler's context that a call reads, and whose header and trailer it fills. */
export type CallContext = Pick<Context, "metadata" | "deadline" | "signal" | "header" | "trailer">;

/**
 * Sends the frames of all requests, and yields the replies. Throws an RpcError, or the server's status in the shape of grpc-js'
 * ServiceError.
 */
export async function* callGrpc(
  method: GrpcMethod,
  frames: readonly Uint8Array[],
  context: CallContext,
): AsyncGenerator<Uint8Array, void, undefined> {
  const answer = await askTwice(method, frames, context);
  try {
    if (answer.header !== undefined) addFields(context.header, answer.headerFields);
    if (isGrpc(answer)) yield* readMessages(piecesOf(answer.stream), () => `${answer.header?.["grpc-encoding"] ?? ""}`);
    // Only a closed stream knows whether it was reset.
    if (isGrpc(answer) && answer.trailer === undefined) await answer.closed;
    const failure = failureAtEnd(answer);
    if (failure !== undefined) throw failure;
    addFields(context.trailer, answer.trailerFields);
  } finally {
    // After a trailer the stream closes by itself: a server that sees many resets closes the connection.
    if (answer.trailer === undefined && !answer.stream.closed) answer.stream.close(cancelled);
    answer.release();
  }
}

/** Error codes of https://www.rfc-editor.org/rfc/rfc9113#name-error-codes */
const refused = 7;
const cancelled = 8;

/** The answer to a call, as far as it has come. */
interface Answer {
  readonly stream: ClientHttp2Stream;
  /** A stream that is closed does not know its own any more. */
  readonly session: Http2Session | undefined;
  readonly closed: Promise<void>;
  /** Gives the connection back. Not when the stream closes: by then the function may be frozen. */
  readonly release: () => void;
  header?: IncomingHttpHeaders;
  /** Names and values in turn. */
  headerFields: readonly string[];
  trailer?: IncomingHttpHeaders;
  trailerFields: readonly string[];
  /** The error of the stream or its connection. */
  error?: unknown;
}

/** A server that refuses a stream, as it does before it goes away, has not looked at it: that is safe to repeat, and nothing else is. */
async function askTwice(method: GrpcMethod, frames: readonly Uint8Array[], context: CallContext): Promise<Answer> {
  const first = await ask(method, frames, context);
  if (first.header !== undefined || first.stream.rstCode !== refused) return first;
  first.release();
  return ask(method, frames, context);
}

/** Sends a call, and waits for the header of its answer, or for its end. */
async function ask(method: GrpcMethod, frames: readonly Uint8Array[], context: CallContext): Promise<Answer> {
  const { stream, release } = await openStream(method, context);
  const closed = new Promise<void>((resolve) => stream.once("close", resolve));
  const answer: Answer = { stream, session: stream.session, closed, release, headerFields: [], trailerFields: [] };
  const answered = new Promise<void>((resolve) => {
    // The parsed header joins repeated fields; the third argument has them as they came.
    stream.once("response", (header, _flags, fields?: readonly string[]) => {
      noteHeader(answer, header, fields ?? []);
      resolve();
    });
  });
  stream.once("trailers", (trailer, _flags, fields?: readonly string[]) => noteTrailer(answer, trailer, fields ?? []));
  stream.once("error", (error) => {
    answer.error = error;
  });
  for (const frame of frames) stream.write(frame);
  stream.end();
  await Promise.race([answered, closed]);
  return answer;
}

/** A response may have the status in its header, and then has nothing else ("Trailers-Only"). */
function noteHeader(answer: Answer, header: IncomingHttpHeaders, fields: readonly string[]): void {
  answer.header = header;
  if (header["grpc-status"] === undefined) answer.headerFields = fields;
  else noteTrailer(answer, header, fields);
}

function noteTrailer(answer: Answer, trailer: IncomingHttpHeaders, fields: readonly string[]): void {
  answer.trailer = trailer;
  answer.trailerFields = fields;
}

/** Opens a stream, which ends when the call's deadline passes. */
async function openStream(
  { connect, path }: GrpcMethod,
  context: CallContext,
): Promise<Pick<Answer, "stream" | "release">> {
  const { session, release } = await connect().catch((error: unknown) => {
    throw unavailable(error);
  });
  try {
    // The caller has gone, or has its answer, while the connection was made: the server must not begin.
    if (context.signal.aborted) throw context.signal.reason;
    const stream = session.request(requestFields(path, context));
    const cancel = (): void => stream.close(cancelled);
    context.signal.addEventListener("abort", cancel, { once: true });
    stream.once("close", () => context.signal.removeEventListener("abort", cancel));
    return { stream, release };
  } catch (error) {
    release();
    throw unavailable(error);
  }
}

function requestFields(path: string, { metadata, deadline }: CallContext): OutgoingHttpHeaders {
  const left = deadline === undefined ? undefined : Math.max(1, deadline.getTime() - Date.now());
  return {
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
    "user-agent": "grpc2lambda",
    "grpc-accept-encoding": "identity,gzip",
    // At most eight digits: more than a day is more than a function has.
    ...(left === undefined ? {} : { "grpc-timeout": `${Math.min(left, 99_999_999)}m` }),
    ...metadataFields(metadata),
  };
}

function isGrpc({ header }: Answer): boolean {
  return Number(header?.[":status"]) === 200 && /^application\/grpc(?:[;+]|$)/.test(header?.["content-type"] ?? "");
}

/** The pieces of a stream; an error ends them, and is noted with the answer. */
async function* piecesOf(stream: ClientHttp2Stream): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch {
    // A server may reset a stream after its trailer, and only the trailer tells how the call ended.
  }
}

/** The error with which an answer ended; undefined for the status OK. */
function failureAtEnd(answer: Answer): unknown {
  const { stream, session, header, trailer, trailerFields, error } = answer;
  if (trailer !== undefined) {
    const { "grpc-status": status, "grpc-message": message } = trailer;
    if (status === "0") return undefined;
    const metadata = new Metadata();
    addFields(metadata, trailerFields);
    return failureOf(`${status ?? ""}`, `${message ?? ""}`, metadata);
  }
  if (header !== undefined && !isGrpc(answer))
    return failureOfHttp(Number(header[":status"]), header["content-type"] ?? "");
  if (session?.destroyed !== false && stream.rstCode !== refused) return unavailable(error);
  if (stream.rstCode !== 0) return failureOfReset(stream.rstCode, error);
  return failed("INTERNAL", "server closed the stream without sending trailers", error);
}
