/**
 * API Gateway REST APIs, responses sent whole.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
import { bufferedHandler, type DoorOptions, type EventReader, type HandlerMaker } from "./door.js";
import type { Endpoint } from "../calls/endpoint.js";
import { lambdaLimit } from "./lambda-result.js";
import { type Format1Result, isFormat1, requestOfFormat1, resultOfFormat1 } from "./payload-format-1.js";
import type { LambdaContext } from "../rpc.js";

/** A Lambda handler. */
export type RestApiHandler = (event: unknown, lambda?: LambdaContext) => Promise<Format1Result>;

/** Reads the events of a REST API, for whole and for streamed responses. */
export const restApiReader: EventReader = {
  source: "a REST API",
  read: (event, basePath) => (isFormat1(event) ? requestOfFormat1(event, basePath) : undefined),
};

/** Makes the Lambda handler for an endpoint. Every failure is a response, except that events of another source are errors. */
export function restApi(
  endpoint: Endpoint,
  options: DoorOptions = {},
  makeHandler: HandlerMaker = bufferedHandler,
): RestApiHandler {
  return makeHandler({ ...restApiReader, limit: lambdaLimit, write: resultOfFormat1 }, endpoint, options);
}
