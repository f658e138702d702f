/** Replies of type google.api.HttpBody, in every form that message styles and JavaScript users give them. */
import type { RawBody } from "./rpc.js";

/** Bytes may also be base64 text or a list of numbers; what is missing is empty. */
export function rawReply(contentType: unknown, data: unknown): RawBody {
  return { contentType: typeof contentType === "string" ? contentType : "", data: toBytes(data) };
}

function toBytes(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (typeof data === "string") return Buffer.from(data, "base64");
  return Array.isArray(data) ? Uint8Array.from(data) : new Uint8Array(0);
}
