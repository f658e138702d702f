/** The files that one file can see: itself, its imports, and those that these import publicly. */
import type { ImportDescriptor } from "../descriptor.js";
import type { ParsedFile } from "../parsed-file.js";
import { packagePrefixes, type SymbolTable } from "./symbol-table.js";

/** The files and packages visible from one file. */
export interface FileView {
  readonly file: ParsedFile;
  readonly paths: ReadonlySet<string>;
  /** Those of `import option` alone: their options may be used, their types not. */
  readonly optionPaths: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
  /** Import paths that it sees and that nothing was read for: a name that does not resolve may be declared there. */
  readonly missing: readonly string[];
}

/**
 * The missing imports that mean the file of this path: with an include path above the intended one it is loaded as `proto/a.proto` and
 * imported as `a.proto`.
 */
export function missingImportsOf(path: string, { missing }: FileView): readonly string[] {
  return missing.filter((each) => path.endsWith(`/${each}`));
}

/** Works out the view of each file once. */
export function createFileViews(table: SymbolTable): (file: ParsedFile) => FileView {
  const views = new Map<string, FileView>();
  return (file) => {
    const known = views.get(file.path);
    if (known !== undefined) return known;
    const view = createFileView(file, table);
    views.set(file.path, view);
    return view;
  };
}

function createFileView(file: ParsedFile, table: SymbolTable): FileView {
  const ordinary = followImports(file, ["plain", "public", "weak"], table);
  const forOptions = followImports(file, ["option"], table);
  const paths = new Set([file.path, ...ordinary, ...forOptions]);
  const packages = new Set<string>();
  for (const path of paths) {
    for (const name of packagePrefixes(table.files.get(path)?.package?.value ?? "")) packages.add(name);
  }
  const optionPaths = new Set(forOptions.filter((path) => path !== file.path && !ordinary.includes(path)));
  const missing = [...paths].filter((path) => !table.files.has(path));
  return { file, paths, optionPaths, packages, missing };
}

/** Import paths of the file's imports of these kinds, and of what they import publicly. */
function followImports(file: ParsedFile, kinds: readonly ImportDescriptor["kind"][], table: SymbolTable): string[] {
  const found = new Set<string>();
  const pending = file.imports.filter((each) => kinds.includes(each.kind)).map((each) => each.path);
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const imported = table.files.get(path);
    for (const each of imported?.imports ?? []) if (each.kind === "public") pending.push(each.path);
  }
  return [...found];
}
