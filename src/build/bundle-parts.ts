/** The shares of packages and source files in a bundle. */
import type { Metafile } from "esbuild";
import { compareText } from "../diagnostics.js";
import type { BundlePart } from "./built-function.js";

/** The shares of packages and of the project's own files in a bundle, the largest first. */
export function bundleParts({ inputs }: Metafile["outputs"][string]): BundlePart[] {
  const sizes = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name = partName(path);
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
  }
  return [...sizes]
    .map(([name, bytes]) => ({ name, bytes }))
    .sort((a, b) => b.bytes - a.bytes || compareText(a.name, b.name));
}

/** `@grpc/grpc-js` for a file of that package, whatever package it is nested in; the path itself for others. */
function partName(path: string): string {
  const [, name] = /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return name ?? path;
}
