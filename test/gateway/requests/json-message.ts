/** JSON texts of messages, as clients write them: both spellings, any escapes, any order, and mistakes. */
import type { DescField, DescMessage, DescOneof, FileRegistry, ScalarType } from "@bufbuild/protobuf";
import { isWrapper, onlyField } from "../messages/idiomatic-objects.js";
import { integerKind } from "../messages/random-values.js";
import {
  jsonArray,
  jsonEnum,
  jsonObject,
  jsonScalar,
  jsonString,
  jsonStringOf,
  jsonTextOf,
  jsonValue,
  type Mistakes,
} from "./json-scalar.js";
import { texts } from "./texts.js";

/** What JSON is made with. */
export interface JsonSource extends Mistakes {
  readonly registry: FileRegistry;
  readonly anyTypes: readonly string[];
  /** Whether there is white space between tokens. */
  readonly spaced: boolean;
}

function space({ choice, spaced }: JsonSource): string {
  return spaced && choice.chance(0.3) ? choice.pick([" ", "\n", "\t", "\r\n", "  "]) : "";
}

function joined(source: JsonSource, parts: readonly string[]): string {
  return parts.map((part) => `${space(source)}${part}`).join(`${space(source)},`);
}

/** The JSON of a message. */
export function jsonMessage(source: JsonSource, type: DescMessage, depth = 0): string {
  const { choice, odd } = source;
  if (isWrapper(type)) {
    if (choice.chance(odd * 0.3)) return choice.pick(['{"value":1}', "null", "[]", "{}"]);
    return jsonScalar(source, onlyField(type).scalar as ScalarType);
  }
  return wellKnown(source, type, depth) ?? ordinary(source, type, depth);
}

function wellKnown(source: JsonSource, type: DescMessage, depth: number): string | undefined {
  const { choice, odd } = source;
  switch (type.typeName) {
    case "google.protobuf.Timestamp":
      return jsonTextOf(source, texts.time, texts.oddTime);
    case "google.protobuf.Duration":
      return jsonTextOf(source, texts.duration, texts.oddDuration);
    case "google.protobuf.FieldMask":
      return jsonTextOf(source, texts.mask, texts.oddMask);
    case "google.protobuf.Struct":
      return choice.chance(odd * 0.5) ? choice.pick(["[]", "1", '"a"', "null", "true"]) : jsonObject(source);
    case "google.protobuf.Value":
      return jsonValue(source);
    case "google.protobuf.ListValue":
      return choice.chance(odd * 0.5) ? choice.pick(["{}", "1", '"a"', "null", "true"]) : jsonArray(source);
    case "google.protobuf.Empty":
      return choice.weighted([
        [8, "{}"],
        [1, '{"a":1}'],
        [odd * 10, choice.pick(["[]", "1", '"a"', "null"])],
      ]);
    case "google.protobuf.Any":
      return jsonAny(source, depth);
    default:
      return undefined;
  }
}

const hasJsonOfItsOwn = /^google\.protobuf\.(Timestamp|Duration|FieldMask|Struct|Value|ListValue|Any|Empty|\w+Value)$/;

function jsonAny(source: JsonSource, depth: number): string {
  const { choice, odd, anyTypes, registry } = source;
  if (choice.chance(odd)) return choice.pick(texts.json.oddAny);
  const type = anyTypes.length === 0 ? undefined : registry.getMessage(choice.pick(anyTypes));
  if (type === undefined || depth > 4 || choice.chance(0.1)) return "{}";
  const host = choice.pick(["type.googleapis.com", "type.googleapis.com", "example.com/x"]);
  const head = `"@type":"${host}/${type.typeName}"`;
  const json = jsonMessage(source, type, depth + 1).trim();
  const members = hasJsonOfItsOwn.test(type.typeName) ? `"value":${json}` : /^\{(.*)\}$/s.exec(json)?.[1]?.trim();
  if (members === undefined || members === "") return `{${head}}`;
  return choice.chance(0.8) ? `{${head},${members}}` : `{${members},${head}}`;
}

function ordinary(source: JsonSource, type: DescMessage, depth: number): string {
  const members = chosenFields(source, type, depth).map(
    (field) => [jsonName(source, field), jsonFieldValue(source, field, depth)] as const,
  );
  const all = [...members, ...strayMembers(source, type, members, depth)];
  const written = all.map(([name, value]) => `${name}${space(source)}:${space(source)}${value}`);
  return `{${joined(source, written)}${space(source)}}`;
}

