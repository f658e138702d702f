/** The run of a comparison: observations are appended to the results as they come. */
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { type RunOutcome, runComparison } from "../../migrate/comparison/run-comparison.js";
import { createRedactor } from "../../migrate/redaction/redactor.js";
import { describeForeign, type ForeignHosts } from "../../migrate/redaction/foreign-hosts.js";
import type { Observation } from "../../migrate/results/observation.js";
import { openResults, readResults, type ResultsHead } from "../../migrate/results/results-file.js";
import { rulesFor } from "../../migrate/rules/comparison-rules.js";
import { overlookedHeaders } from "../../migrate/rules/header-rules.js";
import type { Side } from "../../migrate/sides/side.js";
import type { Terminal } from "../terminal.js";
import { type CompareFlags, FlagError } from "./compare-flags.js";
import type { Comparison } from "./comparison.js";
import { readRequests, sourceNames } from "./read-requests.js";

/** The outcome of a run, and the observations of it and of the runs that it goes on with. */
export interface RunResult {
  readonly outcome: RunOutcome;
  readonly observations: readonly Observation[];
}

/** Runs to the end, or until it is stopped. */
export async function observe(comparison: Comparison, folder: string, old: Side, changed: Side): Promise<RunResult> {
  const { files, flags, terminal, settings, index, rules, admission, label } = comparison;
  const path = join(folder, "results.jsonl");
  const before = flags.resume === true ? await readResults(path) : { observations: [] };
  const { without = [], redact = [] } = settings.located?.config.compare ?? {};
  const head = headOf(before.head, {
    old: old.name,
    new: changed.name,
    sources: sourceNames(files, flags),
    rules: createHash("sha256")
      .update(JSON.stringify([rules, without, redact]))
      .digest("hex")
      .slice(0, 16),
  });
  const foreign: ForeignHosts = new Map();
  const overlooked = overlookedHeaders(without);
  const rulesOf = new Map<string, ReturnType<typeof rulesFor>>();
  const observations: Observation[] = [...before.observations];
  const writer = openResults(path, head, flags.resume === true);
  const stopping = new AbortController();
  void terminal.interrupted().then(() => stopping.abort());
  const line = progressLine(terminal);
  try {
    const outcome = await runComparison({
      requests: readRequests(comparison, foreign),
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
      noise: asksTwice(flags, old),
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
    const remark = describeForeign(foreign);
    const remarks = remark === undefined ? outcome.remarks : [...outcome.remarks, remark];
    return { outcome: { ...outcome, remarks }, observations };
  } finally {
    line.clear();
    writer.close();
  }
}

/** Tells whether the old side is asked twice, which shows what it does to itself. */
export function asksTwice({ noise }: Pick<CompareFlags, "noise">, { name }: Pick<Side, "name">): boolean {
  return noise !== "off" && name !== "recorded";
}

/** A run goes on only with results of the same sides and sources. */
function headOf(before: ResultsHead | undefined, now: Omit<ResultsHead, "version" | "salt">): ResultsHead {
  if (before === undefined) return { version: 1, ...now, salt: randomBytes(8).toString("hex") };
  const { old, new: changed, sources } = before;
  if (old !== now.old || changed !== now.new || JSON.stringify(sources) !== JSON.stringify(now.sources)) {
    throw new FlagError(
      `--resume: the results are of ${old} and ${changed} with ${sources.join(", ")}, expected ${now.old} and ${now.new} with ${now.sources.join(", ")}`,
    );
  }
  if (before.rules !== now.rules) {
    throw new FlagError(
      "--resume: the results were made with other rules or redactions under compare in the configuration: start again without --resume",
    );
  }
  return before;
}

function progressLine({ stderr, verbosity }: Terminal): {
  readonly show: (sent: number) => void;
  readonly clear: () => void;
} {
  if (stderr.isTTY !== true || verbosity === "quiet") return { show: () => {}, clear: () => {} };
  return { show: (sent) => stderr.write(`\r\u001b[Kcompared ${sent} …`), clear: () => stderr.write("\r\u001b[K") };
}
