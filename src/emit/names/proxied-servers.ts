/** Names of the gRPC servers of RPCs that have not moved yet. */
import { camelCase } from "./identifiers.js";

/** The module with all of them, relative to the project root. */
export function proxiedServersModule(outDir: string): string {
  return `${outDir}/proxied-servers.ts`;
}

/** The constant of the server behind a dependency: `oldServer`. */
export function proxiedServerName(dependency: string): string {
  return `${camelCase(dependency)}Server`;
}
