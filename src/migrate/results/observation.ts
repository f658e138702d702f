/** One request as a comparison saw it: a line of `results.jsonl`. Everything that is reported is made of these lines. */
import type { Difference, DifferenceClass } from "../differences/difference.js";

/** The outcome at one side. */
export interface SideOutcome {
  /** Absent where there was no answer. */
  readonly status?: number;
  /** The reason for no answer. */
  readonly failure?: string;
  /** Milliseconds, to a tenth. */
  readonly ms: number;
}

/** One compared request. Values are redacted. */
export interface Observation {
  readonly id: string;
  /** Full name of the RPC, or `unrouted`. */
  readonly rpc: string;
  readonly binding: string;
  readonly method: string;
  readonly target: string;
  readonly old: SideOutcome;
  readonly new: SideOutcome;
  /** The first call of the function, or one after five idle minutes. */
  readonly cold?: true;
  readonly differences: readonly Difference[];
  /** Differences of the old side from itself; absent when it was asked once. */
  readonly noise?: readonly { readonly class: DifferenceClass; readonly path: string }[];
  /** Texts of both bodies where they differ; absent after many of the same kind. */
  readonly bodies?: { readonly old: string; readonly new: string };
  /** The old side gave no answer that could be compared. */
  readonly uncompared?: true;
}

/** Tells whether a parsed line is an observation. */
export function isObservation(value: unknown): value is Observation {
  if (typeof value !== "object" || value === null) return false;
  const { id, rpc, binding, method, target, old, new: changed, differences } = value as Record<string, unknown>;
  const texts = [id, rpc, binding, method, target];
  return (
    texts.every((text) => typeof text === "string") &&
    [old, changed].every((side) => typeof side === "object" && side !== null) &&
    Array.isArray(differences)
  );
}
