/** Replies of type google.api.HttpBody, in every form that message styles and JavaScript users give them. */
import type { RawBody } from "../rpc.js";

/** A google.api.HttpBody as handlers return it, with the property names of any style. */
export interface HttpBodyLike {
  readonly contentType?: unknown;
  readonly content_type?: unknown;
  readonly data?: unknown;
}

/** Bytes may also be base64 text or a list of numbers; what is missing is empty. */
export function rawReply(body: HttpBodyLike | null | undefined): RawBody {
  const contentType = body?.contentType ?? body?.content_type;
  return { contentType: typeof contentType === "string" ? contentType : "", data: toBytes(body?.data) };
}

function toBytes(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (typeof data === "string") return Buffer.from(data, "base64");
  return Array.isArray(data) ? Uint8Array.from(data) : new Uint8Array(0);
}
