/**
 * API Gateway REST APIs, responses sent in parts (response transfer mode STREAM).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
import type { DoorOptions } from "./door.js";
import type { Endpoint } from "../calls/endpoint.js";
import type { HttpResponse } from "../http.js";
import { listHeaders } from "./response-headers.js";
import { type Prelude, type StreamHandler, streamedHandler } from "./response-stream.js";
import { restApiReader } from "./rest-api.js";

/**
 * Makes the Lambda handler for an endpoint. Requests are inflated if compression is configured; responses are not
 * compressed.
 */
export function restApiStream(endpoint: Endpoint, options: DoorOptions = {}): StreamHandler {
  return streamedHandler({ ...restApiReader, writePrelude }, endpoint, options);
}

/** The prelude: single values in `headers`, repeated ones (above all Set-Cookie) in `multiValueHeaders`. */
function writePrelude({ status, headers }: HttpResponse): Prelude {
  const single: { [name: string]: string } = Object.create(null);
  const repeated: { [name: string]: readonly string[] } = Object.create(null);
  for (const [name, values] of Object.entries(listHeaders(headers))) {
    if (values.length === 1 && name !== "set-cookie") single[name] = values[0] ?? "";
    else repeated[name] = values;
  }
  const prelude = { statusCode: status, headers: single };
  return Object.keys(repeated).length === 0 ? prelude : { ...prelude, multiValueHeaders: repeated };
}
