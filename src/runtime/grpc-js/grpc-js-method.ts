/** Finds the method of an existing grpc-js service object that implements an RPC, and calls it as grpc-js does. */
import { RpcError } from "../status.js";

/** A method bound to its object. */
export type ServiceMethod = (...parameters: unknown[]) => unknown;

/**
 * The method of `service` under the first of `names` that is a function, own or inherited; looked up in every call. If
 * it is missing at the start, the log says so, and a call is UNIMPLEMENTED. Throws TypeError if `service` is not an
 * object.
 */
export function serviceMethod(service: object, names: readonly string[]): ServiceMethod {
  if (Object(service) !== service)
    throw new TypeError(
      `the implementation of ${names[0]} is ${service}, expected a service object: does its module export it under the configured name?`,
    );
  if (find(service, names) === undefined)
    console.error(
      `the service object has no method ${names.join(" or ")}, its calls are UNIMPLEMENTED; it has: ${methodNames(service).slice(0, 50).join(", ") || "no methods"}`,
    );
  return (...parameters) => {
    const method = find(service, names);
    if (method === undefined)
      throw new RpcError("UNIMPLEMENTED", `The server does not implement the method ${names[0]}`);
    return method.apply(service, parameters);
  };
}

function find(service: object, names: readonly string[]): ServiceMethod | undefined {
  for (const name of names) {
    const member = (service as { readonly [name: string]: unknown })[name];
    // Every object inherits a function `toString`, which does not implement an RPC of that name.
    if (typeof member === "function" && !(name in Object.prototype && member === Object.prototype[name as "toString"]))
      return member as ServiceMethod;
  }
  return undefined;
}

/** Names of own and inherited methods; getters are not run. */
function methodNames(service: object): string[] {
  const names = new Set<string>();
  for (let at: object | null = service; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (typeof value === "function" && name !== "constructor") names.add(name);
  return [...names];
}

/**
 * Calls a method with its call and, if it answers once, its callback. `fail` gets the error that the method throws, as
 * in grpc-js: UNKNOWN without the message, whatever its code, except for an `RpcError`, which is passed on. `fail` also
 * gets the rejection of a returned promise, and an error if a method returns its reply, because the client would never
 * get an answer. The log has the errors.
 */
export function callMethod(
  method: ServiceMethod,
  parameters: readonly [call: object, callback?: unknown],
  fail: (reason: unknown) => void,
): void {
  const check = (returned: unknown): void => {
    if (isGenerator(returned) || (parameters.length === 2 && isPlain(returned))) fail(new Error(returnedReply));
  };
  try {
    const returned = method(...parameters);
    // After the callback, which may have been called by then.
    if (returned instanceof Promise) returned.then(check, fail);
    else queueMicrotask(() => check(returned));
  } catch (thrown) {
    fail(thrown instanceof RpcError ? thrown : unknownError(thrown));
  }
}

const returnedReply =
  "the method of a grpc-js service object returned its reply, expected it to be passed to callback or call.write; methods of (request, context) that return replies are those of nice-grpc: set library: nice-grpc for the service";

function unknownError(thrown: unknown): RpcError {
  console.error("the method of a grpc-js service object threw:", thrown);
  return new RpcError("UNKNOWN", "Unknown error", { cause: thrown });
}

/** Tells whether a value is a generator, which has not run yet. */
function isGenerator(value: unknown): boolean {
  return /Generator\]$/.test(Object.prototype.toString.call(value));
}

/** Tells whether a value is a plain object: not a list, and not of a class, as database drivers return them. */
function isPlain(value: unknown): boolean {
  const prototype = value == null ? undefined : Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
