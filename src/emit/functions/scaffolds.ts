/** First versions of the user's handlers: one file per RPC, typed, failing with UNIMPLEMENTED. Written once. */
import { readFileSync } from "node:fs";
import Handlebars from "handlebars";
import type { Method } from "../../model/api-model.js";
import type { NamedMethod } from "../names/typescript-plan.js";
import { createCodeFile, docComment, lineWidth, stringLiteral, type EmittedFile } from "../print/code-file.js";
import { inBrackets, printDocument, softLine } from "../print/document.js";
import { genericType } from "../print/type.js";
import type { EmitContext, EmitScope } from "../objects/emit-scope.js";
import { messageType, replyType } from "../objects/type-text.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";
import { type RpcKind, rpcKind } from "../http/rpc-kind.js";

/** The view model of the templates, which decide nothing. */
interface ScaffoldView {
  readonly imports: readonly string[];
  readonly comment: readonly string[];
  /** Up to the opening brace of the function. */
  readonly declaration: readonly string[];
  /** The message as a literal. */
  readonly message: string;
}

/** One file per RPC that isn't served by a grpc-js object. */
export function emitScaffolds(scope: EmitScope): EmittedFile[] {
  const render = loadTemplate("handler");
  return scope.plan.methods.flatMap((planned) => {
    if (planned.implementation.kind !== "function") return [];
    const { module: path, exportName } = planned.code;
    const file = createCodeFile(path, "", [exportName]);
    const content = render(scaffoldView({ ...scope, style: planned.style, file }, planned));
    return [{ path, content, ownership: "user", imports: file.modules() }];
  });
}

function loadTemplate(name: string): (view: ScaffoldView) => string {
  const source = readFileSync(new URL(`../../../templates/scaffold/${name}.ts.hbs`, import.meta.url), "utf8");
  return Handlebars.compile(source, { noEscape: true, strict: true });
}

function scaffoldView(context: EmitContext, { method, code }: NamedMethod): ScaffoldView {
  useRuntime(context, "rpc", "RpcError");
  const handler = useRuntimeType(context, "rpc", handlerTypes[rpcKind(method)]);
  const types = [messageType(context, method.input), replyType(context, method.output)];
  const [head, end] = method.serverStreaming ? [" = async function* ", " {"] : [" = async ", " => {"];
  const request = method.clientStreaming ? "_requests" : "_request";
  const parameters = inBrackets("(", [request, "_context"], ")", softLine);
  const declaration = [`export const ${code.exportName}: `, genericType(handler, ...types), head, parameters, end];
  return {
    imports: context.file.importLines().slice(0, -1),
    comment: docComment(commentOf(method), method.deprecated),
    declaration: printDocument(declaration, 0, lineWidth),
    message: stringLiteral(`${method.name} is not implemented yet`),
  };
}

/** Types of the runtime. */
const handlerTypes = {
  unary: "UnaryHandler",
  serverStreaming: "ServerStreamingHandler",
  clientStreaming: "ClientStreamingHandler",
  bidiStreaming: "BidiStreamingHandler",
} as const satisfies Readonly<Record<RpcKind, string>>;

/** The comment of the proto, and what is special about a stream of requests here. */
function commentOf({ comment, clientStreaming }: Method): string {
  if (!clientStreaming) return comment;
  const note = "The whole stream is there before this runs: `for await (const request of requests)`.";
  return comment === "" ? note : `${comment.trimEnd()}\n\n${note}`;
}
