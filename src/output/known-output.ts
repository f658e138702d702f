/** The files that earlier runs recorded: in the manifest, and in manifests that killed runs had prepared. */
import type { Diagnostic } from "../diagnostics.js";
import { carriesMarker } from "./generated-content.js";
import { isTornManifest, type Manifest, parseManifest } from "./manifest.js";
import { blockedPath, foreignFile, unreadableManifest } from "./output-findings.js";
import { foldPath } from "./output-path.js";
import type { ProjectFolder } from "./project-folder.js";
import { gatherEntries, type ManifestEntries } from "./salvage-manifest.js";
import { stagedManifests } from "./write-lock.js";

/** Everything that is known of what was written before. */
export interface KnownOutput {
  /** "" when there is no manifest of ours. */
  readonly manifestText: string;
  /** Neither a manifest nor anything that a run has begun: the folder is new to us. */
  readonly firstTime: boolean;
  /** Paths of generated files that are listed anywhere. */
  readonly files: readonly string[];
  readonly scaffolds: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
  /** Tells whether anything was ever written to `path`. */
  lists(path: string): boolean;
  /** Tells whether `path` was once written with this SHA-256. */
  knows(path: string, hash: string): boolean;
  /** Inputs that the manifest lists. */
  readonly inputs: readonly string[];
  /** Tells whether an input was read with this SHA-256. */
  knowsInput(path: string, hash: string): boolean;
}

/** Reads the manifest of `outDir` and what killed runs have left beside it. Nothing that it finds is an exception. */
export function readKnownOutput(folder: ProjectFolder, outDir: string): KnownOutput {
  const main = readManifest(folder, `${outDir}/manifest.json`);
  const staged = stagedManifests(folder, outDir);
  const sides = [gatherEntries(main.text, main.manifest), ...staged.map((text) => gatherEntries(text, undefined))];
  const hashes = joinHashes(sides.map((side) => side.files));
  const inputs = joinHashes(sides.slice(0, 1).map((side) => side.inputs));
  return {
    manifestText: main.text,
    firstTime: main.text === "" && staged.length === 0,
    files: [...new Set(sides.flatMap((side) => [...side.files.keys()]))],
    scaffolds: new Set(sides.flatMap((side) => [...side.scaffolds])),
    diagnostics: main.diagnostics,
    lists: (path) => hashes.has(foldPath(path)),
    knows: (path, hash) => hashes.get(foldPath(path))?.has(hash) === true,
    inputs: [...new Set(sides.slice(0, 1).flatMap((side) => [...side.inputs.keys()]))],
    knowsInput: (path, hash) => inputs.get(foldPath(path))?.has(hash) === true,
  };
}

interface MainManifest {
  readonly manifest?: Manifest;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

function readManifest(folder: ProjectFolder, path: string): MainManifest {
  const entry = folder.look(path);
  if (entry.kind === "absent") return { text: "", diagnostics: [] };
  if (entry.kind !== "file") return { text: "", diagnostics: [blockedPath(entry)] };
  if (!carriesMarker(entry.text) && !isTornManifest(entry.text)) return { text: "", diagnostics: [foreignFile(path)] };
  const manifest = parseManifest(entry.text);
  if (typeof manifest !== "string") return { manifest, text: entry.text, diagnostics: [] };
  return { text: entry.text, diagnostics: [unreadableManifest(path, manifest)] };
}

function joinHashes(sides: readonly ManifestEntries["files"][]): Map<string, Set<string>> {
  const joined = new Map<string, Set<string>>();
  for (const [path, hashes] of sides.flatMap((side) => [...side])) {
    const key = foldPath(path);
    joined.set(key, new Set([...(joined.get(key) ?? []), ...hashes]));
  }
  return joined;
}
