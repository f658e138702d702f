/** HTTP as the wrappers see it: plain data that every front door's event comes to, and that every answer starts from. */
import { bufferView } from "./values/buffer-view.js";
import type { Status } from "./status.js";

/** Header values by lower-case name, in order of arrival. Inherits nothing. */
export type HttpHeaders = Readonly<Record<string, readonly string[]>>;

/** A decoded query parameter. */
export type QueryPair = readonly [name: string, value: string];

/** A request, whichever front door it came through. */
export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  /** Starts with "/", without query, without stage. */
  readonly path: string;
  /** The door has percent-decoded `path` already; it must not be decoded again. */
  readonly pathIsDecoded: boolean;
  /** The text after "?" as sent, or the pairs where the door has parsed it. */
  readonly query: string | readonly QueryPair[];
  readonly headers: HttpHeaders;
  readonly body: string | Uint8Array;
  /** Address of the client; undefined when the door already lists it in X-Forwarded-For. */
  readonly remoteAddress?: string;
}

/** An answer before the front door's own form is given to it. */
export interface HttpResponse {
  readonly status: number;
  /** Names as they are written on the wire; a name may occur several times. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Text, bytes, or the pieces of a stream as they come. */
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array>;
  /** Where the answer is an error: the status that it states. */
  readonly failure?: Status;
  /** Of a streamed body: what tells the client that no more will come, and why. */
  readonly breakOff?: (status: Status) => string;
}

const bare: object = Object.create(null);

/** A map that inherits nothing. One that has no prototype at all would be a hash table from the start, at twice the cost. */
export function headerMap<Value>(): { [name: string]: Value } {
  return Object.create(bare);
}

/** The lower-case form of the names that have been seen, which are the same with every request; no more than `maxKeys`. */
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

/** The first value of a header, "" when it is absent. `name` is lower case. */
export function headerValue(headers: HttpHeaders, name: string): string {
  return headers[name]?.[0] ?? "";
}

/** The media type of a Content-Type value without parameters, lower case: `application/json`. */
export function mediaType(contentType: string): string {
  const end = contentType.indexOf(";");
  return (end === -1 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

/** Whether nothing of a body is left to come. */
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
