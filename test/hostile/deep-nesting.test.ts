/**
 * Deep JSON ends no process. A decoder that runs out of stack throws an error that can be caught, but a regular expression that V8 has to
 * compile close to the end of the stack aborts: "RegExpCompiler Allocation failed". Two small bodies were enough, one of which had its
 * decoder unwind, and the other another one while the expression that both of them use was due for compilation.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitCodecs } from "../support/emit-json.js";
import { hostileShapes } from "../support/hostile-proto.js";
import { inMemory } from "../support/load-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";

const folder = mkdtempSync(join(tmpdir(), "deep-nesting-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  const transcoding = { unknownFields: "ignore", emitDefaults: false } as const;
  const files = emitCodecs(planFromProto({ "shapes.proto": hostileShapes }, { transcoding }));
  await build({
    stdin: {
      contents: 'export { decodeShape } from "./gen/shapes.json.js"; export * from "./gen/runtime/json/parse-json.js";',
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: "esm",
    platform: "node",
    plugins: [inMemory(files)],
    outfile: join(folder, "codec.mjs"),
  });
  writeFileSync(join(folder, "decode.mjs"), decodeAll);
});

/** Decodes what its arguments describe, `[open, inside, close]`, 5,000 deep, twice; prints what became of each. */
const decodeAll = `
  import { decodeJson, decodeShape } from "./codec.mjs";
  const nests = process.argv.slice(2).map((text) => JSON.parse(text));
  for (const [open, inside, close] of [...nests, ...nests]) {
    try {
      decodeJson(open.repeat(5000) + inside + close.repeat(5000), decodeShape);
      console.log("read");
    } catch (error) {
      console.log(error.name + ": " + error.message);
    }
  }`;

/** What a body begins with, has inside, and ends with. */
type Nest = readonly [open: string, inside: string, close: string];

const plain: Readonly<Record<string, Nest>> = {
  "a Struct": ['{"struct":{"a":', "1", "}}"],
  "a ListValue": ['{"list":[', "[]", "]}"],
  "a Value of lists and objects": ['{"value":{"a":[', "1", "]}}"],
};

const messages: Readonly<Record<string, Nest>> = {
  messages: ['{"one":', "{}", "}"],
  "lists of messages": ['{"many":[', "{}", "]}"],
  "maps of messages": ['{"named":{"a":', "{}", "}}"],
  "delimited messages": ['{"group":', "{}", "}"],
  "members of oneofs": ['{"b":', "{}", "}"],
  "messages around a value that is refused": ['{"named":{"a":', '{"i32":"x"}', "}}"],
  "messages around values whose readers have expressions of their own": [
    '{"one":',
    '{"ratio":"1.5","mask":"a","data":"AA==","i64":"1e2"}',
    "}",
  ],
};

describe.each(Object.keys(plain))("%s, and then", (first) => {
  it.each(Object.keys(messages))("%s", (second) => {
    const nests = [plain[first], messages[second]].map((nest) => JSON.stringify(nest));
    const output = execFileSync(process.execPath, [join(folder, "decode.mjs"), ...nests], { encoding: "utf8" });
    const refusal = "DecodeError: expected less deeply nested JSON, found too many levels at character";
    expect(output.trim().split("\n")).toEqual(Array(4).fill(expect.stringContaining(refusal)));
  });
});
