/** `servers/<service>.ts`: the service object that a server file of the user registers, one module for each service. */
import type { MessageStyle } from "../message-style.js";
import type { Layout, Plan, ServerFile } from "../../plan/plan.js";
import type { NamedMethod, TypeScriptPlan } from "../names/typescript-plan.js";
import { type CodeFile, createCodeFile, docComment, type EmittedFile } from "../print/code-file.js";
import { call, literal, type Member, object } from "../print/expression.js";
import { constant, exported } from "../print/statement.js";
import { generatedBanner } from "../objects/generated-module.js";
import { loaderOptions } from "../objects/loader-options.js";
import { useRuntime } from "../objects/runtime.js";
import { moduleName } from "../names/module-name.js";

/** One file for each service that a server registers. */
export function emitCapturedServers(plan: TypeScriptPlan): EmittedFile[] {
  const files = new Map<string, EmittedFile>();
  for (const planned of plan.methods) {
    const { implementation, code } = planned;
    if (implementation.kind !== "server" || files.has(code.module)) continue;
    files.set(code.module, emitServer(plan, planned, implementation.server));
  }
  return [...files.values()];
}

function emitServer(plan: Plan, { service, style, code }: NamedMethod, server: ServerFile): EmittedFile {
  const { module: path, exportName: name } = code;
  const file = createCodeFile(path, generatedBanner(service.file), [name]);
  const captured = useRuntime({ file, plan }, "captured-service", "capturedService");
  const source = object(
    ["file", literal(server.file)],
    ...startMember(file, server),
    ...(server.bridge === true ? [] : loaderMember(style)),
  );
  file.printAll([
    ...docComment(`${service.fullName}, as ${server.file} registers it.`),
    exported(constant(name, call(captured, literal(service.fullName), source))),
  ]);
  return file.finish();
}

/** A server without a function that starts it starts when its module is imported. */
function startMember(file: CodeFile, server: ServerFile): Member[] {
  const module = moduleName(server.file);
  if (server.start !== undefined) return [["start", file.use(module, server.start)]];
  file.load(module);
  return [];
}

/** `loader: { … }` for messages of proto-loader. */
function loaderMember(style: MessageStyle): Member[] {
  const options = loaderOptions(style);
  if (options === undefined) return [];
  const set = Object.entries(options).filter(([, value]) => value !== false);
  const members = set.map(([key, value]): Member => [key, typeof value === "string" ? literal(value) : `${value}`]);
  return [["loader", object(...members)]];
}

/** A package that bundles of a captured server have another module for. */
export interface StandIn {
  readonly packageName: string;
  /** Relative to the project root. */
  readonly module: string;
}

/** The runtime modules in place of the packages of gRPC. */
export function standIns({ outDir }: Pick<Layout, "outDir">): readonly StandIn[] {
  return Object.entries(standInModules).map(([packageName, module]) => ({
    packageName,
    module: `${outDir}/runtime/${module}.ts`,
  }));
}

/** Below the runtime and without extension, by package. */
const standInModules = {
  "@grpc/grpc-js": "captured-server/grpc-js",
  "@grpc/grpc-js/package.json": "captured-server/grpc-js-package",
  "@grpc/proto-loader": "captured-server/proto-loader",
} as const;

/** The runtime modules that no generated file imports but bundlers put in. */
export function standInRuntime(plan: Pick<Plan, "functions">): string[] {
  return plan.functions.some(({ bundle }) => bundle.capturesServer) ? Object.values(standInModules) : [];
}
