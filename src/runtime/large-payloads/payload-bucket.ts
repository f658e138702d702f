/** The bucket of large payloads, and functions that both directions need. */
import type { LambdaContext } from "../rpc.js";
import { type Bucket, bucketOf, S3Error } from "./s3.js";
import type { StatusCode } from "../status.js";

/** The bucket that the template names in GRPC2LAMBDA_PAYLOAD_BUCKET; undefined without it, as in a local run. */
export function payloadBucket(): Bucket | undefined {
  const name = process.env["GRPC2LAMBDA_PAYLOAD_BUCKET"];
  return name ? bucketOf(name) : undefined;
}

/** An id that cannot be guessed: 256 random bits, 43 characters. */
export async function randomId(): Promise<string> {
  const { randomBytes } = await import("node:crypto");
  return randomBytes(32).toString("base64url");
}

/** Tells whether a text has the form of an id of `randomId`, so that it cannot leave its folder as a part of a key. */
export function isRandomId(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** Time that is kept for an answer after a request to S3 was given up, in ms. */
const margin = 500;

/** A signal that is aborted early enough to report it before Lambda ends the invocation. */
export function beforeEnd(lambda: LambdaContext | undefined): AbortSignal {
  const left = (lambda?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY) - margin;
  return AbortSignal.timeout(Math.min(Math.max(left, 0), 900_000));
}

/** The code of a failure of S3: UNAVAILABLE if a later try may succeed, else one for a fault of the set-up. */
export function codeOfFailure(error: unknown): StatusCode {
  if (!(error instanceof S3Error)) return "INTERNAL";
  return error.status === 0 || error.status === 429 || error.status >= 500 ? "UNAVAILABLE" : "INTERNAL";
}
