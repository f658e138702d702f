/** The exports of @grpc/proto-loader, as its stand-in has them. https://github.com/grpc/grpc-node/tree/master/packages/proto-loader */
import { readLoaderOptions } from "./loader-options.js";
import { packagePath } from "./package-path.js";

/** Gives a package definition in which every name is a service. */
export function loadSync(_files: unknown, options?: unknown): object {
  return packagePath("", readLoaderOptions(options));
}

/** Resolves to what `loadSync` gives. */
export async function load(files: unknown, options?: unknown): Promise<object> {
  return loadSync(files, options);
}

/** Gives what `loadSync` gives. */
export function fromJSON(json: unknown, options?: unknown): object {
  return loadSync(json, options);
}

/** Gives what `loadSync` gives. */
export function loadFileDescriptorSetFromBuffer(set: unknown, options?: unknown): object {
  return loadSync(set, options);
}

/** Gives what `loadSync` gives. */
export function loadFileDescriptorSetFromObject(set: unknown, options?: unknown): object {
  return loadSync(set, options);
}

/** Tells whether a message is an Any that proto-loader has unpacked (`@type`). */
export function isAnyExtension(message: object): boolean {
  return "@type" in message && typeof message["@type"] === "string";
}

/** The levels of `idempotency_level` in method options. */
export const IdempotencyLevel = {
  IDEMPOTENCY_UNKNOWN: "IDEMPOTENCY_UNKNOWN",
  NO_SIDE_EFFECTS: "NO_SIDE_EFFECTS",
  IDEMPOTENT: "IDEMPOTENT",
} as const;
