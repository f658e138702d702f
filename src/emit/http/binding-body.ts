/** The part of a binding that reads the body. */
import type { Binding, Field, Message } from "../../model/api-model.js";
import { wellKnownFacts, wellKnownType } from "../../model/well-known-types.js";
import type { BindingPlan, BodyForm, MaskedBody } from "../../plan/plan.js";
import type { MessagePlan } from "../names/typescript-plan.js";
import { httpBody } from "../../plan/rpcs/plan-bindings.js";
import { fieldDecoder, mayBeUnknown } from "../json/json-value.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { assignField } from "../objects/field-access.js";
import { type FieldView, viewField, viewMessage, viewNamed } from "../objects/message-view.js";
import { binaryDecoderName, binaryModule, paramsModule } from "../objects/modules.js";
import { type Descent, descendIntoField } from "../objects/oneof-member.js";
import { useRuntime } from "../objects/runtime.js";
import { bytesInStyle } from "../objects/value-form.js";
import type { Lines, Statement } from "../print/code-file.js";
import { arrow, binary, call, conditional, type Expression, list, member, not, orElse } from "../print/expression.js";
import { constant, when } from "../print/statement.js";
import { decodeMessage, messageDecoder, newMessage } from "./new-message.js";
import { valueSetterName } from "./param-native.js";
import { maskOf } from "./param-value.js";
import { paramSetterName } from "./params.js";
import { pathAdder } from "./patch-mask.js";
import { isRequiring } from "./required-fields.js";

/** The beginning of a binding: `const request = …;` with the statements before and after it. */
export interface RequestStart {
  readonly before: Lines[];
  readonly request: Expression;
  /** Whether it is a choice between forms of the body, which takes a line of its own. */
  readonly isChoice?: boolean;
  readonly after: Lines[];
}

/** Emits the beginning of the request: from the body, or as a new message in which the body is set. */
export function bindBody(context: EmitContext, request: Message, bound: BindingPlan): RequestStart {
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
  const isChoice = forms.length > 0 || isRequiring(context, fullName);
  return { request: readMessage(context, fullName, forms), isChoice };
}

function bindBodyField(
  context: EmitContext,
  request: Message,
  { masked, bodyForms, takesRaw }: BindingPlan,
  { field, above }: Binding["body"] & { readonly kind: "field" },
): Lines[] {
  const { shape } = field;
  const { lines, place, message } = descendInto(context, request, above);
  const view = viewField(context, message, field);
  if (takesRaw) return [...lines, ...bindRawField(context, view, place)];
  const isObject = shape.kind === "message" && isPlainMessage(context, shape.fullName);
  if (!isObject) {
    const optional = bindOptionalBody(context, view, place);
    return [...lines, ...optional, ...(masked === undefined ? [] : assignMask(context, request, masked, list()))];
  }
  const isChoice = bodyForms.length > 0 || isRequiring(context, shape.fullName);
  if (masked === undefined && isChoice) {
    const read = constant("value", readMessage(context, shape.fullName, bodyForms));
    return [...lines, read, ...assignField(context, view, place, "value")];
  }
  if (masked === undefined) {
    return [...lines, ...assignField(context, view, place, messageBody(context, shape.fullName))];
  }
  const bodyPaths = useRuntime(context, "patch-mask", "bodyPaths");
  const paths = call(bodyPaths, "body", pathAdder(context, masked.bodyType));
  const decoded = unlessEmpty(context, shape.fullName, decodeMessage(context, shape.fullName, "body"));
  return [
    constant("body", readBody(context, "MessageBody", arrow("json", "json"))),
    ...(isChoice ? [constant("value", decoded)] : []),
    ...assignField(context, view, "request", isChoice ? "value" : decoded),
    ...assignMask(context, request, masked, paths),
  ];
}

/** google.api.HttpBody in a field. */
function bindRawField(context: EmitContext, view: FieldView, place: Expression): Lines[] {
  const { before, request, after } = bindRawBody(context, "content");
  return [...before, constant("content", request), ...after, ...assignField(context, view, place, "content")];
}

/** Sets the mask. Of a body that is a well-known type there are no paths, but the mask is there. */
function assignMask(context: EmitContext, request: Message, { mask }: MaskedBody, paths: Expression): Statement[] {
  const view = viewField(context, request, mask);
  const { element } = view;
  const value = element.kind === "message" ? maskOf(context, element, paths) : paths;
  return assignField(context, view, "request", value);
}

/** Statements that make sure the messages on the way to a body are there, and where the last of them is. */
function descendInto(
  context: EmitContext,
  request: Message,
  above: readonly Field[],
): Descent & { readonly message: Message } {
  let message = request;
  let place: Expression = "request";
  const lines: Statement[] = [];
  for (const field of above) {
    const view = viewField(context, message, field);
    const fullName = view.element.kind === "message" ? view.element.fullName : "";
    const descend = descendIntoField(context, view, place, newMessage(context, fullName));
    lines.push(...descend.lines);
    place = descend.place;
    ({ message } = viewNamed(context, fullName));
  }
  return { lines, place, message };
}

