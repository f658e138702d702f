/** The summary of the last comparison. */
import { existsSync, readFileSync } from "node:fs";
import type { PageComparison } from "../../migrate/page/page-data.js";
import type { RpcSummary } from "../../migrate/results/summary.js";

/** Reads `summary.json` at `path` (absolute). Undefined where nothing was compared; a text says what is wrong. */
export function readSummary(path: string): PageComparison | string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const document = JSON.parse(readFileSync(path, "utf8")) as PageComparison & { readonly version?: unknown };
    const isKnown = document.version === 1 && Array.isArray(document.rpcs) && Array.isArray(document.findings);
    return isKnown ? document : `${path} is not a summary of this version: compare again`;
  } catch {
    return `${path} is not JSON: compare again`;
  }
}

/** The measurements by full name of the RPC; none where there is no comparison that can be read. */
export function readMeasured(path: string): ReadonlyMap<string, RpcSummary> {
  const summary = readSummary(path);
  return new Map(typeof summary === "object" ? summary.rpcs.map((row) => [row.rpc, row]) : []);
}
