/** The sizes of built functions, for people. */
import type { FunctionRecord } from "../../build/functions-json.js";
import { kilobytes } from "../../build/size-findings.js";
import { alignColumns } from "./columns.js";
import { count } from "./summary.js";

/** More functions are counted; functions.json has all. */
const maximumRows = 20;

/** A row per function, the largest first, and a line about all. */
export function renderSizes(records: readonly FunctionRecord[], removed: readonly string[], folder: string): string {
  const sorted = [...records].sort((a, b) => b.zipBytes - a.zipBytes);
  const rows = sorted
    .slice(0, maximumRows)
    .map(({ id, zipBytes, codeBytes }) => [id, kilobytes(zipBytes), kilobytes(codeBytes)]);
  const more = sorted.length - rows.length;
  const total = records.reduce((sum, { zipBytes }) => sum + zipBytes, 0);
  const gone = removed.filter((name) => name.endsWith(".zip")).length;
  return [
    ...alignColumns([["function", "zip", "code"], ...rows]),
    ...(more > 0 ? [`and ${count(more, "smaller function")}`] : []),
    `${folder}/   ${count(records.length, "function")}, ${kilobytes(total)}${gone > 0 ? `, ${count(gone, "old zip")} removed` : ""}`,
    "",
  ].join("\n");
}
