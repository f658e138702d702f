/** Holds a tree against the disk: what generating would do to each file, and what forbids it. */
import { compareText, type Diagnostic } from "../diagnostics.js";
import { carriesMarker, hashContent, normaliseLineEnds } from "./generated-content.js";
import { type Manifest, parseManifest, renderManifest } from "./manifest.js";
import { blockedPath, foreignFile, foreignFolder, readOnlyFile, unreadableManifest } from "./output-findings.js";
import { checkOutputPaths, outputPathProblem } from "./output-path.js";
import type { OutputFile, OutputTree } from "./output-tree.js";
import { type DiskEntry, listFiles, openProjectFolder, type ProjectFolder } from "./project-folder.js";

/**
 * What a file is, seen from what would be generated.
 *
 * | state | ownership | meaning |
 * |---|---|---|
 * | `unchanged` | generated | on disk as it would be written |
 * | `new` | both | not there yet |
 * | `missing` | generated | written before, and gone |
 * | `stale` | generated | as written before, and would be written differently now |
 * | `edited` | generated | changed since it was written |
 * | `leftOver` | generated | as written before, and no longer made |
 * | `editedLeftOver` | generated | changed since it was written, and no longer made |
 * | `kept` | user | there, whatever it holds |
 * | `orphan` | user | scaffolded before, there, and no longer asked for |
 */
export type FileState =
  | "unchanged"
  | "new"
  | "missing"
  | "stale"
  | "edited"
  | "leftOver"
  | "editedLeftOver"
  | "kept"
  | "orphan";

/** One file of the tree or of the manifest, held against the disk. */
export interface FileComparison {
  readonly path: string;
  readonly ownership: "generated" | "user";
  readonly state: FileState;
  /** What would be written; undefined for what would be removed or left alone. */
  readonly content?: string;
}

/** What is compared. */
export interface OutputRequest {
  /** Absolute path of the project. */
  readonly root: string;
  /** Folder of the generated files, relative to the root; the manifest stands in it. */
  readonly outDir: string;
  readonly tree: OutputTree;
  /** Import path (or file) -> SHA-256, for the manifest. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Version of the contract between emitted code and runtime. */
  readonly abiVersion: number;
}

