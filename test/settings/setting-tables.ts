/** Defaults and options of the command line: made from the keywords `default` and `flag` of schema.json. */
import { valuesType } from "./config-types.js";
import { type FlagDeclaration, resolved, type Schema } from "./schema.js";
import { comment, written } from "./source-text.js";

/** The text of src/plan/setting-defaults.ts: an object for each definition, `top` for the keys of the file itself. */
export function settingDefaults(schema: Schema): string {
  const owners = [["top", schema] as const, ...Object.entries(schema.definitions ?? {})];
  const defaults = owners.flatMap(([name, owner]) => {
    const found = defaultsOf(owner);
    return found === undefined ? [] : [[name, found] as const];
  });
  const head = comment(`The defaults of settings, by definition of \`schema.json\`. ${written}`);
  const about = comment("Defaults; a setting without one here has a default that depends on others, or none.");
  return `${head}\n\n${about}\nexport const settingDefaults = ${JSON.stringify(Object.fromEntries(defaults))} as const;\n`;
}

/** Undefined for an object without defaults. */
function defaultsOf(owner: Schema): object | undefined {
  const entries = Object.entries(owner.properties ?? {}).flatMap(([key, property]) => {
    const value = property.default ?? defaultsOf(property);
    return value === undefined ? [] : [[key, value] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

interface Flag {
  readonly key: readonly string[];
  readonly property: Schema;
  readonly flag: FlagDeclaration;
}

/** The settings with a flag: keys of the file, and keys of its sections. */
export function flagsOf(schema: Schema): readonly Flag[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => [
    ...flagAt([key], property),
    ...Object.entries(resolved(schema, property).properties ?? {}).flatMap(([inner, innerProperty]) =>
      flagAt([key, inner], innerProperty),
    ),
  ]);
}

function flagAt(key: readonly string[], property: Schema): Flag[] {
  return property.flag === undefined ? [] : [{ key, property, flag: property.flag }];
}

/** The member that an option has after parsing: `bindUnbound` of `--bind-unbound`. */
export function memberOf({ name }: FlagDeclaration): string {
  const long = /--([a-z-]+)/.exec(name)?.[1] ?? "";
  return long.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The text of src/cli/config/setting-flags.ts: the type of the parsed options, and the table of options. */
export function settingFlags(schema: Schema): string {
  const flags = flagsOf(schema);
  const members = flags.map((flag) => `readonly ${memberOf(flag.flag)}?: ${memberType(schema, flag)};`);
  const rows = flags.map((flag) => JSON.stringify(row(schema, flag)));
  return [
    comment(`The settings that flags override. ${written}`),
    'import type { SettingFlag } from "./setting-flag.js";',
    `${comment("The flags after parsing; undefined leaves the value of the configuration, or the default.")}\nexport interface SettingFlags {\n${members.join("\n")}\n}`,
    `${comment("The flags, in the order of the help.")}\nexport const settingFlags: readonly SettingFlag[] = [${rows.join(",")}];\n`,
  ].join("\n\n");
}

function row(schema: Schema, { key, property, flag }: Flag): object {
  const { group, name, about, no } = flag;
  const fallback = property.default === undefined ? {} : { fallback: property.default };
  const negation = no === undefined ? {} : { no };
  return {
    key,
    member: memberOf(flag),
    group,
    name,
    about,
    ...negation,
    takes: takes(schema, property, flag),
    ...fallback,
  };
}

/** The values that an option takes; `SettingFlag` of src/cli/config/setting-flag.ts has the kinds. */
function takes(schema: Schema, property: Schema, { sets }: FlagDeclaration): { readonly kind: string } {
  if (sets !== undefined) return { kind: "nothing", ...{ sets } };
  const name = property.$ref?.replace("#/definitions/", "");
  const type = resolved(schema, property);
  if (name === "path") return { kind: "path" };
  if (name === "paths" || type.items?.$ref === "#/definitions/path") return { kind: "paths" };
  if (type.type === "array") return { kind: "texts" };
  const values = choices(schema, type);
  if (values !== undefined) return { kind: "choice", ...{ values } };
  if (type.type === "boolean") return { kind: "switch" };
  const { minimum, maximum, pattern, maxLength, expected } = type;
  if (type.type === "integer") return { kind: "integer", ...{ minimum, maximum } };
  if (type.type === "string") return { kind: "text", ...{ pattern, maxLength, expected } };
  throw new Error(`no option can set ${JSON.stringify(property)}`);
}

/** The words or numbers that a value is one of; the text alone where YAML may read it as a number. */
function choices(schema: Schema, type: Schema): readonly (string | number)[] | undefined {
  const words = [type, type.then, type.else].flatMap((form) =>
    form === undefined ? [] : (resolved(schema, form).enum ?? []),
  );
  const texts = words.filter((word) => typeof word === "string");
  if (words.length === 0) return undefined;
  return texts.length > 0 ? texts : words.filter((word) => typeof word === "number");
}

function memberType(schema: Schema, { property, flag }: Flag): string {
  const { kind, ...rest } = takes(schema, property, flag) as { kind: string; values?: readonly unknown[] };
  switch (kind) {
    case "nothing":
    case "switch":
      return "boolean";
    case "paths":
    case "texts":
      return "readonly string[]";
    case "choice":
      return valuesType(rest.values ?? []);
    case "integer":
      return "number";
    default:
      return "string";
  }
}
