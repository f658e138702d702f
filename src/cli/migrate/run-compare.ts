/** The work of `compare`. */
import { join, resolve } from "node:path";
import type { AdmissionOptions } from "../../migrate/comparison/admission.js";
import { SourceError } from "../../migrate/requests/read-source.js";
import { readAccepted, writeAccepted } from "../../migrate/results/accepted.js";
import { ResultsError } from "../../migrate/results/results-file.js";
import { summarize } from "../../migrate/results/summary.js";
import { rulesFor } from "../../migrate/rules/comparison-rules.js";
import { indexModel } from "../../model/model-index.js";
import { planProject } from "../../pipeline.js";
import { type CompareFlags, FlagError, readFailOn, readHeaderFlag } from "../compare/compare-flags.js";
import type { Comparison } from "../compare/comparison.js";
import { observe } from "../compare/observe.js";
import { openSide, type SideSources } from "../compare/open-sides.js";
import { reportComparison, writeSummary } from "../compare/report-comparison.js";
import { requestLabeller, routeFinder } from "../compare/route-label.js";
import { settleRules } from "../compare/settle-rules.js";
import { showPlan } from "../compare/show-plan.js";
import type { Flags } from "../config/flags.js";
import { readSettings } from "../config/settings.js";
import { BundleError } from "../../build/bundler.js";
import { exitCodes } from "../exit-codes.js";
import { startProgress } from "../progress.js";
import { printDiagnostics, printJson } from "../report/print-diagnostics.js";
import { printable } from "../report/printable.js";
import type { ReportFormat } from "../report/report-options.js";
import type { Terminal } from "../terminal.js";

/** Compares and reports; gives the exit code. */
export async function runCompare(
  files: readonly string[],
  flags: Flags & CompareFlags,
  format: ReportFormat,
  terminal: Terminal,
): Promise<number> {
  const progress = startProgress(terminal);
  const { root, settings, diagnostics } = await readSettings([], flags, terminal.cwd);
  const outcome = settings && planProject(settings.request, progress.listener);
  progress.clear();
  const index = outcome?.model && indexModel(outcome.model);
  const settled = outcome?.plan && index && settleRules(settings?.located, outcome.plan, index);
  const found = [...diagnostics, ...(outcome?.diagnostics ?? []), ...(settled?.diagnostics ?? [])];
  const errors = found.filter(({ severity }) => severity === "error");
  printDiagnostics(errors, format, { terminal, root });
  if (
    settings === undefined ||
    outcome?.plan === undefined ||
    index === undefined ||
    settled === undefined ||
    errors.length > 0
  ) {
    if (format === "json") printJson({}, errors, { terminal, root });
    return exitCodes.badInput;
  }
  const { plan } = outcome;
  try {
    const comparison: Comparison = {
      files,
      flags,
      format,
      terminal,
      settings,
      plan,
      index,
      rules: settled.rules,
      failOn: readFailOn(flags.failOn),
      admission: admissionOptions(flags, terminal),
      label: requestLabeller(routeFinder(plan)),
    };
    if (files.length === 0 && flags.generate === undefined)
      throw new FlagError("there are no requests: name recordings, or make some with --generate 100");
    if (flags.plan === true) return await showPlan(comparison);
    return await compare(comparison);
  } catch (error) {
    const code = exitCodeOf(error);
    if (code === undefined) throw error;
    terminal.stderr.write(`error: ${printable((error as Error).message)}\n`);
    return code;
  }
}

/** Mistakes of the user, and disks and servers that refuse; undefined for a bug. */
function exitCodeOf(error: unknown): number | undefined {
  if (error instanceof FlagError || error instanceof SourceError || error instanceof BundleError)
    return exitCodes.badInput;
  return error instanceof ResultsError ? exitCodes.notCompared : undefined;
}

function admissionOptions(flags: CompareFlags, terminal: Terminal): AdmissionOptions {
  const given = [...(flags.header ?? []), ...(flags.oldHeader ?? []), ...(flags.newHeader ?? [])];
  return {
    unsafe: flags.unsafe ?? [],
    unsafeAll: flags.unsafeAll === true,
    only: flags.only ?? [],
    skip: flags.except ?? [],
    sample: flags.sample ?? 1,
    replacedHeaders: new Set(given.map((line) => readHeaderFlag(line, terminal.env)[0].toLowerCase())),
  };
}

async function compare(comparison: Comparison): Promise<number> {
  const { flags, terminal, settings, plan } = comparison;
  const folder = resolve(terminal.cwd, flags.results ?? join(settings.root, "compare"));
  const accepted = readAccepted(join(folder, "accepted.json"));
  const sources: SideSources = {
    flags,
    terminal,
    plan,
    root: settings.root,
    ...(settings.located?.config.compare?.old === undefined
      ? {}
      : { configuredOld: settings.located.config.compare.old }),
    openGrpc: async (url, name) => (await import("../compare/open-grpc.js")).openGrpc(url, name, comparison),
  };
  const old = await openSide("old", sources);
  try {
    const changed = await openSide("new", sources);
    try {
      const { outcome, observations } = await observe(comparison, folder, old, changed);
      const p95 = (rpc: string) => rulesFor(rpc, comparison.rules, () => false).p95;
      const summary = summarize(observations, { accepted, p95 });
      writeSummary(folder, summary, outcome, [old, changed], comparison);
      if (flags.accept === true) writeAccepted(join(folder, "accepted.json"), summary.findings);
      return reportComparison(comparison, summary, outcome, folder, old);
    } finally {
      await changed.close();
    }
  } finally {
    await old.close();
  }
}
