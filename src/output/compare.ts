/** Holds a tree against the disk: what generating would do to each file, and what forbids it. */
import { compareText, type Diagnostic, hasErrors } from "../diagnostics.js";
import { carriesBanner, hashContent, normaliseLineEnds } from "./generated-content.js";
import { type KnownOutput, readKnownOutput } from "./known-output.js";
import { findLeftOvers } from "./left-overs.js";
import { newerVersion, renderManifest } from "./manifest.js";
import { blockedPath, foreignFile, foreignFolder, newerOutput, readOnlyFile } from "./output-findings.js";
import { checkOutputPaths } from "./output-path.js";
import type { OutputFile, OutputTree } from "./output-tree.js";
import { type DiskEntry, listFiles, openProjectFolder, type ProjectFolder } from "./project-folder.js";

/**
 * The state of a file, compared with the file that would be generated.
 *
 * | state | ownership | meaning |
 * |---|---|---|
 * | `unchanged` | generated | on disk as it would be written |
 * | `new` | both | not there yet |
 * | `missing` | generated | written before, and gone |
 * | `stale` | generated | as written before, and would be written differently now |
 * | `torn` | generated | the beginning of what would be written: a crash of the system cut it off |
 * | `edited` | generated | changed since it was written |
 * | `unrecorded` | generated | ours by its banner; no manifest knows it, so nobody can tell whether it was edited |
 * | `leftOver` | generated | as written before, and no longer made |
 * | `editedLeftOver` | generated | changed since it was written, and no longer made |
 * | `unrecordedLeftOver` | generated | ours by its banner, in no manifest, and no longer made |
 * | `kept` | user | there, whatever it holds |
 * | `extended` | user | there, and the tree adds to it, as the user has asked |
 * | `orphan` | user | scaffolded before, there, and no longer asked for |
 */
export type FileState =
  | "unchanged"
  | "new"
  | "missing"
  | "stale"
  | "torn"
  | "edited"
  | "unrecorded"
  | "leftOver"
  | "editedLeftOver"
  | "unrecordedLeftOver"
  | "kept"
  | "extended"
  | "orphan";

/** One file of the tree or of the manifest, compared with the disk. */
export interface FileComparison {
  readonly path: string;
  readonly ownership: "generated" | "user";
  readonly state: FileState;
  /** The content that would be written; undefined for a file that would be removed or left alone. */
  readonly content?: string;
  /** Import path of the .proto file that a left-over file comes from, if it names one. */
  readonly source?: string;
}

/** The two sides of the comparison. */
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
  /** Generated paths that were written before and are gone: their folders are removed when nothing else is in them. */
  readonly emptied: readonly string[];
  /** Inputs that the manifest knows with another hash, or not at all; none without a manifest. Sorted. */
  readonly changedInputs: readonly string[];
  /** Inputs that the manifest lists, and that nothing reads any more. Sorted. */
  readonly goneInputs: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares a tree, its manifest and the disk. Reads, never writes. */
export function compareOutput(request: OutputRequest): OutputComparison {
  const { root, outDir } = request;
  const pathErrors = checkOutputPaths(request.tree, outDir);
  const nothing = { root, outDir, files: [], emptied: [], changedInputs: [], goneInputs: [] };
  if (hasErrors(pathErrors)) return { ...nothing, diagnostics: pathErrors };
  const folder = openProjectFolder(root);
  const known = readKnownOutput(folder, outDir);
  const newer = newerVersion(known.manifestText, request.abiVersion);
  if (newer !== undefined) return { ...nothing, diagnostics: [newerOutput(`${outDir}/manifest.json`, newer)] };
  const diagnostics = [...pathErrors, ...known.diagnostics];
  if (known.firstTime) diagnostics.push(...refuseForeignFolder(request, folder));
  const files = compareTree(request, folder, known, diagnostics);
  const leftOvers = findLeftOvers(request, folder, known);
  diagnostics.push(...leftOvers.diagnostics);
  for (const file of leftOvers.files) files.push(file);
  files.push(compareManifest(request, known, files));
  files.sort((a, b) => compareText(a.path, b.path));
  return {
    root,
    outDir,
    files,
    emptied: leftOvers.emptied,
    changedInputs: known.manifestText === "" ? [] : changedInputs(request, known),
    goneInputs: known.inputs.filter((path) => !request.inputs.has(path)).sort(compareText),
    diagnostics: withoutRepetition(diagnostics),
  };
}

function changedInputs({ inputs }: OutputRequest, known: KnownOutput): string[] {
  return [...inputs].flatMap(([path, hash]) => (known.knowsInput(path, hash) ? [] : [path])).sort(compareText);
}

/** A link in place of the output folder is in the way of every file in it, and said once. */
function withoutRepetition(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [
    ...new Map(diagnostics.map((diagnostic) => [`${diagnostic.code} ${diagnostic.message}`, diagnostic])).values(),
  ];
}

