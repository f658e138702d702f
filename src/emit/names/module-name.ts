/** Modules as imports name them. */

/**
 * A module as `CodeFile.use` takes it: a file of the project without its extension, to which the import adds `.js`, or with the `.mjs` or
 * `.cjs` that it is compiled to. `npm:` and a package stay as they are.
 */
export function moduleName(path: string): string {
  if (path.startsWith("npm:")) return path;
  return path
    .replace(/\.([cm])[jt]s$/, ".$1js")
    .replace(/\.[jt]s$/, "")
    .replace(/^\.\//, "");
}
