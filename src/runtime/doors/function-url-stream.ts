/**
 * Lambda Function URLs, responses sent in parts (invoke mode RESPONSE_STREAM).
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
 */
import type { DoorOptions } from "./door.js";
import type { Endpoint } from "../calls/endpoint.js";
import { functionUrlReader } from "./function-url.js";
import type { HttpResponse } from "../http.js";
import { joinHeaders } from "./response-headers.js";
import { type Prelude, type StreamHandler, streamedHandler } from "./response-stream.js";

/**
 * Makes the Lambda handler for an endpoint. Requests are inflated if compression is configured; responses are not
 * compressed.
 */
export function functionUrlStream(endpoint: Endpoint, options: DoorOptions = {}): StreamHandler {
  return streamedHandler({ ...functionUrlReader, writePrelude }, endpoint, options);
}

function writePrelude({ status, headers }: HttpResponse): Prelude {
  const joined = joinHeaders(headers);
  const prelude = { statusCode: status, headers: joined.headers };
  return joined.cookies.length === 0 ? prelude : { ...prelude, cookies: joined.cookies };
}
