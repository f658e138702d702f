/** The fields of requests that are declared `debug_redact`: their values stay out of the log. */
import { compareText } from "../../diagnostics.js";
import type { Binding, Field, Method } from "../../model/api-model.js";
import type { ModelIndex } from "../../model/model-index.js";

/**
 * Names of such fields in the requests of `methods`, at any depth and in both spellings, sorted. In addition `path` if a
 * path holds the value of one, and `body` if a whole body is one: neither has the field's name.
 */
export function redactedFields(index: ModelIndex, methods: readonly Method[]): string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  const waiting = methods.map(({ input }) => input);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const field of index.messages.get(name)?.fields ?? []) {
      if (field.redacted === true) names.add(field.name).add(field.jsonName);
      else waiting.push(...messagesOf(field));
    }
  }
  for (const binding of methods.flatMap(({ bindings }) => bindings)) {
    if (binding.pathParams.some(({ fields }) => fields.some(isRedacted))) names.add("path");
    if (isSecretBody(binding)) names.add("body");
  }
  return [...names].sort(compareText);
}

function isRedacted({ redacted }: Field): boolean {
  return redacted === true;
}

function isSecretBody({ body }: Binding): boolean {
  return body.kind === "field" && [...body.above, body.field].some(isRedacted);
}

function messagesOf({ shape }: Field): string[] {
  const value = shape.kind === "list" ? shape.item : shape.kind === "map" ? shape.value : shape;
  return value.kind === "message" ? [value.fullName] : [];
}
