/** One query parameter on its way into a message; what the emitted setters ask of it. */
import { isWellFormed } from "../json/json-read.js";
import { DecodeError } from "../values/decode-error.js";

/** `nested.labels[k]=v&nested.labels[k]=w`: the path, the key in brackets, and all values. */
export interface Param {
  /** Field names in proto or JSON spelling, at least one. A setter may put the one that a field is known by in the place of the other. */
  readonly path: string[];
  readonly key: string | undefined;
  readonly values: readonly string[];
  /** The fields that parameters before it have set; undefined where a field may be set again, and brackets without a key count for nothing. */
  readonly seen: Set<string> | undefined;
}

/** The one value of a singular field at `path[at]`. */
export function paramValue(param: Param, at: number): string {
  const values = paramValues(param, at);
  if (values.length > 1) throw new DecodeError("one value", `${values.length}`);
  return values[0] ?? "";
}

/** The values of a repeated field. */
export function paramValues(param: Param, at: number): readonly string[] {
  requireLeaf(param, at);
  const { key, seen } = param;
  if (key !== undefined && !(key === "" && seen === undefined))
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

/** Whether the path ends with the field at `at`. */
export function isLeaf(param: Param, at: number): boolean {
  return at === param.path.length - 1;
}

function requireLeaf(param: Param, at: number): void {
  if (!isLeaf(param, at))
    throw new DecodeError("a message before the dot", `field "${param.path[at]}" of another type`);
  if (param.seen !== undefined) claimField(param, param.seen);
  for (const value of param.values) if (!isWellFormed(value)) throw new DecodeError("UTF-8", "other bytes");
}

/** The name of a field in JSON is made from its own, so both spellings come to the same. */
function claimField({ path, key }: Param, seen: Set<string>): void {
  const name = path.join(".").replace(/_+(.?)/g, (_, next: string) => next.toUpperCase());
  const field = key === undefined ? name : `${name}[${key}]`;
  if (seen.has(field)) throw new DecodeError("one name for each field", "both spellings");
  seen.add(field);
}

/** A google.protobuf.Empty, `empty`, for a text that says that it is there. */
export function emptyText<Message>(text: string, empty: Message): Message {
  if (text === "" || text === "{}") return empty;
  throw new DecodeError('nothing or "{}"', JSON.stringify(text.slice(0, 64)));
}

/** For a message field that has no text form and no field below it was named. */
export function refuseMessageParam(param: Param, at: number): never {
  throw new DecodeError("a field of the message", `the message "${param.path[at]}" itself`);
}

/** For a field of a oneof of which a member is set already. */
export function refuseOneof(oneof: string): never {
  throw new DecodeError(`one member of oneof "${oneof}"`, "a second one");
}

/** For a parameter that no field is named by, where those are refused. */
export function refuseUnknownParam(param: Param, at: number): never {
  throw new DecodeError("the name of a field", JSON.stringify(param.path[at]?.slice(0, 64)));
}
