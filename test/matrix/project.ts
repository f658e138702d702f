/** The protos of the matrix, generated in a message style, with handlers that give back what they get. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { entryPoint } from "../../src/emit/entry-point.js";
import { emitFiles } from "../../src/emit/emit-files.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import type { ApiModel } from "../../src/model/api-model.js";
import type { MessageStyle } from "../../src/emit/message-style.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import type { Plan, TranscodingOptions } from "../../src/plan/plan.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import type { FunctionGrouping } from "../../src/plan/plan-options.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";
import type { Extent } from "./kinds.js";
import { type Dialect, matrixProtos } from "./protos.js";

/** What a project is generated with. */
export interface ProjectOptions {
  readonly style: MessageStyle;
  readonly frontDoor: FrontDoorId;
  readonly functions: FunctionGrouping;
  /** What differs from the tool's defaults. */
  readonly transcoding?: Partial<TranscodingOptions>;
  /** Full names. Default: all but `matrix.only.OnlyMatrix`. */
  readonly services?: readonly string[];
}

/** A handler of a generated function. */
export type Handler = (event: unknown, lambda: unknown) => Promise<unknown>;

/** The model of the protos; the same for all projects. */
export function matrixModel(dialects: readonly Dialect[], extent: Extent): ApiModel {
  return modelFromProto(matrixProtos(dialects, extent));
}

/** The plan as the tool makes it: nothing is emitted but what the RPCs need. */
export function planProject(model: ApiModel, project: ProjectOptions): Plan {
  const { style, frontDoor, functions, transcoding, services = servicesOf(model) } = project;
  const defaults = planOptions();
  const { plan } = planGeneration(model, {
    ...defaults,
    messages: style,
    transcoding: { ...defaults.transcoding, formBodies: true, ...transcoding },
    deployment: { ...defaults.deployment, frontDoor, functions, auth: "none" },
    anyTypes: ["matrix.Part"],
    services,
  });
  return plan;
}

function servicesOf({ files }: ApiModel): string[] {
  const all = files.flatMap((file) => file.services).map(({ fullName }) => fullName);
  return all.filter((name) => name.startsWith("matrix.") && name !== "matrix.only.OnlyMatrix");
}

/** Generated files, and handlers that are scaffolds whose body is an echo. */
function projectFiles(plan: Plan): OutputFile[] {
  return emitFiles(plan).map((file) => (file.ownership === "user" ? { ...file, content: echo(file.content) } : file));
}

function echo(scaffold: string): string {
  const body = /throw new RpcError\([^;]*;/;
  if (!body.test(scaffold)) throw new Error(`no body in ${scaffold}`);
  return scaffold
    .replace(body, "return request;")
    .replace("_request", "request")
    .replace(/RpcError, /, "");
}

/** A folder that projects are written to, type-checked and bundled in. */
export interface Workshop {
  readonly folder: string;
  /** Writes a project below `name`. */
  write(name: string, plan: Plan): void;
  /** What the compiler says of all that was written; "" when it is content. */
  typeCheck(compiler?: string): string;
  /** The formatter's complaints about all that was written but the runtime; "" when it has none. */
  checkFormat(): string;
  /** Bundles the functions of a project, once, and gives their handlers by `FunctionPlan.id`. */
  load(name: string, plan: Plan): Promise<ReadonlyMap<string, Handler>>;
  remove(): void;
}

/** Makes an empty one. */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), "matrix-"));
  const put = (path: string, content: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const projects = new Set<string>();
  const loaded = new Map<string, Promise<ReadonlyMap<string, Handler>>>();
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  put("package.json", '{ "type": "module" }\n');
  put("tsconfig.json", JSON.stringify(compilerSettings));
  put("biome.json", JSON.stringify(formatterSettings));
  return {
    folder,
    write: (name, plan) => {
      projects.add(name);
      for (const { path, content } of projectFiles(plan)) put(join(name, path), content);
    },
    typeCheck: (compiler = resolve("node_modules/typescript/bin/tsc")) =>
      spawnSync(process.execPath, [compiler, "-p", "."], { cwd: folder, encoding: "utf8", maxBuffer: 1e8 }).stdout,
    checkFormat: () => {
      const biome = [resolve("node_modules/@biomejs/biome/bin/biome"), "format", ...projects];
      const { status, stdout, stderr } = spawnSync(process.execPath, biome, {
        cwd: folder,
        encoding: "utf8",
        maxBuffer: 1e8,
      });
      return status === 0 ? "" : stdout + stderr;
    },
    load: (name, plan) => {
      const handlers = loaded.get(name) ?? loadFunctions(join(folder, name), plan);
      loaded.set(name, handlers);
      return handlers;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const compilerSettings = {
  extends: "@tsconfig/strictest/tsconfig.json",
  compilerOptions: {
    ...{ target: "es2022", lib: ["es2022"], module: "nodenext", types: ["node"] },
    ...{ verbatimModuleSyntax: true, noEmit: true },
  },
  include: ["**/*.ts"],
};

const formatterSettings = {
  formatter: { indentStyle: "space", indentWidth: 2, lineWidth: 120 },
  files: { includes: ["**/gen/**/*.ts", "!**/runtime/**"] },
};

async function loadFunctions(folder: string, plan: Plan): Promise<ReadonlyMap<string, Handler>> {
  const entries = plan.functions.map(({ id }) => [id, join(folder, entryPoint(plan, id).file)] as const);
  await build({
    entryPoints: Object.fromEntries(entries),
    outdir: join(folder, "dist"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "error",
  });
  const handlers = entries.map(async ([id]): Promise<[string, Handler]> => {
    const loaded: { readonly handler: Handler } = await import(pathToFileURL(join(folder, "dist", `${id}.mjs`)).href);
    return [id, loaded.handler];
  });
  return new Map(await Promise.all(handlers));
}
