/** First versions of the user's handlers: one file per RPC, typed, failing with UNIMPLEMENTED. Written once. */
import { readFileSync } from "node:fs";
import Handlebars from "handlebars";
import type { OutputFile } from "../output/output-tree.js";
import type { MethodPlan } from "../plan/plan.js";
import { createCodeFile, docComment, stringLiteral, wrapDeclaration } from "./code-file.js";
import type { EmitContext, EmitScope } from "./emit-scope.js";
import { messageType, replyType } from "./type-text.js";
import { runtimeModule } from "./modules.js";
import { withoutExtension } from "./functions.js";

/** What the templates show; complete, nothing is decided in them. */
interface ScaffoldView {
  readonly imports: readonly string[];
  readonly comment: readonly string[];
  /** Up to the opening brace of the function. */
  readonly declaration: readonly string[];
  /** As a literal. */
  readonly message: string;
}

/** One file per RPC that isn't served by a grpc-js object. */
export function emitScaffolds(scope: EmitScope): OutputFile[] {
  const render = loadTemplate("handler");
  return scope.plan.methods.flatMap((planned) => {
    const { implementation } = planned;
    if (implementation.kind !== "function") return [];
    const path = `${withoutExtension(implementation.file)}.ts`;
    const view = scaffoldView(scope, planned, path, implementation.exportName);
    return [{ path, content: render(view), ownership: "user" }];
  });
}

function loadTemplate(name: string): (view: ScaffoldView) => string {
  const source = readFileSync(new URL(`../../templates/scaffold/${name}.ts.hbs`, import.meta.url), "utf8");
  return Handlebars.compile(source, { noEscape: true, strict: true });
}

function scaffoldView(scope: EmitScope, planned: MethodPlan, path: string, name: string): ScaffoldView {
  const { method, style } = planned;
  const file = createCodeFile(path, "", [name]);
  const context: EmitContext = { ...scope, style, file };
  const rpcModule = runtimeModule(scope.plan.layout, "rpc");
  file.use(rpcModule, "RpcError");
  const handler = file.useType(rpcModule, method.serverStreaming ? "ServerStreamingHandler" : "UnaryHandler");
  const types = [messageType(context, method.input), replyType(context, method.output)];
  const [head, end] = method.serverStreaming ? [" = async function* (", ") {"] : [" = async (", ") => {"];
  const wide = [head, "_request, _context", end];
  const narrow = [head, "  _request,", "  _context,", end];
  return {
    imports: file.toString().trim().split("\n"),
    comment: docComment(method.comment, method.deprecated),
    declaration: wrapDeclaration(`export const ${name}: ${handler}`, types, wide.join(""), narrow),
    message: stringLiteral(`${method.name} is not implemented yet`),
  };
}
