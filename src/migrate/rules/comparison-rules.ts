/** Differences that a comparison overlooks, by the configuration. */
import { isSamePath, isWithin } from "../fields/field-path.js";

/** Rules for the answers of one RPC, or of all (`*`). */
export interface ComparisonRule {
  /** Full name of an RPC, or `*`. */
  readonly rpc: string;
  /** Fields, and all below them. */
  readonly ignore: readonly string[];
  /** Lists whose order does not count; items are matched by the field `by` where it is given. */
  readonly unordered: readonly { readonly path: string; readonly by?: string }[];
  /** Numbers by at most so much; times and durations by at most so many milliseconds. */
  readonly tolerance: readonly { readonly path: string; readonly within: number }[];
  /** Lower-case names. */
  readonly headers: readonly string[];
  /** Pairs of statuses that are accepted. */
  readonly status: readonly { readonly old: number; readonly new: number }[];
  /** The part by which the 95th percentile may be slower: 0.2 for 20 %. Default: not compared. */
  readonly p95?: number;
}

/** The rules of one RPC, asked while two answers are compared. */
export interface RpcRules {
  readonly ignores: (path: string) => boolean;
  /** Undefined: the order of the list counts. */
  readonly unordered: (path: string) => { readonly by?: string } | undefined;
  readonly tolerance: (path: string) => number | undefined;
  readonly ignoresHeader: (name: string) => boolean;
  readonly acceptsStatus: (old: number, changed: number) => boolean;
  readonly p95: number | undefined;
}

/** The rules that apply to an RPC. `headers` are those that built-in rules overlook, by lower-case name. */
export function rulesFor(
  rpc: string,
  rules: readonly ComparisonRule[],
  ignoresHeader: (name: string) => boolean,
): RpcRules {
  const own = rules.filter((rule) => rule.rpc === "*" || rule.rpc === rpc);
  const ignore = own.flatMap((rule) => rule.ignore);
  const unordered = own.flatMap((rule) => rule.unordered);
  const tolerance = own.flatMap((rule) => rule.tolerance);
  const headers = new Set(own.flatMap((rule) => rule.headers));
  const statuses = own.flatMap((rule) => rule.status);
  return {
    ignores: (path) => ignore.some((rule) => isWithin(path, rule)),
    unordered: (path) => unordered.find((rule) => isSamePath(path, rule.path)),
    tolerance: (path) => tolerance.find((rule) => isSamePath(path, rule.path))?.within,
    ignoresHeader: (name) => headers.has(name) || ignoresHeader(name),
    acceptsStatus: (old, changed) => statuses.some((pair) => pair.old === old && pair.new === changed),
    p95: own.map((rule) => rule.p95).find((value) => value !== undefined),
  };
}
