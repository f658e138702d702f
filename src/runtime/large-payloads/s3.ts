/**
 * A bucket of S3 with the operations of large payloads: put, get, delete, and links. Credentials, region and endpoint
 * come from Lambda's environment. node:https is loaded with the first request.
 */
import type { IncomingMessage } from "node:http";
import {
  encodePath,
  environmentScope,
  presignQuery,
  type SignedRequest,
  type SigningScope,
  signRequest,
} from "./sigv4.js";

/** An object of a bucket with its headers. */
export interface StoredObject {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** "" for none. */
  readonly contentEncoding: string;
}

/** A bucket. Methods throw `S3Error`, or an error of another kind if the environment lacks a variable. */
export interface Bucket {
  /** `headers` by lower-case name. */
  put(key: string, body: Uint8Array, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void>;
  /** Gets an object; fails with code `TooLarge` beyond `maxBytes`. */
  get(key: string, maxBytes: number, signal: AbortSignal): Promise<StoredObject>;
  delete(key: string, signal: AbortSignal): Promise<void>;
  /** Makes a link that is valid for `seconds`; its client has to send `headers`. */
  link(
    method: "GET" | "PUT",
    key: string,
    seconds: number,
    headers?: Readonly<Record<string, string>>,
  ): Promise<string>;
}

/** An error of S3, or of the connection to it. It never contains a signature, so it may be logged. */
export class S3Error extends Error {
  override readonly name = "S3Error";
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** Code of S3, `AccessDenied`, or of the connection, `ECONNRESET`. */
  readonly code: string;

  constructor(operation: string, status: number, code: string) {
    super(`S3 ${operation}: ${status === 0 ? "" : `${status} `}${code}`);
    this.status = status;
    this.code = code;
  }
}

/** The address of a bucket. */
interface Place {
  /** `https:`, or `http:` for an endpoint of tests. */
  readonly protocol: string;
  readonly host: string;
  /** The path in front of keys: `/`, or `/bucket/`. */
  readonly root: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The bucket of that name. The environment is read with each use, because tests change it; Lambda does not. */
export function bucketOf(name: string, environment: Environment = process.env): Bucket {
  const prepare = (key: string): { place: Place; path: string; scope: SigningScope } => {
    const scope = environmentScope("s3", environment);
    const place = placeOf(name, scope.region, environment);
    return { place, path: place.root + encodePath(key), scope };
  };
  const call = async (
    request: Pick<SignedRequest, "method" | "headers">,
    key: string,
    body: Uint8Array,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<Answer> => {
    const { place, path, scope } = prepare(key);
    const headers = await signRequest({ ...request, host: place.host, path }, body, scope);
    return persist({ ...place, method: request.method, path, headers, body, maxBytes, signal });
  };
  return {
    put: async (key, body, headers, signal) => {
      await call({ method: "PUT", headers }, key, body, errorBytes, signal);
    },
    get: async (key, maxBytes, signal) => {
      const { headers, body } = await call({ method: "GET", headers: {} }, key, nothing, maxBytes, signal);
      return {
        body,
        contentType: headers["content-type"] ?? "",
        contentEncoding: headers["content-encoding"] ?? "",
      };
    },
    delete: async (key, signal) => {
      await call({ method: "DELETE", headers: {} }, key, nothing, errorBytes, signal);
    },
    link: async (method, key, seconds, headers = {}) => {
      const { place, path, scope } = prepare(key);
      const query = await presignQuery({ method, host: place.host, path, headers }, seconds, scope);
      return `${place.protocol}//${place.host}${path}?${query}`;
    },
  };
}

const nothing = new Uint8Array();

/**
 * The address of a bucket, whose name is in the host name. It is in the path for a custom endpoint, and if a dot in the
 * name would break TLS.
 */
function placeOf(bucket: string, region: string, environment: Environment): Place {
  const [, protocol, endpoint, path = ""] =
    /^(https?:)\/\/([^/]+)(.*?)\/?$/.exec(environment["AWS_ENDPOINT_URL_S3"] ?? "") ?? [];
  if (protocol !== undefined && endpoint !== undefined) return { protocol, host: endpoint, root: `${path}/${bucket}/` };
  const host = `s3.${region}.${region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com"}`;
  if (bucket.includes(".")) return { protocol: "https:", host, root: `/${bucket}/` };
  return { protocol: "https:", host: `${bucket}.${host}`, root: "/" };
}

interface Exchange extends Pick<Place, "protocol" | "host"> {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Most bytes of the answer's body. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Uint8Array;
}

/** Milliseconds before the second and the third try. A connection that a frozen function held is often gone when it wakes up. */
const pauses = [50, 400];

/** Most bytes that are read of an error of S3. */
const errorBytes = 65_536;

/** Sends a request until its answer is not a temporary failure, or no try is left. */
async function persist(exchange: Exchange, [pause, ...later]: readonly number[] = pauses): Promise<Answer> {
  try {
    const answer = await send(exchange);
    if (answer.status < 300) return answer;
    throw new S3Error(exchange.method, answer.status, errorCode(answer.body));
  } catch (error) {
    const failure =
      error instanceof S3Error ? error : new S3Error(exchange.method, 0, String((error as { code?: unknown }).code));
    if (pause === undefined || exchange.signal.aborted || !isPassing(failure)) throw failure;
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    return persist(exchange, later);
  }
}

function isPassing({ status, code }: S3Error): boolean {
  return (status === 0 && code !== "TooLarge") || status === 429 || status >= 500 || code === "RequestTimeout";
}

/** The code of `<Error><Code>AccessDenied</Code>…`. The rest may repeat the request's signature. */
function errorCode(body: Uint8Array): string {
  return /<Code>([A-Za-z0-9]{1,64})<\/Code>/.exec(Buffer.from(body).toString("latin1"))?.[1] ?? "Unknown";
}

/** Sends one request. `fetch` is not used, because it always inflates the answer, without a bound. */
async function send({ protocol, host, method, path, headers, body, maxBytes, signal }: Exchange): Promise<Answer> {
  const { request } = protocol === "http:" ? await import("node:http") : await import("node:https");
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method, headers: { ...headers, host, "content-length": body.length }, signal };
    request(`${protocol}//${host}${path}`, options, resolve).once("error", reject).end(body);
  });
  const status = response.statusCode ?? 0;
  const most = status < 300 ? maxBytes : errorBytes;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Uint8Array>) {
    size += piece.length;
    // Leaving the loop closes the connection.
    if (size > most) throw new S3Error(method, 0, "TooLarge");
    pieces.push(piece);
  }
  return { status, headers: response.headers, body: Buffer.concat(pieces) };
}
