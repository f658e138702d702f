/** Random messages as their canonical JSON, from the model, and the requests that carry them. */
import type { Binding, ElementShape, Field, Message, ScalarType, WellKnownType } from "../../src/model/api-model.js";
import type { ModelIndex } from "../../src/model/model-index.js";
import type { Random } from "../support/random-message.js";

/** A message in JSON, by JSON names. */
export type MessageJson = { [name: string]: unknown };

/** Fills about half of the fields, fewer the deeper it gets; at most one member of a oneof. */
export function randomJson(index: ModelIndex, message: Message, random: Random, depth = 0): MessageJson {
  const json: MessageJson = {};
  const taken = new Set<string>();
  for (const field of message.fields) {
    if (random() > 0.6 / (depth + 1)) continue;
    if (field.oneof !== undefined && taken.has(field.oneof)) continue;
    const value = randomField(index, field, random, depth);
    if (value === undefined) continue;
    if (field.oneof !== undefined) taken.add(field.oneof);
    json[field.jsonName] = value;
  }
  return json;
}

function randomField(index: ModelIndex, { shape }: Field, random: Random, depth: number): unknown {
  const count = 1 + Math.floor(random() * 3);
  switch (shape.kind) {
    case "list": {
      const items = Array.from({ length: count }, () => randomElement(index, shape.item, random, depth));
      return items.includes(undefined) ? undefined : items;
    }
    case "map": {
      const entries = Array.from({ length: count }, () => [
        String(randomScalar(shape.key, random)),
        randomElement(index, shape.value, random, depth),
      ]);
      return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
    }
    default:
      return randomElement(index, shape, random, depth);
  }
}

/** Undefined for what has no JSON of its own here (google.protobuf.Any), and at the bottom. */
function randomElement(index: ModelIndex, shape: ElementShape, random: Random, depth: number): unknown {
  switch (shape.kind) {
    case "scalar":
      return randomScalar(shape.scalar, random);
    case "enum":
      return pick(index.enums.get(shape.fullName)?.values.map(({ name }) => name) ?? [], random);
    case "message": {
      const message = index.messages.get(shape.fullName);
      if (message === undefined) throw new Error(shape.fullName);
      if (message.wellKnown !== undefined) return randomWellKnown(message.wellKnown, random);
      return depth > 3 ? undefined : randomJson(index, message, random, depth + 1);
    }
    default:
      return shape satisfies never;
  }
}

function randomWellKnown(type: WellKnownType, random: Random): unknown {
  const samples: Partial<Record<WellKnownType, readonly unknown[]>> = {
    Timestamp: ["1970-01-01T00:00:00Z", "2024-02-29T23:59:59.999999999Z", "0001-01-01T00:00:00Z"],
    Duration: ["0s", "-1.500s", "315576000000s", "0.000000001s"],
    FieldMask: ["name", "name,displayName", "book.title"],
    Struct: [{}, { a: 1, b: [true, null, "x"] }],
    BoolValue: [true, false],
    Int64Value: ["0", "-9223372036854775808"],
    StringValue: ["", "a&b"],
    Empty: [{}],
  };
  return pick(samples[type] ?? [], random);
}

const texts = [
  "",
  "a",
  "a b",
  "a+b&c=d",
  "50%",
  "é/日本語",
  "😀",
  "[k].x",
  "\u0000",
  '"quoted"',
  "x".repeat(100),
  "__proto__",
];

function randomScalar(scalar: ScalarType, random: Random): unknown {
  switch (scalar) {
    case "string":
      return pick(texts, random);
    case "bytes":
      return Buffer.from(Array.from({ length: Math.floor(random() * 9) }, () => Math.floor(random() * 256))).toString(
        "base64",
      );
    case "bool":
      return random() < 0.5;
    case "double":
    case "float":
      return pick([0, 1.5, -2.25, 1e30, "NaN", "Infinity", "-Infinity"], random);
    case "int32":
    case "sint32":
    case "sfixed32":
      return pick([0, 1, -1, 2 ** 31 - 1, -(2 ** 31)], random);
    case "uint32":
    case "fixed32":
      return pick([0, 1, 2 ** 32 - 1], random);
    case "int64":
    case "sint64":
    case "sfixed64":
      return pick(["0", "-1", "9007199254740993", "-9223372036854775808"], random);
    case "uint64":
    case "fixed64":
      return pick(["0", "18446744073709551615"], random);
    default:
      return scalar satisfies never;
  }
}

function pick<T>(values: readonly T[], random: Random): T | undefined {
  return values[Math.floor(random() * values.length)];
}

/** A request, and the message that it carries: what path and query cannot say is left out of it. */
export interface CarriedMessage {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly body: MessageJson | undefined;
  readonly message: MessageJson;
}

