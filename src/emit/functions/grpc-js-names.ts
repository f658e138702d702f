/** The names of methods in service objects of grpc-js. */

/**
 * The names under which a service object may have the method of an RPC: `GetUSState` (grpc-js tries the name itself first),
 * `getUsState` (proto-loader's `originalName`, which is lodash's camelCase, and ts-proto), `getUSState` (grpc-tools).
 */
export function grpcJsNames(name: string): string[] {
  return [...new Set([name, loaderName(name), name.slice(0, 1).toLowerCase() + name.slice(1)])];
}

/** The second name that proto-loader gives to a method. Words begin at an upper-case letter after a lower-case one, at the last of several before a lower-case one, and at digits. */
export function loaderName(name: string): string {
  const words = name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+/g) ?? [];
  const [first = "", ...rest] = words.map((word) => word.toLowerCase());
  return first + rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
}
