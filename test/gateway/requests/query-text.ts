/** Queries of a message, as clients write them: both spellings, nested names, brackets, careless escapes, and mistakes. */
import type { DescEnum, DescField, DescMessage, DescOneof, ScalarType } from "@bufbuild/protobuf";
import type { Choice } from "../messages/choice.js";
import { isWrapper, onlyField } from "../messages/idiomatic-objects.js";
import { integerKind, randomBytes, randomDouble, randomInteger, randomText } from "../messages/random-values.js";
import { jsonObject, jsonValue, type Mistakes } from "./json-scalar.js";
import { texts } from "./texts.js";

/** Name and value before they are escaped. */
type Pair = readonly [name: string, value: string];

/** A query without its question mark; `bound` names fields that path and body take. */
export function queryText(mistakes: Mistakes, type: DescMessage, bound: ReadonlySet<string>): string {
  const { choice, odd } = mistakes;
  const parts = queryPairs(mistakes, type, bound).map(([name, value]) =>
    value === "" && choice.chance(0.4)
      ? encodeQuery(choice, name)
      : `${encodeQuery(choice, name)}=${encodeQuery(choice, value)}`,
  );
  if (choice.chance(odd * 0.4)) parts.splice(choice.below(parts.length + 1), 0, choice.pick(texts.query.raw));
  return parts.join("&");
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

/** Percent-encoding as careful and careless clients do it. */
function encodeQuery(choice: Choice, text: string): string {
  return [...Buffer.from(text, "utf8")].map((byte) => encodeByte(choice, byte)).join("");
}

function encodeByte(choice: Choice, byte: number): string {
  const char = String.fromCharCode(byte);
  if (/[\w.~-]/.test(char) && !choice.chance(0.02)) return char;
  if (char === " " && choice.chance(0.5)) return "+";
  if (/[!$'()*,:@/?[\]]/.test(char) && choice.chance(0.5)) return char;
  return `%${choice.chance(0.5) ? hex(byte) : hex(byte).toUpperCase()}`;
}

function queryPairs(mistakes: Mistakes, type: DescMessage, bound: ReadonlySet<string>): Pair[] {
  const { choice, odd } = mistakes;
  const free = type.fields.filter((field) => !bound.has(field.name) || choice.chance(0.05));
  const count = choice.weighted([
    [3, 0],
    [4, 1],
    [3, 2],
    [2, 4],
    [0.5, 9],
  ]);
  const taken = new Set<DescOneof>();
  const pairs = choice.sample(free, count).flatMap((field) => {
    if (field.oneof !== undefined && taken.has(field.oneof) && !choice.chance(odd)) return [];
    if (field.oneof !== undefined) taken.add(field.oneof);
    return fieldPairs(mistakes, field, "", 0);
  });
  if (choice.chance(0.06)) pairs.push([choice.pick(texts.query.unknownName), "x"]);
  if (type.fields.length > 0 && choice.chance(odd * 0.6))
    pairs.push([oddName(choice, choice.pick(type.fields).name), choice.pick(["1", "x", "true", ""])]);
  return pairs;
}

function oddName(choice: Choice, name: string): string {
  const behind = [".", "..x", ".x", "[]", "[0]", "[a]", "[a][b]", " ", "[", "]", ".value", ".seconds"];
  return choice.pick([...behind.map((text) => `${name}${text}`), `.${name}`, ` ${name}`, name.toUpperCase()]);
}

function fieldPairs(mistakes: Mistakes, field: DescField, prefix: string, depth: number): Pair[] {
  const { choice, odd } = mistakes;
  const own = choice.chance(0.3) ? field.jsonName : field.name;
  const name = prefix === "" ? own : `${prefix}.${own}`;
  switch (field.fieldKind) {
    case "map":
      return mapPairs(mistakes, field, name);
    case "list":
      return listPairs(mistakes, field, name);
    case "message":
      return messagePairs(mistakes, field.message, name, depth);
    default: {
      const pair = (): Pair => [name, leafText(mistakes, field)];
      return choice.chance(odd * 0.3) ? [pair(), pair()] : [pair()];
    }
  }
}

function mapPairs(mistakes: Mistakes, field: DescField & { readonly fieldKind: "map" }, name: string): Pair[] {
  const { choice, odd } = mistakes;
  if (field.message !== undefined && !isLeaf(field.message)) return choice.chance(odd) ? [[`${name}[a]`, "x"]] : [];
  const keys = choice.chance(odd) ? texts.query.mapKey : mapKeys(field.mapKey);
  return choice.sample(keys, choice.pick([1, 1, 2])).map((key) => [`${name}[${key}]`, leafText(mistakes, field)]);
}

function mapKeys(scalar: ScalarType): string[] {
  const kind = integerKind(scalar);
  if (kind !== undefined) return kind.startsWith("u") ? ["0", "1", "42"] : ["0", "1", "-7"];
  // 8: bool.
  return scalar === 8 ? ["true", "false"] : ["a", "b", "k 1", "a.b", "ü", "a[b", "0"];
}

function listPairs(mistakes: Mistakes, field: DescField, name: string): Pair[] {
  const { choice, odd } = mistakes;
  if (field.message !== undefined && !isWrapper(field.message)) {
    if (!choice.chance(odd)) return [];
    const into = `${name}.${field.message.fields[0]?.name ?? "x"}`;
    return [[choice.chance(0.5) ? name : into, choice.pick(texts.query.repeatedMessage)]];
  }
  return Array.from({ length: choice.between(1, 3) }, () => [name, leafText(mistakes, field)]);
}

function messagePairs(mistakes: Mistakes, type: DescMessage, name: string, depth: number): Pair[] {
  const { choice, odd } = mistakes;
  if (isLeaf(type)) return leafPairs(mistakes, type, name);
  if (choice.chance(odd * 0.3)) return [[name, choice.pick(texts.query.message)]];
  // An Any without its type cannot be printed.
  const isAny = type.typeName === "google.protobuf.Any";
  if (depth > 3 || (isAny && !choice.chance(odd))) return [];
  return choice
    .sample(type.fields, choice.pick([1, 1, 2]))
    .flatMap((field) => fieldPairs(mistakes, field, name, depth + 1));
}

/** A well-known type as one text, or one of its fields by name. */
function leafPairs(mistakes: Mistakes, type: DescMessage, name: string): Pair[] {
  const { choice } = mistakes;
  const field = choice.chance(0.05) ? choice.pick(type.fields) : undefined;
  if (field === undefined || field.message !== undefined) return [[name, wellKnownText(mistakes, type)]];
  return [[`${name}.${field.name}`, leafText(mistakes, field)]];
}

function isLeaf(type: DescMessage): boolean {
  return isWrapper(type) || /^google\.protobuf\.(Timestamp|Duration|FieldMask|Struct|Value)$/.test(type.typeName);
}

/** A value as it stands in a query, or as an element or entry. */
function leafText(mistakes: Mistakes, field: DescField): string {
  if (field.message !== undefined) return wellKnownText(mistakes, field.message);
  if (field.enum !== undefined) return enumText(mistakes, field.enum);
  return scalarText(mistakes, field.scalar as ScalarType);
}

/** A well-known type in a query, and in a path where it may stand there. */
export function wellKnownText(mistakes: Mistakes, type: DescMessage): string {
  const { choice, odd } = mistakes;
  const pickOr = (oddPool: readonly string[], pool: readonly string[]): string =>
    choice.pick(choice.chance(odd) ? oddPool : pool);
  if (isWrapper(type)) return scalarText(mistakes, onlyField(type).scalar as ScalarType);
  switch (type.typeName) {
    case "google.protobuf.Timestamp":
      return pickOr([...texts.oddTime, '"2020-01-02T03:04:05Z"'], texts.time);
    case "google.protobuf.Duration":
      return pickOr([...texts.oddDuration, '"1s"'], texts.duration);
    case "google.protobuf.FieldMask":
      return pickOr([...texts.oddMask, ...texts.mask], texts.query.mask);
    case "google.protobuf.Struct":
      return choice.chance(odd) ? choice.pick(texts.query.struct) : jsonObject({ choice, odd: 0 });
    case "google.protobuf.Value":
      return choice.chance(odd) ? choice.pick(texts.query.value) : jsonValue({ choice, odd: 0 });
    default:
      return "x";
  }
}

/** An enum in a query or a path. */
export function enumText({ choice, odd }: Mistakes, type: DescEnum): string {
  const { name, number } = choice.pick(type.values);
  if (choice.chance(odd)) return choice.pick([...texts.query.enum, name.toLowerCase()]);
  return choice.chance(0.8) ? name : String(number);
}

/** A scalar in a query or a path. */
export function scalarText({ choice, odd }: Mistakes, scalar: ScalarType): string {
  const kind = integerKind(scalar);
  const isOdd = choice.chance(odd);
  if (kind !== undefined) return isOdd ? choice.pick(texts.query.integer) : String(randomInteger(choice, kind));
  switch (scalar) {
    // double, float
    case 1:
      return isOdd ? choice.pick(texts.query.float) : String(randomDouble(choice));
    case 2:
      return choice.pick(isOdd ? texts.query.float : ["1.5", "0.1", "-2", "1e10", "0", "16777216"]);
    // bool, bytes
    case 8:
      return choice.pick(isOdd ? texts.query.bool : ["true", "false"]);
    case 12: {
      const text = randomBytes(choice, 9).toString("base64");
      if (isOdd) return choice.pick(texts.query.bytes);
      return choice.chance(0.5) ? text : text.replaceAll("+", "-").replaceAll("/", "_");
    }
    default:
      return randomText(choice);
  }
}
