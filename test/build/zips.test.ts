/** `grpc2lambda build`: the zips of the example, and what is in them. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { SourceMap } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FunctionsDocument } from "../../src/build/functions-json.js";
import { answerOf, eventFor } from "../support/example.js";
import { parseTemplate } from "../support/validate-template.js";
import { buildAt, repository } from "./build-example.js";

const scratch = mkdtempSync(join(tmpdir(), "g2l-zips-"));
let first: string;
let built: FunctionsDocument;

function zipOf(id: string): Record<string, Uint8Array> {
  return unzipSync(readFileSync(join(first, "build/lambda", `${id}.zip`)));
}

beforeAll(async () => {
  first = await buildAt(join(scratch, "one"), { TZ: "UTC" });
  built = JSON.parse(readFileSync(join(first, "build/lambda/functions.json"), "utf8"));
}, 120_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("a zip holds the module alone, with the first date that a zip can have and plain mode bits", () => {
  for (const { id, handler, zip, sha256, codeSha256, zipBytes, codeBytes } of built.functions) {
    const bytes = readFileSync(join(first, "build/lambda", zip));
    expect(Object.keys(unzipSync(bytes))).toEqual([`${handler.split(".")[0]}.mjs`]);
    expect(zipOf(id)[`${id}.mjs`]).toHaveLength(codeBytes);
    expect(bytes).toHaveLength(zipBytes);
    expect(sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(codeSha256).toBe(createHash("sha256").update(bytes).digest("base64"));
    const entry = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    // Fields of the central directory (APPNOTE.TXT 4.3.12): maker, time, date, external attributes.
    expect(bytes[entry + 5]).toBe(3);
    expect([bytes.readUInt16LE(entry + 12), bytes.readUInt16LE(entry + 14)]).toEqual([0, 0x21]);
    expect((bytes.readUInt32LE(entry + 38) >>> 16).toString(8)).toBe("100644");
  }
});

test("nothing that is written names the folder of the project or of this machine", () => {
  const texts = readdirSync(join(first, "build/lambda"))
    .filter((name) => !name.endsWith(".zip"))
    .map((name) => readFileSync(join(first, "build/lambda", name), "utf8"));
  const codes = built.functions.flatMap(({ id }) =>
    Object.values(zipOf(id)).map((code) => Buffer.from(code).toString()),
  );
  const naming = [...texts, ...codes].filter((text) => [scratch, repository].some((path) => text.includes(path)));
  expect(naming).toHaveLength(0);
  expect(codes).toHaveLength(19);
});

test("only functions with CommonJS packages have a require, and maps lead to the source of either kind", () => {
  for (const { id, rpcs, sourceMap = "" } of built.functions) {
    const code = Buffer.from(zipOf(id)[`${id}.mjs`] ?? "").toString();
    const isGrpcJs = rpcs.some((rpc) => rpc.includes("InventoryService"));
    expect([id, code.startsWith("import { createRequire")]).toEqual([id, isGrpcJs]);
    const map = JSON.parse(readFileSync(join(first, "build/lambda", sourceMap), "utf8"));
    expect(map.sourcesContent).toBeUndefined();
    // A text that minifying leaves whole, in the source and in the bundle.
    const needle = "Method Not Allowed";
    const lines = code.split("\n");
    const line = lines.findIndex((text) => text.includes(needle));
    const column = (lines[line] ?? "").indexOf(needle) - 1;
    const { originalSource, originalLine } = new SourceMap(map).findEntry(line, column) as Original;
    const source = readFileSync(join(first, "build/lambda", originalSource), "utf8").split("\n")[originalLine] ?? "";
    expect([id, originalSource, source]).toEqual([id, expect.any(String), expect.stringContaining(needle)]);
  }
});

interface Original {
  readonly originalSource: string;
  readonly originalLine: number;
}

test("the template names the zips that are there, with their handlers", () => {
  const { Resources: resources } = parseTemplate(readFileSync(join(first, "template.yaml"), "utf8"));
  const functions = Object.values(resources).filter(({ Type: type }) => type === "AWS::Serverless::Function");
  const named = functions.map(({ Properties: properties }) => [properties.CodeUri, properties.Handler]);
  expect(named.sort()).toEqual(built.functions.map(({ zip, handler }) => [`build/lambda/${zip}`, handler]).sort());
  for (const [place] of named) expect(existsSync(join(first, String(place)))).toBe(true);
});

test("an unpacked function answers, with CommonJS packages and without", async () => {
  mkdirSync(join(scratch, "unzipped"));
  const call = async (id: string, target: string) => {
    for (const [path, content] of Object.entries(zipOf(id))) writeFileSync(join(scratch, "unzipped", path), content);
    const { handler } = await import(pathToFileURL(join(scratch, "unzipped", `${id}.mjs`)).href);
    return answerOf(await handler(eventFor({ method: "GET", target })));
  };
  expect(await call("inventory-service-get-stock", "/v1/inventory/none")).toMatchObject({ status: 404 });
  expect(await call("library-service-get-shelf", "/v1/shelves/none")).toMatchObject({ status: 404, body: { code: 5 } });
});

test("functions.json says what any other tool needs", () => {
  const record = built.functions.find(({ id }) => id === "library-service-get-shelf");
  expect(record).toEqual({
    id: "library-service-get-shelf",
    rpcs: ["acme.library.v1.LibraryService.GetShelf"],
    entry: "gen/functions/library-service-get-shelf.ts",
    handler: "library-service-get-shelf.handler",
    memorySize: 512,
    timeout: 28,
    streams: false,
    environment: { STAGE: { ref: "Stage" } },
    zip: "library-service-get-shelf.zip",
    zipBytes: expect.any(Number),
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    codeSha256: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    codeBytes: expect.any(Number),
    sourceMap: "library-service-get-shelf.mjs.map",
  });
  const { functions: _, ...head } = built;
  expect(head).toEqual({
    version: 1,
    apiName: "library",
    out: "gen",
    frontDoor: "http-api",
    runtime: "nodejs24.x",
    architecture: "arm64",
  });
  const routes: { routes: { function: string }[] } = JSON.parse(readFileSync(join(first, "gen/routes.json"), "utf8"));
  const ids = new Set(built.functions.map(({ id }) => id));
  expect(routes.routes.filter((route) => !ids.has(route.function))).toEqual([]);
});
