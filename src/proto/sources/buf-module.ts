/** Projects whose imports buf fetches: a `buf.yaml` with `deps`. https://buf.build/docs/configuration/v2/buf-yaml/ */
import { dirname, join } from "node:path";
import { readBounded } from "../../bounded-file.js";
import { displayPathOf, isFile } from "./include-paths.js";

/** A configuration of buf is a page. */
const maximumBytes = 1024 * 1024;

/** Folders above the importing file that are looked at. */
const mostFolders = 40;

/**
 * Advice how to get the dependencies of the nearest `buf.yaml` at or above `folder` (absolute) that has some, or of another module
 * of its workspace, all of whose modules buf exports together; undefined without one.
 */
export function bufAdvice(folder: string, cwd: string): string | undefined {
  const module = folderAbove(folder, (at) => hasDeps(join(at, "buf.yaml")));
  if (module !== undefined) return exportOf(module, displayPathOf(join(module, "buf.yaml"), cwd), cwd);
  const workspace = folderAbove(folder, (at) => modulesOf(at).some((one) => hasDeps(join(at, one, "buf.yaml"))));
  if (workspace === undefined) return undefined;
  const needing = modulesOf(workspace).find((one) => hasDeps(join(workspace, one, "buf.yaml"))) ?? "";
  return exportOf(workspace, displayPathOf(join(workspace, needing, "buf.yaml"), cwd), cwd);
}

function exportOf(module: string, config: string, cwd: string): string {
  const shown = displayPathOf(module, cwd);
  const where = shown === "" ? "" : ` ${shellWord(shown)}`;
  return (
    `${config} has deps: write them down with \`buf export${where === "" ? " ." : where} -o protos\` and read that folder with -I protos, ` +
    `or read the image of \`buf build${where} -o image.binpb\` with --descriptor-set image.binpb`
  );
}

/** A path as a shell takes it. */
function shellWord(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `"${path}"`;
}

/** The folder (absolute) of the module that has the file `path`, in the workspace around `folder`; undefined if none has it. */
export function moduleWith(path: string, folder: string): string | undefined {
  const workspace = folderAbove(folder, (at) => modulesOf(at).length > 0);
  if (workspace === undefined) return undefined;
  const module = modulesOf(workspace).find((one) => isFile(join(workspace, one, path)));
  return module === undefined ? undefined : join(workspace, module);
}

function folderAbove(folder: string, holds: (folder: string) => boolean): string | undefined {
  let current = folder;
  for (let count = 0; count < mostFolders; count++) {
    if (holds(current)) return current;
    const above = dirname(current);
    if (above === current) return undefined;
    current = above;
  }
  return undefined;
}

/** Only whether the key is there: what it lists is buf's to read. */
function hasDeps(file: string): boolean {
  return /^deps[ \t]*:/m.test(textOf(file));
}

/** The modules of a workspace, relative to its folder: `directories` of `buf.work.yaml`, `modules` of a `buf.yaml` of version 2. */
function modulesOf(folder: string): string[] {
  const directories = sectionOf(textOf(join(folder, "buf.work.yaml")), "directories");
  const modules = sectionOf(textOf(join(folder, "buf.yaml")), "modules");
  return [
    ...directories.matchAll(/^[ \t]*-[ \t]*["']?([^"'#\r\n]+)/gm),
    ...modules.matchAll(/^[ \t]*(?:-[ \t]*)?path[ \t]*:[ \t]*["']?([^"'#\r\n]+)/gm),
  ].flatMap(([, path = ""]) => (path.trim() === "" ? [] : [path.trim()]));
}

/** The lines below a key of the top level. Good enough for advice: what it leads to is looked at. */
function sectionOf(text: string, key: string): string {
  const [, after = ""] = text.split(new RegExp(`^${key}[ \\t]*:`, "m"));
  return after.split(/^[^\s#-]/m)[0] ?? "";
}

function textOf(file: string): string {
  try {
    const read = readBounded(file, maximumBytes);
    return read.kind === "bytes" ? read.bytes.toString("utf8") : "";
  } catch {
    return "";
  }
}
