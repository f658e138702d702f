/** Names of the gRPC servers of RPCs that have not moved yet. */
import type { ModuleExport } from "../../plan/plan.js";
import { camelCase } from "./identifiers.js";

/** The module with all of them, relative to the project root. */
export function proxiedServersModule(outDir: string): string {
  return `${outDir}/proxied-servers.ts`;
}

/** The constant of the server behind a dependency: `oldServer`. */
export function proxiedServerName(dependency: string): string {
  return `${camelCase(dependency)}Server`;
}

/** The export with the server behind a dependency. */
export function proxiedServer(outDir: string, dependency: string): ModuleExport {
  return { module: proxiedServersModule(outDir), exportName: proxiedServerName(dependency) };
}
