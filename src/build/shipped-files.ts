/** Files of the project that go into every zip (`build.files`). */
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compareText, type Diagnostic, diagnostic } from "../diagnostics.js";
import { maxUnzippedBytes } from "./size-findings.js";
import type { ZipFile } from "./zip-files.js";

/** Reads the files, and all below the folders, of `paths` (relative to `root`). Links are not followed: they may lead out of the project. */
export function readShippedFiles(
  root: string,
  paths: readonly string[],
): { readonly files: readonly ZipFile[]; readonly diagnostics: readonly Diagnostic[] } {
  const reading: Reading = { root, files: new Map(), diagnostics: [], bytes: 0 };
  for (const path of paths) visit(reading, path.replace(/^\.\//, "").replace(/\/+$/, ""));
  return { files: [...reading.files.values()], diagnostics: reading.diagnostics };
}

interface Reading {
  readonly root: string;
  readonly files: Map<string, ZipFile>;
  readonly diagnostics: Diagnostic[];
  bytes: number;
}

function visit(reading: Reading, path: string): void {
  const stats = lstatSync(join(reading.root, path), { throwIfNoEntry: false });
  if (path.split("/").includes("..") || path.startsWith("/")) refuse(reading, path, "is outside of the project");
  else if (stats === undefined) refuse(reading, path, "does not exist");
  else if (stats.isDirectory()) {
    const names = readdirSync(join(reading.root, path)).sort(compareText);
    for (const name of names) visit(reading, `${path}/${name}`);
  } else if (!stats.isFile()) refuse(reading, path, "is a link or no file");
  else if (reading.bytes + stats.size > maxUnzippedBytes)
    refuse(reading, path, "does not fit into a function of Lambda");
  else {
    reading.bytes += stats.size;
    // One mode for all, so that the zip is the same on systems without mode bits; a program has to be able to run.
    reading.files.set(path, { path, content: readFileSync(join(reading.root, path)), executable: true });
  }
}

function refuse({ diagnostics }: Reading, path: string, problem: string): void {
  diagnostics.push(
    diagnostic("BD006", `${path} of build.files ${problem}, expected a file or a folder of the project`, {
      help: "correct build.files; paths are relative to grpc2lambda.yaml",
    }),
  );
}
