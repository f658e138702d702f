/** Secrets in variables of paths: the segments that a template captures into a field. */
import type { PathTemplate, Variable } from "../../http-rule/path-template.js";

/** Names the variables that hold secrets, and gives the replacement of a text. */
export interface PathRedaction {
  /** `fieldPath` is that of the variable, `shelf.token`. */
  readonly isSecret: (fieldPath: string) => boolean;
  readonly hash: (text: string) => string;
}

/** Replaces each segment of a path that a variable with a secret has captured. Literals in the variable's pattern and the verb stay. */
export function redactPath(path: string, template: PathTemplate, { isSecret, hash }: PathRedaction): string {
  const secret = template.variables.filter(({ fieldPath }) => isSecret(fieldPath.join(".")));
  if (secret.length === 0) return path;
  const verb = template.verb === "" ? "" : `:${template.verb}`;
  const body = verb !== "" && path.endsWith(verb) ? path.slice(0, -verb.length) : path;
  const parts = body.split("/").slice(1);
  const hidden = new Set(secret.flatMap((variable) => capturedParts(variable, template, parts.length)));
  const redacted = parts.map((part, at) => (hidden.has(at) && part !== "" ? hash(part) : part));
  return `/${redacted.join("/")}${path.slice(body.length)}`;
}

/** Positions of the parts of a path that the wildcards of a variable have taken. `**` takes what the other segments leave. */
function capturedParts({ start, end }: Variable, { segments }: PathTemplate, count: number): number[] {
  const extra = count - segments.length;
  const deep = segments.findIndex(({ kind }) => kind === "deepWildcard");
  const positionOf = (at: number): number => (deep === -1 || at <= deep ? at : at + extra);
  return segments.slice(start, end).flatMap(({ kind }, offset) => {
    if (kind === "literal") return [];
    const [from, to] = [positionOf(start + offset), positionOf(start + offset + 1)];
    return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  });
}