/** Anything that isn't an object in JSON: absent for an empty body and for null, which only a google.protobuf.Value can be. */
function bindOptionalBody(context: EmitContext, view: FieldView, place: Expression): Lines[] {
  const { field } = view;
  const value = fieldDecoder(context, view, "body");
  const isUnknown = mayBeUnknown(context, field);
  const assign = assignField(context, view, place, isUnknown || view.leavesOutZero ? "value" : value);
  const test = isUnknown ? when(binary("value", "!==", "undefined"), assign) : assign;
  const statements = isUnknown || view.leavesOutZero ? [constant("value", value), ...test] : assign;
  const empty = emptyFieldJson(context, field);
  const read = constant("body", readBody(context, "FieldBody", ...(empty === undefined ? [] : [empty])));
  if (isValue(field)) return when(not(isEmptyBody(context)), [read, ...statements]);
  return [read, ...when(binary("body", "!==", "null"), statements)];
}

function isValue({ shape }: Field): boolean {
  return shape.kind === "message" && shape.fullName === "google.protobuf.Value";
}

/**
 * The JSON that an empty body means, as source text: grpc-gateway sets a field whose absence would be visible.
 * Undefined if it sets nothing, and for a google.protobuf.Value, which it sets without a kind: no JSON means that.
 */
function emptyFieldJson(context: EmitContext, field: Field): string | undefined {
  const { shape, presence } = field;
  if (!context.plan.rules.fillsEmptyBody || presence === "implicit") return undefined;
  if (shape.kind === "enum") return shape.fullName === "google.protobuf.NullValue" ? undefined : "0";
  if (shape.kind === "scalar")
    return shape.scalar === "bool" ? "false" : shape.scalar === "string" || shape.scalar === "bytes" ? '""' : "0";
  if (shape.kind !== "message" || isValue(field)) return undefined;
  return wellKnownFacts(wellKnownType(shape.fullName))?.emptyJson ?? "{}";
}

/** google.api.HttpBody in the constant `name`: the bytes as they came, with their type. */
function bindRawBody(context: EmitContext, name: string): RequestStart {
  const { fields } = viewNamed(context, httpBody);
  const assign = (fieldName: string, value: Expression): Statement[] => {
    const view = fields.find(({ field }) => field.name === fieldName);
    return view === undefined ? [] : assignField(context, view, name, value);
  };
  return {
    before: [constant("raw", call(useRuntime(context, "body", "rawBody"), "http"))],
    request: newMessage(context, httpBody),
    after: [
      ...assign("content_type", member("raw", "contentType")),
      ...assign("data", bytesInStyle(context, member("raw", "data"), true)),
    ],
  };
}

/** `isEmptyBody(http) ? createShelf() : …`, where path and query may fill the required fields of an empty message. */
function unlessEmpty(context: EmitContext, fullName: string, read: Expression): Expression {
  if (!isRequiring(context, fullName)) return read;
  return conditional(isEmptyBody(context), newMessage(context, fullName), read);
}

function isEmptyBody(context: EmitContext): Expression {
  return call(useRuntime(context, "body", "isEmptyBody"), "http");
}

/** The expression `messageBody(http, decodeShelf)`, or a choice between JSON and other forms. */
function readMessage(context: EmitContext, fullName: string, forms: readonly BodyForm[]): Expression {
  const json = unlessEmpty(context, fullName, messageBody(context, fullName));
  return forms.reduceRight((others, form) => chooseForm(context, form, fullName, others), json);
}

function chooseForm(context: EmitContext, form: BodyForm, fullName: string, others: Expression): Expression {
  const { module, plan } = context.index.message(fullName, context.style);
  switch (form) {
    case "binary": {
      const decode = context.file.use(binaryModule(context.plan.layout, module), binaryDecoderName(plan));
      const value = call(useRuntime(context, "protobuf-body", "protobufBody"), "http", decode);
      return conditional(call(useRuntime(context, "protobuf-body", "isProtobuf"), "http"), value, others);
    }
    case "form": {
      const value = formValue(context, plan, paramsModule(context.plan.layout, module));
      return conditional(call(useRuntime(context, "form-body", "isForm"), "http"), value, others);
    }
    default:
      return form satisfies never;
  }
}

function formValue(context: EmitContext, { name, message }: MessagePlan, params: string): Expression {
  const fresh = newMessage(context, message.fullName);
  const { native } = viewMessage(context, message);
  if (native === undefined) {
    const set = context.file.use(params, paramSetterName({ name }));
    return call(useRuntime(context, "form-body", "bindForm"), "http", fresh, set);
  }
  const set = context.file.use(params, valueSetterName({ name }));
  const value = call(useRuntime(context, "form-body", "bindFormValue"), "http", fresh, set);
  return native.kind === "Value" ? orElse(value, "null") : value;
}

function isPlainMessage(context: EmitContext, fullName: string): boolean {
  return viewNamed(context, fullName).message.wellKnown === undefined;
}

function messageBody(context: EmitContext, fullName: string): Expression {
  const empty = wellKnownFacts(wellKnownType(fullName))?.emptyJson ?? "{}";
  return readBody(context, "MessageBody", messageDecoder(context, fullName), ...(empty === "{}" ? [] : [empty]));
}

function readBody(
  context: EmitContext,
  kind: "MessageBody" | "FieldBody",
  ...decoder: readonly Expression[]
): Expression {
  const { first, whole } = bodyReaders[kind];
  const name = context.plan.rules.readsFirstValue ? first : whole;
  return call(useRuntime(context, "body", name), "http", ...decoder);
}

const bodyReaders = {
  MessageBody: { first: "firstMessageBody", whole: "messageBody" },
  FieldBody: { first: "firstFieldBody", whole: "fieldBody" },
} as const;
