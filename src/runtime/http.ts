/**
 * HTTP as the wrappers see it: plain data that every front door's event is turned into, and every answer starts as.
 */
import { bufferView } from "./values/buffer-view.js";
import type { Status } from "./status.js";

/** Header values by lower-case name, in order of arrival. The map inherits nothing. */
export type HttpHeaders = Readonly<Record<string, readonly string[]>>;

/** A decoded query parameter. */
export type QueryPair = readonly [name: string, value: string];

/** A request, whichever front door it came through. */
export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  /** Starts with "/", without query, without stage. */
  readonly path: string;
  /** Whether the door has percent-decoded `path`; then it must not be decoded again. */
  readonly pathIsDecoded: boolean;
  /** The text after "?" as sent, or the pairs if the door has parsed it. */
  readonly query: string | readonly QueryPair[];
  readonly headers: HttpHeaders;
  readonly body: string | Uint8Array;
  /** Address of the client; undefined if the door already lists it in X-Forwarded-For. */
  readonly remoteAddress?: string;
}

/** An answer before it gets the front door's own form. */
export interface HttpResponse {
  readonly status: number;
  /** Names as they are written on the wire; a name may occur several times. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Text, bytes, or the pieces of a stream as they come. */
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array>;
  /** The status of an answer that is an error. */
  readonly failure?: Status;
  /** Makes the text that tells the client that a streamed body ends early, and why. */
  readonly breakOff?: (status: Status) => string;
}

const bare: object = Object.create(null);

/**
 * A map that inherits nothing. A map without any prototype would be a hash table from the start, at twice the cost.
 */
export function headerMap<Value>(): { [name: string]: Value } {
  return Object.create(bare);
}

/** The lower-case forms of known names, which are the same in every request; at most `maxKeys`. */
const keys = new Map<string, string>();
const maxKeys = 200;

/** A header's name in lower case. */
export function headerKey(name: string): string {
  let key = keys.get(name);
  if (key === undefined) {
    key = name.toLowerCase();
    if (keys.size < maxKeys) keys.set(name, key);
  }
  return key;
}

/** The first value of a header; "" if it is absent. `name` is lower case. */
export function headerValue(headers: HttpHeaders, name: string): string {
  return headers[name]?.[0] ?? "";
}

/** The media type of a Content-Type value without parameters, lower case: `application/json`. */
export function mediaType(contentType: string): string {
  const end = contentType.indexOf(";");
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

/** Tells whether a body is complete. */
export function isWhole(body: HttpResponse["body"]): body is string | Uint8Array {
  return typeof body === "string" || body instanceof Uint8Array;
}

/** The body as text (UTF-8, ill-formed sequences replaced). */
export function bodyText(body: string | Uint8Array): string {
  return typeof body === "string" ? body : bufferView(body).toString("utf8");
}

/** The body as bytes. */
export function bodyBytes(body: string | Uint8Array): Uint8Array {
  return typeof body === "string" ? Buffer.from(body, "utf8") : body;
}
