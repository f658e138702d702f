/** Queries, and forms that are read like them. */
import { texts } from "./texts.js";
import { type HostileInput, largestBody, largestHeader, numbered, repeat } from "./input.js";

const parameters = [
  ..."a_string a_double a_float a_int32 a_uint32 a_int64 a_uint64 a_bool a_bytes a_kind a_timestamp a_duration".split(
    " ",
  ),
  ..."a_field_mask a_struct a_value a_value.number_value a_double_value list_double list_bytes maybe unknown".split(
    " ",
  ),
  ..."by_string[a] by_int32[1] a_struct.fields[a] one.a_string a_list_value.values".split(" "),
];

const queries: Readonly<Record<string, (size: number) => string>> = {
  ...Object.fromEntries(
    parameters.flatMap((name) =>
      Object.entries(texts).map(([kind, text]) => [`${name}: ${kind}`, (size: number) => `${name}=${text(size)}`]),
    ),
  ),
  ampersands: (size) => repeat("&", size),
  "equals signs": (size) => repeat("=", size),
  "empty parameters": (size) => repeat("a&", size),
  "parameters of one name": (size) => repeat("list_string=a&", size),
  "parameters of many names": (size) => numbered(size, (index) => `by_string[${index}]=a`).replaceAll(",", "&"),
  "parameters of many unknown names": (size) => numbered(size, (index) => `k${index}=a`).replaceAll(",", "&"),
  "a deep name": (size) => `${repeat("one.", size)}a_string=a`,
  "a long name": (size) => `${repeat("n", size)}=a`,
  "a name of brackets": (size) => `by_string${repeat("[", size)}]=a`,
  "a name of closing brackets": (size) => `by_string[${repeat("]", size)}=a`,
  "a name of dots": (size) => `${repeat(".", size)}=a`,
  "deep names": (size) => repeat(`${"one.".repeat(98)}a_string=a&`, size),
  semicolons: (size) => `a=${repeat(";", size)}`,
};

/** The same parameters in a query, in a form and in a form that is a query. */
export function queryInputs(): HostileInput[] {
  return Object.entries(queries).flatMap(([kind, query]): HostileInput[] => [
    {
      name: `query, ${kind}`,
      most: largestHeader,
      request: (size) => ({ method: "GET", path: "/v1/echo", query: query(size) }),
    },
    {
      name: `form, ${kind}`,
      most: largestBody,
      request: (size) => ({
        method: "POST",
        path: "/v1/echo",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: query(size),
      }),
    },
    {
      name: `form that is a query, ${kind}`,
      most: largestBody,
      request: (size) => ({
        method: "POST",
        path: "/v1/fields/bare",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: query(size),
      }),
    },
  ]);
}
