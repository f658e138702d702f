/**
 * Bytes are the stable stand-in for cold-start time (`npm run bench:cold` measures that): what a function carries must not
 * creep up unseen.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { bundleOptions } from "../../src/build/bundle-options.js";
import { exampleRoot } from "../support/example.js";

const outDir = mkdtempSync(join(tmpdir(), "g2l-size-"));
afterAll(() => rmSync(outDir, { recursive: true }));

/** A bundle as `build` makes it of a function without CommonJS. */
async function bundle(functionId: string) {
  const options = bundleOptions({
    root: exampleRoot,
    entries: [`gen/functions/${functionId}.ts`],
    outDir,
    banner: false,
  });
  const { metafile } = await build({ ...options, metafile: true });
  const [output] = Object.values(metafile?.outputs ?? {});
  if (output === undefined) throw new Error("no bundle");
  return output;
}

/** Bytes of the modules in a bundle whose path matches. */
async function bytesOf(functionId: string, pattern: RegExp): Promise<number> {
  const { inputs } = await bundle(functionId);
  const found = Object.entries(inputs).filter(([path]) => pattern.test(path));
  return found.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
}

const log = /^gen\/(?:runtime\/)?observability/;

test.each([
  ["by path", "library-service-get-shelf"],
  ["by path and query", "library-service-delete-shelf"],
])(
  "what is generated for a one-RPC function without its log is under 25,000 bytes, minified: %s",
  async (_, functionId) => {
    const { bytes } = await bundle(functionId);
    expect(bytes - (await bytesOf(functionId, new RegExp(`^src/|${log.source}`)))).toBeLessThan(25_000);
  },
);

test("the lines of requests, with redacted failures, take 3.5 kB", async () => {
  const bytes = await bytesOf("library-service-get-shelf", log);
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThan(3600);
});

test("a function carries the codecs of its own RPC alone, no binary codec and no router", async () => {
  const { inputs } = await bundle("library-service-delete-book");
  const carried = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const names = carried.map(([path]) => path);
  expect(names).toContain("gen/runtime/calls/unary.ts");
  expect(names.filter((path) => /\.binary\.ts$|route-tree|-stream|request-list|grpc-js|json-read/.test(path))).toEqual(
    [],
  );
});

test("a stream of the example carries its form alone: no request can choose another", async () => {
  const { inputs } = await bundle("library-service-export-books");
  const carried = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const names = carried.map(([path]) => path.replace("gen/runtime/routing/", ""));
  expect(names.filter((path) => /^(accept|stream-)/.test(path))).toEqual(["stream-format.ts"]);
  expect(inputs["gen/runtime/routing/stream-format.ts"]?.bytesInOutput).toBeLessThan(250);
});
