/** Whether a module of the project is CommonJS, as Node decides it. https://nodejs.org/api/packages.html#determining-module-system */
import { dirname, join } from "node:path";
import type { ModuleSystem } from "../plan/plan.js";
import { readManifest } from "./package-manifest.js";

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
