/** The bucket that large payloads go through, and what both directions need of it. */
import type { LambdaContext } from "../rpc.js";
import { type Bucket, bucketOf, S3Error } from "./s3.js";
import type { StatusCode } from "../status.js";

/** The bucket that the template names in GRPC2LAMBDA_PAYLOAD_BUCKET; undefined where there is none, as in a local run. */
export function payloadBucket(): Bucket | undefined {
  const name = process.env["GRPC2LAMBDA_PAYLOAD_BUCKET"];
  return name ? bucketOf(name) : undefined;
}

/** What nobody can guess: 256 random bits, 43 characters. */
export async function randomId(): Promise<string> {
  const { randomBytes } = await import("node:crypto");
  return randomBytes(32).toString("base64url");
}

/** Whether a text has the form of what `randomId` gives, and so cannot lead anywhere else as a part of a key. */
export function isRandomId(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** Time kept for an answer after S3 was given up, in ms. */
const margin = 500;

/** Aborted early enough to say so before Lambda ends the invocation. */
export function beforeEnd(lambda: LambdaContext | undefined): AbortSignal {
  const left = (lambda?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY) - margin;
  return AbortSignal.timeout(Math.min(Math.max(left, 0), 900_000));
}

/** Whether it may work later, or somebody has to mend something. */
export function codeOfFailure(error: unknown): StatusCode {
  if (!(error instanceof S3Error)) return "INTERNAL";
  return error.status === 0 || error.status === 429 || error.status >= 500 ? "UNAVAILABLE" : "INTERNAL";
}
