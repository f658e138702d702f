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

/** Undefined for what has no sample here, and at the bottom. */
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
    Value: ["x", 1.5, true, [null, "a"], { a: {} }],
    ListValue: [[], [1, "a", null]],
    Any: [{}],
    BoolValue: [true, false],
    Int32Value: [0, -1],
    Int64Value: ["0", "-9223372036854775808"],
    UInt32Value: [0, 2 ** 32 - 1],
    UInt64Value: ["0", "18446744073709551615"],
    DoubleValue: [0, 1e300, "NaN"],
    FloatValue: [0, 1.5],
    BytesValue: ["", "/+8="],
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
  /** JSON, or bytes with their type; undefined for none. */
  readonly body: unknown;
  readonly raw?: { readonly contentType: string; readonly data: Uint8Array };
  readonly message: MessageJson;
}

/** What a request is made for. */
export interface Mapping {
  readonly index: ModelIndex;
  readonly binding: Binding;
  readonly input: Message;
  readonly profile: "grpc-gateway" | "spec";
  readonly random: Random;
  /** Text for a path segment; `isWhole` when a variable is this one segment. */
  readonly nextId: (isWhole: boolean) => string;
}

/** Maps a message to a request by the inverse of a binding's rule. */
export function carryMessage(mapping: Mapping, json: MessageJson): CarriedMessage {
  const { template, pathParams, httpMethod } = mapping.binding;
  const message = structuredClone(json);
  const segments = template.segments.map((segment) => (segment.kind === "literal" ? segment.text : undefined));
  const bound = pathParams.map(({ fields, variable }) => {
    const { start = 0, end = 0 } = template.variables[variable] ?? {};
    return { fields, start, end, value: pathValue(mapping, fields.at(-1), segments.slice(start, end)) };
  });
  for (const { start, value } of bound) for (const [at, text] of value.texts.entries()) segments[start + at] = text;
  const path = segments.map((text) => encodeURIComponent(text ?? mapping.nextId(false))).join("/");
  const verb = template.verb === "" ? "" : `:${template.verb}`;
  for (const { fields } of bound) setAt(message, fields, undefined);
  for (const { fields } of bound) dropSiblings(mapping, message, fields);
  const { body, raw, query } = splitMessage(mapping, message);
  for (const { fields, value } of bound) setAt(message, fields, value.json);
  const target = query.length === 0 ? `/${path}${verb}` : `/${path}${verb}?${query.join("&")}`;
  return { method: httpMethod, target, body, message, ...(raw === undefined ? {} : { raw }) };
}

