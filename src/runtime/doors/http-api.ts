/**
 * API Gateway HTTP APIs, payload formats 2.0 and 1.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { bufferedHandler, type DoorOptions, type EventReader, type HandlerMaker } from "./door.js";
import type { Endpoint } from "../calls/endpoint.js";
import { lambdaLimit } from "./lambda-result.js";
import { isFormat1, requestOfFormat1, resultOfFormat1 } from "./payload-format-1.js";
import { isFormat2, requestOfFormat2, resultOfFormat2 } from "./payload-format-2.js";
import type { LambdaContext } from "../rpc.js";

/** The result for an HTTP API: payload format 2.0, or 1.0 with lists of header values. */
export interface HttpApiResult {
  readonly statusCode: number;
  readonly headers?: { readonly [name: string]: string };
  readonly multiValueHeaders?: { readonly [name: string]: readonly string[] };
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A Lambda handler. */
export type HttpApiHandler = (event: unknown, lambda?: LambdaContext) => Promise<HttpApiResult>;

/** Reads the events of an HTTP API. */
export const httpApiReader: EventReader = {
  source: "an HTTP API",
  read: (event, basePath) => {
    if (isFormat2(event)) return requestOfFormat2(event, basePath, true);
    return isFormat1(event) ? requestOfFormat1(event, basePath) : undefined;
  },
};

/** Makes the Lambda handler for an endpoint. Every failure is a response, except that events of another source are errors. */
export function httpApi(
  endpoint: Endpoint,
  options: DoorOptions = {},
  makeHandler: HandlerMaker = bufferedHandler,
): HttpApiHandler {
  return makeHandler<HttpApiResult>(
    {
      ...httpApiReader,
      limit: lambdaLimit,
      write: (response, event) => (isFormat1(event) ? resultOfFormat1(response) : resultOfFormat2(response)),
    },
    endpoint,
    options,
  );
}
