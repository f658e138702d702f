/** Services that the user's code registers with a router of Connect: the router is their own library's. */
import { capturedService } from "../captured-server/captured-service.js";
import { listen, register } from "../captured-server/registrations.js";
import { universalMethod } from "./universal-method.js";
import type {
  CreateRouter,
  LibraryCreateRouter,
  LibraryRoutes,
  Router,
  RouterOptions,
  UniversalHandler,
} from "./universal.js";

/** The module that registers services, and the library's function that makes routers. */
export interface ConnectModule {
  /** Path of the module, to be named in errors. */
  readonly file: string;
  readonly createRouter: LibraryCreateRouter;
  /** Runs the server, if importing its module does not. */
  readonly start?: () => unknown;
  /** A function of a router, in place of a server. */
  readonly routes?: LibraryRoutes;
}

let createRouter: CreateRouter | undefined;
let isRegistered = false;
/** Options of adapters that were made while the server's module was evaluated: before the library's function is known. */
const early: RouterOptions[] = [];

/** The object that answers calls of a service, see `capturedService`. */
export function connectService(name: string, module: ConnectModule): object {
  const { file, routes, start } = module;
  createRouter = module.createRouter as CreateRouter;
  for (const options of early.splice(0)) addRouter(options);
  return capturedService(name, { file, ...starter(file, routes, start) });
}

const starters = new WeakMap<object, () => void>();

/** One function for each `routes`, so that the services of a module register once. */
function starter(
  file: string,
  routes: ConnectModule["routes"],
  start: ConnectModule["start"],
): { readonly start?: () => unknown } {
  if (routes === undefined) return start === undefined ? {} : { start };
  if (typeof routes !== "function")
    throw new TypeError(`${file} exports ${typeof routes}, expected a function of Connect's router: (router) => …`);
  const register = routes as (router: Router) => unknown;
  const run = starters.get(routes) ?? ((): void => addRouter({ routes: register }));
  starters.set(routes, run);
  return { start: run };
}

/** Makes a router with the options of an adapter, and notes the services that its `routes` register. */
export function addRouter(options: RouterOptions): void {
  if (createRouter === undefined) {
    early.push(options);
    return;
  }
  isRegistered = true;
  const router = createRouter({ ...options, grpc: true });
  options.routes?.(router);
  for (const handlers of byService(router.handlers)) registerService(handlers, options);
}

/** Notes that a server listens: one that does before it has a router is another one, such as that of metrics. */
export function serverListens(): void {
  if (isRegistered) listen();
}

function byService(handlers: readonly UniversalHandler[]): Iterable<readonly UniversalHandler[]> {
  const services = new Map<string, UniversalHandler[]>();
  for (const handler of handlers) {
    const [, service = ""] = handler.requestPath.split("/");
    const known = services.get(service);
    if (known === undefined) services.set(service, [handler]);
    else known.push(handler);
  }
  return services.values();
}

/** Registers as a server of grpc-js would, with messages as bytes. */
function registerService(handlers: readonly UniversalHandler[], options: RouterOptions): void {
  const definition: { [method: string]: object } = {};
  const implementation: { [method: string]: object } = {};
  for (const handler of handlers) {
    const { requestPath: path, protocolNames } = handler;
    if (!protocolNames.includes("grpc"))
      throw new Error(`${path} is registered with grpc: false, which is how a function calls it: leave it out`);
    const method = path.slice(path.lastIndexOf("/") + 1);
    definition[method] = { path, requestDeserialize: asBytes, responseSerialize: asBytes };
    implementation[method] = universalMethod(handler, options);
  }
  register(definition, implementation);
}

function asBytes(bytes: Uint8Array): Uint8Array {
  return bytes;
}
