/** `body` and `response_body` of http rules. */
import { diagnostic } from "../../diagnostics.js";
import type { HttpRule, Located } from "../../proto/descriptor.js";
import type { Body, Field, Message } from "../api-model.js";
import type { BoundPath } from "./bind-path.js";
import { adviseField, findField } from "./field-names.js";
import { resolveFieldPath } from "./resolve-field-path.js";
import { type RuleContext, report, reportError, showType } from "./rule-context.js";

/** Binds the HTTP request body as the rule says (HR007, HR009, HR010); undefined after an error. */
export function bindBody(context: RuleContext, rule: HttpRule, httpMethod: string, input: Message): Body | undefined {
  const { body } = rule;
  if (body === undefined || body.value === "") return { kind: "none" };
  if (!checkBodyAllowed(context, body, httpMethod)) return undefined;
  if (body.value === "*") return { kind: "all" };
  const nested = bindNestedBody(context, body, input);
  if (nested !== undefined) return nested;
  const field = bindField(context, body, input, "HR007");
  return field === undefined ? undefined : { kind: "field", field, above: [] };
}

/** `body: "shelf.theme"`, which grpc-gateway takes and the specification does not have; undefined for anything else. */
function bindNestedBody(context: RuleContext, { value, span }: Located<string>, input: Message): Body | undefined {
  const { messages, profile } = context.request;
  const path = value.split(".");
  if (path.length < 2 || profile === "spec") return undefined;
  const resolved = resolveFieldPath(input, path, messages);
  if (resolved.kind !== "ok") return undefined;
  const above = resolved.fields.slice(0, -1);
  const [field] = resolved.fields.slice(-1);
  // A message that handlers see as a plain value has no field for a body.
  if (field === undefined || above.some(({ shape }) => isWellKnown(shape, messages))) return undefined;
  const message = `body "${value}" is a field below another: as in grpc-gateway it is taken, others take fields of the message itself`;
  const help = `write body: "${path[0]}" for what other transcoders understand, and the JSON around it`;
  report(context, span, diagnostic("HR007", message, { severity: "warning", help }));
  return { kind: "field", field, above };
}

function isWellKnown(shape: Field["shape"], messages: ReadonlyMap<string, Message>): boolean {
  return shape.kind === "message" && messages.get(shape.fullName)?.wellKnown !== undefined;
}

/** The reply field that is the HTTP body; undefined for the whole reply ("", `*`). Reports HR008. */
export function bindResponseBody(context: RuleContext, rule: HttpRule, output: Message): Field | undefined {
  const name = rule.responseBody?.value ?? "";
  if (rule.responseBody === undefined || name === "" || name === "*") return undefined;
  return bindField(context, rule.responseBody, output, "HR008");
}

/** A field that is the body and bound by the path as well: the path wins (HR019). */
export function checkBodyAgainstPath(context: RuleContext, rule: HttpRule, body: Body, path: BoundPath): void {
  if (rule.body === undefined || body.kind !== "field") return;
  const own = [...body.above, body.field];
  const isOwn = (fields: readonly Field[]): boolean =>
    fields.length === own.length && fields.every((field, index) => field === own[index]);
  if (!path.pathParams.some(({ fields }) => isOwn(fields))) return;
  const message = `body "${own.map(({ name }) => name).join(".")}" is also a path variable, expected one source for the field`;
  const help = "the value in the path wins; drop one of the two";
  report(context, rule.body.span, diagnostic("HR019", message, { help }));
}

function checkBodyAllowed(context: RuleContext, body: Located<string>, httpMethod: string): boolean {
  if (httpMethod === "GET") {
    const message = `GET with body "${body.value}", expected none: clients and gateways drop it`;
    const help = "remove it, and the fields come from the query; or use post";
    reportError(context, body.span, "HR009", message, help);
    return false;
  }
  if (httpMethod === "DELETE" && !context.request.allowDeleteBody) {
    const message = `DELETE with body "${body.value}", expected none: some clients and gateways drop it`;
    const help = "remove it, and the fields come from the query; or allow it with --allow-delete-body";
    reportError(context, body.span, "HR010", message, help);
    return false;
  }
  return true;
}

function bindField(
  context: RuleContext,
  { value, span }: Located<string>,
  message: Message,
  code: "HR007" | "HR008",
): Field | undefined {
  const field = findField(message, value);
  if (field !== undefined) return field;
  const option = code === "HR007" ? "body" : "response_body";
  const typeName = showType(message.fullName, context.request.package);
  const first = value.split(".")[0] ?? "";
  const nested = first !== value && findField(message, first) !== undefined;
  const help = nested
    ? `it has to be a field of the message itself: did you mean "${first}"?`
    : adviseField(context.request.findings, message, value);
  reportError(context, span, code, `${option} "${value}" is not a field of ${typeName}`, help);
  return undefined;
}
