/** The example in folders of its own, built by `grpc2lambda build`. */
import { execFile } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { exampleRoot } from "../support/example.js";

/** The repository. */
export const repository = join(import.meta.dirname, "../..");

/** Copies the example to a folder and builds it there in a process of its own. */
export async function buildAt(folder: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  cpSync(exampleRoot, folder, { recursive: true, filter: (path) => !path.endsWith("/build") });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  await build(folder, env);
  return folder;
}

/** Builds what is in a folder, and gives what the command says. */
export async function build(folder: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const argv = [join(repository, "bin/grpc2lambda.js"), "build"];
  const { stdout } = await promisify(execFile)(process.execPath, argv, {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return stdout;
}
