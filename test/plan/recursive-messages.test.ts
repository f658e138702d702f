/** Which messages contain themselves, and which are flat, against the plain definitions. */
import { expect, test } from "vitest";
import { indexModel } from "../../src/model/model-index.js";
import { findRecursive } from "../../src/plan/codecs/recursive-messages.js";
import { createMessageGraph } from "../../src/plan/codecs/reachable.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { fc } from "../support/property.js";

/** Message number i holds the messages of row i. */
const graphs = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 10, maxLength: 10 });

function reaches(rows: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set<number>();
  const visit = (at: number): boolean =>
    (rows[at] ?? []).some((next) => next === to || (!seen.has(next) && seen.add(next) && visit(next)));
  return visit(from);
}

test("those that lead back to themselves", () => {
  fc.assert(
    fc.property(graphs, (rows) => {
      const names = rows.map((_, index) => String(index));
      const found = findRecursive(names, (name) => (rows[Number(name)] ?? []).map(String));
      expect([...found].sort()).toEqual(names.filter((name) => reaches(rows, Number(name), Number(name))));
    }),
  );
});

test("a chain and a ring of any length", () => {
  const next = (name: string): string[] => (Number(name) < 100_000 ? [String(Number(name) + 1)] : []);
  expect(findRecursive(["0"], next).size).toBe(0);
  const ring = (name: string): string[] => [String((Number(name) + 1) % 100_000)];
  expect(findRecursive(["7"], ring).size).toBe(100_000);
});

test("flat are those without lists and maps that hold flat ones only, and not themselves", () => {
  fc.assert(
    fc.property(graphs, fc.array(fc.nat(9), { maxLength: 3 }), (rows, withLists) => {
      const lists = new Set(withLists);
      const text = rows.map((held, index) => {
        const fields = held.map((other, at) => `  M${other} f${at} = ${at + 1};`);
        return `message M${index} {\n${fields.join("\n")}\n${lists.has(index) ? "  repeated string l = 9;" : ""}\n}`;
      });
      const model = modelFromProto({ "test.proto": `syntax = "proto3";\n${text.join("\n")}` });
      const isFlat = (at: number, above: readonly number[]): boolean =>
        !above.includes(at) && !lists.has(at) && (rows[at] ?? []).every((held) => isFlat(held, [...above, at]));
      const expected = rows.flatMap((_, index) => (isFlat(index, []) ? [`M${index}`] : []));
      expect([...createMessageGraph(indexModel(model)).flat].sort()).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test("a message of more fields than are joined to one text is not flat", () => {
  const fields = (count: number): string =>
    Array.from({ length: count }, (_, at) => `string f${at} = ${at + 1};`).join("");
  const text = `syntax = "proto3"; message Most { ${fields(500)} } message More { ${fields(501)} }`;
  expect([...createMessageGraph(indexModel(modelFromProto({ "test.proto": text }))).flat]).toEqual(["Most"]);
});
