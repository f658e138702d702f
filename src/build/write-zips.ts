/**
 * Writes the folder of the zips. Every file is written aside, on the same disk, and then renamed into place: a file is the old one or the
 * new one, whenever the process ends. `functions.json` comes last, so that what it lists is there.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { functionsFileName } from "./functions-json.js";
import { buildText, type EarlierBuild, readEarlierBuild } from "./known-zips.js";
import { type LockRefusal, type RunningProcess, removeLeftFolders, takeLock } from "../output/write-lock.js";

/** A file to write. */
export interface BuildFile {
  /** In the folder itself. */
  readonly name: string;
  readonly content: Uint8Array | string;
}

/** The outcome of a write. */
export type ZipWrite =
  | { readonly kind: "written"; readonly removed: readonly string[] }
  /** Nothing was changed: the folder has the zips of another output. */
  | { readonly kind: "foreign"; readonly out: string }
  | LockRefusal;

/** Writes zips and maps, then `functions.json` with the text `functions`, then removes the zips and maps of functions that are gone. */
export function writeZips(
  folder: string,
  files: readonly BuildFile[],
  functions: string,
  running: RunningProcess,
): ZipWrite {
  const earlier = readBuildIn(folder);
  const { out } = readEarlierBuild(functions);
  if (earlier?.out !== undefined && earlier.out !== out) return { kind: "foreign", out: earlier.out };
  mkdirSync(folder, { recursive: true });
  const left = readLeftBuilds(folder);
  const lock = takeLock(folder, running);
  if (lock.kind !== "held") return lock;
  let isDone = false;
  try {
    const names = files.map(({ name }) => name);
    const known = new Set([earlier, ...left].flatMap((build) => build?.names ?? []));
    const isOurs = readdirSync(folder).every((name) => known.has(name) || ownName.test(name));
    // First of all: if this run is killed, the next one knows by it what it finds.
    writeFileSync(join(lock.folder, functionsFileName), buildText(out, [...known, ...names]));
    const all = [...files, { name: functionsFileName, content: functions }];
    for (const { name, content } of all) writeFileSync(join(lock.folder, `${name}.new`), content);
    for (const { name } of all) renameSync(join(lock.folder, `${name}.new`), join(folder, name));
    if (isOurs) ignoreFolder(folder);
    const removed = [...known].filter((name) => !names.includes(name) && existsSync(join(folder, name)));
    for (const name of removed) rmSync(join(folder, name), { force: true });
    removeLeftFolders(folder);
    isDone = true;
    return { kind: "written", removed };
  } finally {
    lock.release(!isDone);
  }
}

/** Entries that are in a folder of zips beside them. */
const ownName = /^(?:functions\.json|\.gitignore|\.grpc2lambda(?:-[A-Za-z0-9]{6})?)$/;

/** git shall not see what can be built again; a file that is there is the user's. In a folder with files of the user it would hide those. */
function ignoreFolder(folder: string): void {
  const path = join(folder, ".gitignore");
  if (!existsSync(path)) writeFileSync(path, "*\n");
}

function readBuildIn(folder: string): EarlierBuild | undefined {
  const path = join(folder, functionsFileName);
  return existsSync(path) ? readEarlierBuild(readFileSync(path, "utf8")) : undefined;
}

/** Folders that killed runs have left aside. */
function leftFolders(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^\.grpc2lambda(?:-[A-Za-z0-9]{6})?$/.test(name));
}

function readLeftBuilds(folder: string): (EarlierBuild | undefined)[] {
  return leftFolders(folder).map((name) => readBuildIn(join(folder, name)));
}
