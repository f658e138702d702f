/** Files that earlier runs made and the tree no longer has. */
import type { Diagnostic } from "../diagnostics.js";
import type { FileComparison, OutputRequest } from "./compare.js";
import { carriesBanner, hashContent, sourceOf } from "./generated-content.js";
import type { KnownOutput } from "./known-output.js";
import { blockedPath } from "./output-findings.js";
import { outputPathProblem } from "./output-path.js";
import { listFiles, type ProjectFolder } from "./project-folder.js";

/** Left-over files, and findings about their places. */
export interface LeftOvers {
  readonly files: readonly FileComparison[];
  /** Listed paths at which there is no file any more. */
  readonly emptied: readonly string[];
  /** OU008 for folders below the output folder that cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Looks at everything that a manifest lists and at every file below the output folder, so that a lost manifest hides nothing. Only a
 * file that says that we wrote it is ours to remove: a manifest from elsewhere, or one that a merge mixed up, cannot make the tool
 * remove other files.
 */
export function findLeftOvers(request: OutputRequest, folder: ProjectFolder, known: KnownOutput): LeftOvers {
  const { root, outDir, tree } = request;
  const made = new Set([...tree.files.map((file) => file.path), `${outDir}/manifest.json`]);
  const listed = known.files.filter((path) => !made.has(path) && outputPathProblem(path) === undefined);
  const diagnostics: Diagnostic[] = [];
  const standing =
    folder.lookAtFolder(outDir).kind === "folder"
      ? [...listFiles(root, outDir, (entry) => diagnostics.push(blockedPath(entry)))]
      : [];
  const candidates = new Set([...listed, ...standing.filter((path) => !made.has(path))]);
  const generated = [...candidates].flatMap((path) => leftOver(path, folder, known, outDir));
  const orphans = [...known.scaffolds].flatMap((path) => orphan(path, made, folder));
  const isGone = (path: string): boolean => folder.look(path).kind === "absent";
  return { files: [...generated, ...orphans], emptied: listed.filter(isGone), diagnostics };
}

function leftOver(path: string, folder: ProjectFolder, known: KnownOutput, outDir: string): FileComparison[] {
  const entry = folder.look(path);
  if (entry.kind !== "file" || !carriesBanner(path, entry.text, outDir)) return [];
  const source = sourceOf(entry.text);
  const file = { path, ownership: "generated", ...(source === undefined ? {} : { source }) } as const;
  if (known.knows(path, hashContent(entry.text))) return [{ ...file, state: "leftOver" }];
  return [{ ...file, state: known.lists(path) ? "editedLeftOver" : "unrecordedLeftOver" }];
}

function orphan(path: string, made: ReadonlySet<string>, folder: ProjectFolder): FileComparison[] {
  if (made.has(path) || outputPathProblem(path) !== undefined || folder.look(path).kind !== "file") return [];
  return [{ path, ownership: "user", state: "orphan" }];
}
