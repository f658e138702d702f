/** Bodies in protobuf's binary form, in requests and replies, for APIs that are generated with them. */
import { acceptedTypes } from "../routing/accept.js";
import { encodeReply } from "./encode-reply.js";
import { bodyBytes, type HttpRequest, headerValue, mediaType } from "../http.js";
import type { BoundRequest, RawBody } from "../rpc.js";
import { boundMemory } from "../memory-bound.js";

/** The registered type and the ones in use. https://www.iana.org/assignments/media-types/application/protobuf */
const protobufTypes: readonly string[] = ["application/x-protobuf", "application/protobuf"];

/** Tells whether a request's body is a binary message. */
export function isProtobuf({ contentType }: Pick<BoundRequest, "contentType">): boolean {
  return protobufTypes.includes(mediaType(contentType));
}

/** Reads the message of a binary body. Throws DecodeError. */
export function protobufBody<Message>(
  { body }: Pick<BoundRequest, "body">,
  decode: (bytes: Uint8Array) => Message,
): Message {
  boundMemory();
  return decode(bodyBytes(body));
}

/**
 * The reply as a binary message if the client prefers that: by Accept or, if Accept leaves it open, by the type of its
 * own body.
 */
export function protobufReply<Reply>(
  encode: (reply: Reply) => Uint8Array,
): (reply: Reply, request: Pick<HttpRequest, "headers">) => RawBody | undefined {
  return (reply, { headers }) => {
    const contentType = preferredType(headers);
    return contentType === undefined ? undefined : { contentType, data: encodeReply(encode, reply) };
  };
}

function preferredType(headers: HttpRequest["headers"]): string | undefined {
  for (const type of acceptedTypes(headers["accept"] ?? [])) {
    if (protobufTypes.includes(type)) return type;
    if (type === "application/json") return undefined;
    if (type === "*/*" || type === "application/*") break;
  }
  const own = mediaType(headerValue(headers, "content-type"));
  return protobufTypes.includes(own) ? own : undefined;
}
