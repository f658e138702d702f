/** The JSON text of a flat message as an expression: constant parts, and what the writers give between them, in field order. */
import type { Enum, Field, Message, ScalarType } from "../../model/api-model.js";
import { wellKnownFacts, wellKnownType } from "../../model/well-known-types.js";
import { templateText, textLiteral } from "../print/code-file.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { memberName, readMember, whenUnset } from "./json-member.js";
import { elementWriter, fieldText, fieldWriter } from "./json-value.js";
import { callText } from "../print/layout.js";
import type { FieldView, MessageView } from "../objects/message-view.js";
import { isLong } from "../objects/native-type.js";
import { useRuntime } from "../objects/runtime.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** The text of `message` (the name of the encoder's parameter too), whose `fields` there is at least one of. */
export function flatText(context: EmitContext, { message, fields }: MessageView): string {
  return joinMembers(
    context,
    fields.map((view) => flatMember(context, message, view)),
  );
}

/** A member as the part of a template, or as an expression that is "" when the member is not there. */
type Member =
  | { readonly kind: "constant"; readonly text: string }
  | { readonly kind: "conditional"; readonly text: (comma: Comma) => string };

/** On which side of a member its comma is. */
type Comma = "before" | "behind";

/** Commas are on the side where a member is that is always there. */
function joinMembers(context: EmitContext, members: readonly Member[]): string {
  const pivot = members.findIndex(({ kind }) => kind === "constant");
  const parts = members.map((member, index) => {
    const comma = index < pivot ? "behind" : "before";
    if (member.kind === "conditional") return member.text(comma);
    const start = pivot === 0 && index === 0 ? "{" : index === pivot ? "" : ",";
    return `\`${start}${member.text}${index === members.length - 1 ? "}" : ""}\``;
  });
  if (pivot === -1) {
    const close = textFunction(context, "closeObject");
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

function flatMember(context: EmitContext, message: Message, view: FieldView): Member {
  const { field } = view;
  const { value, isSet } = readMember(context, view);
  const { quote, text } = valueText(context, view, value);
  const key = `${JSON.stringify(memberName(context, message, field))}:`;
  const whole = `${templateText(key)}${quote}\${${text}}${quote}`;
  const unset = whenUnset(context, field);
  switch (unset) {
    case "zero":
      return { kind: "constant", text: whole };
    case "null": {
      const given = quote === "" ? text : `\`${quote}\${${text}}${quote}\``;
      return { kind: "constant", text: `${templateText(key)}\${${isSet} ? ${given} : null}` };
    }
    case "nothing": {
      if (field.presence !== "implicit")
        return {
          kind: "conditional",
          text: (comma) => `(${isSet} ? \`${comma === "before" ? `,${whole}` : `${whole},`}\` : "")`,
        };
      const parts = [zeroText(context, field), textLiteral(`,${key}${quote}`), text, ...(quote === "" ? [] : ["'\"'"])];
      return { kind: "conditional", text: () => `${textFunction(context, "memberUnless")}(${parts.join(", ")})` };
    }
    default:
      return unset satisfies never;
  }
}

/** The text of a value: an expression, and the quotes that are to be around what it gives. */
interface ValueText {
  readonly quote: '"' | "";
  readonly text: string;
}

function valueText(context: EmitContext, view: FieldView, value: string): ValueText {
  const { shape } = view.field;
  if (shape.kind === "message" && !isPlainString(shape.fullName))
    return { quote: "", text: callText(fieldText(context, view, value)) };
  if (shape.kind === "scalar" && shape.scalar === "string")
    return { quote: '"', text: `${textFunction(context, "stringText")}(${value})` };
  const call = callText(fieldWriter(context, view, value));
  if (shape.kind === "scalar") return scalarText(context, shape.scalar, call);
  if (shape.kind === "enum") return { quote: "", text: enumText(context, shape.fullName, call) };
  return { quote: '"', text: call };
}

function scalarText(context: EmitContext, scalar: ScalarType, call: string): ValueText {
  if (scalar === "bytes" || isLong(scalar)) return { quote: '"', text: call };
  const mayBeNoNumber = scalar === "double" || scalar === "float";
  return { quote: "", text: mayBeNoNumber ? `${textFunction(context, "numberText")}(${call})` : call };
}

/** A Timestamp or Duration: characters that stand for themselves. */
function isPlainString(fullName: string): boolean {
  return wellKnownFacts(wellKnownType(fullName))?.json === "time";
}

function enumText(context: EmitContext, fullName: string, call: string): string {
  const { enum: declared } = context.index.enum(fullName, context.style).plan;
  if (context.plan.transcoding.enumsAsNumbers || fullName === "google.protobuf.NullValue") return call;
  return `${textFunction(context, isNamedPlainly(declared) ? "enumText" : "jsonText")}(${call})`;
}

/** Names in JSON (edition 2026) may have any characters. */
function isNamedPlainly({ values }: Enum): boolean {
  return values.every(({ name, jsonName = name }) => JSON.stringify(jsonName) === `"${jsonName}"`);
}

/** The result of `valueText` for the zero, which `emitDefaults: false` leaves out. */
function zeroText(context: EmitContext, field: Field): string {
  const { shape } = field;
  if (shape.kind === "enum") return enumText(context, shape.fullName, `${elementWriter(context, shape)}(0)`);
  if (shape.kind !== "scalar") return '""';
  if (isLong(shape.scalar)) return '"0"';
  return shape.scalar === "string" || shape.scalar === "bytes" ? '""' : shape.scalar === "bool" ? "false" : "0";
}

function textFunction(context: EmitContext, name: RuntimeExport<"json-text">): string {
  return useRuntime(context, "json-text", name);
}
