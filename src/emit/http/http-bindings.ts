/**
 * The HTTP bindings of every RPC: `<module>.http.ts` with one constant per RPC, in which the path templates are data and the
 * way from HTTP to the request and from the reply to HTTP is code.
 */
import type { PathTemplate } from "../../http-rule/path-template.js";
import { namePlan } from "../names/name-plan.js";
import type { BindingPlan, MethodPlan, ModuleExport, Plan } from "../../plan/plan.js";
import type { NamedMethod, TypeScriptPlan } from "../names/typescript-plan.js";
import { decodeLocals, decodeMember, variableNames } from "./binding-decode.js";
import { encodeMember } from "./binding-encode.js";
import { docComment, type Lines, type EmittedFile } from "../print/code-file.js";
import { list, literal } from "../print/expression.js";
import { assignObject, item, memberLine } from "../print/statement.js";
import { genericType } from "../print/type.js";
import { finishModule, startModule } from "../objects/generated-module.js";
import type { EmitContext, EmitScope } from "../objects/emit-scope.js";
import { messageType, replyType, replyWrapper } from "../objects/type-text.js";
import { httpModule } from "../objects/modules.js";
import { profileName } from "./profile.js";
import { rpcKind } from "./rpc-kind.js";
import { useRuntime, useRuntimeType } from "../objects/runtime.js";

/** One module per .proto file and message style with an RPC. */
export function emitHttpBindings(scope: EmitScope): EmittedFile[] {
  const groups = new Map<string, NamedMethod[]>();
  for (const planned of scope.plan.methods) {
    const path = bindingsModule(scope.plan, planned);
    groups.set(path, [...(groups.get(path) ?? []), planned]);
  }
  return [...groups].map(([path, methods]) => emitModule(scope, path, methods));
}

/** The module and the export with the bindings of an RPC of a plan. */
export function bindingsOf(plan: Plan, { method }: MethodPlan): ModuleExport {
  const named = namePlan(plan);
  const found = named.methods.find((planned) => planned.method === method);
  if (found === undefined) throw new Error(`not planned: ${method.fullName}`);
  return { module: `${bindingsModule(named, found)}.ts`, exportName: found.constant };
}

/** The module (root-relative, without extension) that exports the bindings of an RPC under `NamedMethod.constant`. */
export function bindingsModule(plan: TypeScriptPlan, { service, style, constant }: NamedMethod): string {
  const module = plan.modules.find(({ file, style: own }) => file.path === service.file && own === style);
  if (module === undefined) throw new Error(`no module for the bindings of ${constant}`);
  return httpModule(plan.layout, module.path);
}

function emitModule(scope: EmitScope, path: string, methods: readonly NamedMethod[]): EmittedFile {
  const [first] = methods;
  const declared = [
    ...methods.map((planned) => planned.constant),
    ...methods.flatMap((planned) => planned.method.bindings.flatMap(variableNames)),
    ...decodeLocals,
    "reply",
  ];
  const style = first?.style ?? scope.plan.modules[0]?.style;
  if (style === undefined) throw new Error(`no style for ${path}`);
  const context = startModule(scope, style, path, first?.service.file ?? "", declared);
  for (const planned of methods) context.file.printAll([...rpcConstant(context, planned), ""]);
  return finishModule(context);
}

function rpcConstant(context: EmitContext, planned: NamedMethod): Lines[] {
  const { service, method } = planned;
  const rpc = useRuntimeType(context, "rpc", "Rpc");
  const request = messageType(context, method.input);
  const input = method.clientStreaming ? `readonly ${request}[]` : request;
  const type = genericType(rpc, input, replyType(context, method.output));
  const members = [
    memberLine("service", literal(service.fullName)),
    memberLine("method", literal(method.name)),
    memberLine("kind", literal(rpcKind(method))),
    memberLine("profile", profileName(context.plan, context.file)),
    ...(planned.successStatus === undefined ? [] : [memberLine("successStatus", `${planned.successStatus}`)]),
    ...streamMembers(context, planned),
    ...bindingList(context, planned),
  ];
  // A type that has types of its own breaks before the object goes below.
  const goesBelow = replyWrapper(context) === undefined ? "ifWhole" : "never";
  const constant = assignObject([`export const ${planned.constant}: `, type], members, goesBelow);
  return [...docComment(method.comment, method.deprecated), ...constant];
}

/** Says how a stream of replies is written, where it is not as lines of results. */
function streamMembers(context: EmitContext, { stream }: MethodPlan): Lines[] {
  if (stream === undefined) return [];
  const { format, byAccept } = stream;
  return [
    ...(format === "resultLines" ? [] : [memberLine("streaming", useRuntime(context, "stream-format", format))]),
    ...(byAccept ? [memberLine("streamingByAccept", useRuntime(context, "stream-by-accept", "streamByAccept"))] : []),
  ];
}

function bindingList(context: EmitContext, planned: MethodPlan): Lines[] {
  const bindings = planned.bindings.flatMap((binding) => bindingObject(context, planned, binding));
  return bindings.length === 0 ? ["bindings: [],"] : ["bindings: [", bindings, "],"];
}

function bindingObject(context: EmitContext, planned: MethodPlan, bound: BindingPlan): Lines[] {
  const { binding, takesRaw, bodyForms } = bound;
  const { template } = binding;
  return [
    "{",
    [
      memberLine("httpMethod", literal(binding.httpMethod)),
      memberLine("template", literal(template.source)),
      memberLine("segments", list(...segmentTexts(template).map(literal))),
      ...(template.verb === "" ? [] : [memberLine("verb", literal(template.verb))]),
      ...captures(template),
      ...(binding.body.kind === "none" ? [] : ["body: true,"]),
      ...(takesRaw ? ["takesRaw: true,"] : []),
      ...bodyForms.map((form) => (form === "binary" ? "takesBinary: true," : "takesForm: true,")),
      ...decodeMember(context, planned, bound),
      ...encodeMember(context, planned, bound),
    ],
    "},",
  ];
}

/** Text, `*` or `**`. The template `/` is one empty segment. */
export function segmentTexts(template: PathTemplate): string[] {
  if (template.segments.length === 0) return [""];
  return template.segments.map((segment) => {
    switch (segment.kind) {
      case "literal":
        return segment.text;
      case "wildcard":
        return "*";
      case "deepWildcard":
        return "**";
      default:
        return segment satisfies never;
    }
  });
}

function captures({ variables }: PathTemplate): Lines[] {
  const ranges = variables.map(({ start, end }) => list(`${start}`, `${end}`));
  if (ranges.length < 2) return ranges.map((range) => memberLine("captures", list(range)));
  // The formatter has a line for each of several lists.
  return ["captures: [", ranges.map(item), "],"];
}
