/** The program of a project in Go: compiled, and compiled again when a file of the module changes. */
import { execFile } from "node:child_process";
import { watch } from "node:fs";
import { join } from "node:path";
import type { Program } from "./program-functions.js";
import type { BundleReport } from "../../build/bundler.js";

/** The inputs of compiling. */
export interface GoBuildRequest {
  /** Absolute path of the folder with go.mod. */
  readonly module: string;
  /** The package of the program, relative to the module. */
  readonly package: string;
  /** Absolute folder for executables. */
  readonly outDir: string;
}

/** The tags that take out what a Lambda function does not need: the RPC mode of older runtimes, and traces of gRPC. */
export const lambdaTags = "lambda.norpc,grpcnotrace";

/** Milliseconds without a change before changes are handled: editors write in several steps. */
const settleTime = 100;

/** A program that runs cannot be written over. */
let executables = 0;

/** Compiles once, and after changes if `watching` is set; `report` hears of each time. */
export async function startGoProgram(
  request: GoBuildRequest,
  watching: boolean,
  report: (report: BundleReport) => void,
): Promise<Program> {
  let current: string | undefined;
  const build = async (): Promise<void> => {
    const first = current === undefined;
    const executable = join(request.outDir, `bootstrap-${executables++}`);
    const errors = await compile(request, executable);
    if (errors === undefined) current = executable;
    report(errors === undefined ? { kind: "bundled", first } : { kind: "failed", errors });
  };
  await build();
  const stopWatching = watching ? watchGo(request.module, build) : () => undefined;
  return { current: () => current, dispose: stopWatching };
}

/** The lines that the compiler printed; undefined if it compiled. */
function compile({ module, package: path }: GoBuildRequest, executable: string): Promise<string[] | undefined> {
  const args = ["build", "-buildvcs=false", "-tags", lambdaTags, "-o", executable, `./${path}`];
  return new Promise((resolve) => {
    execFile("go", args, { cwd: module, maxBuffer: 16 * 1024 * 1024 }, (error, _, stderr) => {
      const lines = stderr.split("\n").filter((line) => line !== "" && !line.startsWith("go: downloading"));
      resolve(error === null ? undefined : lines.length > 0 ? lines : [error.message]);
    });
  });
}

/** One build at a time; a change during one leads to one more. */
function watchGo(module: string, build: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const watcher = watch(module, { recursive: true }, (_, file) => {
    if (file === null || !/(?:\.go|go\.(?:mod|sum))$/.test(file) || file.endsWith("_test.go")) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(build);
    }, settleTime);
  });
  watcher.on("error", () => undefined);
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
