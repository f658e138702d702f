/**
 * Query parameters for google.protobuf.Struct, Value and ListValue that handlers see as plain JSON. `param.path[at]` is
 * the field of the message, undefined for the message itself. `refuse` is called for a name that the message does not
 * have; without it such a name is ignored.
 */
import type { JsonObject, JsonValue } from "../values/json.js";
import { type Param, paramEntry, paramValue, paramValues, refuseMessageParam, refuseOneof } from "./param.js";
import { parseJson } from "../json/parse-json.js";
import { enumNumber, parseBool, parseDouble, refuseEnum } from "./parse-scalar.js";
import { setEntry } from "../values/set-entry.js";
import { readJsonObject, readJsonValue } from "../json/struct-json.js";

/** Refuses a parameter that names no field. */
type Refuse = (param: Param, at: number) => never;

/** Sets a Struct: `field={"a":1}` or `field.fields[a]=1`. */
export function structParam(current: JsonObject | undefined, param: Param, at: number, refuse?: Refuse): JsonObject {
  const name = param.path[at];
  if (name === undefined) return readJsonObject(parseJson(paramValue(param, at - 1)));
  const struct = current ?? {};
  if (name === "fields") {
    const [key, text] = paramEntry(param, at);
    setEntry(struct, key, jsonValue(text));
  } else refuse?.(param, at);
  return struct;
}

/**
 * Sets a Value: `field=<JSON>`, or one of its members: `field.string_value=text`. Undefined while no member is set.
 */
export function valueParam(
  current: JsonValue | undefined,
  param: Param,
  at: number,
  refuse?: Refuse,
): JsonValue | undefined {
  switch (param.path[at]) {
    case undefined:
      return jsonValue(paramValue(param, at - 1));
    case "null_value":
    case "nullValue":
      return parseNull(memberText(current, param, at));
    case "number_value":
    case "numberValue":
      return parseDouble(memberText(current, param, at));
    case "string_value":
    case "stringValue":
      return memberText(current, param, at);
    case "bool_value":
    case "boolValue":
      return parseBool(memberText(current, param, at));
    case "struct_value":
    case "structValue":
      return structParam(
        current === undefined || isObject(current) ? current : refuseOneof("kind"),
        param,
        at + 1,
        refuse,
      );
    case "list_value":
    case "listValue":
      return listParam(
        current === undefined || Array.isArray(current) ? current : refuseOneof("kind"),
        param,
        at + 1,
        refuse,
      );
    default:
      refuse?.(param, at);
      return current;
  }
}

/** Sets a ListValue: `field.values=1&field.values=2`. */
export function listParam(current: JsonValue[] | undefined, param: Param, at: number, refuse?: Refuse): JsonValue[] {
  const name = param.path[at];
  if (name === undefined) return refuseMessageParam(param, at - 1);
  const list = current ?? [];
  if (name === "values") list.push(...paramValues(param, at).map(jsonValue));
  else refuse?.(param, at);
  return list;
}

/** The text of a member of Value that is not a message; no other member may be set. */
function memberText(current: JsonValue | undefined, param: Param, at: number): string {
  return current === undefined ? paramValue(param, at) : refuseOneof("kind");
}

function parseNull(text: string): null {
  return text === "NULL_VALUE" || enumNumber(text) === 0 ? null : refuseEnum(text);
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function jsonValue(text: string): JsonValue {
  return readJsonValue(parseJson(text));
}
