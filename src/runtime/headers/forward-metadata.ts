/**
 * `Grpc-Metadata-Foo: bar` as metadata `foo`: what grpc-gateway did before 2.33, and does since with its legacy header matcher. Any client
 * can send such a header, so a handler cannot take what comes so for checked.
 */
import type { Metadata } from "../metadata.js";
import { matchHeader, type MetadataRequest } from "../request-metadata.js";
import { matchedMetadata } from "./matched-metadata.js";

/** Permanent headers and every `Grpc-Metadata-` header, but for the names that stand for something that was checked. */
export function forwardMetadata(request: MetadataRequest): Metadata {
  return matchedMetadata(request, matchUnchecked);
}

/** As `forwardMetadata`, `Grpc-Metadata-Authorization` and `Grpc-Metadata-Grpcgateway-Cookie` among them. */
export function forwardAllMetadata(request: MetadataRequest): Metadata {
  return matchedMetadata(request, matchAll);
}

const prefix = "grpc-metadata-";

/** What a transport of gRPC sets itself and takes from nobody. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md */
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
