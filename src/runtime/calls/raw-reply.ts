/** Replies of type google.api.HttpBody, in the forms of every message style and of plain JavaScript. */
import type { RawBody } from "../rpc.js";

/** A google.api.HttpBody as handlers return it, with the property names of any style. */
export interface HttpBodyLike {
  readonly contentType?: unknown;
  readonly content_type?: unknown;
  readonly data?: unknown;
}

/**
 * The content type and the bytes of a reply. Bytes may also be base64 text or a list of numbers; missing properties are
 * empty.
 */
export function rawReply(body: HttpBodyLike | null | undefined): RawBody {
  const contentType = body?.contentType ?? body?.content_type;
  return { contentType: typeof contentType === "string" ? contentType : "", data: toBytes(body?.data) };
}

/** A message of a stream with a newline after it, as grpc-gateway separates them. */
export function rawLine(body: HttpBodyLike | null | undefined): RawBody {
  const { contentType, data } = rawReply(body);
  return { contentType, data: Buffer.concat([data, newline]) };
}

const newline = /* @__PURE__ */ Uint8Array.of(0x0a);

/** Bytes of a `response_body` that is an HttpBody, which grpc-gateway declares as JSON. */
export function rawAsJson(body: HttpBodyLike | null | undefined): RawBody {
  return { contentType: "application/json", data: rawReply(body).data };
}

function toBytes(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (typeof data === "string") return Buffer.from(data, "base64");
  return Array.isArray(data) ? Uint8Array.from(data) : new Uint8Array(0);
}
