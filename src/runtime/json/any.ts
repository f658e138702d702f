/** google.protobuf.Any in JSON: the members of the packed message beside `@type`. https://protobuf.dev/programming-guides/json/#any */
import { DecodeError } from "../values/decode-error.js";
import { describeJson } from "../values/describe-json.js";
import { EncodeError } from "../values/encode-error.js";
import type { JsonInput, JsonInputObject, JsonObject, JsonValue } from "../values/json.js";
import { readObject, readString } from "./json-read.js";
import { boundMemory, memoryLeft } from "../memory-bound.js";
import { setEntry } from "../values/set-entry.js";

/** What an Any takes beside its members, with its bytes. */
const anySlots = 40;

/** The type URL of an Any, "" for `{}`, and the object's other members. */
export function readAny(json: JsonInput): { readonly typeUrl: string; readonly members: JsonInputObject } {
  const object = readObject(json, anySlots);
  const members: { [name: string]: JsonInput } = {};
  for (const name of Object.keys(object)) {
    if (name !== "@type") setEntry(members, name, object[name]);
  }
  if (object["@type"] !== undefined) return { typeUrl: readTypeUrl(object["@type"]), members };
  if (Object.keys(members).length === 0) return { typeUrl: "", members };
  throw new DecodeError("a message with @type", "none", "@type");
}

function readTypeUrl(json: JsonInput): string {
  const url = readString(json);
  if (/^[^/]*\/(?:.*\/)?[\w.]+$/.test(url)) return url;
  throw new DecodeError("a type URL such as type.googleapis.com/package.Message", describeJson(url), "@type");
}

/** The full name of the message that a type URL stands for. */
export function typeOfUrl(typeUrl: string): string {
  return typeUrl.slice(typeUrl.lastIndexOf("/") + 1);
}

/** The JSON form of a type that has one of its own, which an Any holds as `value`. */
export function readAnyValue(members: JsonInputObject): JsonInput {
  if (Object.hasOwn(members, "value")) return members["value"];
  throw new DecodeError("a value", "nothing", "value");
}

/** Refuses a type that the codec was not generated for. */
export function refuseAnyType(typeUrl: string): never {
  throw new DecodeError("one of the message types that an Any may hold here", describeJson(typeUrl), "@type");
}

/** An Any of an ordinary message. */
export function writeAnyMessage<Message>(
  typeUrl: string,
  packed: Uint8Array,
  decode: (bytes: Uint8Array) => Message,
  build: (message: Message) => JsonValue,
): JsonObject {
  return { "@type": typeUrl, ...(unpack(packed, decode, build) as JsonObject) };
}

/** An Any of a type that has a JSON form of its own. */
export function writeAnyValue<Message>(
  typeUrl: string,
  packed: Uint8Array,
  decode: (bytes: Uint8Array) => Message,
  build: (message: Message) => JsonValue,
): JsonObject {
  return { "@type": typeUrl, value: unpack(packed, decode, build) };
}

/** How many Anys are being printed, one inside the other. Their bytes are read one by one, so that no reader sees how deep they nest. */
let open = 0;

function unpack<Message>(
  packed: Uint8Array,
  decode: (bytes: Uint8Array) => Message,
  build: (message: Message) => JsonValue,
): JsonValue {
  if (memoryLeft() === Number.POSITIVE_INFINITY) boundMemory();
  if (open >= maxDepth) throw new EncodeError(`messages nested at most ${maxDepth} deep`, "deeper nesting", true);
  open++;
  try {
    return build(decode(packed));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new EncodeError(`an Any of valid bytes (${error.expected})`, error.found, true);
  } finally {
    open--;
  }
}

const maxDepth = 100;

/** Refuses to print a type that the codec was not generated for. */
export function failOnAnyType(typeUrl: string): never {
  throw new EncodeError("an Any of a type that the codec was generated for", describeJson(typeUrl), true);
}
