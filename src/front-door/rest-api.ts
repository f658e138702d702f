/** API Gateway REST APIs. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
import type { Binding } from "../model/api-model.js";
import type { FrontDoor, Projection } from "./front-door.js";
import { projectToGateway } from "./gateway-path.js";
import { arrangeResources } from "./rest-resources.js";
import { overlaps } from "./path-language.js";
import { gatewayLanguage, type RouteKey, withoutThose } from "./route-key.js";
import { restApiReader } from "../runtime/doors/rest-api.js";
import { lambdaLimit } from "../runtime/doors/lambda-result.js";

/** Routing by resource and then by method, streaming, 29 seconds for responses that are sent whole. */
export const restApi: FrontDoor = {
  id: "rest-api",
  title: "API Gateway REST API",
  article: "an",
  facts: {
    sizes: "6 MB, 200 MB streamed",
    time: "29 s, 900 s streamed",
    streaming: "yes",
    authentication: "IAM, Cognito, Lambda",
    privateAccess: "no",
    firewall: "WAF, attached by you",
    price: "$3.50 per million requests",
  },
  authentication: {
    kinds: ["iam", "cognito", "lambda", "none"],
    reachedBy: "everybody on the internet",
    help: "set deployment.auth to iam, check tokens in an interceptor, or take another front door",
  },
  reader: restApiReader,
  limits: { routes: 300, seconds: 29, responseBytes: lambdaLimit.bytes },
  routing: "resource-first",
  streams: "always",
  sharesRoutes: false,
  answersCors: false,
  decodesPath: false,
  damagesCompressedJson: true,
  projectBinding,
  arrangePaths: arrangeResources,
  languageOf: gatewayLanguage,
  catchUnrouted,
  catchPreflights,
  countRoutes: countResources,
};

/** The gateway's own health checks. */
const reservedPaths: ReadonlySet<string> = new Set(["/ping", "/sping"]);

function projectBinding(binding: Binding): Projection {
  const projection = projectToGateway(binding);
  const reserved = projection.keys.map((key) => key.path).filter((path) => reservedPaths.has(path));
  const problems = reserved.map((text) => ({ kind: "reserved", text }) as const);
  return { ...projection, problems: [...projection.problems, ...problems] };
}

/** Every beginning of a path is a resource, `/` included. */
function resourcesOf(keys: readonly RouteKey[]): Set<string> {
  const resources = new Set(["/"]);
  for (const { path } of keys) {
    const parts = path.split("/").slice(1);
    for (let length = 1; length <= parts.length; length++) resources.add(`/${parts.slice(0, length).join("/")}`);
  }
  return resources;
}

function countResources(keys: readonly RouteKey[]): number {
  return resourcesOf(keys).size;
}

/**
 * A resource that is there ends the search whatever its methods are, so each of them gets the methods that it lacks; but none that has
 * no methods yet and would take requests from others. `/` can have one variable below it: where that is taken by a template, paths that
 * no resource matches are the door's to answer.
 */
function catchUnrouted(keys: readonly RouteKey[]): RouteKey[] {
  const used = new Set(keys.map(({ path }) => path));
  const languages = keys.map(gatewayLanguage);
  const takesNothing = (path: string): boolean => {
    const own = gatewayLanguage({ httpMethod: "ANY", path });
    return !languages.some((language) => overlaps(language, own));
  };
  const resources = [...resourcesOf(keys)].filter((path) => used.has(path) || takesNothing(path));
  const hasVariable = [...used].some((path) => path.startsWith("/{"));
  return withoutThose(
    [...resources, ...(hasVariable ? [] : [rest])].map((path) => ({ httpMethod: "ANY", path, precision: "widened" })),
    keys,
  );
}

/** All resources with a method. */
function catchPreflights(keys: readonly RouteKey[]): RouteKey[] {
  return withoutThose(
    keys.map(({ path }) => ({ httpMethod: "OPTIONS", path, precision: "widened" })),
    keys,
  );
}

const rest = "/{proxy+}";
