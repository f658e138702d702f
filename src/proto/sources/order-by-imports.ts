/** Puts files into an order in which imports come first. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { ImportDescriptor } from "../descriptor.js";
import type { ParsedFile } from "../parsed-file.js";

/** A file whose imports are being gone through. */
interface Visit {
  readonly file: ParsedFile;
  next: number;
}

/**
 * Orders `files` (by import path) so that each stands after its imports; `roots` first, each with all it needs.
 * An import that closes a cycle is reported and otherwise left out of account; missing files are passed over.
 */
export function orderByImports(
  files: ReadonlyMap<string, ParsedFile>,
  roots: readonly string[],
): { readonly files: readonly ParsedFile[]; readonly diagnostics: readonly Diagnostic[] } {
  const ordered: ParsedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const root of roots) {
    // An own stack: the depth of imports is the user's.
    const stack: Visit[] = [];
    const open = new Set<string>();
    enter(root, files, seen, stack, open);
    for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
      const edge = visit.file.imports[visit.next++];
      if (edge === undefined) {
        ordered.push(visit.file);
        stack.pop();
        open.delete(visit.file.path);
        continue;
      }
      if (open.has(edge.path)) diagnostics.push(reportCycle(stack, edge));
      else enter(edge.path, files, seen, stack, open);
    }
  }
  return { files: ordered, diagnostics };
}

function enter(
  path: string,
  files: ReadonlyMap<string, ParsedFile>,
  seen: Set<string>,
  stack: Visit[],
  open: Set<string>,
): void {
  const file = files.get(path);
  if (file === undefined || seen.has(path)) return;
  seen.add(path);
  open.add(path);
  stack.push({ file, next: 0 });
}

/** Files of a cycle that are named at most; the first and the last are the same. */
const mostNames = 10;

function showCycle(paths: readonly string[]): string {
  const quoted = paths.map((path) => `"${path}"`);
  const left = quoted.length - mostNames;
  if (left <= 0) return quoted.join(" imports ");
  return `${quoted.slice(0, mostNames - 1).join(" imports ")} imports … (${left} more) … imports ${quoted.at(-1)}`;
}

function reportCycle(stack: readonly Visit[], edge: ImportDescriptor): Diagnostic {
  const cycle = stack.slice(stack.findIndex(({ file }) => file.path === edge.path));
  const paths = showCycle([...cycle.map(({ file }) => file.path), edge.path]);
  return diagnostic("PB016", `found an import cycle: ${paths}`, {
    location: { file: cycle.at(-1)?.file.displayPath ?? "", ...edge.span },
    help: "move what both need into a file that imports neither",
  });
}
