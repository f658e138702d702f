/** Finds the method of an existing grpc-js service object that implements an RPC, and calls it as grpc-js does. */
import { RpcError } from "../status.js";

/** A method bound to its object. */
export type ServiceMethod = (...parameters: unknown[]) => unknown;

/**
 * The method of `service` under the first of `names` that is one, own or inherited; looked up in every call. When it is missing at
 * the start, the log says so, and a call is UNIMPLEMENTED. Throws TypeError for a `service` that is no object.
 */
export function serviceMethod(service: object, names: readonly string[]): ServiceMethod {
  if (Object(service) !== service)
    throw new TypeError(
      `the implementation of ${names[0]} is ${service}, expected a grpc-js service object: does its module export it under the configured name?`,
    );
  if (find(service, names) === undefined)
    console.error(
      `the grpc-js service object has no method ${names.join(" or ")}, its calls are UNIMPLEMENTED; it has: ${methodNames(service).slice(0, 50).join(", ") || "no methods"}`,
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
    // An RPC called ToString is not implemented by the function of that name that every object has.
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
 * Calls a method with its call and, where it answers once, its callback. `fail` gets what it throws, as grpc-js has it: UNKNOWN without
 * the message, whatever code it carries, but for an `RpcError`, which says what it means. It also gets how a returned promise fails, and
 * an error where a method returned its reply, because nobody would ever be answered. The log has the errors.
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
    // Later than the callback, which may have been called by now.
    if (returned instanceof Promise) returned.then(check, fail);
    else queueMicrotask(() => check(returned));
  } catch (thrown) {
    fail(thrown instanceof RpcError ? thrown : unknownError(thrown));
  }
}

const returnedReply =
  "the method of a grpc-js service object returned its reply, expected it to be passed to callback or call.write; functions of (request, context) that return replies are handlers, in a file per RPC";

function unknownError(thrown: unknown): RpcError {
  console.error("the method of a grpc-js service object threw:", thrown);
  return new RpcError("UNKNOWN", "Unknown error", { cause: thrown });
}

/** What a generator function returns, of which nothing has run yet. */
function isGenerator(value: unknown): boolean {
  return /Generator\]$/.test(Object.prototype.toString.call(value));
}

/** No object of a class, as database drivers return them, nor a list. */
function isPlain(value: unknown): boolean {
  const prototype = value == null ? undefined : Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
