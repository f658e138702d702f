/** The `decode` function of a binding: HTTP to request message, as lines that a reader can follow from top to bottom. */
import type { Binding, Field, Message, WellKnownType } from "../../model/api-model.js";
import type { BindingPlan, BodyForm, MaskedBody, MessagePlan, MethodPlan } from "../../plan/plan.js";
import { httpBody } from "../../plan/rpcs/plan-bindings.js";
import { newestGateway } from "../../plan/gateway-version.js";
import { camelCase, safeIdentifier } from "../../plan/naming.js";
import { bindPathParam } from "./binding-path.js";
import { type Lines, lineWidth, stringLiteral, wrapList } from "../print/code-file.js";
import { fieldDecoder, mayBeUnknown } from "../json/json-value.js";
import { fitLines } from "../print/fit-lines.js";
import { callText, layOutCall } from "../print/layout.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { orderAlong } from "../objects/field-order.js";
import { descendIntoField } from "../objects/oneof-member.js";
import { assignField, isTestedBeforeAssignment } from "../objects/field-access.js";
import {
  binaryDecoderName,
  binaryModule,
  jsonDecoderName,
  jsonModule,
  paramsModule,
  runtimeModule,
} from "../objects/modules.js";
import { zeroValue } from "../objects/initial-value.js";
import { elementOf, messageAlone, nativeForm } from "../objects/native-type.js";
import { creation, paramSetterName } from "./params.js";
import { valueSetterName } from "./param-native.js";
import { pathAdder } from "./patch-mask.js";
import { asBytes, maskOf } from "./param-value.js";
import { messageType } from "../objects/type-text.js";
import type { RuntimeModule } from "../objects/runtime-paths.js";

/** Column of the statements in `decode`. */
const indent = 8;

/** The local names that the decode function of any binding uses beside those of its path variables. */
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
  const further = [...set, ...orderRequest(context, request, bound), ...query];
  const usesHttp = binding.body.kind !== "none" || query.length > 0;
  if (further.length + body.before.length === 0 && !method.clientStreaming && !body.isChoice)
    return fitLines([`decode: (${parameters(usesHttp, names).join(", ")}) => ${body.request},`], 6);
  const steps = [...body.before, `${declaredRequest(context, request)} = ${body.request};`, ...further];
  const result = isJsonValue(context, request) ? "request ?? null" : "request";
  return [
    ...wrapList("decode: (", parameters(usesHttp, names), ") => {", 6),
    [...fitLines(steps, indent), method.clientStreaming ? `return [${result}];` : `return ${result};`],
    "},",
  ];
}

/** A request that is a plain value is replaced where fields of a message are set; a Value has none until one of its members is set. */
function declaredRequest(context: EmitContext, request: Message): string {
  if (nativeForm(request, context.style, "alone") === undefined) return "const request";
  const type = messageType(context, request.fullName);
  return `let request: ${isJsonValue(context, request) ? `${type} | undefined` : type}`;
}

/** Whether the request is a google.protobuf.Value that handlers see as plain JSON. */
function isJsonValue(context: EmitContext, request: Message): boolean {
  return nativeForm(request, context.style, "alone") === "Value";
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
  const isList = request.wellKnown === "ListValue" || request.wellKnown === "Value";
  const read = runtime(context, "request-list", isList ? "readRequestValues" : "readRequests");
  const decode = context.file.use(jsonModule(context.plan.layout, module), jsonDecoderName(plan));
  const call = { callee: read, args: ["http", decode, ...(maxMessages === undefined ? [] : [`${maxMessages}`])] };
  if (binding.pathParams.length === 0) {
    const line = `decode: (http) => ${callText(call)},`;
    return line.length + 6 <= lineWidth ? [line] : ["decode: (http) =>", layOutCall("", call, ",", 8)];
  }
  const names = variableNames(binding);
  const set = [...bindVariables(context, request, binding, names), ...orderRequest(context, request, bound)];
  const isPlainValue = nativeForm(request, context.style, "alone") !== undefined;
  return [
    ...wrapList("decode: (", ["http", ...names], ") => {", 6),
    [
      ...layOutCall("const requests = ", call, ";", indent),
      ...(isPlainValue ? ["let [request] = requests;"] : ["const [request] = requests;"]),
      "if (request !== undefined) {",
      [...fitLines(set, indent + 2), ...(isPlainValue ? ["requests[0] = request;"] : [])],
      "}",
      "return requests;",
    ],
    "},",
  ];
}

