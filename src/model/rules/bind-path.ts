/** Path templates of http rules: parsed, and their variables bound to request fields. */
import { diagnostic } from "../../diagnostics.js";
import { parsePathTemplate } from "../../http-rule/parse-path-template.js";
import type { PathTemplate, Variable } from "../../http-rule/path-template.js";
import type { Located } from "../../proto/descriptor.js";
import type { Field, FieldShape, Message, PathParam } from "../api-model.js";
import { adviseField, findField } from "./field-names.js";
import { type ResolvedFieldPath, resolveFieldPath } from "./resolve-field-path.js";
import { type RuleContext, report, reportError, showType, spanInside } from "./rule-context.js";
import { wellKnownFacts } from "../well-known-types.js";

/** A template whose every variable is bound. */
export interface BoundPath {
  readonly template: PathTemplate;
  readonly pathParams: readonly PathParam[];
}

/** Reads the template (HR001, HR002) and binds its variables to fields of `input`; undefined after an error. */
export function bindPath(context: RuleContext, path: Located<string>, input: Message): BoundPath | undefined {
  const parsed = parsePathTemplate(path.value);
  if (parsed.kind === "error") {
    const { offset, length, message, expected, help } = parsed;
    const text = `path template "${path.value}": found ${message}, expected ${expected}`;
    reportError(context, spanInside(path, offset, length), "HR001", text, help);
    return undefined;
  }
  for (const { offset, length, message, expected, help } of parsed.warnings) {
    const text = `path template "${path.value}": found ${message}, expected ${expected}`;
    report(context, spanInside(path, offset, length), diagnostic("HR002", text, { help }));
  }
  const { template } = parsed;
  const pathParams = template.variables.flatMap((variable, index): PathParam[] => {
    const fields = bindVariable(context, path, variable, input);
    return fields === undefined ? [] : [{ variable: index, fields }];
  });
  return pathParams.length === template.variables.length ? { template, pathParams } : undefined;
}

/** HR003 to HR006. */
function bindVariable(
  context: RuleContext,
  path: Located<string>,
  variable: Variable,
  input: Message,
): readonly Field[] | undefined {
  const name = variable.fieldPath.join(".");
  const span = spanInside(path, variable.offset, name.length);
  const resolved = resolveFieldPath(input, variable.fieldPath, context.request.messages);
  switch (resolved.kind) {
    case "unknown":
      reportError(context, span, "HR003", ...describeUnknown(context, name, resolved, input));
      return undefined;
    case "blocked": {
      const what = describeShape(context, resolved.field.shape);
      const message = `path variable "${name}" goes through "${resolved.field.name}", which is ${what}, expected a single message`;
      reportError(context, span, "HR004", message, "bind a field that is reached through single messages only");
      return undefined;
    }
    case "ok":
      return checkLeaf(context, span, name, resolved.fields) ? resolved.fields : undefined;
  }
}

function describeUnknown(
  context: RuleContext,
  name: string,
  { message, name: missing, depth }: Extract<ResolvedFieldPath, { kind: "unknown" }>,
  input: Message,
): [message: string, help: string] {
  const inputName = showType(input.fullName, context.request.package);
  const joined = findField(input, name.replaceAll(".", "_"));
  const help =
    joined === undefined ? adviseField(context.request.findings, message, missing) : `did you mean "${joined.name}"?`;
  const text = `path variable "${name}" is not a field of ${inputName}`;
  const holder = showType(message.fullName, context.request.package);
  return [depth === 0 ? text : `${text}: ${holder} has no field "${missing}"`, help];
}

function checkLeaf(
  context: RuleContext,
  span: Located<string>["span"],
  name: string,
  fields: readonly Field[],
): boolean {
  const shape = fields.at(-1)?.shape;
  if (shape === undefined) return false;
  if (!hasTextForm(context, shape)) {
    const message = `path variable "${name}" is ${describeShape(context, shape)}, expected a scalar, an enum, a Timestamp, a Duration or a wrapper`;
    reportError(context, span, "HR005", message, adviseLeaf(context, name, shape));
    return false;
  }
  if (shape.kind === "list") {
    const message = `path variable "${name}" is ${describeShape(context, shape)}, expected a single value`;
    const help = "grpc-gateway splits the path segment at commas, the specification forbids it; bind a single field";
    report(context, span, diagnostic("HR006", message, { help }));
  }
  return true;
}

function hasTextForm(context: RuleContext, shape: FieldShape): boolean {
  switch (shape.kind) {
    case "scalar":
    case "enum":
      return true;
    case "message":
      return wellKnownFacts(context.request.messages.get(shape.fullName)?.wellKnown)?.inPath === true;
    case "list":
      return shape.item.kind !== "message";
    case "map":
      return false;
  }
}

function adviseLeaf(context: RuleContext, name: string, shape: FieldShape): string {
  const message = shape.kind === "message" ? context.request.messages.get(shape.fullName) : undefined;
  const inner = message?.fields.find(({ shape: { kind } }) => kind === "scalar" || kind === "enum");
  if (inner !== undefined && message?.wellKnown === undefined) return `bind a field of it: {${name}.${inner.name}}`;
  return "leave it out of the path: query and body take what the path does not";
}

/** `a string`, `a map`, `a message (Book)`. */
function describeShape(context: RuleContext, shape: FieldShape): string {
  switch (shape.kind) {
    case "scalar":
      return `a ${shape.scalar}`;
    case "enum":
      return "an enum";
    case "message":
      return `a message (${showType(shape.fullName, context.request.package)})`;
    case "list":
      return "a repeated field";
    case "map":
      return "a map";
  }
}
