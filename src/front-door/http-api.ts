/** API Gateway HTTP APIs. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
import type { FrontDoor } from "./front-door.js";
import { projectToGateway } from "./gateway-path.js";
import { defaultRoute, gatewayLanguage, nameRoutesAlike, type RouteKey, withoutThose } from "./route-key.js";
import { httpApiReader } from "../runtime/doors/http-api.js";
import { lambdaLimit } from "../runtime/doors/lambda-result.js";

/** Routing by method and path, no streaming, 30 seconds. */
export const httpApi: FrontDoor = {
  id: "http-api",
  title: "API Gateway HTTP API",
  article: "an",
  facts: {
    sizes: "6 MB each way",
    time: "30 s",
    streaming: "no",
    authentication: "IAM, JWT, Lambda",
    privateAccess: "no",
    firewall: "no",
    price: "$1.00 per million requests",
  },
  authentication: {
    kinds: ["iam", "jwt", "lambda", "none"],
    reachedBy: "everybody on the internet",
    help: "set deployment.auth to iam, check tokens in an interceptor, or take another front door",
  },
  reader: httpApiReader,
  limits: { routes: 300, seconds: 30, responseBytes: lambdaLimit.bytes },
  routing: "full-match-first",
  streams: "never",
  sharesRoutes: false,
  answersCors: true,
  decodesPath: true,
  damagesCompressedJson: true,
  projectBinding: projectToGateway,
  arrangePaths: nameRoutesAlike,
  languageOf: gatewayLanguage,
  catchUnrouted: () => [{ httpMethod: "ANY", path: defaultRoute, precision: "widened" }],
  catchPreflights,
  countRoutes: (keys) => keys.length,
};

/**
 * The API answers preflights itself, but asks the catch-all and routes of ANY method for credentials first, which they have not: routes of
 * their own let them in. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
function catchPreflights(keys: readonly RouteKey[]): RouteKey[] {
  const any = keys.filter(({ httpMethod, path }) => httpMethod === "ANY" && path !== defaultRoute);
  const names = nameRoutesAlike([...keys.map(({ path }) => path), "/{proxy+}"]);
  const paths = ["/", ...any.map(({ path }) => path), names.get("/{proxy+}") ?? "/{proxy+}"];
  return withoutThose(
    paths.map((path) => ({ httpMethod: "OPTIONS", path, precision: "widened" })),
    keys,
  );
}
