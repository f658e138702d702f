/** The file of reviewed exceptions: breaking changes that somebody has decided about. */
import { parseDocument } from "yaml";
import type { Change } from "./change.js";

/** A breaking change that is accepted. */
export interface Exception {
  /** `Change.id`. */
  readonly change: string;
  readonly reason: string;
}

/** Reads a list of exceptions; a text says what is wrong with it. */
export function readExceptions(text: string): readonly Exception[] | string {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) return error.message.split("\n")[0] ?? "not valid YAML";
  const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? [];
  if (!Array.isArray(value)) return "expected a list of exceptions, each with change and reason";
  for (const [index, entry] of value.entries()) {
    const { change, reason, ...others } = Object(entry) as Record<string, unknown>;
    if (
      typeof change !== "string" ||
      typeof reason !== "string" ||
      reason.trim() === "" ||
      Object.keys(others).length > 0
    )
      return `exception ${index + 1} has other keys than change and reason, or lacks one of them`;
  }
  return value as Exception[];
}

/** Changes with what was decided about them; `unused` are exceptions for changes that are not there. */
export function applyExceptions(
  changes: readonly Change[],
  exceptions: readonly Exception[],
): { readonly changes: readonly (Change & { readonly reason?: string })[]; readonly unused: readonly Exception[] } {
  const reasons = new Map(exceptions.map(({ change, reason }) => [change, reason]));
  const ids = new Set(changes.map(({ id }) => id));
  return {
    changes: changes.map((one) => {
      const reason = one.breaking ? reasons.get(one.id) : undefined;
      return reason === undefined ? one : { ...one, reason };
    }),
    unused: exceptions.filter(({ change }) => !ids.has(change)),
  };
}
