/** The sentence on the default at the end of a description, which editors show. */
import type { Schema } from "./schema.js";

/** The schema in which the description of each key with a `default` says it: `Default: 512.` */
export function withStatedDefaults(schema: Schema): Schema {
  return mapProperties(schema, (property) => {
    const word = wordOf(property.default);
    if (word === undefined) return property;
    const { description = "" } = property;
    const stated = /Default: \S*?(?=[,;.]?( |$))/;
    if (!stated.test(description)) return { ...property, description: `${description} Default: ${word}.`.trim() };
    return { ...property, description: description.replace(stated, () => `Default: ${word}`) };
  });
}

/** Undefined for a list and for an empty text, which a description words itself. */
function wordOf(value: unknown): string | undefined {
  return value === undefined || value === "" || typeof value === "object" ? undefined : String(value);
}

function mapProperties(value: Schema, change: (property: Schema) => Schema): Schema {
  const entries = Object.entries(value).map(([keyword, part]) => {
    if (keyword === "properties") return [keyword, mapValues(part, (one) => change(mapProperties(one, change)))];
    if (keyword === "definitions") return [keyword, mapValues(part, (one) => mapProperties(one, change))];
    return [keyword, keyword === "then" || keyword === "else" ? mapProperties(part, change) : part];
  });
  return Object.fromEntries(entries);
}

function mapValues(schemas: Readonly<Record<string, Schema>>, change: (schema: Schema) => Schema): object {
  return Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, change(schema)]));
}
