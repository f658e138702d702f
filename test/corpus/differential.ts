/** Both readers on all of google-proto-files: called by `npm run test:corpus`. buf takes about 20 s and up to 2.4 GB. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FileDescriptor } from "../../src/proto/descriptor.js";
import { loadProtos } from "../../src/proto/load.js";
import { readDescriptorSet } from "../../src/proto/read-descriptor-set.js";
import { buildImage } from "../support/buf.js";
import { compareDescriptors } from "../support/compare-descriptors.js";
import { corpusRoot } from "./googleapis.js";

/** What the comparison found. */
export interface CorpusComparison {
  /** Files that both readers read. */
  readonly files: number;
  /** In words: files that one reader refuses, and everything in which the descriptors differ. */
  readonly differences: string[];
}

/** Upstream's own tests of the Ruby generator and of JSON: they import files that are not in the package. */
const incompleteFolders = ["google/protobuf/compiler/ruby/", "google/protobuf/util/"];

/** Import paths of the corpus, without the files that nobody can compile or that are in an unpublished edition. */
export function listCorpus(): string[] {
  return readdirSync(corpusRoot, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /^(?:google|grafeas|gapic)\/.*\.proto$/.test(path))
    .filter((path) => !incompleteFolders.some((folder) => path.startsWith(folder)))
    .sort();
}

/** Reads the corpus twice and compares every file. */
export async function compareCorpus(): Promise<CorpusComparison> {
  const paths = listCorpus();
  const folder = stage(paths);
  try {
    const source = loadProtos({ protos: ["."], includePaths: ["."], cwd: folder });
    const set = readDescriptorSet(buildImage(folder), "image.binpb");
    const refusals = [...source.diagnostics, ...set.diagnostics].map(
      ({ code, message, location }) => `${location?.file ?? ""}:${location?.line ?? 0} ${code}: ${message}`,
    );
    const others = new Map(set.files.map((file) => [file.path, file]));
    const compared = source.files.map((file) => compareFile(file, others.get(file.path)));
    return { files: source.files.length, differences: [...refusals, ...compared.flat()] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compareFile(source: FileDescriptor, set: FileDescriptor | undefined): string[] {
  return set === undefined ? [`${source.path} is not in the descriptor set`] : compareDescriptors(source, set);
}

/** buf takes whole folders only: a folder of links has just the files that are wanted. */
function stage(paths: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "corpus-"));
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(corpusRoot, path), join(folder, path));
  }
  return folder;
}
