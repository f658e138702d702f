/** The work of `compare`. */
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { type AdmissionOptions, admit } from "../../migrate/comparison/admission.js";
import { type RunOutcome, runComparison } from "../../migrate/comparison/run-comparison.js";
import type { DifferenceClass } from "../../migrate/differences/difference.js";
import { createRedactor } from "../../migrate/redaction/redactor.js";
import { SourceError } from "../../migrate/requests/read-source.js";
import type { RequestLabel } from "../../migrate/requests/request-label.js";
import { readAccepted, writeAccepted } from "../../migrate/results/accepted.js";
import type { Observation } from "../../migrate/results/observation.js";
import {
  openResults,
  readResults,
  ResultsError,
  type ResultsHead,
  writeDocument,
} from "../../migrate/results/results-file.js";
import { type Finding, type Summary, summarize } from "../../migrate/results/summary.js";
import { type ComparisonRule, rulesFor } from "../../migrate/rules/comparison-rules.js";
import { overlookedHeaders } from "../../migrate/rules/header-rules.js";
import type { Side } from "../../migrate/sides/side.js";
import { indexModel, type ModelIndex } from "../../model/model-index.js";
import { planProject } from "../../pipeline.js";
import type { Plan } from "../../plan/plan.js";
import { type CompareFlags, FlagError, readFailOn, readHeaderFlag } from "../compare/compare-flags.js";
import { renderComparison, shortRpc } from "../compare/comparison-text.js";
import { openSide, type SideSources } from "../compare/open-sides.js";
import { readRequests, sourceNames } from "../compare/read-requests.js";
import { requestLabeller, routeFinder } from "../compare/route-label.js";
import { settleRules } from "../compare/settle-rules.js";
import type { Flags } from "../config/flags.js";
import { readSettings, type Settings } from "../config/settings.js";
import { displayPath } from "../config/project-paths.js";
import { BundleError } from "../dev/bundler.js";
import { exitCodes } from "../exit-codes.js";
import { startProgress } from "../progress.js";
import { formatAnnotation } from "../report/github-annotation.js";
import { printDiagnostics, printJson } from "../report/print-diagnostics.js";
import { printable } from "../report/printable.js";
import type { ReportFormat } from "../report/report-options.js";
import { paints } from "../paint.js";
import { type Terminal, wantsColor } from "../terminal.js";

/** Everything that was settled before the first request. */
interface Comparison {
  readonly files: readonly string[];
  readonly flags: CompareFlags;
  readonly format: ReportFormat;
  readonly terminal: Terminal;
  readonly settings: Settings;
  readonly plan: Plan;
  readonly index: ModelIndex;
  readonly rules: readonly ComparisonRule[];
  readonly failOn: ReadonlySet<DifferenceClass>;
  readonly admission: AdmissionOptions;
  readonly label: (method: string, target: string) => RequestLabel;
}

/** Compares and reports; gives the exit code. */
export async function runCompare(
  files: readonly string[],
  flags: Flags & CompareFlags,
  format: ReportFormat,
  terminal: Terminal,
): Promise<number> {
  const progress = startProgress(terminal.stderr);
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
    return flags.plan === true ? await showPlan(comparison) : await compare(comparison);
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

/** Counts per RPC what would be sent; sends nothing. */
async function showPlan({
  files,
  flags,
  terminal,
  plan,
  index,
  admission,
  label,
  format,
}: Comparison): Promise<number> {
  const counts = new Map<string, Record<string, number>>();
  for await (const item of readRequests(files, flags, terminal.cwd, plan, index)) {
    const own = item.kind === "request" ? label(item.request.method, item.request.target) : undefined;
    const kind = item.kind === "skipped" || own === undefined ? "skipped" : admit(item.request, own, admission).kind;
    const row = counts.get(own?.rpc ?? "") ?? {};
    counts.set(own?.rpc ?? "", { ...row, [kind]: (row[kind] ?? 0) + 1 });
  }
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  if (format === "json") {
    terminal.stdout.write(
      `${JSON.stringify(
        rows.map(([rpc, row]) => ({ rpc, ...row })),
        undefined,
        2,
      )}\n`,
    );
  } else {
    for (const [rpc, row] of rows) {
      const parts = Object.entries(row).map(([kind, number]) => `${number} ${kind}`);
      terminal.stdout.write(`${rpc === "" ? "not readable" : shortRpc(rpc)}: ${parts.join(", ")}\n`);
    }
    terminal.stdout.write("Nothing was sent.\n");
  }
  return exitCodes.clean;
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
    openGrpc: (url, name) => openGrpc(url, name, comparison),
  };
  const old = await openSide("old", sources);
  try {
    const changed = await openSide("new", sources);
    try {
      const { outcome, observations } = await run(comparison, folder, old, changed);
      const p95 = (rpc: string) => rulesFor(rpc, comparison.rules, () => false).p95;
      const summary = summarize(observations, { accepted, p95 });
      writeSummary(folder, summary, outcome, [old, changed]);
      if (flags.accept === true) writeAccepted(join(folder, "accepted.json"), summary.findings);
      return report(comparison, summary, outcome, folder, old);
    } finally {
      await changed.close();
    }
  } finally {
    await old.close();
  }
}