/** The whole output against the disk. With errors among the diagnostics nothing may be written. */
export interface OutputComparison {
  readonly root: string;
  readonly outDir: string;
  /** Sorted by path; the manifest is among them. */
  readonly files: readonly FileComparison[];
  /** Inputs that the manifest knows with another hash, or not at all; all of them without a manifest. Sorted. */
  readonly changedInputs: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares a tree, its manifest and the disk. Reads, never writes. */
export function compareOutput(request: OutputRequest): OutputComparison {
  const pathErrors = checkOutputPaths(request.tree);
  const base = { root: request.root, outDir: request.outDir };
  if (pathErrors.length > 0) return { ...base, files: [], changedInputs: [], diagnostics: pathErrors };
  const folder = openProjectFolder(request.root);
  const previous = readManifest(folder, `${request.outDir}/manifest.json`);
  const diagnostics = [...previous.diagnostics];
  if (previous.firstTime) diagnostics.push(...refuseForeignFolder(request));
  const files = compareTree(request, folder, previous.manifest, diagnostics);
  files.push(...compareRemainders(request, folder, previous.manifest));
  files.push(compareManifest(request, previous, files));
  files.sort((a, b) => compareText(a.path, b.path));
  return {
    ...base,
    files,
    changedInputs: changedInputs(request.inputs, previous.manifest),
    diagnostics: withoutRepetition(diagnostics),
  };
}

/** A link in place of the output folder is in the way of every file in it, and said once. */
function withoutRepetition(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [
    ...new Map(diagnostics.map((diagnostic) => [`${diagnostic.code} ${diagnostic.message}`, diagnostic])).values(),
  ];
}

interface PreviousManifest {
  readonly manifest: Manifest | undefined;
  /** "" when there is none. */
  readonly text: string;
  /** Neither a manifest nor anything of that name that we wrote: the folder is new to us. */
  readonly firstTime: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

function readManifest(folder: ProjectFolder, path: string): PreviousManifest {
  const entry = folder.look(path);
  const nothing = { manifest: undefined, text: "", firstTime: true, diagnostics: [] };
  if (entry.kind === "absent") return nothing;
  if (entry.kind !== "file") return { ...nothing, diagnostics: [blockedPath(entry)] };
  if (!carriesMarker(entry.text)) return { ...nothing, diagnostics: [foreignFile(path)] };
  const manifest = parseManifest(entry.text);
  if (typeof manifest !== "string") return { manifest, text: entry.text, firstTime: false, diagnostics: [] };
  return { manifest: undefined, text: entry.text, firstTime: false, diagnostics: [unreadableManifest(path, manifest)] };
}

function compareTree(
  request: OutputRequest,
  folder: ProjectFolder,
  manifest: Manifest | undefined,
  diagnostics: Diagnostic[],
): FileComparison[] {
  return request.tree.files.flatMap((file) => {
    const entry = folder.look(file.path);
    const compared = file.ownership === "user" ? compareUserFile(file, entry) : compareFile(file, entry, manifest);
    if ("code" in compared) diagnostics.push(compared);
    return "code" in compared ? [] : [compared];
  });
}

function compareUserFile(file: OutputFile, entry: DiskEntry): FileComparison | Diagnostic {
  const { path, ownership, content } = file;
  if (entry.kind === "absent") return { path, ownership, state: "new", content };
  if (entry.kind === "outside" || (entry.kind === "blocked" && entry.at !== path)) return blockedPath(entry);
  return { path, ownership, state: "kept" };
}

function compareFile(file: OutputFile, entry: DiskEntry, manifest: Manifest | undefined): FileComparison | Diagnostic {
  const { path, ownership, content } = file;
  const hash = manifest?.files.get(path);
  if (entry.kind === "absent") return { path, ownership, state: hash === undefined ? "new" : "missing", content };
  if (entry.kind !== "file") return blockedPath(entry);
  if (normaliseLineEnds(entry.text) === content) return { path, ownership, state: "unchanged" };
  if (hash === undefined && !carriesMarker(entry.text)) return foreignFile(path);
  if (entry.readOnly) return readOnlyFile(path);
  const edited = hash !== undefined && hash !== hashContent(entry.text);
  return { path, ownership, state: edited ? "edited" : "stale", content };
}

/**
 * What the manifest lists and the tree no longer has. Only a file that says that we wrote it is ours to remove: a manifest
 * from elsewhere, or one that a merge mixed up, cannot make the tool remove other files.
 */
function compareRemainders(
  request: OutputRequest,
  folder: ProjectFolder,
  manifest: Manifest | undefined,
): FileComparison[] {
  const made = new Set(request.tree.files.map((file) => file.path));
  const isRemainder = (path: string): boolean => !made.has(path) && outputPathProblem(path) === undefined;
  const remainders: FileComparison[] = [];
  for (const [path, hash] of manifest?.files ?? []) {
    const entry = isRemainder(path) ? folder.look(path) : undefined;
    if (entry?.kind !== "file" || !carriesMarker(entry.text)) continue;
    const edited = hash !== hashContent(entry.text);
    remainders.push({ path, ownership: "generated", state: edited ? "editedLeftOver" : "leftOver" });
  }
  for (const path of manifest?.scaffolds ?? []) {
    if (isRemainder(path) && folder.look(path).kind === "file") {
      remainders.push({ path, ownership: "user", state: "orphan" });
    }
  }
  return remainders;
}

/**
 * The manifest as it should be. It goes on listing orphans, so that they are named until they are gone; once they are, a
 * manifest that still lists them is left as it is until something else changes, or deleting one would be a finding.
 */
function compareManifest(
  request: OutputRequest,
  previous: PreviousManifest,
  files: readonly FileComparison[],
): FileComparison {
  const path = `${request.outDir}/manifest.json`;
  const ours = request.tree.files.filter((file) => file.ownership === "generated");
  const users = request.tree.files.filter((file) => file.ownership === "user").map((file) => file.path);
  const orphans = files.filter((file) => file.state === "orphan").map((file) => file.path);
  const render = (scaffolds: Iterable<string>): string =>
    renderManifest({
      abiVersion: request.abiVersion,
      inputs: request.inputs,
      files: new Map(ours.map((file) => [file.path, hashContent(file.content)])),
      scaffolds: new Set([...users, ...scaffolds]),
    });
  const known = normaliseLineEnds(previous.text);
  const content = render(orphans);
  if (known === content || known === render(previous.manifest?.scaffolds ?? [])) {
    return { path, ownership: "generated", state: "unchanged" };
  }
  return { path, ownership: "generated", state: previous.text === "" ? "new" : "stale", content };
}

function changedInputs(inputs: ReadonlyMap<string, string>, manifest: Manifest | undefined): string[] {
  return [...inputs].filter(([path, hash]) => manifest?.inputs.get(path) !== hash).map(([path]) => path);
}

/** An output folder that we have never written to must hold nothing of anybody else's: `--out src` is a slip. */
function refuseForeignFolder(request: OutputRequest): Diagnostic[] {
  const made = new Set(request.tree.files.map((file) => file.path));
  const folder = openProjectFolder(request.root);
  const foreign: string[] = [];
  for (const path of listFiles(request.root, request.outDir)) {
    if (made.has(path) || path === `${request.outDir}/manifest.json`) continue;
    const entry = folder.look(path);
    if (entry.kind === "file" && carriesMarker(entry.text)) continue;
    foreign.push(path);
    if (foreign.length > 3) break;
  }
  return foreign.length === 0 ? [] : [foreignFolder(request.outDir, foreign)];
}
