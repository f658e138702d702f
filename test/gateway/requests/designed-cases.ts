/** Cases by design: what chance seldom meets. */
import type { FileRegistry } from "@bufbuild/protobuf";
import type { Api } from "./api.js";
import { createDesign } from "./designed/design.js";
import { failingHandlers } from "./designed/failing-handlers.js";
import { headersAndQueries } from "./designed/headers-and-queries.js";
import { limits } from "./designed/limits.js";
import { membersAndMasks } from "./designed/members-and-masks.js";
import { plainHttp } from "./designed/plain-http.js";
import type { RequestCase } from "./request-case.js";

/** All of an API, the same ones every time. */
export function* designedCases(api: Api, details: FileRegistry): Generator<RequestCase> {
  const design = createDesign(api, details);
  yield* failingHandlers(design);
  yield* plainHttp(design);
  yield* limits(design);
  yield* headersAndQueries(design);
  yield* membersAndMasks(design);
}
