/** The work of `check`. */
import { join } from "node:path";
import { readBounded } from "../bounded-file.js";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import { compareOutput, type OutputComparison } from "../output/compare.js";
import { type FileFinding, listFindings } from "./check/file-findings.js";
import type { StageListener } from "../pipeline.js";
import type { Plan } from "../plan/plan.js";
import { normaliseLineEnds } from "../output/generated-content.js";
import type { ReportFormat } from "./report/report-options.js";
import type { Flags } from "./config/flags.js";
import { exitCodes } from "./exit-codes.js";
import { lookAtHandlers } from "./check/handler-updates.js";
import { startProgress } from "./progress.js";
import { preparedByReceipt } from "./receipt/use-receipt.js";
import { formatAnnotation } from "./report/github-annotation.js";
import { writeJobSummary } from "./report/job-summary.js";
import { printDiagnostics, printJson } from "./report/print-diagnostics.js";
import { printable } from "./report/printable.js";
import { count } from "./report/summary.js";
import { padText, textWidth } from "./report/text-width.js";
import { unifiedDiff } from "./report/unified-diff.js";
import { shellCommand } from "./shell-command.js";
import { type Terminal, tell } from "./terminal.js";

/** Options of `check` alone. */
export interface CheckOptions {
  readonly format: ReportFormat;
  /** Shows what would change in each file. */
  readonly diff: boolean;
  /** The arguments after `check` on the command line; the advice repeats them. */
  readonly argv: readonly string[];
}

/** A file that is not as it should be. */
interface Finding extends FileFinding {
  /** Lines of a unified diff from the file to what would be generated, if it was asked for. */
  readonly diff?: readonly string[];
}

/** Compares and reports; gives the exit code. Writes nothing. */
export async function runCheck(
  protos: readonly string[],
  flags: Flags,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const progress = startProgress(terminal);
  const { root, plan, comparison, diagnostics: found } = await compare(protos, flags, terminal, progress.listener);
  const handlers = plan && comparison && (await lookAtHandlers(root, plan, false));
  const diagnostics = [...found, ...(comparison?.diagnostics ?? []), ...(handlers?.diagnostics ?? [])];
  progress.clear();
  printDiagnostics(diagnostics, options.format, { terminal, root });
  const usable = hasErrors(diagnostics) ? undefined : comparison;
  const findings: readonly Finding[] =
    usable === undefined ? [] : listFindings(usable, plan).map((one) => (options.diff ? withDiff(one, usable) : one));
  const advice = adviseOn(findings, options.argv);
  switch (options.format) {
    case "json":
      printJson({ files: findings, advice }, diagnostics, { terminal, root });
      break;
    case "github":
      for (const finding of findings) terminal.stdout.write(annotate(finding, advice));
      writeJobSummary(terminal, findings, advice);
      for (const { diff = [] } of findings) terminal.stdout.write(diff.map((line) => `${printable(line)}\n`).join(""));
      break;
    case "text":
      if (usable === undefined) break;
      if (findings.length === 0) tell(terminal, renderFindings(usable, findings, advice));
      else terminal.stdout.write(renderFindings(usable, findings, advice));
      break;
    default:
      options.format satisfies never;
  }
  if (usable === undefined) return exitCodes.badInput;
  return findings.length > 0 ? exitCodes.drift : exitCodes.clean;
}

interface Compared {
  readonly root: string;
  readonly plan?: Plan;
  readonly comparison?: OutputComparison;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares what the receipt of the last generation knows, if that is all there is to say; otherwise what is generated now. */
async function compare(
  protos: readonly string[],
  flags: Flags,
  terminal: Terminal,
  listener: StageListener,
): Promise<Compared> {
  const known = await preparedByReceipt(protos, flags, terminal);
  const unchanged = known?.output && compareOutput(known.output);
  if (known !== undefined && unchanged !== undefined && listFindings(unchanged, undefined).length === 0)
    return { root: known.root, comparison: unchanged, diagnostics: known.diagnostics };
  // Whoever has a receipt needs none of the stages.
  const { prepareOutput } = await import("./project-output.js");
  const { root, plan, output, diagnostics } = await prepareOutput(protos, flags, terminal.cwd, listener);
  const comparison = output === undefined || hasErrors(diagnostics) ? undefined : compareOutput(output);
  return {
    root,
    ...(plan === undefined ? {} : { plan }),
    ...(comparison === undefined ? {} : { comparison }),
    diagnostics,
  };
}

/** Lines of one file's diff at most. */
const maxDiffLines = 400;

function withDiff(finding: Finding, { root, files }: OutputComparison): Finding {
  const file = files.find(({ path }) => path === finding.path);
  if (file === undefined || file.ownership === "user") return finding;
  const lines = unifiedDiff(file.path, textOnDisk(root, file.path), file.content);
  const left = lines.length - maxDiffLines;
  return { ...finding, diff: left > 0 ? [...lines.slice(0, maxDiffLines), `… ${left} more lines`] : lines };
}

/** Generated files are smaller; of a larger one everything differs. */
const maxFileBytes = 16_000_000;

function textOnDisk(root: string, path: string): string | undefined {
  try {
    const read = readBounded(join(root, path), maxFileBytes);
    return read.kind === "tooLarge" ? "" : normaliseLineEnds(read.bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Advice, a line for each step; the first command repeats the flags of this run. */
function adviseOn(findings: readonly Finding[], argv: readonly string[]): string[] {
  const generate = shellCommand(["npx", "grpc2lambda", "generate", ...withoutReportFlags(argv)]);
  const edited = findings.some(({ state }) => /^(?:edited|unrecorded)/.test(state));
  const others = findings.some(({ state }) => state !== "orphan");
  const orphans = findings.some(({ state }) => state === "orphan");
  return [
    ...(others ? [`Run \`${generate}${edited ? " --force" : ""}\` and commit the result.`] : []),
    ...(edited ? ["That gives up the changes made by hand: first move them to where they come from."] : []),
    ...(orphans ? ["Delete the orphans, or move out what you want to keep: no function calls them."] : []),
  ];
}

function withoutReportFlags(argv: readonly string[]): string[] {
  return argv.filter((argument, index) => {
    return (
      argument !== "--json" &&
      argument !== "--diff" &&
      !argument.startsWith("--report") &&
      argv[index - 1] !== "--report"
    );
  });
}

function renderFindings(comparison: OutputComparison, findings: readonly Finding[], advice: readonly string[]): string {
  if (findings.length === 0) {
    const generated = comparison.files.filter((file) => file.ownership === "generated").length;
    return `${count(generated, "generated file")}, all up to date\n`;
  }
  const width = findings.reduce((most, { path }) => Math.max(most, textWidth(printable(path))), 0);
  const lines = findings.map(
    ({ path, label, reason }) => `${padText(printable(path), width)}   ${label.padEnd(9)} ${reason}`,
  );
  const diffs = findings.flatMap(({ diff = [] }) => diff.map(printable));
  return `${[...lines, ...advice, ...diffs].join("\n")}\n`;
}

function annotate({ path, label, reason }: Finding, advice: readonly string[]): string {
  return formatAnnotation("error", [`${label}: ${reason}`, ...advice].join("\n"), { file: path, title: label });
}
