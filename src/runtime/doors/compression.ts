/**
 * Compressed requests and responses, for doors that limit a payload and functions whose JSON is large.
 * node:zlib is loaded with the first body that needs it.
 */
import type { InputType } from "node:zlib";
import { chooseEncoding } from "./accept-encoding.js";
import type { Compression } from "./door.js";
import { bodyBytes, type HttpHeaders, type HttpRequest, mediaType } from "../http.js";
import type { CompleteResponse } from "./lambda-result.js";
import { type Header, refuseWith } from "../calls/respond.js";

/** Settings of compression. */
export interface CompressionOptions {
  /** Bytes from which on responses are compressed. Default: 1024. */
  readonly minBytes?: number;
  /** Bytes that a request may inflate to, and a response may have before it is compressed. Default: 64 MiB. */
  readonly maxBytes?: number;
}

const codings = ["br", "gzip"] as const;
type Coding = (typeof codings)[number];

/** Most codings of one body; no honest client uses more. */
const maxLayers = 2;

/** Makes the `compression` option of a front door: `alb(endpoint, { compression: compression() })`. */
export function compression(options: CompressionOptions = {}): Compression {
  const { minBytes = 1024, maxBytes = 64 * 1024 * 1024 } = options;
  return {
    maxBytes,
    inflate: (request) => inflateRequest(request, maxBytes),
    deflate: (request, response) => deflateResponse(request, response, minBytes),
  };
}

async function inflateRequest(request: HttpRequest, maxBytes: number): Promise<HttpRequest | CompleteResponse> {
  const layers = codingsOf(request.headers);
  if (layers.length === 0 || request.body.length === 0) return request;
  const unknown = layers.find((layer) => layer !== "br" && layer !== "gzip" && layer !== "deflate");
  if (unknown !== undefined || layers.length > maxLayers) return unsupported(unknown ?? layers.join(", "));
  if (isDamaged(request.body)) return damaged(layers);
  let body = bodyBytes(request.body);
  try {
    for (const layer of layers.reverse()) body = await inflate(body, layer, maxBytes);
  } catch (error) {
    return (error as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE" ? inflatesTooFar(maxBytes) : malformed(layers);
  }
  return { ...request, headers: withoutCoding(request.headers), body };
}

/**
 * Tells whether the front door took compressed bytes for text. API Gateway and Function URLs do so by Content-Type alone, and put U+FFFD
 * where the bytes are not UTF-8; a load balancer hands over bytes if there is a Content-Encoding.
 */
function isDamaged(body: string | Uint8Array): boolean {
  return typeof body === "string" && body.includes("\ufffd");
}

/** The codings of a body in the order in which they were applied. */
function codingsOf(headers: HttpHeaders): string[] {
  const texts = (headers["content-encoding"] ?? [])
    .join(",")
    .toLowerCase()
    .split(",", maxLayers + 2);
  return texts
    .map((text) => text.trim().replace(/^x-gzip$/, "gzip"))
    .filter((text) => text !== "" && text !== "identity");
}

async function inflate(body: InputType, coding: string, maxOutputLength: number): Promise<Uint8Array> {
  const { brotliDecompress, gunzip, inflate } = await import("node:zlib");
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, bytes: Uint8Array): void => (error === null ? resolve(bytes) : reject(error));
    if (coding === "br") brotliDecompress(body, { maxOutputLength }, done);
    else if (coding === "gzip") gunzip(body, { maxOutputLength }, done);
    else inflate(body, { maxOutputLength }, done);
  });
}

function withoutCoding(headers: HttpHeaders): HttpHeaders {
  const rest: { [name: string]: readonly string[] } = Object.create(null);
  for (const name of Object.keys(headers)) {
    if (name !== "content-encoding" && name !== "content-length") rest[name] = headers[name] ?? [];
  }
  return rest;
}

function unsupported(coding: string): CompleteResponse {
  const message = `unsupported content-encoding ${JSON.stringify(coding.slice(0, 64))}: expected gzip, br or deflate`;
  return refuseCoding(message, "br, gzip, deflate");
}

function damaged(layers: readonly string[]): CompleteResponse {
  const message = `the front door took the ${layers.join(", ")} data for text: send it plain, or as a type that ends in +json`;
  return refuseCoding(message, "identity");
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-415-unsupported-media-type: the answer names the codings that will do. */
function refuseCoding(message: string, codings: string): CompleteResponse {
  const refused = refuseWith("INVALID_ARGUMENT", message);
  return { ...refused, status: 415, headers: [...refused.headers, ["Accept-Encoding", codings]] };
}

function malformed(layers: readonly string[]): CompleteResponse {
  return refuseWith("INVALID_ARGUMENT", `the body is not valid ${layers.join(", ")} data`);
}

function inflatesTooFar(maxBytes: number): CompleteResponse {
  return refuseWith("RESOURCE_EXHAUSTED", `the body inflates to more than ${maxBytes} bytes`);
}

async function deflateResponse(
  request: HttpRequest,
  response: CompleteResponse,
  minBytes: number,
): Promise<CompleteResponse> {
  if (response.body.length < minBytes || !isCompressible(response.headers)) return response;
  const varied = { ...response, headers: [...response.headers, ["Vary", "Accept-Encoding"] as const] };
  const coding = chooseEncoding((request.headers["accept-encoding"] ?? []).join(","), codings);
  if (coding === undefined) return varied;
  const bytes = bodyBytes(response.body);
  const body = await deflate(bytes, coding);
  // The result has it as base64, a third longer.
  if (body.length * 4 >= bytes.length * 3) return varied;
  return { ...varied, headers: [...varied.headers, ["Content-Encoding", coding]], body };
}

/** Tells whether a body is text, by its type, and has no coding yet. */
function isCompressible(headers: readonly Header[]): boolean {
  let type = "";
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (key === "content-encoding") return false;
    if (key === "content-type") type = mediaType(value);
  }
  return /^text\/|[/+](?:json|javascript|xml|x-protobuf|protobuf|octet-stream|csv)$|^image\/(?:svg|bmp)/.test(type);
}

/** Quality of Brotli: its own default takes a hundred times as long for a few per cent. */
const brotliQuality = 5;

async function deflate(body: Uint8Array, coding: Coding): Promise<Uint8Array> {
  const { brotliCompress, constants, gzip } = await import("node:zlib");
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, bytes: Uint8Array): void => (error === null ? resolve(bytes) : reject(error));
    if (coding === "gzip") gzip(body, done);
    else {
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      };
      brotliCompress(body, { params }, done);
    }
  });
}
