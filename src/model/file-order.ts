/** The order of files in the model. */
import { compareText } from "../diagnostics.js";
import type { FileDescriptor } from "../proto/descriptor.js";

/**
 * The files with every import before the file that imports it, otherwise by path, whatever order they come in. Imports that
 * are not among the files are passed over; a cycle (which the readers report) is cut where it closes.
 */
export function sortFilesByImports(files: readonly FileDescriptor[]): FileDescriptor[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const sorted: FileDescriptor[] = [];
  for (const root of [...byPath.keys()].sort(compareText)) visitFrom(root, byPath, seen, sorted);
  return sorted;
}

/** Depth first with a stack of its own: a chain of imports may be longer than the call stack. */
function visitFrom(
  root: string,
  byPath: ReadonlyMap<string, FileDescriptor>,
  seen: Set<string>,
  sorted: FileDescriptor[],
): void {
  const stack: { file: FileDescriptor; rest: string[] }[] = [];
  const enter = (path: string): void => {
    const file = byPath.get(path);
    if (file === undefined || seen.has(path)) return;
    seen.add(path);
    const imports = file.imports.map((imported) => imported.path);
    stack.push({ file, rest: imports.sort((a, b) => compareText(b, a)) });
  };
  enter(root);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.rest.pop();
    if (next !== undefined) enter(next);
    else {
      sorted.push(top.file);
      stack.pop();
    }
  }
}
