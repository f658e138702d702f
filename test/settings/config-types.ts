/** The types of a configuration: made from schema.json, one for each definition that has keys or alternatives. */
import { definitionName, resolved, type Schema } from "./schema.js";
import { comment, written } from "./source-text.js";

const head = "The configuration after `schema.json` has accepted it: the same keys, paths as written.";

/** The text of src/cli/config/config.ts. */
export function configTypes(schema: Schema): string {
  const definitions = Object.entries(schema.definitions ?? {}).filter(([, definition]) => isNamed(definition));
  const types = [["", schema] as const, ...definitions].map(([name, part]) => declaration(schema, name, part));
  return [comment(`${head} ${written}`), ...types].join("\n\n");
}

/** `GoConfig` for the definition `go`, `Config` for the schema itself. */
function typeName(definition: string): string {
  return `${definition.slice(0, 1).toUpperCase()}${definition.slice(1)}Config`;
}

/** A text with a pattern and a list are clear where they are used. */
function isNamed(definition: Schema): boolean {
  return definition.type !== "string" && definition.type !== "array";
}

function declaration(schema: Schema, name: string, part: Schema): string {
  const about = part.description;
  if (about === undefined) throw new Error(`schema.json does not say what ${name} is`);
  const head = comment(namesOfUser(part) ? `${about} ${readEntries}` : about);
  if (part.properties !== undefined && part.type === "object")
    return `${head}\nexport interface ${typeName(name)} ${keys(schema, part)}`;
  return `${head}\nexport type ${typeName(name)} = ${typeOf(schema, part)};`;
}

function keys(schema: Schema, owner: Schema): string {
  const lines = Object.entries(owner.properties ?? {}).map(([key, property]) => {
    const about = property.description ?? "";
    const text = namesOfUser(property) ? `${about} ${readEntries}` : about;
    const optional = owner.required?.includes(key) === true ? "" : "?";
    return `${text === "" ? "" : `${comment(text)}\n`}readonly ${key}${optional}: ${typeOf(schema, property)};`;
  });
  return `{\n${lines.join("\n")}\n}`;
}

const readEntries = "Read it with `Object.entries`, because the names are the user's.";

function namesOfUser(part: Schema): boolean {
  return [part, part.then, part.else].some((form) => typeof form?.additionalProperties === "object");
}

function typeOf(schema: Schema, part: Schema): string {
  if (part.$ref !== undefined) {
    const target = resolved(schema, part);
    return isNamed(target) ? typeName(definitionName(part.$ref)) : typeOf(schema, target);
  }
  if (part.enum !== undefined) return valuesType(part.enum);
  if (part.oneOf !== undefined) return union(part.oneOf.map((form) => typeOf(schema, form)));
  if (part.if !== undefined) return union(branches(schema, part));
  const { type } = part;
  if (typeof type !== "object") return plainType(schema, part, String(type));
  return union(type.map((one) => plainType(schema, part, one)));
}

/** `if` asks for one type of the list; `then` is for values of that type, `else` for the others. */
function branches(schema: Schema, part: Schema): string[] {
  const asked = String(part.if?.type);
  return [part.type ?? []].flat().map((type) => {
    const branch = (type === asked ? part.then : part.else) ?? {};
    const says = branch.$ref ?? branch.enum ?? branch.properties ?? branch.additionalProperties;
    return says === undefined ? type : typeOf(schema, { ...branch, ...(branch.$ref === undefined ? { type } : {}) });
  });
}

function plainType(schema: Schema, part: Schema, type: string): string {
  switch (type) {
    case "object":
      if (part.properties !== undefined) return keys(schema, part);
      return `Readonly<Record<string, ${typeOf(schema, part.additionalProperties as Schema)}>>`;
    case "array":
      return `readonly (${typeOf(schema, part.items ?? {})})[]`;
    case "integer":
      return "number";
    case "string":
    case "number":
    case "boolean":
      return type;
    default:
      throw new Error(`schema.json has the type ${type}, which config-types.ts does not know`);
  }
}

/** The type of one of the values; that of a long list of numbers is `number`. */
export function valuesType(values: readonly unknown[]): string {
  if (values.length > 4 && values.every((value) => typeof value === "number")) return "number";
  return union(values.map((value) => JSON.stringify(value))).replace("true | false", "boolean");
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(" | ");
}
