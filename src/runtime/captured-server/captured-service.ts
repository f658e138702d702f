/** The service object that the user's server registers, for the functions that run its methods. */
import { RpcError } from "../status.js";
import { checkMessages, type EmptyRequests } from "./check-messages.js";
import { formatOptions, type LoaderOptions, sameOptions } from "./loader-options.js";
import { failureOf, type Starter, startServer } from "./start-server.js";
import { type Registration, registered, registeredNames, registrationOf } from "./registrations.js";

/** The expectations of generated code. */
export interface ServerModule extends Starter {
  /** The options that the messages were generated for; absent for messages that no .proto loader makes. */
  readonly loader?: LoaderOptions;
  /** Requests in which nothing is set, as the functions were generated for them; absent for messages that a bridge reads. */
  readonly empty?: EmptyRequests;
}

/**
 * The object that the server registers under a full name. If it does not while its module is evaluated, an object whose
 * methods wait for it. Throws for a service that is registered otherwise than it was generated for, and for a server
 * that throws as it starts.
 */
export function capturedService(name: string, server: ServerModule): object {
  startServer(server);
  const known = registered(name);
  if (known !== undefined) return checked(name, known, server);
  const find = async (): Promise<object> => {
    const late = await registrationOf(name);
    if (late === undefined) throw new Error(missing(name, server));
    return checked(name, late, server);
  };
  let first: Promise<object> | undefined = find();
  first.catch((error: Error) => console.error(error.message));
  return lateService(() => {
    const service = first ?? find();
    first = undefined;
    return service;
  });
}

function checked(
  name: string,
  { implementation, options, definition }: Registration,
  { file, loader, empty }: ServerModule,
): object {
  if (options === undefined && loader !== undefined)
    throw new Error(
      `${file} registers ${name} with a definition of generated code, expected one of @grpc/proto-loader: name its messages in grpc2lambda.yaml, under services, ${name}, messages`,
    );
  if (options !== undefined && (loader === undefined || !sameOptions(options, loader)))
    throw new Error(
      `${file} loads the messages of ${name} with ${formatOptions(options)}, the functions were generated for ${loader === undefined ? "generated classes" : formatOptions(loader)}: set services, ${name}, messages to ${formatOptions(options)} in grpc2lambda.yaml`,
    );
  if (definition !== undefined && empty !== undefined) checkMessages(name, file, definition, empty);
  return implementation;
}

function missing(name: string, { file, start }: ServerModule): string {
  const failure = start && failureOf(start);
  if (failure !== undefined) return failure;
  const others = registeredNames();
  const found = others.length === 0 ? "it registers nothing" : `it registers ${others.join(", ")}`;
  const hint =
    others.length === 0
      ? "; a server that only starts as the main module needs the function that starts it: implementation: { server: module#function }"
      : "";
  return `${file} does not register ${name}, ${found}${hint}`;
}

type Method = (...parameters: unknown[]) => unknown;

/** An object with a method of every name, which waits for the service and then is its method. */
function lateService(find: () => Promise<object>): object {
  let service: { readonly [name: string]: unknown } | undefined;
  return new Proxy(
    {},
    {
      get: (_, name) => {
        if (typeof name === "symbol") return undefined;
        if (service !== undefined) {
          const method = service[name];
          return typeof method === "function" ? method.bind(service) : undefined;
        }
        return async (...parameters: unknown[]) => {
          service ??= (await find()) as { readonly [name: string]: unknown };
          return call(service, name, parameters);
        };
      },
    },
  );
}

/**
 * Calls the method of a name, or of a name in other letter case: which of the names of a method the object has was not known before. As
 * in grpc-js, what a method throws is not for clients to read, and a missing method is no failure of the server.
 */
function call(service: object, name: string, parameters: readonly unknown[]): unknown {
  const method = findMethod(service, (key) => key === name) ?? findMethod(service, (key) => sameLetters(key, name));
  if (method === undefined) throw new RpcError("UNIMPLEMENTED", `The server does not implement the method ${name}`);
  try {
    return method.apply(service, [...parameters]);
  } catch (thrown) {
    if (thrown instanceof RpcError) throw thrown;
    console.error("the method of a grpc-js service object threw:", thrown);
    throw new RpcError("UNKNOWN", "Unknown error", { cause: thrown });
  }
}

/** Looks at own and inherited methods, but not at those of every object. */
function findMethod(service: object, fits: (key: string) => boolean): Method | undefined {
  for (let at: object | null = service; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    const key = Object.getOwnPropertyNames(at).find(fits);
    const method = key === undefined ? undefined : (service as { readonly [key: string]: unknown })[key];
    if (typeof method === "function") return method as Method;
  }
  return undefined;
}

function sameLetters(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
