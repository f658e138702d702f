/**
 * What a client may send: long, deep, wide and repeated, for every reader of every format. An input is made for a size, which is about the
 * number of its bytes, so that the same input can be sent at several sizes.
 */
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

/** A request before it is given a door's form. */
export interface HostileRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** One row of the table. */
export interface HostileInput {
  readonly name: string;
  /** Its largest size, in bytes. */
  readonly most: number;
  readonly request: (size: number) => HostileRequest;
}

/** What Lambda takes in one event, as text and in base64. */
const largestBody = 5_900_000;
const largestBytes = 4_400_000;
/** Headers and paths end earlier at every door: a load balancer takes 64 kB of them. */
const largestHeader = 60_000;
const largestInflated = 63_000_000;

const repeat = (text: string, size: number): string => text.repeat(Math.max(1, Math.floor(size / text.length)));
/** `open` and `close` around nothing, as often as fits. */
const nest = (open: string, close: string, size: number, inside = ""): string => {
  const depth = Math.max(1, Math.floor(size / (open.length + close.length)));
  return open.repeat(depth) + inside + close.repeat(depth);
};
/** Members or items that differ by a number, as many as fit. */
const numbered = (size: number, item: (index: number) => string): string => {
  const items: string[] = [];
  for (let length = 0, index = 0; length < size; index++) {
    const text = item(index);
    items.push(text);
    length += text.length + 1;
  }
  return items.join();
};

// JSON

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

const json = { "Content-Type": "application/json" };

function jsonInputs(): HostileInput[] {
  return Object.entries(bodies).map(([name, body]) => ({
    name: `JSON, ${name}`,
    most: largestBody,
    request: (size) => ({ method: "POST", path: "/v1/echo", headers: json, body: body(size - 100) }),
  }));
}

