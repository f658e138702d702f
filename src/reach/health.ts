/**
 * The question for the health of a gRPC server, with frames of our own: @grpc/grpc-js would look the name up and connect again, and
 * not say which of that failed. https://github.com/grpc/grpc/blob/master/doc/health-checking.md
 */
import { type ClientHttp2Session, type ClientHttp2Stream, connect, type IncomingHttpHeaders } from "node:http2";
import type { Connection } from "./connect.js";
import type { Target } from "./parse-address.js";
import { type Limit, StepError, beforeLimit } from "./step-error.js";

/**
 * Health of a service that takes connections. `serving`: its server says so. `no health service`: it speaks gRPC, and does not tell
 * (`code` is the gRPC code of its answer). `no gRPC`: it speaks HTTP/2. `no HTTP/2`: it has closed the connection, said something else, or nothing.
 */
export type Health =
  | { readonly kind: "serving" }
  | { readonly kind: "no health service"; readonly code: number }
  | { readonly kind: "no gRPC"; readonly status: number }
  | { readonly kind: "no HTTP/2" };

/** Milliseconds in which a server without TLS shows that it speaks HTTP/2: it begins by itself. */
const patience = 1000;

/** Asks for the health of the whole server. Fails with a StepError if it says that it does not serve, or cannot. */
export async function askHealth(connection: Connection, target: Target, limit: Limit): Promise<Health> {
  const { socket, isSecure, protocol } = connection;
  if (isSecure && protocol !== "h2") return { kind: "no HTTP/2" };
  const scheme = isSecure ? "https" : "http";
  const host = target.host.includes(":") ? `[${target.host}]` : target.host;
  const session = connect(`${scheme}://${host}:${target.port}`, { createConnection: () => socket });
  session.on("error", () => undefined);
  try {
    // With TLS they have agreed on it.
    if (!isSecure && !(await speaksHttp2(session, limit))) return { kind: "no HTTP/2" };
    return judge(await beforeLimit("health", limit, check(session)));
  } finally {
    session.destroy();
  }
}

/** Settings are what a server of HTTP/2 sends first. */
async function speaksHttp2(session: ClientHttp2Session, { signal, timeout }: Limit): Promise<boolean> {
  const settled = new Promise<boolean>((resolve) => {
    session.once("remoteSettings", () => resolve(true));
    for (const event of ["error", "close", "goaway"]) session.once(event, () => resolve(false));
  });
  const soon = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  return beforeLimit("health", { signal: soon, timeout }, settled).catch(() => false);
}

/** Answer of a server to the question. */
interface Answer {
  readonly status: number;
  /** Undefined where the answer is not one of gRPC. */
  readonly code: number | undefined;
  readonly message: Buffer;
}

/** Most bytes of an answer that are kept; one of gRPC has seven. */
const maxAnswer = 1000;

async function check(session: ClientHttp2Session): Promise<Answer> {
  const stream = session.request({
    ":method": "POST",
    ":path": "/grpc.health.v1.Health/Check",
    "content-type": "application/grpc",
    te: "trailers",
  });
  // A request without fields, behind the flag for compression and its length.
  stream.end(Buffer.alloc(5));
  return answerOf(stream);
}

async function answerOf(stream: ClientHttp2Stream): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let headers: IncomingHttpHeaders = {};
    stream.on("response", (received) => {
      headers = received;
    });
    stream.on("trailers", (received: IncomingHttpHeaders) => {
      headers = { ...headers, ...received };
    });
    stream.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxAnswer) chunks.push(chunk);
    });
    stream.once("error", reject).once("close", () => {
      const code = headers["grpc-status"];
      const status = Number(headers[":status"] ?? 0);
      resolve({ status, code: code === undefined ? undefined : Number(code), message: Buffer.concat(chunks) });
    });
  });
}

/** Names of `HealthCheckResponse.ServingStatus`. */
const servingStatuses = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];

const unavailable = 14;

function judge({ status, code, message }: Answer): Health {
  if (status === 0) throw new StepError("health", "the server closed the request without an answer");
  if (code === undefined && status < 500) return { kind: "no gRPC", status };
  if (code === undefined)
    throw new StepError("health", `HTTP ${status}, as a proxy answers without a server behind it`);
  if (code === unavailable) throw new StepError("health", "the server answers UNAVAILABLE");
  if (code !== 0) return { kind: "no health service", code };
  // The message is one field: number 1, a varint.
  const serving = message[5] === 8 ? (message[6] ?? 0) : 0;
  if (serving === 1) return { kind: "serving" };
  throw new StepError("health", `the server says ${servingStatuses[serving] ?? `status ${serving}`}`);
}
