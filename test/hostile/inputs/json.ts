/** JSON, as bodies, as fields of bodies and as streams of requests. */
import { type HostileInput, json, largestBody, nest, numbered, repeat } from "./input.js";

/** Values of any field, by what they are. */
const values: Readonly<Record<string, (size: number) => string>> = {
  "a long number": (size) => repeat("1", size),
  "a number with zeros before its last digit": (size) => `1.5${repeat("0", size)}1`,
  "a number with a long exponent": (size) => `1e-${repeat("0", size)}1`,
  "a number with zeros in front": (size) => `${repeat("0", size)}1`,
  "a long string": (size) => `"${repeat("x", size)}"`,
  "a string of digits": (size) => `"${repeat("1", size)}"`,
  "a string of digits and a letter": (size) => `"${repeat("1", size)}x"`,
  "a string of zeros": (size) => `"${repeat("0", size)}1"`,
  "a string of a number with zeros": (size) => `"1.5${repeat("0", size)}1"`,
  "a string of dots": (size) => `"${repeat(".a", size)}"`,
  "a string of commas": (size) => `"${repeat("aA,", size)}"`,
  "a string of underscores": (size) => `"${repeat("_a", size)}"`,
  "a string of base64": (size) => `"${repeat("AAAA", size)}"`,
  "a string of base64 and a wrong end": (size) => `"${repeat("AAAA", size)}="`,
  "a string of slashes": (size) => `"${repeat("/a", size)}!"`,
  "a string of backslashes": (size) => `"${repeat("\\\\", size)}"`,
  "a string of quotes": (size) => `"${repeat('\\"', size)}"`,
  "a string of escapes": (size) => `"${repeat("\\u0041", size)}"`,
  "a string of lone surrogates": (size) => `"${repeat("\\ud800", size)}"`,
  "a string of colons": (size) => `"${repeat('\\": ', size)}"`,
  "a string that does not end": (size) => `"${repeat("x\\\\", size)}`,
  "a time with a long fraction": (size) => `"2024-01-02T03:04:05.${repeat("1", size)}Z"`,
  "a duration with a long fraction": (size) => `"1.${repeat("1", size)}s"`,
  "empty lists": (size) => `[${repeat("[],", size)}[]]`,
  "empty objects": (size) => `[${repeat("{},", size)}{}]`,
  "empty strings": (size) => `[${repeat('"",', size)}""]`,
  nulls: (size) => `[${repeat("null,", size)}null]`,
  zeros: (size) => `[${repeat("0,", size)}0]`,
  fractions: (size) => `[${repeat("1.5,", size)}1.5]`,
  "integers that a number rounds": (size) => `[${repeat("9007199254740993,", size)}0]`,
  "short texts": (size) => `[${repeat('"ab",', size)}""]`,
  "deep lists": (size) => nest("[", "]", size),
  "deep objects": (size) => nest('{"a":', "}", size, "1"),
  "deep messages": (size) => nest('{"one":', "}", size, "{}"),
  "deep lists of messages": (size) => nest('{"many":[', "]}", size, "{}"),
  "deep maps of messages": (size) => nest('{"named":{"a":', "}}", size, "{}"),
  "lists that do not end": (size) => repeat("[", size),
  "objects that do not end": (size) => repeat('{"a":', size),
  "many members": (size) => `{${numbered(size, (index) => `"k${index}":0`)}}`,
  "many members with numbers for names": (size) => `{${numbered(size, (index) => `"${index * 7919}":0`)}}`,
  "members of one name": (size) => `{${repeat('"a":1,', size)}"a":2}`,
  "members of one name, spaced": (size) => `{${repeat('"a": 1 , ', size)}"b":2}`,
  "a long name": (size) => `{"${repeat("N", size)}":1}`,
  "a long name around many members": (size) =>
    `{"${repeat("n", size / 2)}":{${numbered(size / 2, (index) => `"${index}":0`)}}}`,
  "white space": (size) => `${repeat(" \n\t\r", size)}1`,
  "brackets that close": (size) => repeat("]", size),
  commas: (size) => `[${repeat(",", size)}]`,
};

/** Fields of every kind of type, by the least of them that has a reader of its own. */
const fields = [
  ..."aInt32 aUint32 aInt64 aUint64 aDouble aFloat aBool aString aBytes aKind".split(" "),
  ..."aTimestamp aDuration aFieldMask aStruct aValue aListValue aAny aEmpty aInt64Value aBytesValue".split(" "),
  ..."listInt32 listUint64 listDouble listString listBytes listKind listTimestamp listFieldMask listStruct".split(" "),
  ..."listValue listAny listEmpty byInt32 byInt64 byUint64 byBool byString smallByName named valueByName".split(" "),
  ..."one many small smalls maybe left right unknown".split(" "),
];

const packed = (type: string, members: string): string => `{"@type":"type.googleapis.com/${type}",${members}}`;