/** `http` is always there when variables follow it. */
function parameters(usesHttp: boolean, names: readonly string[]): string[] {
  return names.length === 0 && !usesHttp ? [] : [usesHttp ? "http" : "_http", ...names];
}

/** The expression `messageBody(http, decodeShelf)`, or a choice between JSON and other forms. */
function readMessage(context: EmitContext, fullName: string, forms: readonly BodyForm[]): string {
  const json = messageBody(context, fullName);
  const choices = forms.map((form) => formChoice(context, form, fullName));
  return [...choices.map(({ test, value }) => `${test} ? ${value}`), json].join(" : ");
}

interface Choice {
  readonly test: string;
  readonly value: string;
}

function formChoice(context: EmitContext, form: BodyForm, fullName: string): Choice {
  const { module, plan } = context.index.message(fullName, context.style);
  switch (form) {
    case "binary": {
      const decode = context.file.use(binaryModule(context.plan.layout, module), binaryDecoderName(plan));
      const value = `${runtime(context, "protobuf-body", "protobufBody")}(http, ${decode})`;
      return { test: `${runtime(context, "protobuf-body", "isProtobuf")}(http)`, value };
    }
    case "form": {
      const params = paramsModule(context.plan.layout, module);
      const value = formValue(context, plan, params);
      return { test: `${runtime(context, "form-body", "isForm")}(http)`, value };
    }
    default:
      return form satisfies never;
  }
}

function formValue(context: EmitContext, { name, message }: MessagePlan, params: string): string {
  const fresh = newMessage(context, message.fullName);
  if (nativeForm(message, context.style, "alone") === undefined) {
    const set = context.file.use(params, paramSetterName({ name }));
    return `${runtime(context, "form-body", "bindForm")}(http, ${fresh}, ${set})`;
  }
  const set = context.file.use(params, valueSetterName({ name }));
  const value = `${runtime(context, "form-body", "bindFormValue")}(http, ${fresh}, ${set})`;
  return isJsonValue(context, message) ? `(${value} ?? null)` : value;
}

function bindVariables(context: EmitContext, request: Message, binding: Binding, names: readonly string[]): Lines[] {
  return binding.pathParams.flatMap((param) =>
    bindPathParam(context, request, binding, param, names[param.variable] ?? ""),
  );
}

