/** Lambda Function URLs: no routes, every request goes to the function. https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
import type { FrontDoor } from "./front-door.js";
import { functionUrlReader } from "../runtime/doors/function-url.js";
import { lambdaLimit } from "../runtime/doors/lambda-result.js";

/** One function behind each URL, streaming, 15 minutes. */
export const functionUrl: FrontDoor = {
  id: "function-url",
  title: "Lambda Function URL",
  article: "a",
  facts: {
    sizes: "6 MB, 200 MB streamed",
    time: "900 s",
    streaming: "yes",
    authentication: "IAM",
    privateAccess: "no",
    firewall: "no",
    price: "free",
  },
  authentication: {
    kinds: ["iam", "none"],
    reachedBy: "everybody on the internet",
    help: "set deployment.auth to iam, check tokens in an interceptor, or take another front door",
  },
  reader: functionUrlReader,
  limits: { routes: Number.POSITIVE_INFINITY, seconds: 900, responseBytes: lambdaLimit.bytes },
  routing: "none",
  streams: "outside-vpc",
  sharesRoutes: false,
  answersCors: true,
  decodesPath: false,
  damagesCompressedJson: true,
  projectBinding: () => ({ keys: [{ httpMethod: "ANY", path: "/*", precision: "widened" }], problems: [] }),
  arrangePaths: () => new Map(),
  languageOf: () => [[{ kind: "many" }]],
  catchUnrouted: () => [],
  catchPreflights: () => [],
  countRoutes: () => 0,
};
