/** Path variables that take any text. */
import type { Variable } from "../../http-rule/path-template.js";
import type { Binding } from "../../model/api-model.js";

/** Text variables without a collection in their pattern: `{id}` and `{name=**}`, unlike `{name=shelves/*}`. */
export function unconstrainedVariables({ template, pathParams }: Binding): Variable[] {
  const { variables, segments } = template;
  return pathParams.flatMap(({ variable, fields }) => {
    const captured = variables[variable];
    const shape = fields.at(-1)?.shape;
    const isText = shape?.kind === "scalar" && (shape.scalar === "string" || shape.scalar === "bytes");
    if (captured === undefined || !isText) return [];
    const pattern = segments.slice(captured.start, captured.end);
    const single = pattern.length === 1 && pattern[0]?.kind === "wildcard";
    return single || pattern.some((segment) => segment.kind === "deepWildcard") ? [captured] : [];
  });
}
