/** A summary of `generate` in a few lines. */
import { summarizeRequestLimits } from "../../deploy/request-limits.js";
import { isRemoved } from "../../output/apply-changes.js";
import type { FileState, OutputComparison } from "../../output/compare.js";
import type { Plan } from "../../plan/plan.js";
import { printable } from "./printable.js";
import { padText, textWidth } from "./text-width.js";

/** More target files are counted together. */
const maximumSources = 10;

/** More names of scaffolds are counted. */
const maximumNames = 3;

/**
 * Lines for the sources, the output folder, the scaffolds, the template and, if that changes, the limits on requests; a name and what to say of
 * it. Then what is worth knowing of the plan. `anyBytes` is the length of the table of types for Any.
 */
export function summarizeOutput(plan: Plan, comparison: OutputComparison, anyBytes: number): string[] {
  const { handlersDir, template } = plan.layout;
  const sources = summarizeSources(plan);
  const templateState = summarizeTemplate(comparison, template);
  const limits = templateState === "unchanged" ? [] : summarizeRequestLimits(plan);
  const places = [
    [`${comparison.outDir}/`, summarizeGenerated(comparison, template)],
    [`${handlersDir}/`, summarizeScaffolds(comparison, handlersDir)],
    ...comparison.files
      .filter(({ state }) => state === "extended")
      .map(({ path }) => [printable(path), "methods added"]),
    [template, templateState],
  ].filter((row): row is [string, string] => row[1] !== undefined);
  return [
    ...alignRows(sources),
    ...alignRows([...places, ...limits, ...summarizeAny(plan, anyBytes), ...summarizeEmptySegments(plan)]),
  ];
}

/** Two columns, the first as wide as its widest entry. */
export function alignRows(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(0, ...rows.map(([first = ""]) => textWidth(first)));
  return rows.map(([first = "", second = ""]) => `${padText(first, width)}   ${second}`.trimEnd());
}

/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Only of services that functions are made for: `--service` may leave others out. */
function summarizeSources(plan: Plan): string[][] {
  const served = new Set(plan.methods.map(({ service }) => service.fullName));
  const files = plan.model.files.flatMap(({ path, target, services }) => {
    const own = services.filter(({ fullName }) => served.has(fullName));
    return target && own.length > 0 ? [{ path, services: own }] : [];
  });
  const describe = (services: (typeof files)[number]["services"]): string => {
    const methods = services.flatMap((service) => service.methods);
    const bindings = methods.flatMap((method) => method.bindings);
    return `${count(services.length, "service")}, ${count(methods.length, "method")}, ${count(bindings.length, "binding")}`;
  };
  if (files.length > maximumSources) {
    return [[`${files.length} .proto files`, describe(files.flatMap((file) => file.services))]];
  }
  return files.map((file) => [printable(file.path), describe(file.services)]);
}

/** A line about the table of types for Any, where it is more than a page. */
function summarizeAny({ anyTypes }: Plan, tableBytes: number): string[][] {
  if (tableBytes < mentionedBytes) return [];
  const size = `${Math.round(tableBytes / 1000)} kB`;
  return [["google.protobuf.Any", `${count(anyTypes.length, "type")}, ${size} in each function that meets one`]];
}

/** A row about paths that grpc-gateway takes and the front door does not; none if none are lost. */
export function summarizeEmptySegments({ emptySegments: losses, methods }: Plan): [string, string][] {
  const [first] = losses;
  if (first === undefined) return [];
  const found = `404 for ${losses.length} of ${count(methods.length, "RPC")} (${printable(first.example)})`;
  return [["empty segments", `${found}, where grpc-gateway finds them; see deployment.unrouted`]];
}

/** A smaller table is nothing to choose types for. */
const mentionedBytes = 4000;

function summarizeGenerated(comparison: OutputComparison, template: string): string {
  const files = comparison.files.filter((file) => file.ownership === "generated" && file.path !== template);
  const counted = (states: readonly FileState[], word: string): string => {
    const number = files.filter((file) => states.includes(file.state)).length;
    return number === 0 ? "" : `${number} ${word}`;
  };
  const changes = [
    counted(["new", "missing"], "new"),
    counted(["stale", "torn", "edited", "unrecorded"], "changed"),
    counted(["leftOver", "editedLeftOver", "unrecordedLeftOver"], "removed"),
  ].filter((text) => text !== "");
  const removed = files.filter(isRemoved).length;
  return `${count(files.length - removed, "file")}${changes.length === 0 ? ", unchanged" : `: ${changes.join(", ")}`}`;
}

function summarizeScaffolds(comparison: OutputComparison, handlersDir: string): string | undefined {
  const named = (state: FileState, words: string): string[] => {
    const paths = comparison.files.filter((file) => file.ownership === "user" && file.state === state);
    const names = paths.slice(0, maximumNames).map((file) => printable(file.path.slice(handlersDir.length + 1)));
    const more = paths.length > maximumNames ? ", …" : "";
    return paths.length === 0 ? [] : [`${paths.length} ${words}: ${names.join(", ")}${more}`];
  };
  const lines = [...named("new", "new"), ...named("orphan", "no longer asked for, yours to delete")];
  return lines.length === 0 ? undefined : lines.join("; ");
}

function summarizeTemplate(comparison: OutputComparison, template: string): string | undefined {
  const state = comparison.files.find((file) => file.path === template)?.state;
  if (state === undefined) return undefined;
  if (state === "unchanged") return "unchanged";
  if (state === "new" || state === "missing") return "new";
  const functions = comparison.files.filter((file) => file.path.startsWith(`${comparison.outDir}/functions/`));
  const added = functions.filter((file) => file.state === "new").length;
  const removed = functions.filter(isRemoved).length;
  const parts = [
    added === 0 ? "" : `${count(added, "function")} added`,
    removed === 0 ? "" : `${count(removed, "function")} removed`,
  ].filter((text) => text !== "");
  return parts.length === 0 ? "changed" : `changed: ${parts.join(", ")}`;
}
