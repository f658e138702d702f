/** Stands in for @connectrpc/connect-express in bundles of a captured server. */
import { addRouter, serverListens } from "./connect-service.js";
import { openNoPorts } from "./no-ports.js";
import type { RouterOptions } from "./universal.js";

openNoPorts(serverListens);

/** Notes the services; other middleware of express does not run around them. */
export function expressConnectMiddleware(
  options: RouterOptions,
): (request: object, response: object, next: () => void) => void {
  console.error(
    "middleware of express does not run around services of Connect in a function; interceptors of Connect do",
  );
  addRouter(options);
  return (_request, _response, next) => next();
}