/** What a variable holds, and the texts of its segments; `pattern` has undefined for those that are open. */
function pathValue(
  { index, random, nextId }: Mapping,
  field: Field | undefined,
  pattern: readonly (string | undefined)[],
): { readonly json: unknown; readonly texts: readonly string[] } {
  const { shape } = field ?? {};
  const isText = shape?.kind === "scalar" && shape.scalar === "string";
  if (shape === undefined || isText || pattern.length !== 1 || pattern[0] !== undefined) {
    const texts = pattern.map((text) => text ?? nextId(pattern.length === 1 && isText));
    return { json: texts.join("/"), texts };
  }
  const element = shape.kind === "list" ? shape.item : shape.kind === "map" ? shape.value : shape;
  if (shape.kind !== "list") {
    const json = randomElement(index, element, random, 0);
    // A path that is not encoded in base64url would be cut at a slash where the door decodes it.
    const text = element.kind === "scalar" && element.scalar === "bytes" ? urlSafe(String(json)) : String(json);
    return { json, texts: [text] };
  }
  const isWord = element.kind === "scalar" && element.scalar === "string";
  const list = [0, 1].map(() =>
    isWord ? nextId(true).replaceAll(",", "") || "a" : randomElement(index, element, random, 0),
  );
  return { json: list, texts: [list.join(",")] };
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

/** Takes out the other members of a oneof that a path sets a member of. */
function dropSiblings({ index, input }: Mapping, json: MessageJson, fields: readonly Field[]): void {
  let place: MessageJson | undefined = json;
  let owner: Message | undefined = input;
  for (const { name, oneof, shape, jsonName } of fields) {
    for (const other of owner?.fields ?? []) {
      if (oneof !== undefined && other.oneof === oneof && other.name !== name) delete place?.[other.jsonName];
    }
    place = place?.[jsonName] as MessageJson | undefined;
    owner = shape.kind === "message" ? index.messages.get(shape.fullName) : undefined;
  }
}

/** Takes out of `message` what the request cannot carry. */
function splitMessage(
  mapping: Mapping,
  message: MessageJson,
): { readonly body: unknown; readonly raw?: CarriedMessage["raw"]; readonly query: readonly string[] } {
  const { binding, input, profile, random } = mapping;
  const { body, httpMethod } = binding;
  switch (body.kind) {
    case "all": {
      const whole = structuredClone(message);
      if (profile !== "spec") return { body: whole, query: [] };
      // What the body leaves out, the query may say.
      const inQuery = input.fields.filter(({ shape, oneof }) => shape.kind === "scalar" && oneof === undefined);
      const chosen = inQuery.filter(({ jsonName }) => jsonName in whole && random() < 0.3);
      const query = toQuery(mapping, { ...input, fields: chosen }, message, "");
      for (const { jsonName } of chosen) delete whole[jsonName];
      return { body: whole, query };
    }
    case "none":
      return { body: undefined, query: toQuery(mapping, input, message, "") };
    case "field":
      return splitAtField(mapping, message, body.field, httpMethod === "PATCH");
    default:
      return body satisfies never;
  }
}

function splitAtField(
  mapping: Mapping,
  message: MessageJson,
  { jsonName, shape }: Field,
  isPatch: boolean,
): ReturnType<typeof splitMessage> {
  const { index, input, profile } = mapping;
  const wellKnown = shape.kind === "message" ? index.messages.get(shape.fullName)?.wellKnown : undefined;
  // An empty body is an empty message, too; of a well-known type as in grpc-gateway (empty-bodies.test.ts).
  if (shape.kind === "message" && wellKnown === undefined) message[jsonName] ??= {};
  if (profile === "grpc-gateway" && wellKnown === "Timestamp") message[jsonName] ??= "1970-01-01T00:00:00Z";
  const own = message[jsonName];
  // Without a mask in the query a PATCH gets one that is made from its body.
  const mask = input.fields.find(({ name }) => name === "update_mask");
  if (isPatch && mask !== undefined) message[mask.jsonName] = "name,displayName";
  const { [jsonName]: _, ...rest } = message;
  const query = toQuery(mapping, input, rest, "");
  for (const name of Object.keys(message)) if (name !== jsonName && !(name in rest)) delete message[name];
  const isRaw = profile === "spec" && shape.kind === "message" && shape.fullName === "google.api.HttpBody";
  if (!isRaw) return { body: structuredClone(own), query };
  const { contentType = "", data = "" } = own as { contentType?: string; data?: string };
  message[jsonName] = { contentType, data };
  return { body: undefined, raw: { contentType, data: Buffer.from(data, "base64") }, query };
}

/** `a.b=c&m[k]=v`; deletes from `json` what has no such form. */
function toQuery(mapping: Mapping, message: Message, json: MessageJson, prefix: string): string[] {
  const { random } = mapping;
  return message.fields.flatMap((field) => {
    const value = json[field.jsonName];
    if (value === undefined) return [];
    const pairs = fieldToQuery(mapping, field, value, `${prefix}${random() < 0.5 ? field.name : field.jsonName}`);
    if (pairs.length === 0) delete json[field.jsonName];
    return pairs;
  });
}

function fieldToQuery(mapping: Mapping, { shape }: Field, value: unknown, name: string): string[] {
  const { index, profile } = mapping;
  switch (shape.kind) {
    case "list":
      return hasText(index, shape.item) ? (value as unknown[]).map((item) => pair(name, item)) : [];
    case "map":
      if (!hasText(index, shape.value)) return [];
      return Object.entries(value as object).map(([key, item]) => pair(`${name}[${key}]`, item));
    case "message": {
      const message = index.messages.get(shape.fullName);
      // grpc-gateway takes the paths of a mask as the .proto file has them; its JSON is in lower camel case.
      if (message?.wellKnown === "FieldMask" && profile === "grpc-gateway")
        return [pair(name, String(value).replace(/[A-Z]/g, "_$&").toLowerCase())];
      if (message?.wellKnown === "Value") return [pair(name, JSON.stringify(value))];
      // The durations of a query are Go's, which end at 292 years.
      if (message?.wellKnown === "Duration" && String(value).length > 10 && !String(value).includes(".")) return [];
      if (message?.wellKnown !== undefined) return hasText(index, shape) ? [pair(name, value)] : [];
      return message === undefined ? [] : toQuery(mapping, message, value as MessageJson, `${name}.`);
    }
    default:
      return [pair(name, value)];
  }
}

function hasText(index: ModelIndex, shape: ElementShape): boolean {
  if (shape.kind !== "message") return true;
  const wellKnown = index.messages.get(shape.fullName)?.wellKnown;
  return wellKnown !== undefined && !["Empty", "Any", "ListValue"].includes(wellKnown);
}

function pair(name: string, value: unknown): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return `${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
}

/** Sets the field that `fields` leads to; undefined takes it out. */
function setAt(json: MessageJson, fields: readonly Field[], value: unknown): void {
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
