/** API Gateway REST APIs. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
import type { Binding } from "../model/api-model.js";
import type { FrontDoor, Projection } from "./front-door.js";
import { projectToGateway } from "./gateway-path.js";
import { arrangeResources } from "./rest-resources.js";
import { gatewayLanguage, type RouteKey } from "./route-key.js";

/** Routing by resource and then by method, streaming, 29 seconds for responses that are sent whole. */
export const restApi: FrontDoor = {
  id: "rest-api",
  title: "API Gateway REST API",
  article: "an",
  runtimeModule: "rest-api",
  streamingModule: "rest-api-stream",
  limits: { routes: 300, seconds: 29 },
  routing: "resource-first",
  answersBrowsers: false,
  decodesPath: false,
  projectBinding,
  arrangePaths: arrangeResources,
  languageOf: gatewayLanguage,
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
function countResources(keys: readonly RouteKey[]): number {
  const resources = new Set(["/"]);
  for (const { path } of keys) {
    const parts = path.split("/").slice(1);
    for (let length = 1; length <= parts.length; length++) resources.add(`/${parts.slice(0, length).join("/")}`);
  }
  return resources.size;
}
