/** Every limit of the runtime at its exact value: one below it and the value itself are taken, one above is refused. */
import { describe, expect, it } from "vitest";
import { createReader, maxDepth, openMessage, readVarint64 } from "../../src/runtime/binary/binary-reader.js";
import { bindForm, isForm } from "../../src/runtime/binding/form-body.js";
import { readMultipart } from "../../src/runtime/binding/multipart.js";
import { addStructPaths, bodyPaths } from "../../src/runtime/binding/patch-mask.js";
import { bindQuery, parseQuery } from "../../src/runtime/binding/query.js";
import { readRequests } from "../../src/runtime/binding/request-list.js";
import { durationText } from "../../src/runtime/binding/parse-time.js";
import { floatText, integerText } from "../../src/runtime/binding/older-texts.js";
import * as scalars from "../../src/runtime/binding/parse-scalar.js";
import { readDuration } from "../../src/runtime/values/duration.js";
import { readTimestamp } from "../../src/runtime/values/timestamp.js";
import { parseJson } from "../../src/runtime/json/parse-json.js";
import { readInt64 } from "../../src/runtime/json/json-read.js";

const noSetter = (): undefined => undefined;
const body = (text: string) => ({ query: "", contentType: "application/json", body: text });
const partOf = (headers: string): string => `--b\r\n${headers}\r\n\r\n\r\n`;
const multipart = (parts: string): unknown => readMultipart(Buffer.from(`${parts}--b--`), "b");
const disposition = 'Content-Disposition: form-data; name="a"';
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
const structPaths = (json: object) =>
  bodyPaths({ s: json as never }, (object, _, paths) => addStructPaths(object.s, "s", paths));

/** What is refused beyond a limit, for a number of whatever it counts. */
const limits: readonly (readonly [what: string, limit: number, take: (count: number) => unknown])[] = [
  ["levels of JSON", 100, (count) => parseJson(nested(count))],
  [
    "levels of JSON that the exact reader reads",
    100,
    (count) => parseJson(nested(count).replace("1", "9007199254740993")),
  ],
  ["levels of binary", maxDepth, (count) => open(count)],
  ["bytes of a varint", 10, (count) => readVarint64(createReader(Buffer.from(`${"80".repeat(count - 1)}00`, "hex")))],
  ["query parameters", 10_000, (count) => bindQuery({ query: "a=1&".repeat(count) }, {}, noSetter, [])],
  [
    "query parameters that the door parsed",
    10_000,
    (count) => bindQuery({ query: Array(count).fill(["a", "1"]) }, {}, noSetter, []),
  ],
  ["query parameters of other names", 10_000, (count) => parseQuery("a&".repeat(count))],
  [
    "names in a query parameter",
    100,
    (count) => bindQuery({ query: `${Array(count).fill("a").join(".")}=1` }, {}, noSetter, []),
  ],
  ["names in all query parameters", 50_000, (count) => bindQuery({ query: namesInAll(count) }, {}, noSetter, [])],
  [
    "nanoseconds, beyond 9223372036854775000, of a duration in a query",
    807,
    (count) => durationText(`9223372036854775${count}ns`),
  ],
  ["parts of a form", 1000, (count) => multipart(partOf(disposition).repeat(count))],
  ["bytes of the headers of a part", 8192, (count) => multipart(partOf(`${disposition}\r\nX: `.padEnd(count, "x")))],
  ["messages in a body", 10_000, (count) => readRequests(body("1".concat(" 1".repeat(count - 1))), (json) => json)],
  [
    "messages in a body that the API allows",
    3,
    (count) => readRequests(body(JSON.stringify(Array(count).fill(1))), (json) => json, 3),
  ],
  [
    "paths in an update mask",
    10_000,
    (count) => structPaths(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1]))),
  ],
  ["characters of a path in an update mask", 1000, (count) => structPaths({ ["k".repeat(count - 2)]: 1 })],
  ["characters of a duration in a query", 128, (count) => durationText(`${"0".repeat(count - 1)}s`)],
  [
    "digits of an exponent of hexadecimal floating point",
    5,
    (count) => scalars.parseDouble(floatText(`0x1p-${"0".repeat(count)}`)),
  ],
  [
    "characters of hexadecimal floating point",
    64,
    (count) => scalars.parseDouble(floatText(`0x${"0".repeat(count - 5)}1p0`)),
  ],
  ["characters of a hexadecimal integer", 64, (count) => integerText(`0x${"1".repeat(count - 2)}`)],
  ["digits of an enum value", 10, (count) => refuseNaN(scalars.enumNumber("1".repeat(count)))],
  ["digits of an integer in an exponent, as text", 100, (count) => readInt64(`1.${"0".repeat(count - 2)}`)],
  ["seconds of a duration", 315_576_000_000, (count) => readDuration(`${count}s`)],
  ["digits of a fraction of a second", 9, (count) => readDuration(`1.${"1".repeat(count)}s`)],
  ["digits of a fraction of a time", 9, (count) => readTimestamp(`2024-01-02T03:04:05.${"1".repeat(count)}Z`)],
  ["characters of a boundary", 70, (count) => formOf("b".repeat(count))],
];

/** Parameters of a hundred names each, and one of what is left. */
function namesInAll(count: number): string {
  const path = (names: number): string => Array(names).fill("a").join(".");
  const whole = Array.from({ length: Math.floor(count / 100) }, (_, at) => `${path(99)}.b${at}=1`);
  return [...whole, ...(count % 100 === 0 ? [] : [`${path(count % 100)}=1`])].join("&");
}

function open(count: number): void {
  const reader = createReader(Buffer.alloc(count, 0));
  for (let level = 0; level < count; level++) openMessage(reader);
}

function refuseNaN(number: number): void {
  if (Number.isNaN(number)) throw new RangeError("not a number");
}

function formOf(boundary: string): unknown {
  const http = { query: "", contentType: `multipart/form-data; boundary=${boundary}`, body: `--${boundary}--` };
  expect(isForm(http)).toBe(true);
  return bindForm(http, {}, noSetter);
}

describe.each(limits)("%s", (_, limit, take) => {
  it.each([limit - 1, limit])("%s are taken", (count) => {
    expect(() => take(count)).not.toThrow();
  });
  it(`${limit + 1} are refused`, () => {
    expect(() => take(limit + 1)).toThrow();
  });
});
