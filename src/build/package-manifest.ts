/** The package.json of packages, and names of packages. */
import { readBounded } from "../bounded-file.js";

/** The members that are read; they may be anything, and those of packages are usually what npm asks for. */
export interface PackageManifest {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly dependencies?: object;
  readonly optionalDependencies?: object;
  readonly peerDependencies?: object;
  readonly peerDependenciesMeta?: { readonly [name: string]: { readonly optional?: boolean } };
}

/** A package.json beyond this is nobody's. */
const maxManifestBytes = 10_000_000;

/** Undefined for a file that is not there or not JSON: esbuild will say so of the latter. */
export function readManifest(path: string): PackageManifest | undefined {
  try {
    const read = readBounded(path, maxManifestBytes);
    return read.kind === "tooLarge" ? undefined : Object(JSON.parse(read.bytes.toString("utf8")));
  } catch {
    return undefined;
  }
}

/** `@scope/name` of `@scope/name/lib/x.js`. */
export function packageOf(module: string): string {
  return module.split("/", module.startsWith("@") ? 2 : 1).join("/");
}
