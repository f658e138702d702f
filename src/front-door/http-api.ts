/** API Gateway HTTP APIs. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
import type { FrontDoor } from "./front-door.js";
import { projectToGateway } from "./gateway-path.js";
import { gatewayLanguage, nameRoutesAlike } from "./route-key.js";

/** Routing by method and path, no streaming, 30 seconds. */
export const httpApi: FrontDoor = {
  id: "http-api",
  title: "API Gateway HTTP API",
  article: "an",
  runtimeModule: "http-api",
  limits: { routes: 300, seconds: 30 },
  routing: "full-match-first",
  answersBrowsers: true,
  decodesPath: true,
  projectBinding: projectToGateway,
  arrangePaths: nameRoutesAlike,
  languageOf: gatewayLanguage,
  countRoutes: (keys) => keys.length,
};
