/** The JSON text of a flat message as an expression: constant parts, and what the writers give between them, in field order. */
import type { Enum, Field, Message, ScalarType } from "../../model/api-model.js";
import { wellKnownFacts, wellKnownType } from "../../model/well-known-types.js";
import { templateText } from "../print/code-file.js";
import {
  call,
  conditional,
  type Expression,
  literal,
  sum,
  template,
  type TemplatePart,
  quoted,
} from "../print/expression.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { memberName, readMember, whenUnset } from "./json-member.js";
import { elementWriter, fieldText, fieldWriter } from "./json-value.js";
import type { FieldView, MessageView } from "../objects/message-view.js";
import { isLong } from "../objects/native-type.js";
import { useRuntime } from "../objects/runtime.js";
import type { RuntimeExport } from "../objects/runtime-exports.js";

/** The text of `message` (the name of the encoder's parameter too), whose `fields` there is at least one of. */
export function flatText(context: EmitContext, { message, fields }: MessageView): Expression {
  return joinMembers(
    context,
    fields.map((view) => flatMember(context, message, view)),
  );
}

/** A member as parts of a template, or as an expression that is "" when the member is not there. */
type Member =
  | { readonly kind: "constant"; readonly parts: readonly TemplatePart[] }
  | { readonly kind: "conditional"; readonly text: (comma: Comma) => Expression };

/** On which side of a member its comma is. */
type Comma = "before" | "behind";

/** Commas are on the side where a member is that is always there. */
function joinMembers(context: EmitContext, members: readonly Member[]): Expression {
  const pivot = members.findIndex(({ kind }) => kind === "constant");
  const parts = members.map((member, index) => {
    const comma = index < pivot ? "behind" : "before";
    if (member.kind === "conditional") return member.text(comma);
    const start = pivot === 0 && index === 0 ? "{" : index === pivot ? "" : ",";
    return template(start, ...member.parts, index === members.length - 1 ? "}" : "");
  });
  if (pivot === -1) return call(textFunction(context, "closeObject"), sum(parts));
  return sum([
    ...(members[0]?.kind === "constant" ? [] : [literal("{")]),
    ...parts,
    ...(members.at(-1)?.kind === "constant" ? [] : [literal("}")]),
  ]);
}

function flatMember(context: EmitContext, message: Message, view: FieldView): Member {
  const { field } = view;
  const { value, isSet } = readMember(context, view);
  const { quote, text } = valueText(context, view, value);
  const name = JSON.stringify(memberName(context, message, field));
  const key = templateText(`${name}:`);
  const whole: readonly TemplatePart[] = [`${templateText(key)}${quote}`, { value: text }, quote];
  const unset = whenUnset(context, field);
  switch (unset) {
    case "zero":
      return { kind: "constant", parts: whole };
    case "null": {
      const given = quote === "" ? text : template(quote, { value: text }, quote);
      return { kind: "constant", parts: [templateText(key), { value: conditional(isSet, given, "null") }] };
    }
    case "nothing": {
      if (field.presence !== "implicit") {
        const given = (comma: Comma): Expression =>
          comma === "before" ? template(",", ...whole) : template(...whole, ",");
        return { kind: "conditional", text: (comma) => conditional(isSet, given(comma), literal("")) };
      }
      const key = quoted(`,${name}:${quote}`);
      const args = [zeroText(context, field), key, text, ...(quote === "" ? [] : [quoted(quote)])];
      return { kind: "conditional", text: () => call(textFunction(context, "memberUnless"), ...args) };
    }
    default:
      return unset satisfies never;
  }
}

/** The text of a value: an expression, and the quotes that are to be around what it gives. */
interface ValueText {
  readonly quote: '"' | "";
  readonly text: Expression;
}

function valueText(context: EmitContext, view: FieldView, value: Expression): ValueText {
  const { shape } = view.field;
  if (shape.kind === "message" && !isPlainString(shape.fullName))
    return { quote: "", text: fieldText(context, view, value) };
  if (shape.kind === "scalar" && shape.scalar === "string")
    return { quote: '"', text: call(textFunction(context, "stringText"), value) };
  const written = fieldWriter(context, view, value);
  if (shape.kind === "scalar") return scalarText(context, shape.scalar, written);
  if (shape.kind === "enum") return { quote: "", text: enumText(context, shape.fullName, written) };
  return { quote: '"', text: written };
}

function scalarText(context: EmitContext, scalar: ScalarType, written: Expression): ValueText {
  if (scalar === "bytes" || isLong(scalar)) return { quote: '"', text: written };
  const mayBeNoNumber = scalar === "double" || scalar === "float";
  return { quote: "", text: mayBeNoNumber ? call(textFunction(context, "numberText"), written) : written };
}

/** A Timestamp or Duration: characters that stand for themselves. */
function isPlainString(fullName: string): boolean {
  return wellKnownFacts(wellKnownType(fullName))?.json === "time";
}

function enumText(context: EmitContext, fullName: string, written: Expression): Expression {
  const { enum: declared } = context.index.enum(fullName, context.style).plan;
  if (context.plan.transcoding.enumsAsNumbers || fullName === "google.protobuf.NullValue") return written;
  return call(textFunction(context, isNamedPlainly(declared) ? "enumText" : "jsonText"), written);
}

/** Names in JSON (edition 2026) may have any characters. */
function isNamedPlainly({ values }: Enum): boolean {
  return values.every(({ name, jsonName = name }) => JSON.stringify(jsonName) === `"${jsonName}"`);
}

/** The result of `valueText` for the zero, which `emitDefaults: false` leaves out. */
function zeroText(context: EmitContext, field: Field): Expression {
  const { shape } = field;
  if (shape.kind === "enum") return enumText(context, shape.fullName, call(elementWriter(context, shape), "0"));
  if (shape.kind !== "scalar") return literal("");
  if (isLong(shape.scalar)) return literal("0");
  return shape.scalar === "string" || shape.scalar === "bytes" ? literal("") : shape.scalar === "bool" ? "false" : "0";
}

function textFunction(context: EmitContext, name: RuntimeExport<"json-text">): string {
  return useRuntime(context, "json-text", name);
}
