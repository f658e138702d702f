/** Data of a template -> TypeScript: members under the names of the CDK, and references to constructs. */
import {
  binary,
  call,
  conditional,
  type Expression,
  entry,
  list,
  member,
  not,
  object,
  quoted,
  template,
} from "../../emit/print/expression.js";
import { templateText } from "../../emit/print/code-file.js";
import { type Call, callOf } from "../cloudformation/print/function-call.js";
import type { Reference } from "../cloudformation/references.js";
import { type Document, formOf } from "../resources/document.js";
import { propertyName } from "./property-name.js";

/** The names that data refers to, in TypeScript. */
export interface Names {
  /** The value of a parameter, a pseudo parameter, or a resource or its attribute. */
  reference(reference: Reference): Expression;
  /** The local variable of a condition. */
  condition(name: string): Expression;
  /** The asset of a zip, by its file name. */
  zip(fileName: string): Expression;
  /** The class `Fn`. */
  fn(): string;
}

/** Members whose content the CDK passes on as it is. */
const untypedMembers: ReadonlySet<string> = new Set([
  ..."AssumeRolePolicyDocument Body KeyPolicy PolicyDocument RouteSettings Variables".split(" "),
]);

/** The value of a property. `isTyped`: members have the names of the CDK, else those of CloudFormation. */
export function expressionOf(content: Document, names: Names, isTyped = true): Expression {
  const called = callOf(content);
  if (called !== undefined) return callExpression(called, names, isTyped);
  const form = formOf(content);
  switch (form.kind) {
    case "value":
      return quoted(textOf(form.value));
    case "constant":
      return String(form.value);
    case "list":
      return list(...form.items.map((item) => expressionOf(item, names, isTyped)));
    case "noted":
    case "inline":
      return expressionOf(form.content, names, isTyped);
    case "entries":
      return object(
        ...form.entries.map(([name, item]) =>
          entry(isTyped ? propertyName(name) : name, expressionOf(item, names, isTyped && !untypedMembers.has(name))),
        ),
      );
    default:
      return form satisfies never;
  }
}

/** Values have become text or functions before anything is printed. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  throw new Error(`a value of the model in template data: ${JSON.stringify(value)}`);
}

/** The function by which the dialect of the CDK names the zip of a function: `{ "Fn::Zip": fileName }`. */
export const zipCall = "Zip";

function callExpression({ name, argument }: Call, names: Names, isTyped: boolean): Expression {
  const items = itemsOf(argument);
  const item = (at: number): Expression => expressionOf(items[at] ?? "", names, isTyped);
  switch (name) {
    case "Ref":
      return names.reference({ id: textOf(argument) });
    case zipCall:
      return names.zip(textOf(argument));
    case "GetAtt":
      return names.reference({ id: textOf(items[0]), attribute: items.slice(1).map(textOf).join(".") });
    case "Sub":
      return substituted(items, names);
    case "If":
      return conditional(names.condition(textOf(items[0])), item(1), item(2));
    case "Equals":
      return binary(item(0), "===", item(1));
    case "Not":
      return not(item(0));
    case "Select":
      return call(member(names.fn(), "select"), item(0), item(1));
    case "Split":
      return call(member(names.fn(), "split"), item(0), item(1));
    case "Join":
      return call(member(names.fn(), "join"), item(0), item(1));
    default:
      throw new Error(`a function of CloudFormation that the CDK target does not know: ${name}`);
  }
}

function itemsOf(argument: Document): readonly Document[] {
  const form = formOf(argument);
  return form.kind === "list" ? form.items : [argument];
}

/** A template literal for `Fn::Sub`, whose own variables are put in at their places. */
function substituted([text = "", variables = []]: readonly Document[], names: Names): Expression {
  const form = formOf(variables);
  const own = new Map(form.kind === "entries" ? form.entries : []);
  const parts = textOf(text).split(/\$\{([^}]*)\}/);
  return template(
    ...parts.map((part, at) => {
      if (at % 2 === 0) return templateText(part);
      if (part.startsWith("!")) return templateText(`\${${part.slice(1)}}`);
      const variable = own.get(part);
      return { value: variable === undefined ? referenceOf(part, names) : expressionOf(variable, names) };
    }),
  );
}

function referenceOf(name: string, names: Names): Expression {
  const [id = "", ...attribute] = name.split(".");
  return names.reference(attribute.length === 0 ? { id } : { id, attribute: attribute.join(".") });
}
