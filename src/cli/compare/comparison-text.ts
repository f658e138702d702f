/** A comparison for people. */
import type { RunOutcome } from "../../migrate/comparison/run-comparison.js";
import { skipReasons } from "../../migrate/requests/recorded-request.js";
import type { Finding, RpcSummary, Summary } from "../../migrate/results/summary.js";
import type { Paint } from "../paint.js";
import { alignColumns } from "../report/columns.js";
import { printable } from "../report/printable.js";
import { count } from "../report/summary.js";
import { shellCommand } from "../shell-command.js";

/** A finished comparison. */
export interface ComparisonReport {
  readonly summary: Summary;
  readonly outcome: RunOutcome;
  /** RPCs with a route that were not compared, by full name. */
  readonly missing: readonly string[];
  /** The URL of the old side for commands that repeat a request; undefined where it has none. */
  readonly oldUrl?: string;
  /** The folder of the results, as shown. */
  readonly folder: string;
  /** The class counts for the exit code. */
  readonly counts: (finding: Finding) => boolean;
}

/** So many findings are shown; the results have all. */
const shownFindings = 30;

/** Renders the report: one number, one line per finding, what was not compared, latencies. */
export function renderComparison(report: ComparisonReport, paint: Paint): string {
  const { summary } = report;
  const blocks = [
    [headline(report, paint)],
    findingLines(report, paint),
    noiseLines(summary.findings, paint),
    latencyLines(summary.rpcs),
    remarkLines(report, paint),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function headline({ summary, folder }: ComparisonReport, paint: Paint): string {
  const { different, requests, equal } = summary;
  const number = `${different} of ${count(requests, "request")} answered differently`;
  const shown = different === 0 ? paint.green(number) : paint.red(number);
  return `${paint.bold(shown)}, ${equal} alike; ${printable(folder)}/results.jsonl has each`;
}

function findingLines({ summary, oldUrl, counts }: ComparisonReport, paint: Paint): string[] {
  const found = summary.findings.filter(({ verdict }) => verdict === "difference");
  const lines = found.slice(0, shownFindings).flatMap((finding) => {
    const { count: times, class: kind, rpc, path, example } = finding;
    const weight = counts(finding) ? paint.red(kind) : paint.yellow(`${kind} (does not count)`);
    const values = `${printable(example.old)} -> ${printable(example.new)}`;
    const repeat = example.target === "" ? [] : [paint.dim(`      ${repeatCommand(example, oldUrl)}`)];
    return [
      `${String(times).padStart(5)}  ${weight}  ${shortRpc(rpc)}  ${paint.bold(printable(path))}  ${values}`,
      ...repeat,
    ];
  });
  const left = found.length - shownFindings + summary.omitted;
  return left > 0 ? [...lines, `and ${count(left, "more kind")} of differences`] : lines;
}

/** A command that asks the old side again; secrets in it are redacted. */
function repeatCommand({ method, target }: Finding["example"], oldUrl: string | undefined): string {
  if (oldUrl === undefined) return printable(`${method} ${target}`);
  const words = method === "GET" ? ["curl", oldUrl + target] : ["curl", "-X", method, oldUrl + target];
  return printable(shellCommand(words));
}

function noiseLines(findings: readonly Finding[], paint: Paint): string[] {
  const noise = findings.filter(({ verdict }) => verdict === "noise");
  const lines = noise.slice(0, shownFindings).map(({ rpc, path, count: times, noise: own, class: kind }) => {
    const rule = kind === "order" ? `unordered: [${path}]` : `ignore: [${path}]`;
    const advice = kind === "header" ? `ignoreHeaders: [${path.replace(/^header:/, "")}]` : rule;
    return `${String(times).padStart(5)}  ${shortRpc(rpc)}  ${printable(path)}  ${paint.dim(`the old side differs from itself in ${own}; a rule: ${printable(advice)}`)}`;
  });
  const accepted = findings.filter(({ verdict }) => verdict === "accepted").length;
  return [
    ...(lines.length === 0 ? [] : ["Noise, which does not count:", ...lines]),
    ...(accepted === 0 ? [] : [`${count(accepted, "kind")} of differences accepted in accepted.json`]),
  ];
}

function latencyLines(rpcs: readonly RpcSummary[]): string[] {
  const rows = rpcs
    .filter(({ requests }) => requests > 0)
    .map((row) => [
      shortRpc(row.rpc),
      String(row.requests),
      row.different === 0 ? "" : `${row.different} differ`,
      times(row.old),
      row.new.count === 0 ? "-" : times(row.new),
      row.cold.count === 0 ? "" : times(row.cold),
      row.unstable ? "changes with every call" : "",
    ]);
  if (rows.length === 0) return [];
  return alignColumns([["RPC", "requests", "", "old p50/p95/p99 ms", "new", "new, first calls", ""], ...rows]);
}

function times({ p50, p95, p99 }: RpcSummary["old"]): string {
  return `${p50}/${p95}/${p99}`;
}

function remarkLines({ summary, outcome, missing }: ComparisonReport, paint: Paint): string[] {
  const { skipped, unsafe, redacted, unasked, leftOut, remarks, stop } = outcome;
  return [
    ...(stop === undefined ? [] : [paint.red(`stopped: ${stop.reason}`), `  ${stop.hint}`]),
    ...[...skipped].map(([reason, number]) => `${number} skipped: ${skipReasons[reason]}`),
    ...[...unasked].map(([reason, number]) => `${number} not compared: ${reason}`),
    ...[...redacted].map(
      ([flag, number]) => `${number} not sent: a value is redacted in the recording, expected ${printable(flag)}`,
    ),
    ...(leftOut === 0 ? [] : [`${leftOut} left out by --only, --except or --sample`]),
    ...(summary.uncompared === 0 ? [] : [`${summary.uncompared} not compared: the old side did not answer`]),
    ...(unsafe.size === 0 ? [] : [unsafeLine(unsafe)]),
    ...(missing.length === 0 ? [] : [`never compared: ${listRpcs(missing)}`]),
    ...summary.outdated.map(
      (each) => `accepted.json has ${each}, which did not occur: remove it, or run with --accept`,
    ),
    ...remarks,
  ];
}

function unsafeLine(unsafe: ReadonlyMap<string, number>): string {
  const total = [...unsafe.values()].reduce((sum, number) => sum + number, 0);
  return `${total} not sent, because they change something: ${listRpcs([...unsafe.keys()])}; --unsafe names those that may`;
}

function listRpcs(names: readonly string[]): string {
  const shown = names.slice(0, 12).map(shortRpc).join(", ");
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}

/** `LibraryService.GetShelf` */
export function shortRpc(rpc: string): string {
  return printable(rpc.split(".").slice(-2).join("."));
}