async function openGrpc(url: URL, name: "old" | "new", { flags, settings, plan, terminal }: Comparison): Promise<Side> {
  const [{ grpcSide }, { grpcCalls, serverProtos }] = await Promise.all([
    import("../../migrate/sides/grpc-side.js"),
    import("../compare/grpc-calls.js"),
  ]);
  const own = name === "old" ? flags.oldHeader : flags.newHeader;
  const headers = [...(flags.header ?? []), ...(own ?? [])].map((line) => readHeaderFlag(line, terminal.env));
  const replaced = new Set(headers.map(([header]) => header.toLowerCase()));
  const toCall = grpcCalls(settings.request, settings.root);
  return grpcSide({
    address: url.host,
    tls: url.protocol === "grpcs:",
    timeout: (flags.timeout ?? 30) * 1000,
    protos: serverProtos(settings.request, plan),
    toCall: (request, label) => {
      const kept = request.headers.filter(([header]) => !replaced.has(header.toLowerCase()));
      return toCall({ ...request, headers: [...kept, ...headers] }, label);
    },
  });
}

interface RunResult {
  readonly outcome: RunOutcome;
  readonly observations: readonly Observation[];
}

async function run(comparison: Comparison, folder: string, old: Side, changed: Side): Promise<RunResult> {
  const { files, flags, terminal, settings, plan, index, rules, admission, label } = comparison;
  const path = join(folder, "results.jsonl");
  const before = flags.resume === true ? await readResults(path) : { observations: [] };
  const head = headOf(before.head, { old: old.name, new: changed.name, sources: sourceNames(files, flags) });
  const { without = [], redact = [] } = settings.located?.config.compare ?? {};
  const overlooked = overlookedHeaders(without);
  const rulesOf = new Map<string, ReturnType<typeof rulesFor>>();
  const observations: Observation[] = [...before.observations];
  const writer = openResults(path, head, flags.resume === true);
  const stopping = new AbortController();
  void terminal.interrupted().then(() => stopping.abort());
  const line = progressLine(terminal);
  try {
    const outcome = await runComparison({
      requests: readRequests(files, flags, terminal.cwd, plan, index),
      old,
      new: changed,
      label,
      index,
      rules: (rpc) => {
        const known = rulesOf.get(rpc) ?? rulesFor(rpc, rules, overlooked);
        rulesOf.set(rpc, known);
        return known;
      },
      redactor: createRedactor({ names: redact, salt: head.salt }, index),
      admission,
      noise: flags.noise !== "off" && old.name !== "recorded",
      albCookies: !without.includes("alb-cookie"),
      keepBodies: flags.bodies,
      ...(flags.rate === undefined ? {} : { rate: flags.rate }),
      concurrency: Math.min(flags.concurrency ?? 4, 64),
      limit: flags.limit ?? Number.POSITIVE_INFINITY,
      done: new Set(before.observations.map(({ id }) => id)),
      record: (observation) => {
        writer.add(observation);
        observations.push(observation);
      },
      progress: line.show,
      signal: stopping.signal,
    });
    return { outcome, observations };
  } finally {
    line.clear();
    writer.close();
  }
}

/** A run goes on only with results of the same sides and sources. */
function headOf(before: ResultsHead | undefined, now: Pick<ResultsHead, "old" | "new" | "sources">): ResultsHead {
  if (before === undefined) return { version: 1, ...now, salt: randomBytes(8).toString("hex") };
  const { old, new: changed, sources } = before;
  if (old !== now.old || changed !== now.new || JSON.stringify(sources) !== JSON.stringify(now.sources)) {
    throw new FlagError(
      `--resume: the results are of ${old} and ${changed} with ${sources.join(", ")}, expected ${now.old} and ${now.new} with ${now.sources.join(", ")}`,
    );
  }
  return before;
}

function progressLine({ stderr }: Terminal): { readonly show: (sent: number) => void; readonly clear: () => void } {
  if (stderr.isTTY !== true) return { show: () => {}, clear: () => {} };
  return { show: (sent) => stderr.write(`\r\u001b[Kcompared ${sent} …`), clear: () => stderr.write("\r\u001b[K") };
}

function writeSummary(folder: string, summary: Summary, outcome: RunOutcome, sides: readonly [Side, Side]): void {
  const document = {
    version: 1,
    old: sides[0].name,
    new: sides[1].name,
    ...summary,
    stopped: outcome.stop?.reason ?? null,
  };
  writeDocument(join(folder, "summary.json"), `${JSON.stringify(document, undefined, 2)}\n`);
}

/** Prints, and decides about the exit code. */
function report(comparison: Comparison, summary: Summary, outcome: RunOutcome, folder: string, old: Side): number {
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
