/** Things of the project that bundles in another folder find beside themselves: packages that are not in them, and files that go with them. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BuildPlan } from "../../plan/plan.js";

/** Links packages of `build.external` that are installed, and files of `build.files` that are there; `root` and `outDir` are absolute. */
export function linkProject(
  root: string,
  outDir: string,
  { external, files }: Pick<BuildPlan, "external" | "files">,
): void {
  for (const [name, folder] of installedPackages(root, external)) link(folder, join(outDir, "node_modules", name));
  for (const file of files) if (isInside(file)) link(join(root, file), join(outDir, file));
}

/** As `build` sees it, which also says what is wrong with others. */
function isInside(path: string): boolean {
  return !path.startsWith("/") && !path.split("/").includes("..");
}

function link(from: string, to: string): void {
  const found = statSync(from, { throwIfNoEntry: false });
  if (found === undefined) return;
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { recursive: true, force: true });
  try {
    symlinkSync(from, to, found.isDirectory() ? "junction" : "file");
  } catch {
    // Windows asks for a privilege for links to files.
    copyFileSync(from, to);
  }
}

/** Folders of packages by name, those nearest to the project, as Node looks for them. */
function installedPackages(root: string, patterns: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (patterns.length === 0) return found;
  const wanted = new RegExp(`^(?:${patterns.map(patternSource).join("|")})$`);
  for (const folder of foldersAbove(root)) {
    const modules = join(folder, "node_modules");
    for (const name of existsSync(modules) ? packagesIn(modules) : [])
      if (wanted.test(name) && !found.has(name)) found.set(name, join(modules, name));
  }
  return found;
}

/** As esbuild reads it: `*` is any text. */
function patternSource(pattern: string): string {
  return pattern
    .split("*")
    .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"))
    .join(".*");
}

function foldersAbove(folder: string): string[] {
  const folders = [folder];
  for (let at = folder; dirname(at) !== at; at = dirname(at)) folders.push(dirname(at));
  return folders;
}

function packagesIn(modules: string): string[] {
  return readdirSync(modules).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}
