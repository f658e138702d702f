/** Paths that match a binding. */
import type { PathTemplate } from "../../http-rule/path-template.js";
import type { ApiModel, Binding, ElementShape, FieldShape, Message, Method } from "../../model/api-model.js";
import { indexModel } from "../../model/model-index.js";

/** A path with a value for each variable that its field accepts; undefined where no simple value is known. */
export function samplePath({ template }: Binding, method: Method, model: ApiModel): string | undefined {
  const { messages } = indexModel(model);
  const values = template.variables.map(({ fieldPath, start, end }) => {
    const value = sampleValue(shapeOf(fieldPath, messages.get(method.input), messages));
    return { start, end, value };
  });
  const segments = template.segments.map((segment, at) => {
    if (segment.kind === "literal") return segment.text;
    const variable = values.find(({ start, end }) => at >= start && at < end);
    return variable === undefined ? "x" : variable.value;
  });
  if (segments.some((segment) => segment === undefined)) return undefined;
  return `/${segments.join("/")}${verbText(template)}`;
}

function verbText({ verb }: PathTemplate): string {
  return verb === "" ? "" : `:${verb}`;
}

function shapeOf(
  path: readonly string[],
  message: Message | undefined,
  messages: ReadonlyMap<string, Message>,
): FieldShape | undefined {
  const [name, ...rest] = path;
  const shape = message?.fields.find((field) => field.name === name)?.shape;
  if (rest.length === 0 || shape?.kind !== "message") return rest.length === 0 ? shape : undefined;
  return shapeOf(rest, messages.get(shape.fullName), messages);
}

/** A text that the field's parser takes, and that is one segment without escapes. */
function sampleValue(shape: FieldShape | undefined): string | undefined {
  switch (shape?.kind) {
    case "scalar":
      return scalarText(shape.scalar);
    case "enum":
      return "0";
    case "list":
      return sampleValue(shape.item satisfies ElementShape);
    default:
      return undefined;
  }
}

function scalarText(scalar: (ElementShape & { kind: "scalar" })["scalar"]): string {
  switch (scalar) {
    case "string":
      return "x";
    case "bytes":
      return "AAAA";
    case "bool":
      return "true";
    default:
      return "1";
  }
}
