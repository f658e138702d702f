/** The part of JSON Schema that schema.json uses, with two keywords of its own: `flag` and `expected`. */
import { readFileSync } from "node:fs";

/** A schema, or a setting: a key with what it is set to. */
export interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | number | boolean)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** The form that `pattern` asks for, in words. */
  readonly expected?: string;
  readonly default?: unknown;
  readonly flag?: FlagDeclaration;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** The option of the command line that sets a key. */
export interface FlagDeclaration {
  /** Heading of the help that it is under. */
  readonly group: string;
  /** `-o, --out <folder>` */
  readonly name: string;
  /** Its line in the help, without the default of the key. */
  readonly about: string;
  /** The value that an option without one sets. */
  readonly sets?: string;
  /** The line of `--no-…` in the help. */
  readonly no?: string;
}

/** Reads schema.json; the working directory is the repository. */
export function readSchema(): Schema {
  return JSON.parse(readFileSync("schema.json", "utf8"));
}

/** `go` of `#/definitions/go`. */
export function definitionName(reference: string): string {
  return reference.replace("#/definitions/", "");
}

/** The schema that a reference leads to, or the schema itself. */
export function resolved(schema: Schema, part: Schema): Schema {
  if (part.$ref === undefined) return part;
  const found = schema.definitions?.[definitionName(part.$ref)];
  if (found === undefined) throw new Error(`schema.json has no definition "${part.$ref}"`);
  return found;
}
