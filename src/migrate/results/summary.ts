/** Counts over all observations of a comparison: per RPC, and per kind of difference with its verdict. */
import { compareText } from "../../diagnostics.js";
import type { DifferenceClass } from "../differences/difference.js";
import { differenceClasses } from "../differences/difference.js";
import { compareExamples } from "./example-order.js";
import { fingerprint } from "./fingerprint.js";
import type { Observation } from "./observation.js";
import { type Percentiles, percentiles } from "./percentiles.js";

/** Differences of one kind. */
export interface Finding {
  readonly fingerprint: string;
  readonly rpc: string;
  readonly path: string;
  readonly class: DifferenceClass;
  /** Requests in which it occurred. */
  readonly count: number;
  /** Requests in which the old side differs from itself there. */
  readonly noise: number;
  /** `difference` counts; `noise` is what the old side does to itself; `accepted` is in the baseline. */
  readonly verdict: "difference" | "noise" | "accepted";
  readonly example: {
    readonly id: string;
    readonly method: string;
    readonly target: string;
    readonly old: string;
    readonly new: string;
    readonly bodies?: { readonly old: string; readonly new: string };
  };
}

/** One RPC, or `unrouted`. */
export interface RpcSummary {
  readonly rpc: string;
  /** Requests that were compared. */
  readonly requests: number;
  /** Number of compared requests with a difference that counts. */
  readonly different: number;
  /** Requests whose old answer could not be compared. */
  readonly uncompared: number;
  /** The old side differs from itself in every request: the RPC changes state, or answers with the moment. */
  readonly unstable: boolean;
  /** Milliseconds, cold calls of the new side apart. */
  readonly old: Percentiles;
  readonly new: Percentiles;
  readonly cold: Percentiles;
}

/** All of a comparison. */
export interface Summary {
  readonly requests: number;
  readonly equal: number;
  readonly different: number;
  readonly uncompared: number;
  /** In the order of RPC names. */
  readonly rpcs: readonly RpcSummary[];
  /** Most frequent first, differences before noise. */
  readonly findings: readonly Finding[];
  /** Findings beyond the bound, counted only. */
  readonly omitted: number;
  /** Entries of the baseline that did not occur. */
  readonly outdated: readonly string[];
}

/** Decisions about findings. */
export interface SummaryOptions {
  /** Fingerprints that are accepted. */
  readonly accepted: ReadonlySet<string>;
  /** Gives the part by which the 95th percentile of an RPC may be slower, 0.2 for 20 %; undefined: any. */
  readonly p95: (rpc: string) => number | undefined;
}

/** More kinds of differences are counted only: answers may have members of any name. */
const mostFindings = 10_000;

interface Group {
  readonly rpc: string;
  readonly path: string;
  readonly class: DifferenceClass;
  readonly types: string;
  count: number;
  example: Finding["example"];
}

interface RpcCounts {
  requests: number;
  uncompared: number;
  /** Requests in which the old side differs from itself, of those that were asked twice. */
  unstable: number;
  twice: number;
  readonly old: number[];
  readonly new: number[];
  readonly cold: number[];
}

/** Everything that one pass over the observations counts. */
interface Tally {
  readonly rpcs: Map<string, RpcCounts>;
  readonly groups: Map<string, Group>;
  /** Requests in which the old side differs from itself, by `noiseKey`. */
  readonly noise: Map<string, number>;
  /** The fingerprints of each request. */
  readonly kinds: { readonly rpc: string; readonly keys: ReadonlySet<string> }[];
  omitted: number;
}

/** Sums up observations in one pass. */
export function summarize(observations: Iterable<Observation>, options: SummaryOptions): Summary {
  const tally: Tally = { rpcs: new Map(), groups: new Map(), noise: new Map(), kinds: [], omitted: 0 };
  for (const observation of observations) take(tally, observation);
  const { rpcs, groups, noise, omitted } = tally;
  const decided = [...groups].map(([key, group]) =>
    decide(key, group, noise, rpcs.get(group.rpc)?.requests ?? 0, options),
  );
  const differentBy = countDifferent(tally, decided);
  const rows = [...rpcs]
    .sort(([a], [b]) => compareText(a, b))
    .map(([rpc, counts]) => toRow(rpc, counts, differentBy.get(rpc) ?? 0));
  const total = (member: "requests" | "different" | "uncompared"): number =>
    rows.reduce((sum, row) => sum + row[member], 0);
  return {
    requests: total("requests"),
    equal: total("requests") - total("different"),
    different: total("different"),
    uncompared: total("uncompared"),
    rpcs: rows,
    findings: [...decided, ...latencyFindings(rpcs, options)].sort(byWeight),
    omitted,
    outdated: [...options.accepted].filter((each) => !groups.has(each)).sort(compareText),
  };
}