/** Where several parts of the request fill the message. A query puts its own in order. */
function orderRequest(context: EmitContext, request: Message, { binding, masked }: BindingPlan): Lines[] {
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

/** How a binding begins: `const request = …;` between what it needs and what it adds. */
interface RequestStart {
  readonly before: Lines[];
  /** An expression. */
  readonly request: string;
  /** Whether it is a choice between forms of the body, which takes a line of its own. */
  readonly isChoice?: boolean;
  readonly after: Lines[];
}

function bindBody(context: EmitContext, request: Message, bound: BindingPlan): RequestStart {
  const { body } = bound.binding;
  switch (body.kind) {
    case "none":
      return { before: [], request: newMessage(context, request.fullName), after: [] };
    case "all":
      if (bound.takesRaw) return bindRawBody(context, "request");
      return {
        before: [],
        after: [],
        ...readRequest(context, request.fullName, bound.bodyForms),
      };
    case "field":
      return {
        before: [],
        request: newMessage(context, request.fullName),
        after: bindBodyField(context, request, bound, body),
      };
    default:
      return body satisfies never;
  }
}

function readRequest(
  context: EmitContext,
  fullName: string,
  forms: readonly BodyForm[],
): Pick<RequestStart, "request" | "isChoice"> {
  return { request: readMessage(context, fullName, forms), isChoice: forms.length > 0 };
}

function bindBodyField(
  context: EmitContext,
  request: Message,
  { masked, bodyForms, takesRaw }: BindingPlan,
  { field, above }: Binding["body"] & { readonly kind: "field" },
): Lines[] {
  const { shape } = field;
  const { lines, place, message } = descendInto(context, request, above);
  if (takesRaw) {
    const content = bindRawBody(context, "content");
    return [
      ...lines,
      ...content.before,
      `const content = ${content.request};`,
      ...content.after,
      ...assignField(context, message, field, place, "content"),
    ];
  }
  const isObject = shape.kind === "message" && isPlainMessage(context, shape.fullName);
  if (!isObject) {
    const optional = bindOptionalBody(context, message, field, place);
    return [...lines, ...optional, ...(masked === undefined ? [] : assignMask(context, request, masked, "[]"))];
  }
  if (masked === undefined && bodyForms.length > 0) {
    const read = `const value = ${readMessage(context, shape.fullName, bodyForms)};`;
    return [...lines, read, ...assignField(context, message, field, place, "value")];
  }
  if (masked === undefined) {
    return [...lines, ...assignField(context, message, field, place, messageBody(context, shape.fullName))];
  }
  const bodyPaths = runtime(context, "patch-mask", "bodyPaths");
  const paths = callText({ callee: bodyPaths, args: ["body", pathAdder(context, masked.bodyType)] });
  return [
    `const body = ${readBody(context, "MessageBody", "(json) => json")};`,
    ...assignField(context, request, field, "request", decodeMessage(context, shape.fullName, "body")),
    ...assignMask(context, request, masked, paths),
  ];
}

/** `paths` is an expression. Of a body that is a well-known type there are none, but the mask is there. */
function assignMask(context: EmitContext, request: Message, { mask }: MaskedBody, paths: string): Lines[] {
  const shape = elementOf(mask);
  return assignField(
    context,
    request,
    mask,
    "request",
    shape.kind === "message" ? maskOf(context, shape, paths) : paths,
  );
}

/** Lines that make sure the messages on the way to a body are there, and where the last of them is. */
function descendInto(
  context: EmitContext,
  request: Message,
  above: readonly Field[],
): { readonly lines: Lines[]; readonly place: string; readonly message: Message } {
  let message = request;
  let place = "request";
  const lines: Lines[] = [];
  for (const field of above) {
    const element = elementOf(field);
    const fullName = element.kind === "message" ? element.fullName : "";
    const descend = descendIntoField(context, message, field, place, newMessage(context, fullName));
    lines.push(...descend.lines);
    place = descend.place;
    message = context.index.message(fullName, context.style).plan.message;
  }
  return { lines, place, message };
}

/** Anything that isn't an object in JSON: absent for an empty body and for null. */
function bindOptionalBody(context: EmitContext, request: Message, field: Field, place: string): Lines[] {
  const value = callText(fieldDecoder(context, field, "body"));
  const isTwoSteps = mayBeUnknown(context, field) || isTestedBeforeAssignment(context, field);
  const assign = assignField(context, request, field, place, isTwoSteps ? "value" : value);
  const test = mayBeUnknown(context, field) ? ["if (value !== undefined) {", assign, "}"] : assign;
  const statements = isTwoSteps ? [`const value = ${value};`, ...test] : assign;
  const empty = emptyFieldJson(context, field);
  const read = readBody(context, "FieldBody", ...(empty === undefined ? [] : [empty]));
  return [`const body = ${read};`, "if (body !== null) {", statements, "}"];
}

/**
 * What an empty body stands for, as an expression: grpc-gateway sets a field whose absence would be visible. Undefined where it sets nothing,
 * and for a google.protobuf.Value, where it sets one without a kind, which no JSON stands for.
 */
function emptyFieldJson(context: EmitContext, { shape, presence }: Field): string | undefined {
  if (!context.plan.rules.fillsEmptyBody || presence === "implicit") return undefined;
  if (shape.kind === "enum") return shape.fullName === "google.protobuf.NullValue" ? undefined : "0";
  if (shape.kind === "scalar")
    return shape.scalar === "bool" ? "false" : shape.scalar === "string" || shape.scalar === "bytes" ? '""' : "0";
  if (shape.kind !== "message" || shape.fullName === "google.protobuf.Value") return undefined;
  const { wellKnown } = context.index.message(shape.fullName, context.style).plan.message;
  return (wellKnown === undefined ? undefined : emptyJson(wellKnown)) ?? "{}";
}

/** google.api.HttpBody in the constant `name`: the bytes as they came, with their type. */
function bindRawBody(context: EmitContext, name: string): RequestStart {
  const message = context.index.message(httpBody, context.style).plan.message;
  const assign = (fieldName: string, value: string): Lines[] => {
    const field = message.fields.find((candidate) => candidate.name === fieldName);
    return field === undefined ? [] : assignField(context, message, field, name, value);
  };
  return {
    before: [`const raw = ${runtime(context, "body", "rawBody")}(http);`],
    request: newMessage(context, httpBody),
    after: [...assign("content_type", "raw.contentType"), ...assign("data", asBytes(context, "raw.data"))],
  };
}

function isPlainMessage(context: EmitContext, fullName: string): boolean {
  return context.index.message(fullName, context.style).plan.message.wellKnown === undefined;
}

function messageBody(context: EmitContext, fullName: string): string {
  const { wellKnown } = context.index.message(fullName, context.style).plan.message;
  const empty = wellKnown === undefined ? undefined : emptyJson(wellKnown);
  return readBody(context, "MessageBody", messageDecoder(context, fullName), ...(empty === undefined ? [] : [empty]));
}

/** The JSON of the empty message as an expression; undefined where it is `{}`. */
function emptyJson(wellKnown: WellKnownType): string | undefined {
  switch (wellKnown) {
    case "Any":
    case "Empty":
    case "Struct":
      return undefined;
    case "Duration":
      return '"0s"';
    case "Timestamp":
      return '"1970-01-01T00:00:00Z"';
    case "BytesValue":
    case "FieldMask":
    case "StringValue":
      return '""';
    case "BoolValue":
      return "false";
    case "ListValue":
      return "[]";
    case "Value":
      return "null";
    case "DoubleValue":
    case "FloatValue":
    case "Int32Value":
    case "Int64Value":
    case "UInt32Value":
    case "UInt64Value":
      return "0";
    default:
      return wellKnown satisfies never;
  }
}

function decodeMessage(context: EmitContext, fullName: string, json: string): string {
  return `${messageDecoder(context, fullName)}(${json})`;
}

function messageDecoder(context: EmitContext, fullName: string): string {
  const { module, plan } = context.index.message(fullName, context.style);
  return context.file.use(jsonModule(context.plan.layout, module), jsonDecoderName(plan));
}

/** A message in which nothing is set, from whichever module is there for it; undefined for a Value that is plain JSON. */
export function newMessage(context: EmitContext, fullName: string): string {
  const { plan } = context.index.message(fullName, context.style);
  const native = nativeForm(plan.message, context.style, "alone");
  if (native !== undefined) return native === "Value" ? "undefined" : zeroValue(context, messageAlone(fullName));
  return plan.params || !plan.decodeJson ? creation(context, fullName) : decodeMessage(context, fullName, "{}");
}

function readBody(context: EmitContext, kind: "MessageBody" | "FieldBody", ...decoder: readonly string[]): string {
  const name = context.plan.rules.readsFirstValue
    ? `first${kind}`
    : `${kind.slice(0, 1).toLowerCase()}${kind.slice(1)}`;
  return `${runtime(context, "body", name)}(${["http", ...decoder].join(", ")})`;
}

/** Fields that neither path nor body binds. */
function bindQueryParams(context: EmitContext, request: Message, { binding, takesQuery }: BindingPlan): Lines[] {
  const { module, plan } = context.index.message(request.fullName, context.style);
  if (!takesQuery || !plan.params) return [];
  const params = paramsModule(context.plan.layout, module);
  const bound = `[${boundPaths(binding).map(stringLiteral).join(", ")}]`;
  const { gateway } = context.plan.rules;
  const more = gateway === newestGateway ? bound : `${bound}, ${stringLiteral(gateway)}`;
  if (nativeForm(request, context.style, "alone") === undefined) {
    const setter = context.file.use(params, paramSetterName(plan));
    return [`${runtime(context, "query", "bindQuery")}(http, request, ${setter}, ${more});`];
  }
  const setter = context.file.use(params, valueSetterName(plan));
  return [`request = ${runtime(context, "query", "bindQueryValue")}(http, request, ${setter}, ${more});`];
}

/** The field paths that are not the query's, in every spelling; those below the body's field go without saying. */
function boundPaths({ body, pathParams }: Binding): string[] {
  const field = body.kind === "field" ? [...body.above, body.field] : [];
  const isBelow = (fields: readonly Field[]): boolean =>
    field.length > 0 && field.every(({ name }, index) => fields[index]?.name === name);
  const variables = pathParams.map(({ fields }) => fields).filter((fields) => !isBelow(fields));
  return (field.length === 0 ? variables : [field, ...variables]).flatMap(spellings);
}

function spellings(fields: readonly Field[]): string[] {
  return fields.reduce<string[]>((prefixes, field) => {
    const names = field.jsonName === field.name ? [field.name] : [field.name, field.jsonName];
    return prefixes.length === 0 ? names : prefixes.flatMap((prefix) => names.map((name) => `${prefix}.${name}`));
  }, []);
}

function runtime(context: EmitContext, module: RuntimeModule, name: string): string {
  return context.file.use(runtimeModule(context.plan.layout, module), name);
}
