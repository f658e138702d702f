/** The Lambda entries: `functions/<id>.ts`, each a handler made of a front door, an RPC's bindings and its implementation. */
import { frontDoorOf } from "../front-door/front-door.js";
import type { OutputFile } from "../output/output-tree.js";
import type { FunctionPlan, MethodPlan, ModuleExport, Plan } from "../plan/plan.js";
import { camelCase } from "../plan/naming.js";
import { browsersModule, hasBrowsersModule } from "./browsers.js";
import { type CodeFile, createCodeFile, lineWidth, stringLiteral, wrapList } from "./code-file.js";
import { errorDetailsModule } from "./error-details.js";
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
  const door = doorModule(plan, planned);
  const handlerOf = file.use(runtimeModule(plan.layout, door), camelCase(door));
  const endpoints = planned.methods.map((method) => endpoint(plan, file, method));
  const target = customized(plan, file, endpoints.length === 1 ? endpoints : routerCall(plan, file, endpoints));
  const options = doorOptions(plan, file);
  file.print(...routeComment(planned), ...handlerLines(handlerOf, target, options));
  return { path, content: file.toString(), ownership: "generated" };
}

/** The runtime module of the front door, for responses sent whole or in parts. */
function doorModule({ deployment }: Plan, { streams }: FunctionPlan): string {
  const { runtimeModule: whole, streamingModule } = frontDoorOf(deployment.frontDoor);
  return streams && streamingModule !== undefined ? streamingModule : whole;
}

/** Several RPCs behind one function: `router([…])`, from column 2. */
function routerCall(plan: Plan, file: CodeFile, endpoints: readonly string[]): string[] {
  const router = file.use(runtimeModule(plan.layout, "endpoint"), "router");
  return wrapList(`${router}([`, endpoints, "])", 3);
}

/** `customize(target, { errorMapper, headers })` where the user's code has either. */
function customized(plan: Plan, file: CodeFile, target: readonly string[]): readonly string[] {
  const { errorMapper, headers } = plan.customization;
  if (errorMapper === undefined && headers === undefined) return target;
  const customize = file.use(runtimeModule(plan.layout, "customize"), "customize");
  const members = [...member(file, "errorMapper", errorMapper), ...member(file, "headers", headers)];
  const line = `${customize}(${target.join("")}, { ${members.join(", ")} })`;
  if (target.length === 1 && line.length + 3 <= lineWidth) return [line];
  const lines = target.map((text, index) => `  ${text}${index === target.length - 1 ? "," : ""}`);
  return [`${customize}(`, ...lines, `  { ${members.join(", ")} },`, ")"];
}

function member(file: CodeFile, key: string, value: ModuleExport | undefined): string[] {
  if (value === undefined) return [];
  const local = useExport(file, value);
  return [local === key ? key : `${key}: ${local}`];
}

function useExport(file: CodeFile, { module, exportName }: ModuleExport): string {
  return file.use(withoutExtension(module), exportName);
}

/** `{ cors: browsers }` behind a door that leaves browsers to the function. */
function doorOptions(plan: Plan, file: CodeFile): string | undefined {
  if (!hasBrowsersModule(plan)) return undefined;
  return `{ cors: ${file.use(browsersModule(plan), "browsers")} }`;
}

/** `target` is one line or several; a comma follows where the call is broken. */
function handlerLines(handlerOf: string, target: readonly string[], options: string | undefined): string[] {
  const more = options === undefined ? "" : `, ${options}`;
  const line = `export const handler = ${handlerOf}(${target.join("")}${more});`;
  if (target.length === 1 && line.length <= lineWidth) return [line];
  const last = target.length - 1;
  return [
    `export const handler = ${handlerOf}(`,
    ...target.map((text, index) => `  ${text}${index === last ? "," : ""}`),
    ...(options === undefined ? [] : [`  ${options},`]),
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

/** `unary(libraryServiceGetShelf, getShelf)`, or `interceptUnary(libraryServiceGetShelf, getShelf, interceptors)`. */
function endpoint(plan: Plan, file: CodeFile, planned: MethodPlan): string {
  const [module, name] =
    wrappers[planned.method.serverStreaming ? "stream" : "unary"][planned.interceptors.length === 0 ? 0 : 1];
  const wrap = file.use(runtimeModule(plan.layout, module), name);
  const rpc = file.use(bindingsModule(plan, planned), planned.id);
  const lists = planned.interceptors.map((list) => useExport(file, list));
  const interceptors = lists.length < 2 ? lists : [`[${lists.map((list) => `...${list}`).join(", ")}]`];
  return `${wrap}(${[rpc, implementation(plan, file, planned), ...interceptors].join(", ")})`;
}

/** Runtime modules with their functions: without and with interceptors. */
const wrappers = {
  unary: [
    ["unary", "unary"],
    ["intercept-unary", "interceptUnary"],
  ],
  stream: [
    ["server-stream", "serverStream"],
    ["intercept-server-stream", "interceptServerStream"],
  ],
} as const;

function implementation(plan: Plan, file: CodeFile, { implementation, method }: MethodPlan): string {
  switch (implementation.kind) {
    case "function":
      return file.use(withoutExtension(implementation.file), implementation.exportName);
    case "grpc-js": {
      const adapter = method.serverStreaming
        ? file.use(runtimeModule(plan.layout, "grpc-js-stream"), "grpcJsStream")
        : file.use(runtimeModule(plan.layout, "grpc-js"), "grpcJs");
      const service = file.use(withoutExtension(implementation.module), implementation.exportName);
      const print = plan.detailTypes.length === 0 ? [] : [file.use(errorDetailsModule(plan), "packedDetail")];
      return `${adapter}(${[service, stringLiteral(method.name), ...print].join(", ")})`;
    }
    default:
      return implementation satisfies never;
  }
}

/** A module is named without its extension; the import adds `.js`. */
export function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]s$/, "").replace(/^\.\//, "");
}
