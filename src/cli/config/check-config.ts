/** Holds a configuration against `schema.json`, the one that editors use too, and words each violation. */
import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { type Diagnostic, diagnostic, didYouMean, suggest } from "../../diagnostics.js";
import type { Config } from "./config.js";
import type { ConfigPath, YamlPlaces } from "./yaml-places.js";

/** The keywords of schema.json that are not those of JSON Schema: the option that sets a key, and a pattern in words. */
const ownKeywords = ["flag", "expected"];

/**
 * The value as a Config when the schema accepts it; else a diagnostic per violation. An empty file is an empty
 * configuration.
 */
export async function checkConfig(
  value: unknown,
  places: YamlPlaces,
): Promise<{ config?: Config; diagnostics: Diagnostic[] }> {
  const validate = compileSchema();
  const candidate = value ?? {};
  if (validate(candidate)) return { config: candidate, diagnostics: [] };
  const diagnostics = (validate.errors ?? []).flatMap((error) => describeViolation(error, places));
  return { diagnostics };
}

let compiled: ValidateFunction<Config> | undefined;

/**
 * Compiling takes longer than all else about a small project: 200 ms of processor time with the code inlined and optimised, 100 ms
 * without. A process may read more than one configuration.
 */
function compileSchema(): ValidateFunction<Config> {
  if (compiled !== undefined) return compiled;
  const fast = { inlineRefs: false, code: { optimize: false } };
  const ajv = new Ajv({ ...fast, allErrors: true, verbose: true, allowUnionTypes: true, keywords: ownKeywords });
  const schema: object = JSON.parse(readFileSync(new URL("../../../schema.json", import.meta.url), "utf8"));
  compiled = ajv.compile<Config>(schema);
  return compiled;
}

function describeViolation(error: ErrorObject, places: YamlPlaces): Diagnostic[] {
  const path = error.instancePath.split("/").slice(1).map(unescapePointer);
  switch (error.keyword) {
    case "additionalProperties":
      return [unknownKey(path, String(error.params["additionalProperty"]), error, places)];
    case "propertyNames":
      return [badName([...path, String(error.params["propertyName"])], error, places)];
    // The branch of an `if` that failed reports for itself, and so do the names of properties above.
    case "if":
      return [];
    default:
      return error.propertyName === undefined ? [badValue(path, error, places)] : [];
  }
}

function unescapePointer(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

function unknownKey(path: ConfigPath, key: string, error: ErrorObject, places: YamlPlaces): Diagnostic {
  const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
  const near = suggest(key, known);
  const where = path.length === 0 ? "" : ` in ${spell(path)}`;
  return diagnostic("CF003", `unknown key "${key}"${where}${didYouMean(near)}`, {
    location: places.ofKey([...path, key]),
    help: `known keys: ${known.join(", ")}`,
  });
}

function badName(path: ConfigPath, error: ErrorObject, places: YamlPlaces): Diagnostic {
  return diagnostic("CF004", `${JSON.stringify(path[path.length - 1])} is not ${namesOf(error)}`, {
    location: places.ofKey(path),
  });
}

/** The names that a map has, in words. */
function namesOf({ parentSchema, schema }: ErrorObject): string {
  return String(expectedWords(schema) ?? expectedWords(parentSchema) ?? "a name that is accepted");
}

/** The keyword `expected`, which is next to `pattern`. */
function expectedWords(schema: unknown): string | undefined {
  const words: unknown = Object(schema).expected;
  return typeof words === "string" ? words : undefined;
}

function badValue(path: ConfigPath, error: ErrorObject, places: YamlPlaces): Diagnostic {
  const near = error.keyword === "enum" ? nearValue(error) : undefined;
  const subject = path.length === 0 ? "the configuration" : spell(path);
  const help = helpFor(error);
  return diagnostic("CF004", `${subject} ${found(error)}, expected ${expected(error)}${didYouMean(near)}`, {
    location: places.ofValue(path),
    help,
  });
}

function nearValue(error: ErrorObject): string | undefined {
  const values = (error.params["allowedValues"] as unknown[]).filter((value) => typeof value === "string");
  return typeof error.data === "string" ? suggest(error.data, values) : undefined;
}

function helpFor(error: ErrorObject): string | undefined {
  if (error.keyword !== "type" || error.params["type"] !== "array" || typeof error.data !== "string") return undefined;
  return `write it as a list: [${error.data}]`;
}

/** `services.acme.v1.Library.messages`; a list's index in brackets. */
function spell(path: ConfigPath): string {
  return path.reduce<string>((text, part) => {
    if (/^\d+$/.test(String(part))) return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${part}`;
  }, "");
}

function found(error: ErrorObject): string {
  if (error.keyword !== "uniqueItems") return `is ${describe(error.data)}`;
  return `holds ${describe((error.data as unknown[])[Number(error.params["i"])])} twice`;
}

/** A value, short enough for one line. */
function describe(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (value === "") return '""';
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a map";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

function expected(error: ErrorObject): string {
  switch (error.keyword) {
    case "type":
      return [error.params["type"] as string | string[]].flat().map(typeWord).join(" or ");
    case "enum":
      return listValues(error.params["allowedValues"] as unknown[]);
    case "minimum":
      return `at least ${error.params["limit"]}`;
    case "maximum":
      return `at most ${error.params["limit"]}`;
    case "minLength":
      return "some text";
    case "maxLength":
      return `at most ${error.params["limit"]} characters`;
    case "minItems":
      return "at least one entry";
    case "uniqueItems":
      return "each entry once";
    case "required":
      return `a key "${error.params["missingProperty"]}"`;
    case "pattern":
      return expectedWords(error.parentSchema) ?? `text that matches ${error.params["pattern"]}`;
    default:
      return String(error.message);
  }
}

function typeWord(type: string): string {
  return typeWords[type] ?? type;
}

const typeWords: Readonly<Record<string, string>> = {
  array: "a list",
  object: "a map",
  string: "text",
  boolean: "true or false",
  integer: "a whole number",
};

function listValues(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  const last = texts.pop();
  return texts.length === 0 ? String(last) : `${texts.join(", ")} or ${last}`;
}
