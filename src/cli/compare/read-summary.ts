/** The summary of the last comparison. */
import { existsSync } from "node:fs";
import { readBounded } from "../../bounded-file.js";
import type { PageComparison } from "../../migrate/page/page-data.js";
import type { RpcSummary } from "../../migrate/results/summary.js";

/** The largest summary that is read, in bytes: 10,000 findings with bodies stay below. */
const mostBytes = 512 * 1024 * 1024;

/** Reads `summary.json` at `path` (absolute). Undefined where nothing was compared; a text says what is wrong. */
export function readSummary(path: string): PageComparison | string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const read = readBounded(path, mostBytes);
    const document: unknown = read.kind === "bytes" ? JSON.parse(read.bytes.toString()) : undefined;
    return isSummary(document) ? document : `${path} is not a summary of this version: compare again`;
  } catch {
    return `${path} is not JSON: compare again`;
  }
}

/** The measurements by full name of the RPC; none where there is no comparison that can be read. */
export function readMeasured(path: string): ReadonlyMap<string, RpcSummary> {
  const summary = readSummary(path);
  return new Map(typeof summary === "object" ? summary.rpcs.map((row) => [row.rpc, row]) : []);
}

type Check = (value: unknown) => boolean;
type Form = Readonly<Record<string, Check>>;

const text: Check = (value) => typeof value === "string";
const amount: Check = (value) => typeof value === "number" && Number.isFinite(value);
const flag: Check = (value) => typeof value === "boolean";
const listOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const record =
  (form: Form): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(form).every(([name, check]) => check((value as Readonly<Record<string, unknown>>)[name]));

const percentiles = record({ count: amount, p50: amount, p95: amount, p99: amount });
const rpc = record({
  ...{ rpc: text, requests: amount, different: amount, uncompared: amount, unstable: flag },
  ...{ old: percentiles, new: percentiles, cold: percentiles },
});
const example = record({
  ...{ id: text, method: text, target: text, old: text, new: text },
  bodies: optional(record({ old: text, new: text })),
});
const finding = record({
  ...{ fingerprint: text, rpc: text, path: text, class: text, count: amount, noise: amount, verdict: text, example },
});
const summary = record({
  version: (value) => value === 1,
  ...{ old: text, new: text, stopped: (value: unknown) => value === null || text(value) },
  ...{ requests: amount, equal: amount, different: amount, uncompared: amount, omitted: amount },
  ...{ rpcs: listOf(rpc), findings: listOf(finding), outdated: listOf(text) },
  run: optional(record({ version: text, sources: listOf(text), noise: flag })),
});

/** The file may come from anywhere, an artefact of CI for example: the page takes nothing of another form from it. */
function isSummary(document: unknown): document is PageComparison {
  return summary(document);
}
