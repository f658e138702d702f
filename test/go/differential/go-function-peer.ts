/** Generated functions in Go: requests go through the simulated front door and the Runtime API into a process for each function. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProtoSet } from "../../gateway/build/proto-sets.js";
import type { HttpAnswer, HttpRequest } from "../../gateway/peers/http-answer.js";
import { runGo } from "../../gateway/build/go-tools.js";
import { openProject, type ProjectTools } from "../../support/local-project.js";
import type { GoServices } from "./go-services.js";

/** A way through the product. */
export interface GoLeg {
  readonly name: string;
  readonly frontDoor: "alb" | "http-api" | "rest-api" | "function-url";
  readonly functions: "single" | "per-rpc";
  /** Behind a load balancer: lists of values. */
  readonly lists: boolean;
}

/** The functions as a side that requests are sent to. */
export interface GoPeer {
  send(request: HttpRequest): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

type Tools = ProjectTools & Pick<typeof import("../../../src/cli/dev/program-functions.js"), "programFunctions">;

/** Generates, compiles and starts the functions of a set; `log` gets what they print. */
export async function startGoFunctions(
  services: GoServices,
  set: ProtoSet,
  leg: GoLeg,
  protos: string,
  race: boolean,
  log: (text: string) => void,
): Promise<GoPeer> {
  const root = services.root;
  const out = `lambda/${set.name}-${leg.name.replaceAll(" ", "-")}`;
  writeConfiguration(services, set, leg, protos, out);
  const cli = resolve("bin/grpc2lambda.js");
  execFileSync(process.execPath, [cli, "generate", "--config", configName(out), "--force"], {
    cwd: root,
    stdio: "pipe",
  });
  const executable = join(root, "bin", out.replaceAll("/", "-"));
  runGo(["build", ...(race ? ["-race"] : []), "-o", executable, `./${out}`], root);
  runGo(["test", `./${out}`], root);
  const tools = await builtTools();
  const program = { current: () => executable, dispose: () => undefined };
  const project = await openProject(root, tools, {
    config: join(root, configName(out)),
    functions: () => Promise.resolve(tools.programFunctions(program, process.env, log)),
    settings: leg.lists ? {} : { multiValueHeaders: false },
  });
  return {
    send: async (request) => ({ kind: "answer", ...(await project.send(request)) }),
    stop: () => project.stop(),
  };
}

/** At the root of the module: places are relative to the configuration. */
function configName(out: string): string {
  return `${out.replaceAll("/", "-")}.yaml`;
}

/** JSON is YAML. */
function writeConfiguration(services: GoServices, set: ProtoSet, leg: GoLeg, protos: string, out: string): void {
  const { frontDoor, functions } = leg;
  const configuration = {
    protos: set.files.map((file) => join(protos, set.name, file)),
    include: [join(protos, set.name)],
    language: "go",
    out,
    template: `${out}-template.yaml`,
    unbound: "bind",
    ...(set.skip.length === 0 ? {} : { skip: set.skip }),
    transcoding: { allowDeleteBody: true },
    services: services.implementations(set),
    go: { unaryInterceptors: [], streamInterceptors: [], muxOptions: [] },
    deployment: { frontDoor, functions, auth: "none", timeout: 25, unrouted: "function" },
  };
  rmSync(join(services.root, out), { recursive: true, force: true });
  mkdirSync(join(services.root, "lambda"), { recursive: true });
  writeFileSync(join(services.root, configName(out)), JSON.stringify(configuration, null, 1));
}

/** Of dist/, not of the bundle that this program is: they find their own files by where they are. */
async function builtTools(): Promise<Tools> {
  const built = (path: string) => import(pathToFileURL(resolve("dist/cli", path)).href);
  const paths = [
    "project-output.js",
    "dev/local-door.js",
    "dev/local-routes.js",
    "dev/local-functions.js",
    "dev/program-functions.js",
  ];
  return Object.assign({}, ...(await Promise.all(paths.map(built))));
}
