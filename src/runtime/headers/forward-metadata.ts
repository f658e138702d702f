/**
 * `Grpc-Metadata-Foo: bar` as metadata `foo`, as grpc-gateway did before 2.33, and does since with its legacy header
 * matcher. Any client can send such a header, so such metadata are never checked.
 */
import type { Metadata } from "../metadata.js";
import { matchHeader, type MetadataRequest } from "../request-metadata.js";
import { matchedMetadata } from "./matched-metadata.js";

/**
 * Metadata of permanent headers and of every `Grpc-Metadata-` header, except for names that handlers take for checked.
 */
export function forwardMetadata(request: MetadataRequest): Metadata {
  return matchedMetadata(request, matchUnchecked);
}

/** Metadata as of `forwardMetadata`, and of `Grpc-Metadata-Authorization` and `Grpc-Metadata-Grpcgateway-…`. */
export function forwardAllMetadata(request: MetadataRequest): Metadata {
  return matchedMetadata(request, matchAll);
}

const prefix = "grpc-metadata-";

/**
 * Keys that a transport of gRPC sets itself and accepts from no caller.
 * https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
const ofTransport = /^(?:content-type|user-agent|te|grpc-(?:timeout|encoding|status|message|message-type))$/;

function matchUnchecked(header: string): string | undefined {
  const key = matchAll(header);
  const isForged = header.startsWith(prefix) && (key === "authorization" || key?.startsWith("grpcgateway-"));
  return isForged ? undefined : key;
}

function matchAll(header: string): string | undefined {
  if (!header.startsWith(prefix)) return matchHeader(header);
  const key = header.slice(prefix.length);
  return ofTransport.test(key) ? undefined : key;
}
