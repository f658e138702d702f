/** What one file can see: itself, its imports, and what these import publicly. */
import type { ParsedFile } from "./parsed-file.js";
import { packagePrefixes, type SymbolTable } from "./symbol-table.js";

/** The files and packages visible from one file. */
export interface FileView {
  readonly file: ParsedFile;
  readonly paths: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
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
  const paths = new Set([file.path]);
  const packages = new Set(packagePrefixes(file.package?.value ?? ""));
  const pending = file.imports.map((each) => each.path);
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (paths.has(path)) continue;
    paths.add(path);
    const imported = table.files.get(path);
    if (imported === undefined) continue;
    for (const name of packagePrefixes(imported.package?.value ?? "")) packages.add(name);
    for (const each of imported.imports) if (each.kind === "public") pending.push(each.path);
  }
  return { file, paths, packages };
}