function take(tally: Tally, observation: Observation): void {
  const { groups, noise, kinds } = tally;
  count(tally.rpcs, observation);
  if (observation.uncompared) return;
  const { rpc, differences } = observation;
  const keys = new Set<string>();
  for (const found of differences) {
    const key = fingerprint(rpc, found);
    if (keys.has(key)) continue;
    if (!groups.has(key) && groups.size >= mostFindings) tally.omitted++;
    else addToGroup(groups, key, observation, found);
    keys.add(key);
  }
  kinds.push({ rpc, keys });
  const paths = new Set(observation.noise?.map(({ class: kind, path }) => noiseKey(rpc, kind, path)));
  for (const path of paths) noise.set(path, (noise.get(path) ?? 0) + 1);
}

/** Requests with a difference that counts, by RPC. */
function countDifferent({ kinds }: Tally, decided: readonly Finding[]): ReadonlyMap<string, number> {
  const counting = new Set(decided.filter(({ verdict }) => verdict === "difference").map((each) => each.fingerprint));
  const byRpc = new Map<string, number>();
  for (const { rpc, keys } of kinds) {
    if ([...keys].some((key) => counting.has(key))) byRpc.set(rpc, (byRpc.get(rpc) ?? 0) + 1);
  }
  return byRpc;
}

function count(rpcs: Map<string, RpcCounts>, { rpc, old, new: changed, cold, noise, uncompared }: Observation): void {
  const counts = rpcs.get(rpc) ?? { requests: 0, uncompared: 0, unstable: 0, twice: 0, old: [], new: [], cold: [] };
  rpcs.set(rpc, counts);
  if (uncompared) {
    counts.uncompared++;
    return;
  }
  counts.requests++;
  counts.old.push(old.ms);
  if (changed.status !== undefined) (cold ? counts.cold : counts.new).push(changed.ms);
  if (noise === undefined) return;
  counts.twice++;
  if (noise.length > 0) counts.unstable++;
}

function toRow(rpc: string, counts: RpcCounts, different: number): RpcSummary {
  return {
    rpc,
    requests: counts.requests,
    different,
    uncompared: counts.uncompared,
    unstable: counts.twice > 1 && counts.unstable === counts.twice,
    old: percentiles(counts.old),
    new: percentiles(counts.new),
    cold: percentiles(counts.cold),
  };
}

function addToGroup(
  groups: Map<string, Group>,
  key: string,
  { rpc, id, method, target, bodies }: Observation,
  found: Observation["differences"][number],
): void {
  const group = groups.get(key);
  const example = { id, method, target, old: found.old, new: found.new, ...(bodies === undefined ? {} : { bodies }) };
  if (group === undefined) {
    groups.set(key, { rpc, path: found.path, class: found.class, types: found.types, count: 1, example });
    return;
  }
  group.count++;
  if (compareExamples(example, group.example) < 0) group.example = example;
}

function noiseKey(rpc: string, kind: DifferenceClass, path: string): string {
  return [rpc, kind, path].join("\0");
}

function decide(
  key: string,
  { rpc, path, class: kind, count: differing, example }: Group,
  noise: ReadonlyMap<string, number>,
  requests: number,
  { accepted }: SummaryOptions,
): Finding {
  const own = noise.get(noiseKey(rpc, kind, path)) ?? 0;
  const verdict = accepted.has(key) ? "accepted" : isNoise(kind, differing, own, requests) ? "noise" : "difference";
  return { fingerprint: key, rpc, path, class: kind, count: differing, noise: own, verdict, example };
}

/**
 * Tells whether the old side differs from itself as often. More differences than that count if they are more by 20 % of both and by 0.03 % of
 * all requests. A status or a shape is never noise: an answer that changes its form is a finding, whoever does it.
 */
function isNoise(kind: DifferenceClass, differing: number, own: number, requests: number): boolean {
  if (own === 0 || kind === "status" || kind === "shape" || kind === "missing") return false;
  if (differing <= own) return true;
  const more = differing - own;
  return more / (differing + own) <= 0.2 || more / requests <= 0.0003;
}

/** Findings of RPCs whose 95th percentile is beyond the tolerance; fewer than 20 calls say nothing. */
function latencyFindings(rpcs: ReadonlyMap<string, RpcCounts>, { p95, accepted }: SummaryOptions): Finding[] {
  return [...rpcs].flatMap(([rpc, counts]): Finding[] => {
    const within = p95(rpc);
    const [old, changed] = [percentiles(counts.old), percentiles(counts.new)];
    if (within === undefined || changed.count < 20 || changed.p95 <= old.p95 * (1 + within)) return [];
    const key = fingerprint(rpc, { class: "latency", path: "p95", types: "number" });
    return [
      {
        fingerprint: key,
        rpc,
        path: "p95",
        class: "latency",
        count: changed.count,
        noise: 0,
        verdict: accepted.has(key) ? "accepted" : "difference",
        example: { id: "", method: "", target: "", old: `${old.p95} ms`, new: `${changed.p95} ms` },
      },
    ];
  });
}

const verdictOrder = ["difference", "accepted", "noise"] as const;

function byWeight(a: Finding, b: Finding): number {
  return (
    verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict) ||
    b.count - a.count ||
    differenceClasses.indexOf(a.class) - differenceClasses.indexOf(b.class) ||
    compareText(a.rpc, b.rpc) ||
    compareText(a.path, b.path)
  );
}
