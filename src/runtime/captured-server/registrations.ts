/** Notes what the user's server registers in place of listening: one table for each bundle. */
import { pathOf } from "./package-path.js";
import type { LoaderOptions } from "./loader-options.js";

/** A service as the server registers it. */
export interface Registration {
  /** The service object: its methods are the server's own. */
  readonly implementation: object;
  /** The options with which the server loads the .proto file; undefined for a definition of generated code. */
  readonly options?: LoaderOptions;
  /** The definition of generated code, with its serializers. */
  readonly definition?: object;
}

const registrations = new Map<string, Registration>();
const waiting = new Set<() => void>();
/** Whether nothing more will be registered. */
let isOver = false;
/** Starts a server again that failed as it started. */
let restart: (() => void) | undefined;

/** Notes a service. As in grpc-js, the first registration of a name stands; false for a later one. Throws for a definition without a name. */
export function register(definition: object, implementation: object): boolean {
  const path = pathOf(definition);
  const name = path === undefined ? nameOfDefinition(definition) : path.names.replace(/\.service$/, "");
  if (registrations.has(name)) return false;
  registrations.set(name, { implementation, ...(path === undefined ? { definition } : { options: path.options }) });
  wake();
  return true;
}

/** Notes that the server listens: what is not registered by now never will be. */
export function listen(): void {
  isOver = true;
  wake();
}

/** Notes that a server failed as it started: calls that wait for it end, and the next one has it start `again`. */
export function startFailed(again: () => void): void {
  restart = again;
  wake();
}

/** The service of a full name; undefined if it is not registered, or not yet. */
export function registered(name: string): Registration | undefined {
  return registrations.get(name);
}

/** The full names of all services, sorted. */
export function registeredNames(): string[] {
  return [...registrations.keys()].sort();
}

/** Milliseconds that a call waits for a server that registers its services later, after connecting to a database for example. */
const patience = 9000;

/** Resolves once the service is registered, the server listens without it, it fails, or nine seconds are over. */
export function registrationOf(name: string): Promise<Registration | undefined> {
  if (!registrations.has(name)) startAgain();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      waiting.delete(look);
      resolve(registrations.get(name));
    };
    const look = (): void => {
      if (isOver || restart !== undefined || registrations.has(name)) end();
    };
    const timer = setTimeout(listen, patience);
    waiting.add(look);
    look();
  });
}

function startAgain(): void {
  const again = restart;
  restart = undefined;
  again?.();
}

function wake(): void {
  for (const look of [...waiting]) look();
}

/** The name in the paths of a definition's methods: `/acme.library.v1.LibraryService/GetShelf`. */
function nameOfDefinition(definition: object): string {
  for (const method of Object.values(definition) as { readonly path?: unknown }[]) {
    const [, name] = /^\/([^/]+)\//.exec(String(method?.path)) ?? [];
    if (name !== undefined) return name;
  }
  throw new Error("the server registers a definition without methods, expected the service of a client constructor");
}
