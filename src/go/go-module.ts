/** go.mod, and the Go files of a module. */
import { type Dirent, existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readBounded } from "../bounded-file.js";
import { withSlashes } from "../path-inside.js";
import { type GoFile, goFile } from "./go-text.js";

/** A Go module. */
export interface GoModule {
  /** Absolute path of the folder with go.mod. */
  readonly folder: string;
  readonly path: string;
  /** Minor version of Go 1 that it asks for; 0 where it does not say. */
  readonly goMinor: number;
  /** Versions by path of the modules that it requires. */
  readonly requires: ReadonlyMap<string, string>;
}

/** Reads go.mod in a folder; undefined if there is none, or it names no module. */
export function readModule(folder: string): GoModule | undefined {
  const file = join(folder, "go.mod");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.replace(/\/\/.*/, "").trim());
  const path = lines.map((line) => /^module\s+"?([^\s"]+)"?$/.exec(line)?.[1]).find((name) => name !== undefined);
  if (path === undefined) return undefined;
  const required = lines.flatMap((line) => {
    const [, name, version] = /^(?:require\s+)?([\w.~-]+(?:\/[\w.~-]+)*)\s+(v\d\S*)$/.exec(line) ?? [];
    return name === undefined || version === undefined ? [] : [[name, version] as const];
  });
  const goMinor = lines.map((line) => /^go\s+1\.(\d+)/.exec(line)?.[1]).find((minor) => minor !== undefined);
  return { folder, path, goMinor: Number(goMinor ?? 0), requires: new Map(required) };
}

/** Files and folders of a module that are looked at, at most. */
const maxEntries = 50_000;
const maxFileBytes = 16 * 1024 * 1024;

/**
 * The Go files of a module without its tests, sorted by path. Folders that Go ignores are left out, and so are modules
 * below and `skip`, a path relative to the module.
 */
export function readGoFiles({ folder }: GoModule, cwd: string, skip: string): GoFile[] {
  const found: string[] = [];
  const pending = [folder];
  let left = maxEntries;
  for (let next = pending.pop(); next !== undefined && left > 0; next = pending.pop()) {
    for (const entry of entriesOf(next)) {
      left--;
      const path = join(next, entry.name);
      if (entry.isDirectory() && isLookedInto(entry.name, path, join(folder, skip))) pending.push(path);
      else if (entry.isFile() && /(?<!_test)\.go$/.test(entry.name)) found.push(path);
    }
  }
  return found.sort().flatMap((path) => {
    const read = readBounded(path, maxFileBytes);
    if (read.kind === "tooLarge") return [];
    const text = read.bytes.toString("utf8");
    return [goFile(withSlashes(relative(folder, path)), withSlashes(relative(cwd, path)), text)];
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isLookedInto(name: string, path: string, skip: string): boolean {
  if (/^[._]/.test(name) || ["vendor", "node_modules", "testdata"].includes(name)) return false;
  return path !== skip && !existsSync(join(path, "go.mod"));
}

/** The import path of the package that a file is in. */
export function importPathOf({ path }: GoModule, file: Pick<GoFile, "path">): string {
  const folder = file.path.split("/").slice(0, -1).join("/");
  return folder === "" ? path : `${path}/${folder}`;
}
