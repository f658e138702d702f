/** The Lambda entries: `functions/<id>.ts`, each a handler made of a front door, an RPC's bindings and its implementation. */
import type { OutputFile } from "../output/output-tree.js";
import type { FunctionPlan, MethodPlan, Plan } from "../plan/plan.js";
import { type CodeFile, createCodeFile, lineWidth, stringLiteral, wrapList } from "./code-file.js";
import { generatedBanner } from "./generated-module.js";
import { bindingsModule } from "./http-bindings.js";
import { runtimeModule } from "./modules.js";

/** One file per function. */
export function emitFunctions(plan: Plan): OutputFile[] {
  return plan.functions.map((planned) => emitFunction(plan, planned));
}

function emitFunction(plan: Plan, planned: FunctionPlan): OutputFile {
  const path = `${plan.layout.outDir}/${planned.path}`;
  const file = createCodeFile(path, generatedBanner(planned.service.file), ["handler"]);
  const httpApi = file.use(runtimeModule(plan.layout, "http-api"), "httpApi");
  const endpoints = planned.methods.map((method) => endpoint(plan, file, method));
  const target = endpoints.length === 1 ? endpoints : routerCall(plan, file, endpoints);
  file.print(...routeComment(planned), ...handlerLines(httpApi, target));
  return { path, content: file.toString(), ownership: "generated" };
}

/** Several RPCs behind one function: `router([…])`, from column 2. */
function routerCall(plan: Plan, file: CodeFile, endpoints: readonly string[]): string[] {
  const router = file.use(runtimeModule(plan.layout, "endpoint"), "router");
  return wrapList(`${router}([`, endpoints, "])", 3);
}

/** `target` is one line or several; a comma follows where the call is broken. */
function handlerLines(httpApi: string, target: readonly string[]): string[] {
  const line = `export const handler = ${httpApi}(${target.join("")});`;
  if (target.length === 1 && line.length <= lineWidth) return [line];
  const last = target.length - 1;
  return [
    `export const handler = ${httpApi}(`,
    ...target.map((text, index) => `  ${text}${index === last ? "," : ""}`),
    ");",
  ];
}

/** Every endpoint that leads here, as its rule has it. */
function routeComment(planned: FunctionPlan): string[] {
  const routes = planned.methods.flatMap(({ method }) =>
    method.bindings.map(({ httpMethod, template }) => `${httpMethod} ${template.source}`.replaceAll("*/", "*\\/")),
  );
  return routes.length === 1 ? [`/** ${routes[0]} */`] : ["/**", ...routes.map((route) => ` * ${route}`), " */"];
}

/** `unary(libraryServiceGetShelf, getShelf)`. */
function endpoint(plan: Plan, file: CodeFile, planned: MethodPlan): string {
  const isStream = planned.method.serverStreaming;
  const wrap = isStream
    ? file.use(runtimeModule(plan.layout, "server-stream"), "serverStream")
    : file.use(runtimeModule(plan.layout, "unary"), "unary");
  const rpc = file.use(bindingsModule(plan, planned), planned.id);
  return `${wrap}(${rpc}, ${implementation(plan, file, planned)})`;
}

function implementation(plan: Plan, file: CodeFile, { implementation, method }: MethodPlan): string {
  switch (implementation.kind) {
    case "function":
      return file.use(withoutExtension(implementation.file), implementation.exportName);
    case "grpc-js": {
      const adapter = method.serverStreaming
        ? file.use(runtimeModule(plan.layout, "grpc-js-stream"), "grpcJsStream")
        : file.use(runtimeModule(plan.layout, "grpc-js"), "grpcJs");
      const service = file.use(withoutExtension(implementation.module), implementation.exportName);
      return `${adapter}(${service}, ${stringLiteral(method.name)})`;
    }
    default:
      return implementation satisfies never;
  }
}

/** A module is named without its extension; the import adds `.js`. */
export function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]s$/, "").replace(/^\.\//, "");
}
