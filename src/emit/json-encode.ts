/**
 * The JSON encoder of a message: its text, joined from constant parts and from what the writers give, in field order. What is
 * printed for unset fields, under which names and how enums look is decided here, not at run time.
 */
import type { Field, Message } from "../model/api-model.js";
import type { MessagePlan } from "../plan/plan.js";
import { type Lines, templateText, textLiteral } from "./code-file.js";
import { type EmitContext, messageFields } from "./emit-scope.js";
import { fieldProperty, isInherited, readField, unionOf } from "./field-access.js";
import { elementWriter, fieldEncoder, isQuoted } from "./json-value.js";
import { callText, layOutFunction } from "./layout.js";
import { jsonEncoderName, runtimeModule } from "./modules.js";
import { elementOf, isLong, nativeType } from "./native-type.js";
import { replyType } from "./type-text.js";

/** `export function encodeShelf(message: Shelf): string`. */
export function messageEncoder(context: EmitContext, planned: MessagePlan): Lines[] {
  const { message } = planned;
  const fields = messageFields(context, message, context.style);
  if (fields.length === 0) return [...encoderHead(context, planned, "_message"), ['return "{}";'], "}"];
  const members = fields.map((field) => fieldMember(context, message, field));
  return [...encoderHead(context, planned, "message"), [`return ${objectText(context, members)};`], "}"];
}

/** Doc comment and signature of an encoder. */
export function encoderHead(context: EmitContext, planned: MessagePlan, parameter: string): string[] {
  const type = replyType(context, planned.message.fullName);
  return [
    `/** The JSON text of ${planned.name}; throws EncodeError. */`,
    ...layOutFunction(jsonEncoderName(planned), `${parameter}: ${type}`, ["string"]),
  ];
}

/** A member as the part of a template, or as an expression that is "" when the member is not there. */
type Member =
  | { readonly kind: "constant"; readonly text: string }
  | { readonly kind: "conditional"; readonly text: (comma: Comma) => string };

/** On which side of a member its comma is. */
type Comma = "before" | "behind";

function withComma(comma: Comma, template: string): string {
  return comma === "before" ? `,${template}` : `${template},`;
}

/** Commas are on the side where a member is that is always there. */
function objectText(context: EmitContext, members: readonly Member[]): string {
  const pivot = members.findIndex(({ kind }) => kind === "constant");
  const parts = members.map((member, index) => {
    const comma = index < pivot ? "behind" : "before";
    if (member.kind === "conditional") return member.text(comma);
    const start = pivot === 0 && index === 0 ? "{" : index === pivot ? "" : ",";
    return `\`${start}${member.text}${index === members.length - 1 ? "}" : ""}\``;
  });
  if (pivot === -1) {
    const close = context.file.use(runtimeModule(context.plan.layout, "json-write"), "closeObject");
    return `${close}(${members.length === 1 ? withoutParentheses(parts[0] ?? "") : parts.join(" + ")})`;
  }
  return [
    ...(members[0]?.kind === "constant" ? [] : ['"{"']),
    ...parts,
    ...(members.at(-1)?.kind === "constant" ? [] : ['"}"']),
  ].join(" + ");
}

function withoutParentheses(text: string): string {
  return text.startsWith("(") ? text.slice(1, -1) : text;
}

function fieldMember(context: EmitContext, message: Message, field: Field): Member {
  const { value, isSet } = readField(context, message, field, "message");
  const isShadowed =
    isInherited(fieldProperty(field, context.style)) && unionOf(message, field, context.style) === undefined;
  const argument = isShadowed && field.presence === "implicit" ? `${isSet} ? ${value} : undefined` : value;
  const call = callText(fieldEncoder(context, field, argument));
  const head = templateText(`${JSON.stringify(memberName(context, field))}:`);
  const quote = isQuoted(context, field) ? '"' : "";
  const whole = `${head}${quote}\${${call}}${quote}`;
  if (field.presence !== "implicit") {
    if (!printsUnset(context, field))
      return {
        kind: "conditional",
        text: (comma) => `(${isSet} ? \`${withComma(comma, whole)}\` : "")`,
      };
    if (nativeType(context, elementOf(field)) === "Value") return { kind: "constant", text: whole };
    if (quote === "") return { kind: "constant", text: `${head}\${${isSet} ? ${call} : null}` };
    return { kind: "constant", text: `${head}\${${isSet} ? \`"\${${call}}"\` : null}` };
  }
  if (context.plan.transcoding.emitDefaults) return { kind: "constant", text: whole };
  const unless = context.file.use(runtimeModule(context.plan.layout, "json-write"), "unlessEmpty");
  const zero = zeroText(context, field);
  const key = `${JSON.stringify(memberName(context, field))}:${quote}`;
  return {
    kind: "conditional",
    text: () => `${unless}(${textLiteral(`,${key}`)}, ${call}, ${zero}${quote === "" ? "" : `, '"'`})`,
  };
}

/** The member's name: the JSON name, or the declared one under `originalNames`. */
function memberName(context: EmitContext, field: Field): string {
  if (field.extendee !== undefined) return `[${field.fullName}]`;
  return context.plan.transcoding.originalNames ? field.name : field.jsonName;
}

/** Whether null stands for a field that is not set: a message outside oneofs, when defaults are printed. */
function printsUnset(context: EmitContext, field: Field): boolean {
  const isMessage = field.shape.kind === "message" && field.oneof === undefined && field.extendee === undefined;
  return isMessage && context.plan.transcoding.emitDefaults && field.presence === "explicit";
}

/** What `fieldEncoder` gives for the zero, which `emitDefaults: false` leaves out. */
function zeroText(context: EmitContext, field: Field): string {
  const { shape } = field;
  if (shape.kind === "list") return '"[]"';
  if (shape.kind === "map") return '"{}"';
  if (shape.kind === "scalar") {
    if (isLong(shape.scalar)) return '"0"';
    return shape.scalar === "string" || shape.scalar === "bytes" ? '""' : shape.scalar === "bool" ? "false" : "0";
  }
  return shape.kind === "enum" ? `${elementWriter(context, shape)}(0)` : '""';
}
