/** Expressions on one line, which most of them fit into. */
import type { Expression, Member, TemplatePart } from "./expression.js";

/** The source text of an expression without a break. */
export function textOf(value: Expression): string {
  if (typeof value === "string") return value;
  switch (value.kind) {
    case "string":
      return value.text;
    case "template":
      return `\`${value.parts.map(partText).join("")}\``;
    case "member":
      return textOf(value.object) + value.access;
    case "element":
      return `${textOf(value.object)}[${value.index}]`;
    case "call": {
      const callee = `${value.isNew ? "new " : ""}${textOf(value.callee)}`;
      return `${value.isPure === true ? "/* @__PURE__ */ " : ""}${callee}(${textsOf(value.args)})`;
    }
    case "object":
      return value.members.length === 0 ? "{}" : `{ ${value.members.map(memberText).join(", ")} }`;
    case "list":
      return `[${textsOf(value.items)}]`;
    case "parenthesized":
      return `(${textOf(value.inner)})`;
    case "arrow":
      return `(${value.parameters}) => ${bodyText(value.body)}`;
    case "unary":
      return value.operator + textOf(value.operand);
    case "as":
      return `${textOf(value.operand)} as ${value.type}`;
    case "binary":
      return value.operands.map(textOf).join(` ${value.operator} `);
    case "conditional":
      return `${textOf(value.test)} ? ${textOf(value.yes)} : ${textOf(value.no)}`;
    default:
      return value satisfies never;
  }
}

function textsOf(values: readonly Expression[]): string {
  return values.map(textOf).join(", ");
}

function memberText([key, value]: Member): string {
  return value === undefined ? key : `${key}: ${textOf(value)}`;
}

function partText(part: TemplatePart): string {
  return typeof part === "string" ? part : `\${${textOf(part.value)}}`;
}

/** An object or a choice is in parentheses on the line of the arrow. */
function bodyText(body: Expression): string {
  const isWrapped = typeof body === "object" && (body.kind === "object" || body.kind === "conditional");
  return isWrapped ? `(${textOf(body)})` : textOf(body);
}
