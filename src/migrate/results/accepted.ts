/** `accepted.json`: differences that are known and do not count, each with what it is, for a reader of the diff. */
import { existsSync, readFileSync } from "node:fs";
import { ResultsError, writeDocument } from "./results-file.js";
import type { Finding } from "./summary.js";

/** The fingerprints of a file; none where there is no file. Throws ResultsError for another document. */
export function readAccepted(path: string): ReadonlySet<string> {
  if (!existsSync(path)) return new Set();
  const entries = parse(readFileSync(path, "utf8"));
  if (entries === undefined)
    throw new ResultsError(`${path} is not a list of accepted differences: delete it, or write it with --accept`);
  return new Set(entries);
}

function parse(text: string): string[] | undefined {
  try {
    const { accepted } = JSON.parse(text) as { accepted?: unknown };
    if (!Array.isArray(accepted)) return undefined;
    const names = accepted.map((entry: unknown) => (entry as { fingerprint?: unknown } | null)?.fingerprint);
    return names.every((name) => typeof name === "string") ? names : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the differences that count or are accepted already. */
export function writeAccepted(path: string, findings: readonly Finding[]): void {
  const accepted = findings
    .filter(({ verdict }) => verdict !== "noise")
    .map(({ fingerprint, rpc, path: field, class: kind, example }) => ({
      fingerprint,
      rpc,
      path: field,
      class: kind,
      old: example.old,
      new: example.new,
    }))
    .sort((a, b) => (a.rpc + a.path + a.class < b.rpc + b.path + b.class ? -1 : 1));
  writeDocument(path, `${JSON.stringify({ accepted }, undefined, 2)}\n`);
}
