/** One list of requests for all front doors. Where a door deviates, its own expectation stands beside the reason. */
import type { Case } from "./suite/case.js";
import { paths, queries, requestBodies, requestHeaders } from "./suite/requests.js";
import { collections, responses, sizes, streams } from "./suite/responses.js";

/** By group. */
export const suite: Readonly<Record<string, readonly Case[]>> = {
  path: paths,
  query: queries,
  "request headers": requestHeaders,
  "request body": requestBodies,
  response: responses,
  size: sizes,
  "server streaming": streams,
  "client streaming": collections,
};
