/** `servers/<service>.ts`: the service object that a server file of the user registers, one module for each service. */
import type { Service } from "../../model/api-model.js";
import type { BundlePlan, CapturedLibrary, Layout, ModuleExport, Plan, ServerFile } from "../../plan/plan.js";
import type { NamedMethod, TypeScriptPlan } from "../names/typescript-plan.js";
import { type CodeFile, createCodeFile, docComment, type EmittedFile } from "../print/code-file.js";
import { call, entry, type Expression, literal, type Member, object } from "../print/expression.js";
import { constant, exported, run } from "../print/statement.js";
import { generatedBanner } from "../objects/generated-module.js";
import type { EmitContext, EmitScope } from "../objects/emit-scope.js";
import { freshMessage } from "../objects/initial-value.js";
import { viewNamed } from "../objects/message-view.js";
import { loaderOptions } from "../objects/loader-options.js";
import { useRuntime } from "../objects/runtime.js";
import type { RuntimeSymbol } from "../objects/runtime-exports.js";
import { loaderName } from "./grpc-js-names.js";
import { moduleName } from "../names/module-name.js";

/** One file for each service that a server registers. */
export function emitCapturedServers(scope: EmitScope): EmittedFile[] {
  const { plan } = scope;
  const files = new Map<string, EmittedFile>();
  for (const planned of plan.methods) {
    const { implementation, code } = planned;
    if (implementation.kind !== "server" || files.has(code.module)) continue;
    files.set(code.module, emitServer(scope, planned, implementation.server));
  }
  return plan.methods.some(isOfGrpcJs) ? [...files.values(), emitDefinedServices(plan)] : [...files.values()];
}

function emitServer(scope: EmitScope, { service, style, code }: NamedMethod, server: ServerFile): EmittedFile {
  const { plan } = scope;
  const { module: path, exportName: name } = code;
  const file = createCodeFile(path, generatedBanner(service.file), [name]);
  const captured = useRuntime({ file, plan }, ...makers[server.connect === undefined ? "grpc-js" : "connect"]);
  if (server.connect === undefined) file.loadFirst(definedServicesModule(plan));
  const source = object(
    ["file", literal(server.file)],
    ...startMember(file, server),
    ...(server.bridge === true ? [] : messagesMember({ ...scope, file, style }, code)),
    ...routerMember(file, server),
  );
  file.printAll([
    ...docComment(`${service.fullName}, as ${server.file} registers it.`),
    exported(constant(name, call(captured, literal(service.fullName), source))),
  ]);
  return file.finish();
}

/** Functions of the runtime that give a service by its name. */
const makers = {
  "grpc-js": ["captured-service", "capturedService"],
  connect: ["connect-service", "connectService"],
} as const satisfies Readonly<Record<string, RuntimeSymbol>>;

/** A router of Connect is made by the user's own library. */
function routerMember(file: CodeFile, { connect }: ServerFile): Member[] {
  return connect === undefined ? [] : [["createRouter", file.use("npm:@connectrpc/connect", "createConnectRouter")]];
}

/** A server without a function that starts it starts when its module is imported. */
function startMember(file: CodeFile, server: ServerFile): Member[] {
  const module = moduleName(server.file);
  if (server.start !== undefined)
    return [[server.connect === "routes" ? "routes" : "start", file.use(module, server.start)]];
  file.load(module);
  return [];
}

/** `loader: { … }` for messages of proto-loader, `empty: { … }` for those of generated code. */
function messagesMember(context: EmitContext, { module }: ModuleExport): Member[] {
  const options = loaderOptions(context.style);
  if (options === undefined) return emptyMember(context, module);
  const set = Object.entries(options).filter(([, value]) => value !== false);
  const members = set.map(([key, value]): Member => [key, typeof value === "string" ? literal(value) : `${value}`]);
  return [["loader", object(...members)]];
}

/** Requests in which nothing is set, one for each type; plain values have no properties to compare. */
function emptyMember(context: EmitContext, module: string): Member[] {
  const methods = context.plan.methods.filter(({ code }) => code.module === module);
  const byType = new Map(methods.map((planned) => [planned.method.input, planned]));
  const members = [...byType].flatMap(([type, { service, method }]): Member[] => {
    const view = viewNamed(context, type);
    if (view.native !== undefined) return [];
    return [entry(`/${service.fullName}/${method.name}`, freshMessage(context, view, "object"))];
  });
  return members.length === 0 ? [] : [["empty", object(...members)]];
}

/** Whether a server registers the service of an RPC with grpc-js. */
function isOfGrpcJs({ implementation }: NamedMethod): boolean {
  return implementation.kind === "server" && implementation.server.connect === undefined;
}

function definedServicesModule({ layout }: Pick<Plan, "layout">): string {
  return `${layout.outDir}/defined-services`;
}

/** `defined-services.ts`: the services of all servers, whose modules import it before the server. */
function emitDefinedServices(plan: TypeScriptPlan): EmittedFile {
  const file = createCodeFile(`${definedServicesModule(plan)}.ts`, "// Code generated by grpc2lambda. DO NOT EDIT.");
  const define = useRuntime({ file, plan }, "defined-services", "defineServices");
  const served = plan.methods.filter(isOfGrpcJs);
  const services = new Map(served.map(({ service }) => [service.fullName, service]));
  const members = [...services.values()].map((service) => entry(service.fullName, definedMethods(service)));
  file.printAll([run(call(define, object(...members)))]);
  return file.finish();
}

/** Every method of the .proto file, whether functions run it or not. */
function definedMethods({ methods }: Service): Expression {
  const members = methods.map(({ name, clientStreaming, serverStreaming }) => {
    const streams = [
      ...(clientStreaming ? [["requestStream", "true"] as const] : []),
      ...(serverStreaming ? [["responseStream", "true"] as const] : []),
    ];
    return entry(name, object(["originalName", literal(loaderName(name))], ...streams));
  });
  return object(...members);
}

/** A package that bundles of a captured server have another module for. */
export interface StandIn {
  readonly packageName: string;
  /** Relative to the project root. */
  readonly module: string;
}

/** The runtime modules in place of the packages of captured libraries. */
export function standIns(
  { outDir }: Pick<Layout, "outDir">,
  { captures }: Pick<BundlePlan, "captures">,
): readonly StandIn[] {
  return captures.flatMap((library) =>
    Object.entries(standInModules[library]).map(([packageName, module]) => ({
      packageName,
      module: `${outDir}/runtime/${module}.ts`,
    })),
  );
}

/** Below the runtime and without extension, by library and package. */
const standInModules: Readonly<Record<CapturedLibrary, Readonly<Record<string, string>>>> = {
  "grpc-js": {
    "@grpc/grpc-js": "captured-server/grpc-js",
    "@grpc/grpc-js/package.json": "captured-server/grpc-js-package",
    "@grpc/proto-loader": "captured-server/proto-loader",
  },
  connect: {
    "@connectrpc/connect-node": "connect/connect-node",
    "@connectrpc/connect-fastify": "connect/connect-fastify",
    "@connectrpc/connect-express": "connect/connect-express",
  },
};

/** The runtime modules that no generated file imports but bundlers put in. */
export function standInRuntime(plan: Pick<Plan, "functions">): string[] {
  const libraries = new Set(plan.functions.flatMap(({ bundle }) => bundle.captures));
  return [...libraries].flatMap((library) => Object.values(standInModules[library]));
}
