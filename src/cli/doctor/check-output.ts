/** The generated files on disk against what would be generated, in one line. */
import type { FileComparison, OutputComparison } from "../../output/compare.js";
import { printable } from "../report/printable.js";
import { count } from "../report/summary.js";
import type { HealthCheck } from "./health-check.js";

/** Counts what `check` would list. */
export function checkOutput({ outDir, files, diagnostics }: OutputComparison): HealthCheck {
  const base = { area: "output", name: printable(`${outDir}/`) } as const;
  const [obstacle] = diagnostics.filter(({ severity }) => severity === "error");
  if (obstacle !== undefined) {
    const text = printable(`${obstacle.code}: ${obstacle.message}`);
    return { ...base, state: "error", text, help: obstacle.help ?? "grpc2lambda check shows it" };
  }
  const generated = files.filter(({ ownership }) => ownership === "generated");
  const changed = files.filter(({ state }) => state !== "unchanged" && state !== "kept");
  if (changed.length === 0) return { ...base, state: "ok", text: `${count(generated.length, "file")}, up to date` };
  if (generated.every(({ state }) => state === "new"))
    return { ...base, state: "warning", text: "not generated yet", help: "grpc2lambda generate" };
  const help = "grpc2lambda check says why, grpc2lambda generate brings them up to date";
  return {
    ...base,
    state: "warning",
    text: `${count(changed.length, "file")} not up to date: ${listPaths(changed)}`,
    help,
  };
}

function listPaths(files: readonly FileComparison[]): string {
  const names = files.slice(0, 3).map(({ path }) => printable(path));
  return files.length > names.length ? `${names.join(", ")} and ${files.length - names.length} more` : names.join(", ");
}
