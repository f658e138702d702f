/** Runs the buf binary itself: its npm wrapper costs 80 ms a call. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Files by path inside a folder. */
export type FileTexts = Readonly<Record<string, string>>;

/** One error of `buf build`. */
export interface BufError {
  /** Absent for errors about no file. */
  readonly path?: string;
  readonly message: string;
}

/** The path of the binary for this platform. */
export function bufBinary(): string {
  const folder = `@bufbuild/buf-${process.platform}-${process.arch === "arm64" && process.platform === "linux" ? "aarch64" : process.arch}`;
  const require = createRequire(import.meta.url);
  const name = process.platform === "win32" ? "buf.exe" : "buf";
  return join(dirname(require.resolve(`${folder}/package.json`)), "bin", name);
}

/** Builds the protos of a folder; the image as bytes. Throws when they do not compile. */
export function buildImage(folder: string, options: readonly string[] = []): Uint8Array {
  const image = join(mkdtempSync(join(tmpdir(), "image-")), "image.binpb");
  try {
    execFileSync(bufBinary(), ["build", ".", "-o", image, ...options], { cwd: folder, stdio: "pipe" });
    return readFileSync(image);
  } finally {
    rmSync(dirname(image), { recursive: true, force: true });
  }
}

/** What `buf build` says about the protos of a folder. */
export function findBufErrors(folder: string): BufError[] {
  const options = ["build", ".", "-o", "/dev/null", "--error-format=json"];
  const run = spawnSync(bufBinary(), options, { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return `${run.stdout}${run.stderr}`
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
}

/** Runs `use` on a folder with these files, which is gone afterwards. */
export function withFiles<T>(files: FileTexts, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "protos-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const includeFolder = join(import.meta.dirname, "../../src/proto/include");

/** The files that the tool supplies and buf does not. */
export function googleApiFiles(): FileTexts {
  const paths = ["annotations", "http", "client", "launch_stage", "field_behavior", "resource", "httpbody"];
  return Object.fromEntries(
    paths.map((name) => {
      const path = `google/api/${name}.proto`;
      return [path, readFileSync(join(includeFolder, path), "utf8")];
    }),
  );
}
