/** Chooses the files of a descriptor set to generate for. */
import { compareText, type Diagnostic, diagnostic, helpWith, suggest } from "../../diagnostics.js";
import type { FileDescriptor } from "../descriptor.js";

/** The chosen files, and findings about names without a file. */
export interface SelectedTargets {
  /** Import paths, sorted. */
  readonly targets: string[];
  readonly diagnostics: Diagnostic[];
}

/** Folders of files that come with a compiler: users do not serve them. */
const suppliedFolders = ["google/protobuf/", "google/api/", "google/rpc/", "google/type/"];

/** Folders of files that are imported for their messages: users do not serve their services. */
const mixinFolders = ["google/longrunning/", "google/iam/v1/", "google/cloud/location/"];

/**
 * Chooses the files and folders in `protos` (import paths; PB035 when the set has none such). Without any: those that
 * buf was asked for (`named`), or, in a set of protoc, which does not say, every file with services that is not
 * supplied by a compiler.
 */
export function selectTargets(
  protos: readonly string[],
  files: readonly FileDescriptor[],
  named: readonly string[] | undefined,
  setName: string,
): SelectedTargets {
  if (protos.length === 0) {
    return { targets: [...(named ?? filesToServe(files))].sort(compareText), diagnostics: [] };
  }
  const targets = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const paths = files.map((file) => file.path);
  for (const proto of protos) {
    const wanted = proto.replace(/^\.\//, "").replace(/\/+$/, "");
    const matching = paths.filter((path) => wanted === "." || path === wanted || path.startsWith(`${wanted}/`));
    for (const path of matching) targets.add(path);
    if (matching.length === 0) diagnostics.push(notInSet(proto, paths, setName));
  }
  return { targets: [...targets].sort(compareText), diagnostics };
}

function filesToServe(files: readonly FileDescriptor[]): string[] {
  const imported = new Set(files.flatMap((file) => file.imports.map((each) => each.path)));
  return files
    .filter((file) => file.services.length > 0)
    .map((file) => file.path)
    .filter((path) => !suppliedFolders.some((folder) => path.startsWith(folder)))
    .filter((path) => !imported.has(path) || !mixinFolders.some((folder) => path.startsWith(folder)));
}

function notInSet(proto: string, paths: readonly string[], setName: string): Diagnostic {
  const near = suggest(proto, paths) ?? paths.find((path) => proto.endsWith(`/${path}`));
  return diagnostic("PB035", `found no file or folder "${proto}" in ${setName}`, {
    help: helpWith(near, "name import paths as they stand in the set"),
  });
}
