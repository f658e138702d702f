/** The classes of differences and the page that is written from them. The run against the real gateway is `npm run test:gateway`. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { differenceClasses } from "./classes/classes.js";
import type { Difference, DifferenceClass } from "./classes/difference-class.js";
import { explain } from "./classes/explain.js";
import { differenceTable } from "./classes/table.js";
import { differences } from "./compare/differences.js";
import { parseTokens, reprint, stripJson } from "./compare/json-text.js";
import type { Observation } from "./compare/observation.js";

const page = resolve(import.meta.dirname, "../../docs/gateway-differences.md");

describe("the table", () => {
  test("is the page in docs/: npm run docs:gateway", () => {
    expect(readFileSync(page, "utf8")).toBe(differenceTable(differenceClasses));
  });

  test("names each class once", () => {
    const ids = differenceClasses.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test.each(differenceClasses.filter(({ state }) => state.kind === "stands"))(
    "$id has an example, or says why there is none",
    ({ example, noExample }) => {
      expect([example, noExample].filter((one) => one !== undefined)).toHaveLength(1);
    },
  );
});

const observation: Observation = {
  failed: undefined,
  status: 200,
  contentType: "application/json",
  headers: {},
  body: '{"b":1,"a":2}',
  broken: undefined,
  calls: [],
  refused: undefined,
  crashed: undefined,
};

function difference(changes: Partial<Observation>): Difference {
  const ours = { ...observation, ...changes };
  return {
    theirs: observation,
    ours,
    aspects: differences(observation, ours),
    version: "2.33",
  } as unknown as Difference;
}

const sorted: DifferenceClass = {
  id: "order",
  area: "",
  gateway: "",
  product: "",
  state: { kind: "open" },
  explanation: {
    kind: "body",
    rewrite: (body) => reprint(body, { members: (list) => [...list].sort(([one], [other]) => (one < other ? -1 : 1)) }),
  },
};
const unneeded: DifferenceClass = { ...sorted, id: "case", explanation: { kind: "body", rewrite: (body) => body } };
const status: DifferenceClass = {
  ...sorted,
  id: "status",
  explanation: { kind: "outcome", holds: ({ ours }) => ours.status === 201, aspects: ["status"] },
};

describe("a difference", () => {
  test("is explained by the fewest classes that make both sides equal", () => {
    expect(explain(difference({ body: '{"a":2,"b":1}' }), [unneeded, sorted, status])).toEqual({
      classes: ["order"],
      left: [],
    });
  });

  test("is left with what no class accounts for", () => {
    expect(explain(difference({ body: '{"a":3}', status: 201 }), [sorted, status])).toEqual({
      classes: ["status"],
      left: ["body"],
    });
  });

  test("is not explained by a class of another generation", () => {
    const older: DifferenceClass = { ...status, versions: ["2.30"] };
    expect(explain(difference({ status: 201 }), [older])).toEqual({ classes: [], left: ["status"] });
  });
});

test("two errors about the request are alike, whatever they say; others are not", () => {
  const refused = (code: number, message: string): Observation => ({
    ...observation,
    status: 400,
    body: JSON.stringify({ code, message, details: [] }),
  });
  expect(differences(refused(3, "a"), refused(3, "b"))).toEqual([]);
  expect(differences(refused(5, "a"), refused(5, "b"))).toEqual(["body"]);
  expect(differences(refused(3, "a"), refused(5, "a"))).toEqual(["body"]);
});

describe("JSON text", () => {
  test("loses white space between tokens only", () => {
    expect(stripJson('{ "a b" : [ 1 , "\\" " ] }\n')).toBe('{"a b":[1,"\\" "]}');
  });

  test.each(['{"a":1,"a":[true,"x\\n",-0.0e5]}', "[]", '"x"', "{}"])("is read and written as it is: %s", (text) => {
    expect(parseTokens(text)).toBeDefined();
    expect(reprint(text, {})).toBe(text);
  });

  test.each(["{", '{"a"}', "[1,]", "1 2", "", '{"a":1,}'])("that is broken is not read: %s", (text) => {
    expect(parseTokens(text)).toBeUndefined();
  });
});
