/** The comparison itself: each request goes to both sides at the same moment, then to the old one again. */
import type { ModelIndex } from "../../model/model-index.js";
import { compareAnswers } from "../differences/compare-answers.js";
import type { Difference } from "../differences/difference.js";
import type { Redactor } from "../redaction/redactor.js";
import type { RecordedRequest, SkipReason, SourceItem } from "../requests/recorded-request.js";
import type { LabelRequest, RequestLabel } from "../requests/request-label.js";
import { compareExamples, type Example } from "../results/example-order.js";
import { fingerprint } from "../results/fingerprint.js";
import type { Observation } from "../results/observation.js";
import type { RpcRules } from "../rules/comparison-rules.js";
import type { Side, SideAnswer } from "../sides/side.js";
import { type AdmissionOptions, admit, labelOf } from "./admission.js";
import { clockSkew, describeSkew } from "./clock-skew.js";
import { createGuard, type Guard, type Stop } from "./guard.js";
import { createPace, type Pace } from "./pace.js";
import { toObservation } from "./to-observation.js";

/** Everything that a run needs. */
export interface ComparisonRun {
  readonly requests: AsyncIterable<SourceItem>;
  readonly old: Side;
  readonly new: Side;
  readonly label: LabelRequest;
  readonly index: ModelIndex;
  readonly rules: (rpc: string) => RpcRules;
  readonly redactor: Redactor;
  readonly admission: AdmissionOptions;
  /** Whether the old side is asked twice. RPCs that change something never are. */
  readonly noise: boolean;
  readonly albCookies: boolean;
  /** Whether texts of bodies are kept where they differ. */
  readonly keepBodies: boolean;
  /** Requests a second. */
  readonly rate?: number;
  readonly concurrency: number;
  readonly limit: number;
  /** Ids that an earlier run has compared. */
  readonly done: ReadonlySet<string>;
  readonly record: (observation: Observation) => void;
  readonly progress: (sent: number) => void;
  /** Asks the run to end after what is under way. */
  readonly signal: AbortSignal;
}

/** Numbers of what was sent and what was not, and the reason for an early end. */
export interface RunOutcome {
  readonly sent: number;
  readonly skipped: ReadonlyMap<SkipReason, number>;
  /** RPCs that were not sent because they change something, with the number of their requests. */
  readonly unsafe: ReadonlyMap<string, number>;
  /** Flags that would give the values that are redacted in the recording. */
  readonly redacted: ReadonlyMap<string, number>;
  readonly leftOut: number;
  /** Requests that a side has no way to ask, by reason. */
  readonly unasked: ReadonlyMap<string, number>;
  readonly remarks: readonly string[];
  readonly stop?: Stop;
}

interface RunState {
  sent: number;
  leftOut: number;
  stop: Stop | undefined;
  readonly skipped: Map<SkipReason, number>;
  readonly unsafe: Map<string, number>;
  readonly redacted: Map<string, number>;
  readonly unasked: Map<string, number>;
  readonly skews: Map<string, number>;
  /** When each function was last called, to tell cold calls. */
  readonly called: Map<string, number>;
  /** Number of bodies that were kept, and the example that a report shows so far, by fingerprint. */
  readonly kept: Map<string, { readonly count: number; readonly example: Example }>;
  readonly pace: Pace;
  readonly guard: Guard;
}

/** Runs to the end of the recording, to the limit, or to a reason to stop. Errors of `record` end it and are thrown. */
export async function runComparison(run: ComparisonRun): Promise<RunOutcome> {
  const state: RunState = {
    sent: 0,
    leftOut: 0,
    stop: undefined,
    skipped: new Map(),
    unsafe: new Map(),
    redacted: new Map(),
    unasked: new Map(),
    skews: new Map(),
    called: new Map(),
    kept: new Map(),
    pace: createPace(run.rate),
    guard: createGuard(),
  };
  const items = run.requests[Symbol.asyncIterator]();
  const work = async (): Promise<void> => {
    while (state.stop === undefined && !run.signal.aborted && state.sent < run.limit) {
      const next = await items.next();
      if (next.done === true) return;
      await handle(next.value, run, state);
    }
  };
  try {
    await Promise.all(Array.from({ length: run.concurrency }, work));
  } finally {
    await items.return?.();
  }
  const { sent, skipped, unsafe, redacted, leftOut, unasked, stop } = state;
  const remarks = [...state.skews].map(([side, seconds]) => describeSkew(side, seconds));
  return { sent, skipped, unsafe, redacted, leftOut, unasked, remarks, ...(stop === undefined ? {} : { stop }) };
}

