/** The product as a side that requests are sent to: through the simulated front door into the bundled functions, and back. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openProject, type ProjectTools } from "../../support/local-project.js";
import type { GatewayVersion } from "../build/go-tools.js";
import type { Peer } from "../peers/gateway-process.js";
import type { Handlers } from "../peers/handlers.js";
import type { Leg } from "./leg.js";
import { generateProject } from "./project.js";

/** Generates, bundles and loads the functions of a leg; `testGlobal` is what its handlers find as `globalThis.gatewayTest`. */
export async function startProduct(
  handlers: Handlers,
  leg: Leg,
  version: GatewayVersion,
  protos: string,
  testGlobal: object,
): Promise<Peer> {
  const root = generateProject(handlers.api.set, leg, version, protos);
  const project = await openProject(root, await builtTools());
  return {
    send: async (request) => {
      Object.assign(globalThis, { gatewayTest: testGlobal });
      return { kind: "answer", ...(await project.send(request)) };
    },
    stop: () => project.stop(),
  };
}

/** Of dist/, not of the bundle that this program is: they find their own files by where they are. */
async function builtTools(): Promise<ProjectTools> {
  const built = (path: string) => import(pathToFileURL(resolve("dist/cli", path)).href);
  const paths = ["project-output.js", "dev/local-door.js", "dev/local-routes.js", "dev/local-functions.js"];
  return Object.assign({}, ...(await Promise.all(paths.map(built))));
}
