/** One query parameter on its way into a message, and the functions that emitted setters call. */
import { isWellFormed } from "../json/json-read.js";
import { DecodeError, inside } from "../values/decode-error.js";

/** `nested.labels[k]=v&nested.labels[k]=w`: the path, the key in brackets, and all values. */
export interface Param {
  /** Field names in proto or JSON spelling, at least one. A setter may replace one spelling by the other. */
  readonly path: string[];
  readonly key: string | undefined;
  readonly values: readonly string[];
  /**
   * The fields that earlier parameters have set; undefined if a field may be set again and brackets without a key are
   * ignored.
   */
  readonly claims: Claims | undefined;
}

/** The parameters that have set a field or, if there are many, the JSON names of those fields. */
export type Claims = Param[] | Set<string>;

/** The one value of a singular field at `path[at]`. */
export function paramValue(param: Param, at: number): string {
  const values = paramValues(param, at);
  if (values.length > 1) throw new DecodeError("one value", `${values.length}`);
  return values[0] ?? "";
}

/** The values of a repeated field. */
export function paramValues(param: Param, at: number): readonly string[] {
  requireLeaf(param, at);
  const { key, claims } = param;
  if (key !== undefined && !(key === "" && claims === undefined))
    throw new DecodeError("a map before the brackets", "another field");
  return param.values;
}

/** The key and the value of a map entry `name[key]=value`. */
export function paramEntry(param: Param, at: number): readonly [key: string, value: string] {
  requireLeaf(param, at);
  const { key, values } = param;
  if (key === undefined) throw new DecodeError("a key in brackets", "none");
  if (!isWellFormed(key)) throw new DecodeError("UTF-8", "other bytes");
  if (values.length > 1) throw new DecodeError("one value per key", `${values.length}`);
  return [key, values[0] ?? ""];
}

/** Tells whether the path ends with the field at `at`. */
export function isLeaf(param: Param, at: number): boolean {
  return at === param.path.length - 1;
}

function requireLeaf(param: Param, at: number): void {
  if (!isLeaf(param, at))
    throw new DecodeError("a message before the dot", `field "${param.path[at]}" of another type`);
  if (param.claims !== undefined && !claimField(param, param.claims))
    throw new DecodeError("one name for each field", "both spellings");
  for (const value of param.values) if (!isWellFormed(value)) throw new DecodeError("UTF-8", "other bytes");
}

/** Claims the field for a parameter; false if another parameter has set it before. */
function claimField(param: Param, claims: Claims): boolean {
  if (Array.isArray(claims)) {
    for (const other of claims) if (isSameField(param, other)) return false;
    claims.push(param);
    return true;
  }
  const { size } = claims;
  return claims.add(`${param.path.map(jsonName).join(".")}[${param.key}`).size > size;
}

function isSameField({ path, key }: Param, other: Param): boolean {
  if (key !== other.key || path.length !== other.path.length) return false;
  for (let at = 0; at < path.length; at++) if (!isSameName(path[at] ?? "", other.path[at] ?? "")) return false;
  return true;
}

/**
 * Tells whether two names belong to one field, whose JSON name has no underscores. Most names differ without making the
 * JSON name.
 */
function isSameName(name: string, other: string): boolean {
  if (name.length === other.length) return name === other;
  const [short, long] = name.length < other.length ? [name, other] : [other, name];
  return long.includes("_") && !short.includes("_") && jsonName(long) === short;
}

/** The JSON name that follows from a field's name. https://protobuf.dev/programming-guides/json/ */
function jsonName(name: string): string {
  return name.replace(/_+(.?)/g, (_, next: string) => next.toUpperCase());
}

/** Returns `empty`, a google.protobuf.Empty, for a text that says that it is present. */
export function emptyText<Message>(text: string, empty: Message): Message {
  if (text === "" || text === "{}") return empty;
  throw new DecodeError('nothing or "{}"', JSON.stringify(text.slice(0, 64)));
}

/** Refuses a parameter that names a message without a text form, and no field below it. */
export function refuseMessageParam(param: Param, at: number): never {
  throw new DecodeError("a field of the message", `the message "${param.path[at]}" itself`);
}

/** Refuses a second member of a oneof. */
export function refuseOneof(oneof: string): never {
  throw new DecodeError(`one member of oneof "${oneof}"`, "a second one");
}

/** Refuses a message without a required field. */
export function refuseUnset(name: string): never {
  throw new DecodeError("a value", "nothing", name);
}

/** Looks for the required fields of a message in the field `name`. */
export function requireInside<Message>(name: string, message: Message, require: (message: Message) => void): void {
  try {
    require(message);
  } catch (error) {
    throw inside(error, name);
  }
}

/** Refuses a parameter that names no field. */
export function refuseUnknownParam(param: Param, at: number): never {
  throw new DecodeError("the name of a field", JSON.stringify(param.path[at]?.slice(0, 64)));
}
