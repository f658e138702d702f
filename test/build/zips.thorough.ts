/** The zips of the example, byte for byte, wherever and whenever they are built. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build, buildAt } from "./build-example.js";

const scratch = mkdtempSync(join(tmpdir(), "g2l-zips-"));
let first: string;

beforeAll(async () => {
  first = await buildAt(join(scratch, "one"), { TZ: "UTC" });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Every file of the folder of zips by name, as a hash. */
function hashes(folder: string): Record<string, string> {
  const zips = join(folder, "build/lambda");
  const hash = (name: string): string =>
    createHash("sha256")
      .update(readFileSync(join(zips, name)))
      .digest("hex");
  return Object.fromEntries(
    readdirSync(zips)
      .sort()
      .map((name) => [name, hash(name)]),
  );
}

test("another folder, another time zone, files of another age: the same bytes", async () => {
  const second = join(scratch, "a folder with a longer name/and another depth");
  await buildAt(second, { TZ: "Asia/Kathmandu" });
  expect(hashes(second)).toEqual(hashes(first));
  for (const name of readdirSync(join(second, "gen"), { recursive: true, encoding: "utf8" }))
    utimesSync(join(second, "gen", name), 1_000_000_000, 1_000_000_000);
  await build(second, { TZ: "America/Caracas" });
  expect(hashes(second)).toEqual(hashes(first));
  expect(Object.keys(hashes(first)).filter((name) => name.endsWith(".zip"))).toHaveLength(19);
}, 120_000);

test("a change of one handler changes the zip of its function alone", async () => {
  const changed = await buildAt(join(scratch, "changed"));
  const handler = join(changed, "src/handlers/library-service/get-shelf.ts");
  const text = readFileSync(handler, "utf8");
  writeFileSync(handler, `${text}\nexport const answer = "unused";\nconsole.debug("loaded");\n`);
  await build(changed);
  const before = hashes(first);
  const differing = Object.entries(hashes(changed)).filter(([name, hash]) => hash !== before[name]);
  expect(differing.map(([name]) => name)).toEqual([
    "functions.json",
    "library-service-get-shelf.mjs.map",
    "library-service-get-shelf.zip",
  ]);
}, 60_000);
