/** Members of JSON that come again, in both spellings or beside a null, and the masks of a PATCH. */
import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { type Binding, bodyField } from "../api.js";
import type { RequestCase } from "../request-case.js";
import { type Design, distinctRequests, exemplaryBindings } from "./design.js";

/** What JSON allows, and chance seldom makes. */
export function* membersAndMasks(design: Design): Generator<RequestCase> {
  for (const binding of exemplaryBindings(design.api)) if (binding.body !== "") yield* bodies(design, binding);
  for (const binding of distinctRequests(design.api)) {
    if (binding.body !== "") yield* bodyOfFields(design, binding);
    if (binding.httpMethod === "PATCH") yield* masks(design, binding);
  }
}

const bodyTexts = [
  `{"a":${"1".repeat(400)}}`,
  `{"a":[${"0,".repeat(20_000)}0]}`,
  `{${Array.from({ length: 2000 }, (_, at) => `"u${at}":1`).join(",")}}`,
  `{"${"n".repeat(10_000)}":1}`,
  `{"a":"${"\\u0041".repeat(5000)}"}`,
  `${" ".repeat(20_000)}{}${"\n".repeat(20_000)}`,
  ...["\ufeff\ufeff{}", "\u2028{}", "{}\u2028", "\u0085{}", "{}\ufeff", '{"\\u0061":1,"a":2}', '{"a":{},"a":{}}'],
  ...["1e-null", "-1.x", "1e2e3", "01", "1.5.2", "5null", "nullx", "truefalse", '"a"b', "[]]", '"QUFB"x'],
  ...['{"constructor":1}', '{"toString":{"x":1}}', '{"hasOwnProperty":null}', '{"__proto__":null}', '{"":{"":{"":1}}}'],
];

function* bodies({ make }: Design, binding: Binding): Generator<RequestCase> {
  for (const body of bodyTexts) yield make(`body ${body.slice(0, 20)}`, binding, { body });
}

function* bodyOfFields({ make }: Design, binding: Binding): Generator<RequestCase> {
  const type = bodyMessage(binding);
  if (type === undefined) return;
  const all = [
    ...type.fields.flatMap((field) => Object.entries(ofField(field))),
    ...type.oneofs.flatMap(({ fields }) => Object.entries(ofOneof(fields))),
  ];
  for (const [name, members] of all) yield make(name, binding, { body: `{${members}}`, plan: { echo: true } });
}

/** Members by what is odd about them: a name that comes again, in both spellings, with escapes, and null beside a value. */
function ofField(field: DescField): Readonly<Record<string, string>> {
  const { name, jsonName: json } = field;
  const value = sampleOf(field);
  const escaped = [...json].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
  return {
    "member again": `"${json}":${value},"${json}":${value}`,
    "member in both spellings": `"${json}":${value},"${name}":${value}`,
    "member with escapes": `"${escaped}":${value}`,
    "member again, escaped": `"${json}":${value},"${escaped}":${value}`,
    "null, then a value": `"${json}":null,"${json}":${value}`,
    "null in the other spelling": `"${name}":null,"${json}":${value}`,
    ...(field.fieldKind === "map" ? ofMap(json) : {}),
    ...(field.fieldKind === "list"
      ? { "nulls in a list": `"${json}":[null]`, "list in a list": `"${json}":[[]]` }
      : {}),
  };
}

const ofMap = (json: string): Readonly<Record<string, string>> => ({
  "key again": `"${json}":{"1":null,"1":null}`,
  "empty key": `"${json}":{"":null}`,
  "key __proto__": `"${json}":{"__proto__":null,"constructor":null}`,
});

function ofOneof([first, second]: readonly DescField[]): Readonly<Record<string, string>> {
  if (first === undefined || second === undefined) return {};
  const one = `"${first.jsonName}":${sampleOf(first)}`;
  const other = `"${second.jsonName}":${sampleOf(second)}`;
  return {
    "two of a oneof": `${one},${other}`,
    "one of a oneof again": `${one},${one}`,
    "one of a oneof null": `${one},"${second.jsonName}":null`,
    "one of a oneof null first": `"${second.jsonName}":null,${one}`,
    "all of a oneof null": `"${first.jsonName}":null,"${second.jsonName}":null`,
  };
}

function bodyMessage(binding: Binding): DescMessage | undefined {
  if (binding.body === "*") return binding.input.typeName.startsWith("google.protobuf.") ? undefined : binding.input;
  const field = bodyField(binding);
  return field?.fieldKind === "message" && !field.message.typeName.startsWith("google.protobuf.")
    ? field.message
    : undefined;
}

function sampleOf(field: DescField): string {
  switch (field.fieldKind) {
    case "list":
      return "[]";
    case "map":
      return "{}";
    case "message":
      return /\.(Timestamp|Duration|FieldMask|\w+Value)$/.test(field.message.typeName) ? "null" : "{}";
    case "enum":
      return "0";
    default:
      return field.scalar === 9 || field.scalar === 12 ? '"AAAA"' : field.scalar === 8 ? "true" : "1";
  }
}

/** Masks of a PATCH: long ones, those of the query and those that the body makes. */
function* masks({ make, plainPath }: Design, binding: Binding): Generator<RequestCase> {
  const type = bodyMessage(binding);
  if (type === undefined) return;
  const path = plainPath(binding);
  for (const mask of oddMasks)
    for (const name of ["update_mask", "updateMask", "update_mask.paths"])
      yield make("mask", binding, { target: `${path}?${name}=${mask}`, plan: { echo: true } });
  for (const body of maskedBodies(type))
    yield make("mask of a body", binding, { target: path, body: `{${body}}`, plan: { echo: true } });
}

const longMask = Array.from({ length: 500 }, (_, at) => `f${at}`).join(",");
const oddMasks = [longMask, "a.b.c", "*", "a,a", "a%2Cb", "a&update_mask=b", "&update_mask=", "__proto__", "a%2eb"];

/** All fields at once, forwards and backwards, one of each oneof; each on its own, in both spellings, and with one of its own fields. */
function maskedBodies({ fields }: DescMessage): string[] {
  const whole = fields
    .filter((field) => field.oneof === undefined || field.oneof.fields[0] === field)
    .map((field) => `"${field.jsonName}":${sampleOf(field)}`);
  const nested = fields.flatMap(({ jsonName, fieldKind, message }) =>
    fieldKind !== "message" || message.typeName.startsWith("google.protobuf.")
      ? []
      : message.fields.map((inner) => `"${jsonName}":{"${inner.jsonName}":${sampleOf(inner)},"unknownX":1}`),
  );
  const single = fields.flatMap((field) => [field.jsonName, field.name].map((name) => `"${name}":${sampleOf(field)}`));
  return [whole.join(","), [...whole].reverse().join(","), ...single, ...nested];
}
