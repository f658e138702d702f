/**
 * What a handler can return, by mistake or because somebody made it: every message style prints it as valid JSON and binary, or
 * throws the codec's own error with the path. Nothing hangs, and nobody's prototype changes.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { EncodeError } from "../../src/runtime/values/encode-error.js";
import { encodeReply } from "../../src/runtime/calls/encode-reply.js";
import { type LoadedCodec, loadCodecTable } from "../support/codec-table.js";
import { breakout, hostileShapes, hostileStyles } from "../support/hostile-proto.js";

const codecs = new Map<string, LoadedCodec>();

beforeAll(async () => {
  for (const [name, style] of Object.entries(hostileStyles)) {
    const table = await loadCodecTable(
      { "shapes.proto": hostileShapes },
      { style, transcoding: { emitDefaults: false } },
    );
    codecs.set(name, table.get("hostile.shapes.Shape") as LoadedCodec);
  }
});

/** What an encoder gives, or the message of its own error; anything else that it throws fails the test. */
function attempt<T>(encode: (reply: unknown) => T, reply: unknown): T | { readonly error: string } {
  try {
    return encodeReply(encode, reply);
  } catch (error) {
    if (error instanceof EncodeError) return { error: error.message };
    throw error;
  }
}

const cyclic: { one?: object; many?: object[] } = {};
cyclic.one = cyclic;
const cyclicList: { many?: object[] } = {};
cyclicList.many = [cyclicList];
const deep = (depth: number): object => {
  let reply: object = {};
  for (let level = 0; level < depth; level++) reply = { one: reply };
  return reply;
};

