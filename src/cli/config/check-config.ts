/** Holds a configuration against `schema.json`, the one that editors use too, and words each violation. */
import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject } from "ajv";
import { type Diagnostic, diagnostic, didYouMean, suggest } from "../../diagnostics.js";
import type { Config } from "./config.js";
import type { ConfigPath, YamlPlaces } from "./yaml-places.js";

/**
 * The value as a Config when the schema accepts it; else a diagnostic per violation. An empty file is an empty
 * configuration.
 */
export async function checkConfig(
  value: unknown,
  places: YamlPlaces,
): Promise<{ config?: Config; diagnostics: Diagnostic[] }> {
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true });
  const schema: unknown = JSON.parse(readFileSync(new URL("../../../schema.json", import.meta.url), "utf8"));
  const validate = ajv.compile<Config>(schema as object);
  const candidate = value ?? {};
  if (validate(candidate)) return { config: candidate, diagnostics: [] };
  const diagnostics = (validate.errors ?? []).flatMap((error) => describeViolation(error, places));
  return { diagnostics };
}

function describeViolation(error: ErrorObject, places: YamlPlaces): Diagnostic[] {
  const path = error.instancePath.split("/").slice(1).map(unescapePointer);
  switch (error.keyword) {
    case "additionalProperties":
      return [unknownKey(path, String(error.params["additionalProperty"]), error, places)];
    case "propertyNames":
      return [badName([...path, String(error.params["propertyName"])], places)];
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

function badName(path: ConfigPath, places: YamlPlaces): Diagnostic {
  const expectedName = nameWords[String(path[path.length - 2])] ?? nameWords["services"];
  return diagnostic("CF004", `${JSON.stringify(path[path.length - 1])} is not ${expectedName}`, {
    location: places.ofKey(path),
  });
}

const nameWords: Readonly<Record<string, string>> = {
  services: "a service name, expected a full name such as acme.library.v1.LibraryService",
  methods: "the name of an RPC, expected a full name such as acme.library.v1.LibraryService.CreateShelf",
  functions: "the name of a function, expected lower-case words joined by hyphens, such as library-reads",
  tags: "the name of a tag, expected up to 128 letters, digits, spaces and _.:/=+-@, and none that begins with aws:",
  environment:
    "the name of a variable, expected a letter and at least one more letter, digit or underscore, and none that Lambda sets itself",
};

function badValue(path: ConfigPath, error: ErrorObject, places: YamlPlaces): Diagnostic {
  const near = error.keyword === "enum" ? nearValue(error) : undefined;
  const subject = path.length === 0 ? "the configuration" : spell(path);
  const help = helpFor(error);
  return diagnostic("CF004", `${subject} ${found(error)}, expected ${expected(error, path)}${didYouMean(near)}`, {
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

function expected(error: ErrorObject, path: ConfigPath): string {
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
      return patternWords[lastName(path)] ?? `text that matches ${error.params["pattern"]}`;
    default:
      return String(error.message);
  }
}

const goWords = "an import path, a dot and a name, such as example.com/library/server.Options";

const patternWords: Readonly<Record<string, string>> = {
  implementation: "module#export, such as ./src/library.ts#libraryService, or in Go example.com/library/server.New",
  unaryInterceptors: goWords,
  streamInterceptors: goWords,
  muxOptions: goWords,
  middleware: goWords,
  server: "a module such as ./server.js, or ./server.js#main with the function that starts it",
  interceptors: "module#export, such as ./src/interceptors.ts#interceptors",
  errorMapper: "module#export, such as ./src/errors.ts#errorMapper",
  headers: "module#export, such as ./src/headers.ts#headers",
  apiName: "lower-case words joined by hyphens, such as library-api",
  basePath: "a path such as /library, without a slash at its end",
  origins: "an origin such as https://app.example.com, or *",
  hosts: "a host name such as api.example.com or *.example.com",
  exposeHeaders: "the name of a header, or *",
  external: "the name of a package such as sharp or @aws-sdk/*",
  rolePath: "a path that begins and ends with a slash, such as /teams/library/",
  prefix: "names that end with a slash, such as library/",
  ref: "a name of letters and digits, such as TableName",
  policies: "the ARN of a managed policy, or actions and resources",
  actions: "an action such as dynamodb:GetItem",
  resources: "an ARN or *",
  latency: "a part of the old latency, such as 20%",
};

/** The last key of a path, without the index of a list. */
function lastName(path: ConfigPath): string {
  return String(path.filter((part) => !/^\d+$/.test(String(part))).at(-1));
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
