/** The `decode` function of a binding: HTTP to request message, as statements that a reader can follow from top to bottom. */
import type { Binding, Message } from "../../model/api-model.js";
import { wellKnownFacts } from "../../model/well-known-types.js";
import { camelCase, safeIdentifier } from "../names/identifiers.js";
import type { BindingPlan, MethodPlan } from "../../plan/plan.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { orderAlong } from "../objects/field-order.js";
import { jsonDecoderName, jsonModule } from "../objects/modules.js";
import { viewMessage } from "../objects/message-view.js";
import { useRuntime } from "../objects/runtime.js";
import { messageType } from "../objects/type-text.js";
import type { Lines, Statement } from "../print/code-file.js";
import { arrow, binary, call, element, type Expression, list, orElse } from "../print/expression.js";
import { assign, constant, memberFunction, memberLine, returns, variable, when } from "../print/statement.js";
import { isRequiring, requireFields } from "./required-fields.js";
import { bindBody } from "./binding-body.js";
import { bindPathParam } from "./binding-path.js";
import { bindQueryParams } from "./binding-query.js";

/** The local names of any binding's decode function, in addition to those of its path variables. */
export const decodeLocals = ["http", "request", "body", "value", "raw", "content", "text", "item", "requests"] as const;

/** Distinct parameter names for the path variables, in order. */
export function variableNames(binding: Binding): string[] {
  const taken = new Set<string>(decodeLocals);
  return binding.template.variables.map(({ fieldPath }) => {
    const wanted = safeIdentifier(camelCase(fieldPath.join("_")) || "variable");
    let name = wanted;
    for (let suffix = 2; taken.has(name); suffix++) name = `${wanted}${suffix}`;
    taken.add(name);
    return name;
  });
}

/** The member `decode: (http, name) => { … },` of a binding. Body first, then path variables, then the query. */
export function decodeMember(context: EmitContext, planned: MethodPlan, bound: BindingPlan): Lines[] {
  const { method } = planned;
  const { binding, takesRaw } = bound;
  const request = context.index.message(method.input, context.style).plan.message;
  if (method.clientStreaming && !takesRaw) return decodeStream(context, planned, request, bound);
  const names = variableNames(binding);
  const body = bindBody(context, request, bound);
  const query = bindQueryParams(context, request, bound);
  const set = [...body.after, ...bindVariables(context, request, binding, names)];
  const required = isRequiring(context, request.fullName) ? [requireFields(context, request.fullName, "request")] : [];
  const further = [...set, ...orderRequest(context, request, bound), ...query, ...required];
  const usesHttp = binding.body.kind !== "none" || query.length > 0;
  const taken = parameters(usesHttp, names);
  if (further.length + body.before.length === 0 && !method.clientStreaming && !body.isChoice)
    return [memberLine("decode", arrow(taken.join(", "), body.request))];
  const result = viewMessage(context, request).native?.kind === "Value" ? orElse("request", "null") : "request";
  return memberFunction("decode", taken, [
    ...body.before,
    declareRequest(context, request, body.request),
    ...further,
    returns(method.clientStreaming ? list(result) : result),
  ]);
}

/** A request that is a plain value is replaced where fields of a message are set; a Value has none until one of its members is set. */
function declareRequest(context: EmitContext, request: Message, value: Expression): Statement {
  const { native } = viewMessage(context, request);
  if (native === undefined) return constant("request", value);
  const type = messageType(context, request.fullName);
  return variable("request", value, native.kind === "Value" ? `${type} | undefined` : type);
}

/** `decode: (http) => readRequests(http, decodeShelf),`; what the path says is set in the first message. The query belongs to none. */
function decodeStream(
  context: EmitContext,
  { method, maxMessages }: MethodPlan,
  request: Message,
  bound: BindingPlan,
): Lines[] {
  const { binding } = bound;
  const { module, plan } = context.index.message(method.input, context.style);
  const json = wellKnownFacts(request.wellKnown)?.json;
  const isList = json === "list" || json === "value";
  const read = useRuntime(context, "request-list", isList ? "readRequestValues" : "readRequests");
  const decode = context.file.use(jsonModule(context.plan.layout, module), jsonDecoderName(plan));
  const requests = call(read, "http", decode, ...(maxMessages === undefined ? [] : [`${maxMessages}`]));
  if (binding.pathParams.length === 0) return [memberLine("decode", arrow("http", requests))];
  const names = variableNames(binding);
  const set = [...bindVariables(context, request, binding, names), ...orderRequest(context, request, bound)];
  const isPlainValue = viewMessage(context, request).native !== undefined;
  return memberFunction(
    "decode",
    ["http", ...names],
    [
      constant("requests", requests),
      (isPlainValue ? variable : constant)("[request]", "requests"),
      ...when(binary("request", "!==", "undefined"), [
        ...set,
        ...(isPlainValue ? [assign(element("requests", "0"), "request")] : []),
      ]),
      returns("requests"),
    ],
  );
}

/** `http` is always there when variables follow it. */
function parameters(usesHttp: boolean, names: readonly string[]): string[] {
  return names.length === 0 && !usesHttp ? [] : [usesHttp ? "http" : "_http", ...names];
}

function bindVariables(
  context: EmitContext,
  request: Message,
  binding: Binding,
  names: readonly string[],
): Statement[] {
  return binding.pathParams.flatMap((param) =>
    bindPathParam(context, request, binding, param, names[param.variable] ?? ""),
  );
}

/** Orders the fields of a message that several parts of the request fill. A query orders its own fields. */
function orderRequest(context: EmitContext, request: Message, { binding, masked }: BindingPlan): Statement[] {
  const { body, pathParams } = binding;
  const mask = masked?.mask;
  const paths = [
    ...(body.kind === "field" ? [[...body.above, body.field]] : []),
    ...(mask === undefined ? [] : [[mask]]),
    ...pathParams.map(({ fields }) => fields),
  ];
  const parts = paths.length + (body.kind === "all" ? 1 : 0);
  return paths.length > 0 && parts > 1 ? orderAlong(context, request, paths) : [];
}