describe.each(Object.keys(hostileStyles))("%s", (style) => {
  const codec = (): LoadedCodec => codecs.get(style) as LoadedCodec;
  /** A reply on top of an empty message of the style, through both encoders. */
  const both = (reply: object): [json: unknown, binary: unknown] => {
    const whole = { ...(codec().decodeBinary(new Uint8Array(0)) as object), ...reply };
    return [attempt(codec().encodeJson, whole), attempt(codec().encodeBinary, whole)];
  };

  it.each<[name: string, reply: object, path: string]>([
    ["an object that contains itself", cyclic, "one.one"],
    ["a list that contains its owner", cyclicList, "many[0].many[0]"],
    ["200,000 levels", deep(200_000), "one.one"],
  ])("%s", (_, reply, path) => {
    for (const result of both(reply)) expect(result).toMatchObject({ error: expect.stringContaining(path) });
  });

  it.each<[reply: object, error: string]>([
    [{ i32: 2 ** 31 }, "i32: expected a 32-bit integer, found 2147483648"],
    [{ i32: 2 ** 32 }, "i32: expected a 32-bit integer, found 4294967296"],
    [{ i32: Number.NaN }, "i32: expected a 32-bit integer, found NaN"],
    [{ i32: 0.5 }, "i32: expected a 32-bit integer, found 0.5"],
    [{ i32: "x".repeat(1000) }, `i32: expected a 32-bit integer, found "${"x".repeat(40)}…"`],
    [{ i32: Symbol("x") }, "i32: expected a value of the field's type, found a symbol"],
    [{ u32: -1 }, "u32: expected an unsigned 32-bit integer, found -1"],
    [{ i64: 2n ** 63n }, "i64: expected a 64-bit integer, found 9223372036854775808"],
    [{ i64: 2 ** 70 }, "i64: expected a 64-bit integer, found 1.1805916207174113e+21"],
    [{ i64: "1.5" }, 'i64: expected a 64-bit integer, found "1.5"'],
    [{ i64: {} }, "i64: expected a 64-bit integer, found an object"],
    [{ u64: -1n }, "u64: expected an unsigned 64-bit integer, found -1"],
    [{ numbers: 5 }, "numbers: expected a list, found 5"],
    [{ numbers: [1, "x"] }, 'numbers[1]: expected a 32-bit integer, found "x"'],
    [{ named: 5 }, "named: expected a map, found 5"],
    [{ many: [{ i32: 0.5 }] }, "many[0].i32: expected a 32-bit integer, found 0.5"],
    [{ data: 5 }, "data: expected bytes, found 5"],
    [{ small: 1e39 }, "small: expected a number in the range of a float, found 1e+39"],
  ])("both formats refuse %o", (reply, error) => {
    // protobufjs makes an integer of whatever it gets (proto-loader-integers.test.ts).
    const isLoose = style.startsWith("proto-loader") && error.includes("-bit integer");
    if (isLoose) for (const result of both(reply)) expect(result).not.toHaveProperty("error");
    else expect(both(reply)).toEqual([{ error }, { error }]);
  });

  it("a map's key that is no number", () => {
    const name = style === "proto-loader, filled" ? "by_number" : "byNumber";
    expect(both({ [name]: { x: "" } })[1]).toEqual({ error: `${name}.x: expected a 64-bit integer, found "x"` });
  });

  it("what a map inherits is no entry: code that copies entries gives its map a prototype under the key __proto__", () => {
    const whole = codec().decodeBinary(new Uint8Array(0)) as object;
    const own = { a: { ...whole, text: "x" } };
    const reply = { ...whole, named: Object.setPrototypeOf({ ...own }, { text: "y", big: "z" }) };
    expect(codec().encodeJson(reply)).toBe(codec().encodeJson({ ...whole, named: own }));
    expect(codec().encodeBinary(reply)).toEqual(codec().encodeBinary({ ...whole, named: own }));
  });

  it("half characters become U+FFFD in both formats", () => {
    const whole = codec().decodeBinary(new Uint8Array(0)) as object;
    const reply = { ...whole, text: "a\ud800b", named: { "k\udc00": { ...whole, text: "\ud83d" } } };
    expect(codec().encodeJson(reply)).toBe('{"named":{"k\ufffd":{"text":"\ufffd"}},"text":"a\ufffdb"}');
    expect(codec().encodeJson(codec().decodeBinary(codec().encodeBinary(reply)))).toBe(codec().encodeJson(reply));
  });

  it("text that ends things is text", () => {
    const whole = codec().decodeBinary(new Uint8Array(0)) as object;
    const reply = { ...whole, text: breakout, named: { [breakout]: { ...whole, text: breakout } } };
    const json = codec().encodeJson(reply);
    expect(JSON.parse(json)).toEqual({ text: breakout, named: { [breakout]: { text: breakout } } });
    expect(codec().decodeBinary(codec().encodeBinary(reply))).toMatchObject({ text: breakout });
  });

  it.each(["__proto__", "constructor", "toString", "toJSON", "hasOwnProperty", "then"])("the key %s", (key) => {
    const whole = codec().decodeBinary(new Uint8Array(0)) as object;
    const named = Object.defineProperty({}, key, { value: { ...whole, text: "x" }, enumerable: true });
    const json = `{"named":{${JSON.stringify(key)}:{"text":"x"}}}`;
    expect(codec().encodeJson({ ...whole, named })).toBe(json);
    expect(codec().encodeJson(codec().decodeBinary(codec().encodeBinary({ ...whole, named })))).toBe(json);
    expect(({} as { text?: unknown }).text).toBeUndefined();
  });

  it("does not print itself as a reply likes: toJSON is no method here", () => {
    const whole = codec().decodeBinary(new Uint8Array(0)) as object;
    const toJSON = (): string => "mine";
    expect(codec().encodeJson({ ...whole, text: "x", toJSON })).toBe('{"text":"x"}');
    const map = Object.create({ toJSON }, { a: { value: { ...whole }, enumerable: true } }) as object;
    expect(codec().encodeJson({ ...whole, named: map })).toContain('"a":{}');
  });

  it.each([
    [2 ** 53, "9007199254740992"],
    [-(2 ** 63), "-9223372036854775808"],
    [2 ** 63, "9223372036854775807"],
  ])("the 64-bit integer %d as a number", (number, text) => {
    const whole = codec().decodeBinary(new Uint8Array(0)) as object;
    expect(codec().encodeJson({ ...whole, i64: number })).toBe(`{"i64":"${text}"}`);
    if (style !== "proto-loader" && style !== "ts-proto") return;
    expect(codec().encodeJson(codec().decodeBinary(codec().encodeBinary({ ...whole, i64: number })))).toBe(
      `{"i64":"${text}"}`,
    );
  });
});