/** Maps a message to a request by the inverse of a binding's rule. `nextId` gives the text of path segments. */
export function carryMessage(
  index: ModelIndex,
  binding: Binding,
  input: Message,
  json: MessageJson,
  random: Random,
  nextId: () => string,
): CarriedMessage {
  const { template, pathParams, httpMethod } = binding;
  const message = structuredClone(json);
  const segments = template.segments.map((segment) => (segment.kind === "literal" ? segment.text : nextId()));
  const verb = template.verb === "" ? "" : `:${template.verb}`;
  const path = `/${segments.map(encodeURIComponent).join("/")}${verb}`;
  for (const { fields } of pathParams) setAt(message, fields, undefined);
  const { body, query } = splitMessage(index, binding, input, message, random);
  for (const { fields, variable } of pathParams) {
    const captured = template.variables[variable];
    setAt(message, fields, segments.slice(captured?.start, captured?.end).join("/"));
  }
  const target = query.length === 0 ? path : `${path}?${query.join("&")}`;
  return { method: httpMethod, target, body, message };
}

/** Takes out of `message` what the request cannot carry. */
function splitMessage(
  index: ModelIndex,
  { body, httpMethod }: Binding,
  input: Message,
  message: MessageJson,
  random: Random,
): { body: MessageJson | undefined; query: string[] } {
  switch (body.kind) {
    case "all":
      return { body: structuredClone(message), query: [] };
    case "none":
      return { body: undefined, query: toQuery(index, input, message, random, "") };
    case "field": {
      const { jsonName } = body.field;
      const own = (message[jsonName] ?? {}) as MessageJson;
      message[jsonName] = own;
      // Without a mask in the query a PATCH gets one that is made from its body.
      const mask = input.fields.find(({ name }) => name === "update_mask");
      if (httpMethod === "PATCH" && mask !== undefined) message[mask.jsonName] = "name,displayName";
      const { [jsonName]: _, ...rest } = message;
      const query = toQuery(index, input, rest, random, "");
      for (const name of Object.keys(message)) if (name !== jsonName && !(name in rest)) delete message[name];
      return { body: structuredClone(own), query };
    }
    default:
      return body satisfies never;
  }
}

/** `a.b=c&m[k]=v`; deletes from `json` what has no such form. */
function toQuery(index: ModelIndex, message: Message, json: MessageJson, random: Random, prefix: string): string[] {
  return message.fields.flatMap((field) => {
    const value = json[field.jsonName];
    if (value === undefined) return [];
    const pairs = fieldToQuery(index, field, value, random, `${prefix}${random() < 0.5 ? field.name : field.jsonName}`);
    if (pairs.length === 0) delete json[field.jsonName];
    return pairs;
  });
}

function fieldToQuery(index: ModelIndex, { shape }: Field, value: unknown, random: Random, name: string): string[] {
  switch (shape.kind) {
    case "list":
      return hasText(index, shape.item) ? (value as unknown[]).map((item) => pair(name, item)) : [];
    case "map":
      if (!hasText(index, shape.value)) return [];
      return Object.entries(value as object).map(([key, item]) => pair(`${name}[${key}]`, item));
    case "message": {
      const message = index.messages.get(shape.fullName);
      // A query names the paths of a mask as the .proto file does, its JSON in lower camel case.
      if (message?.wellKnown === "FieldMask") return [pair(name, String(value).replace(/[A-Z]/g, "_$&").toLowerCase())];
      if (message?.wellKnown !== undefined) return hasText(index, shape) ? [pair(name, value)] : [];
      return message === undefined ? [] : toQuery(index, message, value as MessageJson, random, `${name}.`);
    }
    default:
      return [pair(name, value)];
  }
}

function hasText(index: ModelIndex, shape: ElementShape): boolean {
  if (shape.kind !== "message") return true;
  const wellKnown = index.messages.get(shape.fullName)?.wellKnown;
  return wellKnown !== undefined && wellKnown !== "Empty" && wellKnown !== "Any";
}

function pair(name: string, value: unknown): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return `${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
}

/** Sets the field that `fields` leads to; undefined takes it out. */
function setAt(json: MessageJson, fields: readonly Field[], value: string | undefined): void {
  let place = json;
  for (const field of fields.slice(0, -1)) {
    if (value === undefined && place[field.jsonName] === undefined) return;
    const next = (place[field.jsonName] ?? {}) as MessageJson;
    place[field.jsonName] = next;
    place = next;
  }
  const leaf = fields.at(-1)?.jsonName ?? "";
  if (value === undefined) delete place[leaf];
  else place[leaf] = value;
}
