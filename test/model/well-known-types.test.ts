/** The table of well-known types, and what has to keep up with it. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { wellKnownType, wellKnownTypes } from "../../src/model/well-known-types.js";
import { wellKnownImport } from "../../src/proto/well-known-imports.js";
import { kindsIn } from "../matrix/kinds.js";

const names = Object.keys(wellKnownTypes);

test.each(names)("%s is found by its full name, and its import is known", (name) => {
  const fullName = `google.protobuf.${name}`;
  expect(wellKnownType(fullName)).toBe(name);
  const path = wellKnownImport(fullName);
  expect(readFileSync(`node_modules/google-proto-files/${path}`, "utf8")).toContain(`message ${name} {`);
});

test.each(names)("%s is a kind of the matrix", (name) => {
  expect(kindsIn("all").map(({ type }) => type)).toContain(`google.protobuf.${name}`);
});

test("other names of google.protobuf are ordinary", () => {
  expect(wellKnownType("google.protobuf.Api")).toBeUndefined();
  expect(wellKnownType("google.protobuf.toString")).toBeUndefined();
});
