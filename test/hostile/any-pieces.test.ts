/** Messages within an Any that come in any number of pieces: what printing them takes grows with their number. */
import { expect, it, vi } from "vitest";
import type { AnyTypes } from "../../src/runtime/any/any-types.js";
import { printAny } from "../../src/runtime/any/print-any.js";
import { boundMemory } from "../../src/runtime/memory-bound.js";
import { jsonText } from "../../src/runtime/json/json-text.js";
import { growth, linearGrowth } from "../support/growth.js";
import { field } from "../support/wire-bytes.js";

const types: AnyTypes = {
  table: "@t\nOuter inner/Inner byName{s}/Inner\nInner tags*",
  emitDefaults: false,
  originalNames: false,
  enumsAsNumbers: false,
  unknownFields: "ignore",
};

const tag = field(1, Buffer.from("a"));
const piece = field(1, tag);

/** An entry of the map whose value comes in pieces. */
function entryOf(pieces: number): Buffer {
  const value = Buffer.concat(Array.from({ length: pieces }, () => field(2, tag)));
  return field(2, value);
}

it.each<[string, (pieces: number) => Buffer, (json: unknown) => unknown]>([
  ["a field", (pieces) => Buffer.concat(Array.from({ length: pieces }, () => piece)), (json) => json],
  ["the value of an entry", entryOf, (json) => (json as { byName: { "": unknown } }).byName[""]],
])("%s in pieces", (_, bytes, holder) => {
  // In a small function the bound on memory is reached first.
  vi.stubEnv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "10240");
  const runOn = (pieces: number) => {
    const value = bytes(pieces);
    return () => {
      boundMemory();
      return printAny(types, "t/t.Outer", value);
    };
  };
  const whole = holder(JSON.parse(jsonText(runOn(3)())));
  expect(JSON.stringify(whole)).toContain('"tags":["a","a","a"]');
  expect(growth(runOn, 16_000)).toBeLessThan(linearGrowth);
});