function compareTree(
  request: OutputRequest,
  folder: ProjectFolder,
  known: KnownOutput,
  diagnostics: Diagnostic[],
): FileComparison[] {
  return request.tree.files.flatMap((file) => {
    const entry = folder.look(file.path);
    const compared =
      file.ownership === "user" ? compareUserFile(file, entry) : compareFile(file, entry, known, request);
    if ("code" in compared) diagnostics.push(compared);
    return "code" in compared ? [] : [compared];
  });
}

function compareUserFile(file: OutputFile, entry: DiskEntry): FileComparison | Diagnostic {
  const { path, ownership, content, replaces } = file;
  if (replaces !== undefined) return compareExtendedFile(file, replaces, entry);
  if (entry.kind === "absent") return { path, ownership, state: "new", content };
  if (entry.kind === "file" || (entry.kind === "blocked" && entry.linksToFile === true))
    return { path, ownership, state: "kept" };
  return blockedPath(entry);
}

/** Text that the user has changed since it was read stays as it is. */
function compareExtendedFile(
  { path, ownership, content }: OutputFile,
  replaces: string,
  entry: DiskEntry,
): FileComparison | Diagnostic {
  if (entry.kind !== "file" || entry.text !== replaces) return { path, ownership, state: "kept" };
  return entry.readOnly ? readOnlyFile(path) : { path, ownership, state: "extended", content };
}

function compareFile(
  file: OutputFile,
  entry: DiskEntry,
  known: KnownOutput,
  { outDir }: OutputRequest,
): FileComparison | Diagnostic {
  const { path, ownership, content } = file;
  const listed = known.lists(path);
  if (entry.kind === "absent") return { path, ownership, state: listed ? "missing" : "new", content };
  if (entry.kind !== "file") return blockedPath(entry);
  const text = normaliseLineEnds(entry.text);
  if (text === content) return { path, ownership, state: "unchanged" };
  if (!listed && !carriesBanner(path, text, outDir)) return foreignFile(path);
  if (entry.readOnly) return readOnlyFile(path);
  if (known.knows(path, hashContent(text))) return { path, ownership, state: "stale", content };
  if (isTorn(text, content)) return { path, ownership, state: "torn", content };
  return { path, ownership, state: listed ? "edited" : "unrecorded", content };
}

/** The beginning of what would be written, cut within a line as no editor leaves it: nothing in it is anybody's. */
function isTorn(text: string, content: string): boolean {
  return content.startsWith(text) && !text.endsWith("\n");
}

/**
 * The manifest as it should be. It goes on listing orphans, so that they are named until they are gone; once they are, a
 * manifest that still lists them is left as it is until something else changes, or deleting one would be a finding.
 */
function compareManifest(request: OutputRequest, known: KnownOutput, files: readonly FileComparison[]): FileComparison {
  const path = `${request.outDir}/manifest.json`;
  const ours = request.tree.files.filter((file) => file.ownership === "generated");
  const users = request.tree.files.filter((file) => isScaffold(file, known)).map((file) => file.path);
  const orphans = files.filter((file) => file.state === "orphan").map((file) => file.path);
  const render = (scaffolds: Iterable<string>): string =>
    renderManifest({
      abiVersion: request.abiVersion,
      inputs: request.inputs,
      files: new Map(ours.map((file) => [file.path, hashContent(file.content)])),
      scaffolds: new Set([...users, ...scaffolds]),
    });
  const text = normaliseLineEnds(known.manifestText);
  const content = render(orphans);
  if (text === content || text === render(known.scaffolds)) return { path, ownership: "generated", state: "unchanged" };
  return { path, ownership: "generated", state: text === "" ? "new" : "stale", content };
}

/** A file that the user wrote is no scaffold, whatever is added to it; a scaffold stays one. */
function isScaffold({ path, ownership, replaces }: OutputFile, { scaffolds }: KnownOutput): boolean {
  return ownership === "user" && (replaces === undefined || scaffolds.has(path));
}

/** An output folder that we have never written to must hold nothing of anybody else's: `--out src` is a slip. */
function refuseForeignFolder({ root, outDir, tree }: OutputRequest, folder: ProjectFolder): Diagnostic[] {
  if (folder.lookAtFolder(outDir).kind !== "folder") return [];
  const made = new Set(tree.files.map((file) => file.path));
  const foreign: string[] = [];
  for (const path of listFiles(root, outDir, () => {})) {
    if (made.has(path) || path === `${outDir}/manifest.json`) continue;
    const entry = folder.look(path);
    if (entry.kind === "file" && carriesBanner(path, entry.text, outDir)) continue;
    foreign.push(path);
    if (foreign.length > 3) break;
  }
  return foreign.length === 0 ? [] : [foreignFolder(outDir, foreign)];
}
