/** The end of a comparison: its summary on disk, its report, and the exit code. */
import { join } from "node:path";
import type { RunOutcome } from "../../migrate/comparison/run-comparison.js";
import type { ComparisonRun } from "../../migrate/page/page-data.js";
import { writeDocument } from "../../migrate/results/results-file.js";
import type { Finding, Summary } from "../../migrate/results/summary.js";
import type { Side } from "../../migrate/sides/side.js";
import type { Plan } from "../../plan/plan.js";
import { displayPath } from "../config/project-paths.js";
import { exitCodes } from "../exit-codes.js";
import { packageVersion } from "../doctor/package-version.js";
import { paints } from "../paint.js";
import { formatAnnotation } from "../report/github-annotation.js";
import { printJson } from "../report/print-diagnostics.js";
import { wantsColor } from "../terminal.js";
import type { Comparison } from "./comparison.js";
import { asksTwice } from "./observe.js";
import { renderComparison } from "./comparison-text.js";
import { sourceNames } from "./read-requests.js";

/** Writes `summary.json`, which the page is made of. */
export function writeSummary(
  folder: string,
  summary: Summary,
  outcome: RunOutcome,
  sides: readonly [Side, Side],
  { files, flags }: Pick<Comparison, "files" | "flags">,
): void {
  const run: ComparisonRun = {
    version: packageVersion(),
    sources: sourceNames(files, flags),
    noise: asksTwice(flags, sides[0]),
  };
  const document = {
    version: 1,
    old: sides[0].name,
    new: sides[1].name,
    ...summary,
    stopped: outcome.stop?.reason ?? null,
    run,
  };
  writeDocument(join(folder, "summary.json"), `${JSON.stringify(document, undefined, 2)}\n`);
}

/** Prints, and decides about the exit code. */
export function reportComparison(
  comparison: Comparison,
  summary: Summary,
  outcome: RunOutcome,
  folder: string,
  old: Side,
): number {
  const { terminal, format, flags, failOn, plan, settings } = comparison;
  const counts = (finding: Finding): boolean => finding.verdict === "difference" && failOn.has(finding.class);
  const compared = new Set(summary.rpcs.filter(({ requests }) => requests > 0).map(({ rpc }) => rpc));
  const missing = plan.methods.map(({ method }) => method.fullName).filter((name) => !compared.has(name));
  const shown = displayPath(terminal.cwd, folder);
  switch (format) {
    case "json":
      printJson({ ...summary, stopped: outcome.stop ?? null, missing }, [], { terminal, root: settings.root });
      break;
    case "github":
      for (const finding of summary.findings.filter(counts)) terminal.stdout.write(annotate(finding, plan));
      break;
    case "text": {
      const paint = paints(wantsColor(terminal.stdout, terminal.env));
      const oldUrl = /^https?:/.test(old.name) ? { oldUrl: old.name } : {};
      terminal.stdout.write(renderComparison({ summary, outcome, missing, folder: shown, counts, ...oldUrl }, paint));
      break;
    }
    default:
      format satisfies never;
  }
  if (outcome.stop !== undefined || summary.requests === 0) return exitCodes.notCompared;
  if (flags.requireAll === true && missing.length > 0) return exitCodes.notCompared;
  return flags.accept !== true && summary.findings.some(counts) ? exitCodes.drift : exitCodes.clean;
}

/** An annotation at the RPC in its .proto file. */
function annotate({ rpc, path, class: kind, count, example }: Finding, { methods }: Plan): string {
  const location = methods.find(({ method }) => method.fullName === rpc)?.method.location;
  const text = `${rpc}: ${kind} of ${path} in ${count} requests: ${example.old} -> ${example.new} (${example.method} ${example.target})`;
  return formatAnnotation("error", text, {
    ...(location === undefined ? {} : { file: location.file, line: location.line, col: location.column }),
    title: "grpc2lambda compare",
  });
}
