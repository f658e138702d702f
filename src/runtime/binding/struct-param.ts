/** Query parameters for google.protobuf.Struct, Value and ListValue where handlers see them as plain JSON. */
import type { JsonObject, JsonValue } from "../values/json.js";
import { isLeaf, type Param, paramEntry, paramValue, paramValues, refuseMessageParam } from "./param.js";
import { parseJson } from "../json/parse-json.js";
import { parseBool, parseDouble } from "./parse-scalar.js";
import { setEntry } from "../values/set-entry.js";
import { readJsonObject, readJsonValue } from "../json/struct-json.js";

/** `field={"a":1}` or `field.fields[a]=1`. */
export function structParam(current: JsonObject | undefined, param: Param, at: number): JsonObject | undefined {
  if (isLeaf(param, at)) {
    return readJsonObject(parseJson(paramValue(param, at)));
  }
  const struct = current ?? {};
  if (param.path[at + 1] !== "fields") return struct;
  const [key, text] = paramEntry(param, at + 1);
  setEntry(struct, key, jsonValue(text));
  return struct;
}

/** `field=<JSON>`, or one of the members of Value: `field.string_value=text`. */
export function valueParam(current: JsonValue | undefined, param: Param, at: number): JsonValue | undefined {
  if (isLeaf(param, at)) return jsonValue(paramValue(param, at));
  switch (param.path[at + 1]) {
    case "string_value":
    case "stringValue":
      return paramValue(param, at + 1);
    case "number_value":
    case "numberValue":
      return parseDouble(paramValue(param, at + 1));
    case "bool_value":
    case "boolValue":
      return parseBool(paramValue(param, at + 1));
    case "struct_value":
    case "structValue":
      return structParam(undefined, param, at + 1) ?? null;
    case "list_value":
    case "listValue":
      return listParam(undefined, param, at + 1) ?? null;
    default:
      return current;
  }
}

/** `field.values=1&field.values=2`. */
export function listParam(current: JsonValue[] | undefined, param: Param, at: number): JsonValue[] | undefined {
  if (isLeaf(param, at)) return refuseMessageParam(param, at);
  const list = current ?? [];
  if (param.path[at + 1] === "values") list.push(...paramValues(param, at + 1).map(jsonValue));
  return list;
}

function jsonValue(text: string): JsonValue {
  return readJsonValue(parseJson(text));
}
