/**
 * gRPC status: codes, the error that handlers throw, and the conversion of other errors.
 * https://github.com/grpc/grpc/blob/master/doc/statuscodes.md
 */
import { EncodeError } from "./values/encode-error.js";
import type { JsonObject } from "./values/json.js";
import type { MetadataSource } from "./metadata.js";

/** Names of the status codes, by number. */
export const codeNames = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
] as const;

/** HTTP status by code number; 499 is nginx' "client closed request". */
const httpStatuses = [200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401];

/** Name of a status code. */
export type StatusCode = (typeof codeNames)[number];

/**
 * The JSON form of a google.protobuf.Any: the fields of a message and its type,
 * `type.googleapis.com/google.rpc.ErrorInfo`.
 */
export type ErrorDetail = JsonObject & { readonly "@type": string };

/** The end of a call. */
export interface Status {
  /** Code number, 0 to 16; a larger one is passed on. */
  readonly code: number;
  readonly message: string;
  readonly details: readonly ErrorDetail[];
  /** Goes out as trailer metadata. */
  readonly metadata?: MetadataSource;
}

/** The parts of an `RpcError` in addition to code and message. */
export interface RpcErrorOptions {
  /**
   * Details, as the functions of `gen/error-details.ts` make them: `[badRequest({ fieldViolations: [{ field: "name" }]
   * })]`.
   */
  readonly details?: readonly ErrorDetail[];
  /** Sent to the client as trailer metadata. */
  readonly metadata?: MetadataSource;
  /** The error behind this one; it is never sent. */
  readonly cause?: unknown;
}

/**
 * The error that a handler throws to end the call with a status: `throw new RpcError("NOT_FOUND", "shelf 7 does not
 * exist")`.
 */
export class RpcError extends Error {
  override readonly name: string = "RpcError";
  // `declare`: the constructor sets these properties, so the bundle needs no code for their declarations.
  declare readonly code: StatusCode;
  declare readonly details: readonly ErrorDetail[];
  declare readonly metadata: MetadataSource | undefined;

  constructor(code: StatusCode, message: string, options: RpcErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.details = options.details ?? [];
    this.metadata = options.metadata;
  }
}

/** The number of a code: 5 for `NOT_FOUND`. */
export function codeNumber(code: StatusCode): number {
  return codeNames.indexOf(code);
}

/** The name of a code number; undefined for an unknown one. */
export function codeName(code: number): StatusCode | undefined {
  return codeNames[code];
}

/** The HTTP status of a code number; 500 for an unknown one. */
export function httpStatus(code: number): number {
  return httpStatuses[code] ?? 500;
}

/**
 * The status of a thrown value: that of an `RpcError` or of an error with grpc-js' shape (`{ code: number, details:
 * string, metadata }`; a number alone may be a database's code), UNKNOWN for a reply that cannot be encoded, and
 * INTERNAL for any other value. `isPublic` tells whether the message is meant for the client; otherwise the status has
 * a message that reveals nothing, and the error belongs in the log.
 */
export function statusOf(thrown: unknown): Status & { readonly isPublic: boolean } {
  if (thrown instanceof RpcError) {
    return withMetadata(codeNumber(thrown.code), thrown.message, thrown.details, thrown.metadata);
  }
  if (isServiceError(thrown)) {
    return withMetadata(thrown.code, thrown.details, thrown.printed ?? [], thrown.metadata);
  }
  // A reply that cannot be encoded is UNKNOWN, as behind grpc-gateway.
  const code = codeNumber(thrown instanceof EncodeError ? "UNKNOWN" : "INTERNAL");
  return { code, message: "internal error", details: [], isPublic: false };
}

interface ServiceErrorLike {
  readonly code: number;
  readonly details: string;
  /** Details of a code that gRPC does not have. */
  readonly printed?: readonly ErrorDetail[];
  readonly metadata?: MetadataSource;
}

function isServiceError(thrown: unknown): thrown is ServiceErrorLike {
  const { code, details } = Object(thrown) as { readonly code?: unknown; readonly details?: unknown };
  return Number.isInteger(code) && typeof details === "string";
}

function withMetadata(
  code: number,
  message: string,
  details: readonly ErrorDetail[],
  metadata: MetadataSource | undefined,
): Status & { readonly isPublic: boolean } {
  return { code, message, details, isPublic: true, ...(metadata && { metadata }) };
}
