/** Path templates, taken apart to make paths of them. The text is known to be right: both generators have read it. */

/** A segment or a variable of several. */
export type TemplatePart =
  | { readonly kind: "literal"; readonly text: string }
  /** `path` is "" for a wildcard of its own; `pattern` has `*`, `**` and literals. */
  | { readonly kind: "variable"; readonly path: string; readonly pattern: readonly string[] };

/** A template in parts. */
export interface Template {
  readonly parts: readonly TemplatePart[];
  /** Without its colon; "" for none. */
  readonly verb: string;
}

/** Takes a template apart. */
export function parseTemplate(template: string): Template {
  const { path, verb } = splitVerb(template.slice(1));
  const parts = [...path.matchAll(/\{([^}=]+)(?:=([^}]+))?\}|[^/{}]+/g)].map(([text, variable, pattern = "*"]) =>
    partOf(text, variable, pattern),
  );
  return { parts, verb };
}

function partOf(text: string, variable: string | undefined, pattern: string): TemplatePart {
  if (variable !== undefined) return { kind: "variable", path: variable, pattern: pattern.split("/") };
  return text === "*" || text === "**" ? { kind: "variable", path: "", pattern: [text] } : { kind: "literal", text };
}

/** As the gateway reads it: behind a variable the verb begins at the first colon, else at the last. */
function splitVerb(template: string): { readonly path: string; readonly verb: string } {
  const brace = template.lastIndexOf("}");
  const slash = template.lastIndexOf("/");
  const isBehindVariable = brace > slash || (brace !== -1 && !template.includes("/", brace));
  const colon = isBehindVariable ? template.indexOf(":", brace) : template.lastIndexOf(":");
  if (colon === -1 || (!isBehindVariable && colon < slash)) return { path: template, verb: "" };
  return { path: template.slice(0, colon), verb: template.slice(colon + 1) };
}
