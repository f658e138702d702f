/** Ends of calls to a gRPC server that are no replies, as codes of gRPC. */
import type { Metadata } from "../metadata.js";
import { codeNumber, RpcError, type StatusCode } from "../status.js";

/** An error in the shape of grpc-js' ServiceError. */
export interface GrpcFailure {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
}

/** An error of the connection or the protocol, with the error behind it, which is never sent. */
export function failed(code: StatusCode, message: string, cause?: unknown): RpcError {
  return new RpcError(code, message, cause === undefined ? {} : { cause });
}

/** The error of a server that has ended the call with a code other than 0. */
export function failureOf(status: string, message: string, metadata: Metadata): GrpcFailure {
  const code = /^\d{1,10}$/.test(status) && +status < 2 ** 31 ? +status : codeNumber("UNKNOWN");
  return { code, details: percentDecoded(message), metadata };
}

/**
 * The error of a response without a status of gRPC, by its HTTP status: it came from something in between.
 * https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md
 */
export function failureOfHttp(status: number, contentType: string): RpcError {
  return failed(httpCodes[status] ?? "UNKNOWN", `unexpected answer of HTTP status ${status}, type "${contentType}"`);
}

const httpCodes: Readonly<Record<number, StatusCode>> = {
  400: "INTERNAL",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "UNIMPLEMENTED",
  429: "UNAVAILABLE",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "UNAVAILABLE",
};

/** The error of a stream that was reset. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#errors */
export function failureOfReset(reset: number, cause: unknown): RpcError {
  return failed(resetCodes[reset] ?? "INTERNAL", `stream terminated by RST_STREAM with error code: ${reset}`, cause);
}

/** Codes by those of HTTP/2: REFUSED_STREAM, CANCEL, ENHANCE_YOUR_CALM, INADEQUATE_SECURITY. */
const resetCodes: Readonly<Record<number, StatusCode>> = {
  7: "UNAVAILABLE",
  8: "CANCELLED",
  11: "RESOURCE_EXHAUSTED",
  12: "PERMISSION_DENIED",
};

/** The error of a connection that could not be made, or was lost. Its cause names hosts and goes to the log alone. */
export function unavailable(cause: unknown): RpcError {
  return failed("UNAVAILABLE", "the service behind this one cannot be reached", cause);
}

/** A text as it was before percent-encoding; unchanged if it is malformed. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
