/**
 * Reads a damaged manifest line by line: both sides (and the base) of a merge conflict in any tool's style, duplicates
 * of a union merge, the beginning of a torn file. An entry is one line of the form that `renderManifest` writes; a hash
 * is evidence by itself, because only the very text that was written has it.
 */
import type { Manifest } from "./manifest.js";

/** Entries of a manifest; one path may have several hashes. */
export interface ManifestEntries {
  readonly files: ReadonlyMap<string, ReadonlySet<string>>;
  readonly inputs: ReadonlyMap<string, ReadonlySet<string>>;
  readonly scaffolds: ReadonlySet<string>;
}

/** No path that can be written comes near. */
const longestLine = 20_000;

/** Gathers the entries of a text, and those of the manifest that was read from it, if one was. */
export function gatherEntries(text: string, manifest: Manifest | undefined): ManifestEntries {
  const entries = { files: new Map<string, Set<string>>(), inputs: new Map<string, Set<string>>() };
  const scaffolds = new Set(manifest?.scaffolds);
  for (const section of ["files", "inputs"] as const) {
    for (const [path, hash] of manifest?.[section] ?? []) addHash(entries[section], path, hash);
  }
  let section: "files" | "inputs" = "files";
  for (const line of text.split("\n")) {
    if (line.length > longestLine) continue;
    section = sectionStart.exec(line)?.[1] === "inputs" ? "inputs" : sectionStart.test(line) ? "files" : section;
    const [, key, hash] = entryLine.exec(line) ?? [];
    const path = key === undefined ? undefined : readString(key);
    if (path === undefined) continue;
    if (hash === undefined) scaffolds.add(path);
    else addHash(entries[section], path, hash);
  }
  return { ...entries, scaffolds };
}

function addHash(hashes: Map<string, Set<string>>, path: string, hash: string): void {
  const known = hashes.get(path);
  if (known === undefined) hashes.set(path, new Set([hash]));
  else known.add(hash);
}

const sectionStart = /^[ \t]*"(inputs|files)"[ \t]*:[ \t]*\{/;

/** `"path": "<SHA-256>",` or `"scaffold",`. */
const entryLine = /^[ \t]*("(?:[^"\\]|\\.)*")(?:[ \t]*:[ \t]*"([0-9a-f]{64})")?[ \t]*,?[ \t]*\r?$/;

function readString(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