/** The exact reader, which a repeated name calls in. */
function exactInputs(): HostileInput[] {
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
function fieldInputs(): HostileInput[] {
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

function streamInputs(): HostileInput[] {
  return ["/v1/collect", "/v1/smalls", "/v1/values"].flatMap((path) =>
    Object.entries(streams).map(([kind, body]) => bodyInput("POST", path, kind, body)),
  );
}

// Protobuf

function varint(value: number): Buffer {
  const bytes = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}
const field = (number: number, content: Buffer): Buffer =>
  Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
const fill = (hex: string, size: number): Buffer =>
  Buffer.alloc(Math.max(1, size - (size % (hex.length / 2))), hex, "hex");

/** Contents of the field with a number, whatever its type is. */
const contents: Readonly<Record<string, (number: number, size: number) => Buffer>> = {
  "long content": (number, size) => field(number, fill("61", size)),
  "long content of zeros": (number, size) => field(number, fill("00", size)),
  "long content of bits": (number, size) => field(number, fill("ff", size)),
  "long content that is no UTF-8": (number, size) => field(number, fill("61c3", size)),
  "empty content, many times": (number, size) => fill(field(number, Buffer.alloc(0)).toString("hex"), size),
  "content of two bytes, many times": (number, size) => fill(field(number, Buffer.from([8, 1])).toString("hex"), size),
  "an entry, many times": (number, size) =>
    fill(field(number, Buffer.from("0a016112016208011001", "hex")).toString("hex"), size),
  varints: (number, size) => fill(Buffer.concat([varint(number * 8), Buffer.from([1])]).toString("hex"), size),
  "long varints": (number, size) => fill(`${varint(number * 8).toString("hex")}ffffffffffffffffff01`, size),
};

/** Binary bodies beside those of one field. */
const binaries: Readonly<Record<string, (size: number) => Buffer>> = {
  "unknown varints": (size) => fill("f87f01", size),
  "unknown empty fields": (size) => fill("fa7f00", size),
  "unknown long field": (size) => Buffer.concat([Buffer.from("fa7f", "hex"), varint(size), Buffer.alloc(size)]),
  "unknown groups": (size) => fill("fb7ffc7f", size),
  "unknown groups, nested": (size) => Buffer.concat([fill("fb7f", size / 2), fill("fc7f", size / 2)]),
  "unknown groups that do not end": (size) => fill("fb7f", size),
  "an endless varint": (size) => fill("80", size),
  "ends of groups": (size) => fill("0c", size),
  zeros: (size) => fill("00", size),
};

/** Numbers of fields: they are counted through in `api.ts`. */
const fieldNumbers = Array.from({ length: 80 }, (_, index) => index + 1);

function binaryInputs(): HostileInput[] {
  const request = (body: Buffer): HostileRequest => ({
    method: "POST",
    path: "/v1/echo",
    headers: { "Content-Type": "application/x-protobuf" },
    body,
  });
  return [
    ...fieldNumbers.flatMap((number) =>
      Object.entries(contents).map(([kind, content]) => ({
        name: `protobuf, field ${number}, ${kind}`,
        most: largestBytes,
        request: (size: number) => request(content(number, size - 20)),
      })),
    ),
    ...Object.entries(binaries).map(([kind, content]) => ({
      name: `protobuf, ${kind}`,
      most: largestBytes,
      request: (size: number) => request(content(size - 20)),
    })),
  ];
}

// Queries and forms

const texts: Readonly<Record<string, (size: number) => string>> = {
  "a long text": (size) => repeat("x", size),
  digits: (size) => repeat("1", size),
  "digits and a letter": (size) => `${repeat("1", size)}x`,
  "digits with a point": (size) => `${repeat("1", size / 2)}.${repeat("1", size / 2)}x`,
  zeros: (size) => `${repeat("0", size)}1`,
  "zeros and a letter": (size) => `${repeat("0", size)}x`,
  "a fraction of a second": (size) => `2024-01-02T03:04:05.${repeat("1", size)}`,
  commas: (size) => repeat("a,", size),
  base64: (size) => repeat("AAAA", size),
  escapes: (size) => repeat("%41", size),
  "escapes of other characters": (size) => repeat("%C3%A9", size),
  "escapes that are wrong": (size) => `${repeat("%41", size)}%4`,
  pluses: (size) => repeat("+", size),
  "JSON lists": (size) => nest("[", "]", size),
  "JSON objects": (size) => `{"a":${nest('{"a":', "}", size, "1")}}`,
  "JSON with a long number": (size) => `{"a":1.5${repeat("0", size)}1,"b":1,"b":2}`,
};

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

function queryInputs(): HostileInput[] {
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

const part = (headers: string, content: string): string => `--b\r\n${headers}\r\n\r\n${content}\r\n`;
const named = (name: string): string => `Content-Disposition: form-data; name="${name}"`;

const multiparts: Readonly<Record<string, (size: number) => string>> = {
  "a long part": (size) => `${part(named("a_string"), repeat("x", size))}--b--`,
  "a long number": (size) => `${part(named("a_double"), `${repeat("1", size)}x`)}--b--`,
  "a long file": (size) => `${part(`${named("a_bytes")}; filename="x"`, repeat("x", size))}--b--`,
  "many parts": (size) => `${repeat(part(named("list_string"), ""), size)}--b--`,
  "boundaries alone": (size) => repeat("--b\r\n", size),
  "what may be a boundary": (size) => part(named("a_string"), repeat("\r\n--", size)),
  "line ends": (size) => `--b${repeat("\r\n", size)}`,
  "a part that does not end": (size) => part(named("a_string"), repeat("x", size)),
  "long headers": (size) => `${part(`X: ${repeat("x", size)}\r\n${named("a_string")}`, "")}--b--`,
  "many headers": (size) => `${part(`${repeat("content-disposition:\r\n", size)}${named("a_string")}`, "")}--b--`,
  "parts with headers of quotes": (size) =>
    `${repeat(part(`content-disposition: form-data${';name="\\'.repeat(1000)}`, ""), size)}--b--`,
  "parts with headers of spaces": (size) =>
    `${repeat(part(`content-disposition: form-data;${" ".repeat(8000)}`, ""), size)}--b--`,
  "parts with headers of semicolons": (size) =>
    `${repeat(part(`content-disposition: form-data${"; ".repeat(4000)}`, ""), size)}--b--`,
  "parts with headers of line ends": (size) =>
    `${repeat(part(`content-disposition:${"\n".repeat(8000)}`, ""), size)}--b--`,
};

function multipartInputs(): HostileInput[] {
  return Object.entries(multiparts).map(([kind, body]) => ({
    name: `multipart, ${kind}`,
    most: largestBody,
    request: (size) => ({
      method: "POST",
      path: "/v1/echo",
      headers: { "Content-Type": "multipart/form-data; boundary=b" },
      body: body(size - 200),
    }),
  }));
}

// Paths and headers

const segments: Readonly<Record<string, (size: number) => string>> = {
  slashes: (size) => repeat("/", size),
  colons: (size) => repeat(":", size),
  "colons and verbs": (size) => repeat(":verb", size),
  "escaped slashes": (size) => repeat("%2F", size),
  "wrong escapes": (size) => repeat("%", size),
  percents: (size) => repeat("%25", size),
  letters: (size) => repeat("a", size),
  digits: (size) => `${repeat("1", size)}x`,
  "many segments": (size) => repeat("a/", size),
};

function pathInputs(): HostileInput[] {
  const paths: Readonly<Record<string, (text: string) => string>> = {
    "with a text": (text) => `/v1/paths/${text}/1/1/AAAA/2024-01-02T03:04:05Z`,
    "with a double": (text) => `/v1/paths/a/${text}/1/AAAA/2024-01-02T03:04:05Z`,
    "with an integer": (text) => `/v1/paths/a/1/${text}/AAAA/2024-01-02T03:04:05Z`,
    "with a time": (text) => `/v1/paths/a/1/1/AAAA/${text}`,
    "with a deep text": (text) => `/v1/deep/${text}:verb`,
    "with a text of many parts": (text) => `/v1/many/a/parts/${text}`,
    "that nobody has": (text) => text,
  };
  return Object.entries(paths).flatMap(([place, path]) =>
    Object.entries(segments).map(([kind, text]) => ({
      name: `path ${place}, ${kind}`,
      most: largestHeader,
      request: (size) => ({ method: "GET", path: path(text(size)) }),
    })),
  );
}

const headerTexts: Readonly<Record<string, (size: number) => string>> = {
  ...texts,
  spaces: (size) => `a${repeat(" ", size)}b`,
  semicolons: (size) => repeat("a;", size),
  "semicolons and spaces": (size) => `multipart/form-data${repeat("; ", size)}`,
  "boundaries without an end": (size) => `multipart/form-data${repeat(';boundary="', size)}`,
  "media ranges": (size) => repeat("a/b;q=1,", size),
  codings: (size) => repeat("gzip,", size),
  "equals signs": (size) => repeat("=", size),
  "base64 in parts": (size) => repeat("AA==,", size),
};

function headerInputs(): HostileInput[] {
  const names = [
    ..."Accept Accept-Encoding Authorization Content-Encoding Content-Type Cookie Grpc-Timeout TE".split(" "),
    ..."Grpc-Metadata-Text Grpc-Metadata-Key-Bin X-Forwarded-For X-Forwarded-Host X-HTTP-Method-Override".split(" "),
    ..."Grpc-Metadata-Grpc-Timeout X-Upload-Id X-Upload-Content-Length".split(" "),
  ];
  return [
    ...names.flatMap((name) =>
      Object.entries(headerTexts).map(([kind, text]) => ({
        name: `header ${name}, ${kind}`,
        most: largestHeader,
        request: (size: number) => ({
          method: "POST",
          path: "/v1/flat",
          headers: { "Content-Type": "application/json", [name]: text(size) },
          body: "{}",
        }),
      })),
    ),
    {
      name: "many headers",
      most: largestHeader,
      request: (size) => ({
        method: "POST",
        path: "/v1/flat",
        headers: Object.fromEntries(Array.from({ length: size / 20 }, (_, at) => [`Grpc-Metadata-K${at}`, "a"])),
        body: "{}",
      }),
    },
  ];
}

// Compressed bodies

const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

function compressed(body: string | Buffer, codings: readonly (keyof typeof encoders)[]): HostileRequest {
  let bytes = Buffer.from(body);
  for (const coding of codings) bytes = encoders[coding](bytes);
  return {
    method: "POST",
    path: "/v1/echo",
    headers: { ...json, "Content-Encoding": codings.join(", ") },
    body: bytes,
  };
}

function compressedInputs(): HostileInput[] {
  const inflated: Readonly<Record<string, (size: number) => string>> = {
    "empty messages": (size) => `{"smalls":[${repeat("{},", size)}{}]}`,
    "messages of all kinds": (size) => `{"many":[${repeat("{},", size)}{}]}`,
    "empty strings": (size) => `{"listString":[${repeat('"",', size)}""]}`,
    "unknown empty strings": (size) => `{"unknown":[${repeat('"",', size)}""]}`,
    "empty objects in a Struct": (size) => `{"aStruct":{"a":[${repeat("{},", size)}{}]}}`,
    zeros: (size) => `{"listInt64":[${repeat("0,", size)}0]}`,
    "a long text": (size) => `{"aString":"${repeat("x", size)}"}`,
    "a long text of other characters": (size) => `{"aString":"${repeat("é", size / 2)}"}`,
    "white space": (size) => repeat(" ", size),
    "lists that do not end": (size) => repeat("[", size),
    "lists that end": (size) => `{"aValue":${nest("[", "]", size)}}`,
    "members of one name": (size) => `{${repeat('"a":1,', size)}"a":2}`,
    "a long number": (size) => `{"aDouble":1.5${repeat("0", size)}1,"a":1,"a":1}`,
  };
  const layers = [["gzip"], ["br"], ["deflate"], ["gzip", "gzip"]] as const;
  return [
    ...Object.entries(inflated).flatMap(([kind, body]) =>
      layers.slice(0, kind === "empty messages" ? 4 : 1).map((codings) => ({
        name: `inflated by ${codings.join(" and ")}, ${kind}`,
        most: largestInflated,
        request: (size: number) => compressed(body(size - 100), codings),
      })),
    ),
    {
      name: "inflated, protobuf of empty messages",
      most: largestInflated,
      request: (size) => ({
        ...compressed(fill("1a00", size), ["gzip"]),
        headers: { "Content-Type": "application/x-protobuf", "Content-Encoding": "gzip" },
      }),
    },
    {
      name: "inflated, a form",
      most: largestInflated,
      request: (size) => ({
        ...compressed(repeat("a=1&", size), ["gzip"]),
        headers: { "Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip" },
      }),
    },
    {
      name: "inflated, ten times as much as may be",
      most: largestInflated * 4,
      request: (size) => compressed(Buffer.alloc(size), ["gzip"]),
    },
    {
      name: "gzip that is cut off",
      most: largestBytes,
      request: (size) => {
        const { body, ...request } = compressed(repeat("ab", size), ["gzip"]);
        return { ...request, body: (body as Buffer).subarray(0, -20) };
      },
    },
  ];
}

/** All of them. */
export const hostileInputs: readonly HostileInput[] = [
  ...jsonInputs(),
  ...exactInputs(),
  ...fieldInputs(),
  ...streamInputs(),
  ...binaryInputs(),
  ...queryInputs(),
  ...multipartInputs(),
  ...pathInputs(),
  ...headerInputs(),
  ...compressedInputs(),
];
