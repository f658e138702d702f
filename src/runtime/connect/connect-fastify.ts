/** Stands in for @connectrpc/connect-fastify in bundles of a captured server. */
import { addRouter, serverListens } from "./connect-service.js";
import { openNoPorts } from "./no-ports.js";
import type { RouterOptions } from "./universal.js";

openNoPorts(serverListens);

/** Notes the services when fastify loads its plugins; its hooks do not run around them. */
export function fastifyConnectPlugin(_fastify: object, options: RouterOptions, done: (error?: Error) => void): void {
  console.error("hooks of fastify do not run around services of Connect in a function; interceptors of Connect do");
  addRouter(options);
  done();
}
