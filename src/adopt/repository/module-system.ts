/** Whether a module of the project is CommonJS, as Node decides it. https://nodejs.org/api/packages.html#determining-module-system */
import { dirname, join } from "node:path";
import { readBounded } from "../../bounded-file.js";
import type { ModuleSystem } from "../../plan/plan.js";

/** A package.json beyond this is nobody's. */
const maxManifestBytes = 10_000_000;

/** The system of a module by its extension, or else by the nearest package.json. `file` is absolute. */
export function moduleSystem(file: string): ModuleSystem {
  if (/\.m[jt]s$/.test(file)) return "esm";
  if (/\.c[jt]s$/.test(file)) return "commonjs";
  return packageType(dirname(file)) === "module" ? "esm" : "commonjs";
}

function packageType(folder: string): unknown {
  const manifest = readManifest(join(folder, "package.json"));
  if (manifest !== undefined) return manifest.type;
  return dirname(folder) === folder ? undefined : packageType(dirname(folder));
}

/** Undefined for a file that is not there or not JSON: esbuild will say so of the latter. */
function readManifest(path: string): { readonly type?: unknown } | undefined {
  try {
    const read = readBounded(path, maxManifestBytes);
    return read.kind === "tooLarge" ? undefined : Object(JSON.parse(read.bytes.toString("utf8")));
  } catch {
    return undefined;
  }
}