const bodies: Readonly<Record<string, (size: number) => string>> = {
  ...Object.fromEntries(fields.flatMap((field) => fieldBodies(field))),
  "Any in Any": (size) => nest(`{"aAny":{"@type":"a/hostile.v1.All",`, "}", size, '"aAny":{}}').replaceAll(",{", ","),
  "an Any of many messages": (size) =>
    `{"aAny":${packed("hostile.v1.All", `"smalls":[${repeat('{"text":"a"},', size)}{}]`)}}`,
  "an Any of a deep value": (size) => `{"aAny":${packed("google.protobuf.Value", `"value":${nest("[", "]", size)}`)}}`,
  "many Anys": (size) => `{"listAny":[${repeat(`${packed("hostile.v1.Small", '"text":"a"')},`, size)}{}]}`,
  "an Any with a long type": (size) => `{"aAny":{"@type":"a/${repeat("b/", size)}hostile.v1.Small"}}`,
  "an Any with a type of dots": (size) => `{"aAny":{"@type":"a/${repeat("b.", size)}!"}}`,
  "many messages with a member": (size) => `{"smalls":[${repeat('{"text":"a","number":1},', size)}{}]}`,
  "a tree of messages": (size) => `{"many":[${repeat('{"one":{},"small":{}},', size)}{}]}`,
  "both members of a oneof": (size) => `{"left":"${repeat("x", size)}","right":{}}`,
  "a number that is rounded in many messages": (size) =>
    `{"smalls":[${repeat('{"text":"a","number":1},', size)}{"number":9007199254740993}]}`,
  "a wrong value at the end of many": (size) => `{"smalls":[${repeat('{"text":"a"},', size)}{"number":"x"}]}`,
  "a wrong value below deep names": (size) =>
    `${'{"named":{"'.concat(repeat("n", size / 50), '":').repeat(48)}{"aInt32":"x"}${"}}".repeat(48)}`,
  "text after the value": (size) => `{}${repeat("x", size)}`,
  "nothing but white space": (size) => repeat(" ", size),
  "a byte order mark": (size) => `\ufeff${repeat("{}", size)}`,
};

function fieldBodies(field: string): [string, (size: number) => string][] {
  return Object.entries(values).map(([kind, value]) => [`${field}: ${kind}`, (size) => `{"${field}":${value(size)}}`]);
}

/** Bodies in JSON. */
export function jsonInputs(): HostileInput[] {
  return Object.entries(bodies).map(([name, body]) => ({
    name: `JSON, ${name}`,
    most: largestBody,
    request: (size) => ({ method: "POST", path: "/v1/echo", headers: json, body: body(size - 100) }),
  }));
}

/** The exact reader, which a repeated name calls in. */
export function exactInputs(): HostileInput[] {
  return Object.entries(values).map(([kind, value]) => ({
    name: `exact JSON, ${kind}`,
    most: largestBody,
    request: (size) => ({
      method: "POST",
      path: "/v1/echo",
      headers: json,
      body: `{"unknown":${value(size - 100)},"maybe":"","maybe":""}`,
    }),
  }));
}

/** Bodies that are a field, and the update mask that is made of one. */
export function fieldInputs(): HostileInput[] {
  const paths = ["/v1/fields", "/v1/fields/value", "/v1/fields/list"];
  return [
    ...paths.flatMap((path) => Object.entries(values).map(([kind, value]) => bodyInput("POST", path, kind, value))),
    ...Object.entries(values).map(([kind, value]) =>
      bodyInput("PATCH", "/v1/patch", kind, (size) => `{"aStruct":${value(size)}}`),
    ),
    bodyInput("PATCH", "/v1/patch", "many fields of messages", (size) => `{"one":${nest('{"one":', "}", size, "{}")}}`),
  ];
}

function bodyInput(method: string, path: string, kind: string, body: (size: number) => string): HostileInput {
  return {
    name: `${method} ${path}, ${kind}`,
    most: largestBody,
    request: (size) => ({ method, path, headers: json, body: body(size - 100) }),
  };
}

/** Streams of requests. */
const streams: Readonly<Record<string, (size: number) => string>> = {
  "empty messages": (size) => repeat("{}", size),
  "empty messages in a list": (size) => `[${repeat("{},", size)}{}]`,
  "messages in lines": (size) => repeat('{"text":"a"}\n', size),
  "9,999 messages": (size) => `{"text":"${"x".repeat(size / 11_000)}"}`.repeat(9_999),
  "one message": (size) => `{"text":"${repeat("x", size)}"}`,
  "white space": (size) => repeat(" ", size),
  "white space between messages": (size) => `{}${repeat(" \n", size)}{}`,
  "quotes that are escaped": (size) => `{"text":"${repeat('\\"', size)}"}`,
  backslashes: (size) => `{"text":"${repeat("\\\\", size)}"}`,
  "a string that does not end": (size) => `"${repeat("\\\\\\", size)}`,
  "brackets that open": (size) => repeat("[", size),
  "brackets that close": (size) => repeat("]", size),
  "deep values": (size) => nest("[", "]", size),
  words: (size) => repeat("a ", size),
  "one word": (size) => repeat("a", size),
  numbers: (size) => repeat("1 ", size),
  "one number": (size) => repeat("1", size),
  commas: (size) => `[${repeat(",", size)}`,
};

export function streamInputs(): HostileInput[] {
  return ["/v1/collect", "/v1/smalls", "/v1/values"].flatMap((path) =>
    Object.entries(streams).map(([kind, body]) => bodyInput("POST", path, kind, body)),
  );
}
