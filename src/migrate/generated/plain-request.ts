/** An ordinary request of a binding: valid values, each field once, nothing at the limits. */
import type { ModelIndex } from "../../model/model-index.js";
import type { RecordedRequest } from "../requests/recorded-request.js";
import { type GeneratedRoute, makeRequest } from "./generate-requests.js";
import type { Random } from "./random.js";

/** Always one item, never an exception, and the first value that is not empty. */
const ordinary: Random = {
  integer: (below) => Math.min(1, below - 1),
  oneIn: () => false,
  pick: (items) => items.find((item) => item !== "" && item !== 0) ?? items[0],
};

/** Makes the request; the same schema makes the same one. */
export function plainRequest(route: GeneratedRoute, index: ModelIndex): RecordedRequest {
  return makeRequest(route, index, ordinary, "plain");
}
