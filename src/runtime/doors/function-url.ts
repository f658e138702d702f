/**
 * Lambda Function URLs, responses sent whole (invoke mode BUFFERED).
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
import { bufferedHandler, type DoorOptions, type EventReader, type HandlerMaker } from "./door.js";
import type { Endpoint } from "../calls/endpoint.js";
import { lambdaLimit } from "./lambda-result.js";
import { type Format2Result, isFormat2, requestOfFormat2, resultOfFormat2 } from "./payload-format-2.js";
import type { LambdaContext } from "../rpc.js";

/** A Lambda handler. */
export type FunctionUrlHandler = (event: unknown, lambda?: LambdaContext) => Promise<Format2Result>;

/** Reads the events of a Function URL, for whole and for streamed responses. */
export const functionUrlReader: EventReader = {
  source: "a Function URL",
  read: (event, basePath) => (isFormat2(event) ? requestOfFormat2(event, basePath, false) : undefined),
};

/** Makes the Lambda handler for an endpoint. Every failure is a response, except that events of another source are errors. */
export function functionUrl(
  endpoint: Endpoint,
  options: DoorOptions = {},
  makeHandler: HandlerMaker = bufferedHandler,
): FunctionUrlHandler {
  return makeHandler({ ...functionUrlReader, limit: lambdaLimit, write: resultOfFormat2 }, endpoint, options);
}
