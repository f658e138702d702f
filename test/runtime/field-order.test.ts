/** Properties in the order in which proto-loader makes them; test/transcoding/proto-loader-key-order.test.ts holds generated code. */
import { expect, it } from "vitest";
import { orderFields } from "../../src/runtime/values/field-order.js";

it.each([
  ["in order already", '{"all":0,"a":1,"b":2}'],
  ["in another order", '{"all":0,"b":2,"a":1}'],
])("%s", (_, json) => {
  const message: object = JSON.parse(json);
  orderFields(message, 1, ["a"], ["b"]);
  expect(JSON.stringify(message)).toBe('{"all":0,"a":1,"b":2}');
});

it("moves the name of a choice with its member", () => {
  const message = { b: 2, choice: "b", a: 1 };
  orderFields(message, 0, ["a"], ["b", "choice"]);
  expect(JSON.stringify(message)).toBe('{"a":1,"b":2,"choice":"b"}');
});

it("keeps a field named __proto__, and the prototype of the message", () => {
  const message: object = JSON.parse('{"b":2,"__proto__":{"polluted":true},"a":1}');
  orderFields(message, 0, ["a"], ["__proto__"], ["b"]);
  expect(JSON.stringify(message)).toBe('{"a":1,"__proto__":{"polluted":true},"b":2}');
  expect(Object.getPrototypeOf(message)).toBe(Object.prototype);
});