async function handle(item: SourceItem, run: ComparisonRun, state: RunState): Promise<void> {
  if (item.kind === "skipped") return add(state.skipped, item.reason);
  const { request } = item;
  if (run.done.has(request.id) || state.sent >= run.limit) return;
  const label = labelOf(request, run.label);
  const admission = admit(request, label, run.admission);
  switch (admission.kind) {
    case "left out":
      state.leftOut++;
      return;
    case "unsafe":
      return add(state.unsafe, label.rpc);
    case "redacted":
      return add(state.redacted, admission.flag);
    case "sent":
      return compareOne(request, label, run, state);
    default:
      admission satisfies never;
  }
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

async function compareOne(
  request: RecordedRequest,
  label: RequestLabel,
  run: ComparisonRun,
  state: RunState,
): Promise<void> {
  state.sent++;
  const cold = isCold(label, state);
  const [old, changed] = await askBoth(request, label, run, state);
  const unasked = [old, changed].find((answer) => answer.kind === "unasked");
  if (unasked?.kind === "unasked") {
    state.sent--;
    return add(state.unasked, unasked.reason);
  }
  const again =
    run.noise && label.safe && old.kind === "answer" ? await askAgain(request, label, run, state) : undefined;
  const differences = differencesOf(old, changed, request, label, run);
  const noise = again?.kind === "answer" ? differencesOf(old, again, request, label, run) : undefined;
  run.record(
    toObservation(
      {
        request,
        label,
        old,
        new: changed,
        cold,
        differences,
        noise,
        keepBodies: keeps({ id: request.id, target: request.target }, label, differences, run, state),
      },
      run,
    ),
  );
  for (const [side, answer] of [
    ["old", old],
    ["new", changed],
  ] as const) {
    const skew = clockSkew(answer, Date.now());
    if (skew !== undefined) state.skews.set(side, skew);
  }
  state.stop ??= state.guard.see(old, changed);
  run.progress(state.sent);
}

/** Functions are warm for some minutes after a call. */
const warmFor = 5 * 60_000;

function isCold({ functionId }: RequestLabel, { called }: RunState): boolean {
  const now = Date.now();
  const before = called.get(functionId);
  called.set(functionId, now);
  return functionId !== "" && (before === undefined || now - before > warmFor);
}

/**
 * Asks both at the same moment, in alternating order. A side that asks for patience is given it, and both are asked once more: unless the
 * request changes something, which the other side may have done already.
 */
async function askBoth(
  request: RecordedRequest,
  label: RequestLabel,
  run: ComparisonRun,
  state: RunState,
): Promise<readonly [SideAnswer, SideAnswer]> {
  for (let attempt = 0; ; attempt++) {
    await state.pace.next();
    const isOldFirst = (state.sent + attempt) % 2 === 0;
    const [first, second] = isOldFirst ? [run.old, run.new] : [run.new, run.old];
    const [one, two] = await Promise.all([first.ask(request, label), second.ask(request, label)]);
    const pair = isOldFirst ? ([one, two] as const) : ([two, one] as const);
    const waits = pair.some((answer) => state.pace.heed(retryAfter(answer)));
    if (!waits || attempt > 0 || !label.safe || run.signal.aborted) return pair;
  }
}

async function askAgain(
  request: RecordedRequest,
  label: RequestLabel,
  run: ComparisonRun,
  state: RunState,
): Promise<SideAnswer> {
  await state.pace.next();
  return run.old.ask(request, label);
}

function retryAfter(answer: SideAnswer): string | undefined {
  if (answer.kind !== "answer" || (answer.status !== 429 && answer.status !== 503)) return undefined;
  return answer.headers.find(([name]) => name.toLowerCase() === "retry-after")?.[1];
}

function differencesOf(
  old: SideAnswer,
  changed: SideAnswer,
  { method }: RecordedRequest,
  label: RequestLabel,
  run: Pick<ComparisonRun, "old" | "new" | "index" | "rules" | "albCookies" | "redactor">,
): readonly Difference[] {
  const { index, rules, albCookies, redactor } = run;
  if (old.kind !== "answer") return [];
  if (changed.kind === "answer") {
    const hasHeaders = run.old.hasNoHeaders !== true && run.new.hasNoHeaders !== true;
    const comparison = { index, rules: rules(label.rpc), label, redactor, method, albCookies, hasHeaders };
    return compareAnswers(old, changed, comparison);
  }
  const reason = changed.kind === "failed" ? changed.reason : "";
  return [{ class: "missing", path: "answer", old: String(old.status), new: reason, types: "number -> absent" }];
}

/** Bodies of the first twenty requests with a difference of a kind are kept, and those of every better example. */
const mostKept = 20;

function keeps(
  request: Example,
  { rpc }: RequestLabel,
  differences: readonly Difference[],
  run: ComparisonRun,
  state: RunState,
): boolean {
  if (!run.keepBodies) return false;
  return differences
    .map((found) => {
      const key = fingerprint(rpc, found);
      const { count, example } = state.kept.get(key) ?? { count: 0, example: request };
      const isBetter = compareExamples(request, example) < 0;
      state.kept.set(key, { count: count + 1, example: isBetter ? request : example });
      return isBetter || count < mostKept;
    })
    .includes(true);
}