function chosenFields({ choice, odd }: JsonSource, type: DescMessage, depth: number): DescField[] {
  const many = (type.fields.length < 12 ? 2.2 : 1) * (depth > 3 ? 0.2 : 1);
  const share = choice.pick([0.02, 0.05, 0.15, 0.4]) * many;
  const taken = new Set<DescOneof>();
  return choice.shuffle(type.fields).filter((field) => {
    // 3: required.
    if (field.presence === 3 ? choice.chance(odd * 0.5) : !choice.chance(share)) return false;
    if (depth > 6) return false;
    if (field.oneof === undefined) return true;
    if (taken.has(field.oneof) && !choice.chance(odd)) return false;
    taken.add(field.oneof);
    return true;
  });
}

type Member = readonly [name: string, value: string];

/** Members that no field has, that come twice, or in both spellings. */
function strayMembers(source: JsonSource, type: DescMessage, members: readonly Member[], depth: number): Member[] {
  const { choice, odd } = source;
  const stray: Member[] = [];
  if (choice.chance(0.04)) stray.push([choice.pick(texts.json.unknownName), jsonValue(source)]);
  if (members.length > 0 && choice.chance(odd)) {
    const [name, value] = choice.pick(members);
    stray.push([name, choice.chance(0.5) ? value : choice.pick(["null", "1", '"a"', "{}"])]);
  }
  if (members.length > 0 && choice.chance(odd)) {
    const field = choice.pick(type.fields);
    for (const name of [field.name, field.jsonName])
      stray.push([JSON.stringify(name), jsonFieldValue(source, field, depth)]);
  }
  return stray;
}

function jsonName({ choice, odd }: JsonSource, { name, jsonName: json }: DescField): string {
  const wrong = [name.toUpperCase(), `${name} `, json.replace(/./, (first) => first.toUpperCase())];
  if (choice.chance(odd * 0.3)) return JSON.stringify(choice.pick([...wrong, name.replaceAll("_", "")]));
  const text = choice.chance(0.3) ? name : json;
  return choice.chance(0.05) ? jsonStringOf(choice, text) : JSON.stringify(text);
}

/** The JSON of what a field holds. */
export function jsonFieldValue(source: JsonSource, field: DescField, depth: number): string {
  const { choice, odd } = source;
  if (choice.chance(0.02)) return "null";
  if (choice.chance(odd * 0.3)) return choice.pick(texts.json.oddMember);
  switch (field.fieldKind) {
    case "list":
      return jsonList(source, field, depth);
    case "map":
      return jsonMap(source, field, depth);
    default:
      return jsonItem(source, field, depth);
  }
}

function jsonItem(source: JsonSource, field: DescField, depth: number): string {
  if (field.message !== undefined) return jsonMessage(source, field.message, depth + 1);
  return field.enum !== undefined ? jsonEnum(source, field.enum) : jsonScalar(source, field.scalar as ScalarType);
}

function jsonList(source: JsonSource, field: DescField, depth: number): string {
  const { choice, odd } = source;
  const length = choice.weighted([
    [2, 0],
    [3, 1],
    [3, 2],
    [1, 4],
  ]);
  const items = Array.from({ length }, () => jsonItem(source, field, depth));
  if (choice.chance(odd * 0.5)) items.splice(choice.below(items.length + 1), 0, "null");
  return `[${joined(source, items)}${space(source)}]`;
}

function jsonMap(source: JsonSource, field: DescField & { readonly fieldKind: "map" }, depth: number): string {
  const { choice, odd } = source;
  const pairs = Array.from({ length: choice.below(4) }, () => [jsonKey(source, field.mapKey), ""] as const);
  const unique = [...new Map(pairs).keys()];
  const [first] = unique;
  const again = first !== undefined && choice.chance(odd * 0.5) ? [first] : [];
  const entries = [...unique, ...again].map((key) => `${key}${space(source)}:${jsonItem(source, field, depth)}`);
  if (choice.chance(odd * 0.5)) entries.push(`${choice.chance(0.5) ? jsonKey(source, field.mapKey) : '"1"'}:null`);
  return `{${joined(source, entries)}${space(source)}}`;
}

function jsonKey(source: JsonSource, scalar: ScalarType): string {
  const { choice, odd } = source;
  const kind = integerKind(scalar);
  const exact = { ...source, odd: 0 };
  if (kind === undefined && jsonScalar(exact, scalar).startsWith('"')) return jsonString(exact);
  if (choice.chance(odd)) return choice.pick(texts.json.oddMapKey);
  if (kind === undefined) return choice.pick(['"true"', '"false"']);
  return `"${choice.pick(kind.startsWith("u") ? [0, 1, 42, 7] : [0, 1, -7, 42])}"`;
}
