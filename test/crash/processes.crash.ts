/** Killed processes (SIGKILL) and what the next one makes of their output. `npm run test:crash` builds dist/ first. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fc } from "../support/property.js";
import { runCli } from "../support/run-cli.js";
import { snapshotFolder } from "../support/snapshot-folder.js";
import { libraryProto } from "../support/temporary-project.js";

const repository = join(import.meta.dirname, "../..");
const work = mkdtempSync(join(tmpdir(), "g2l-killed-"));
const start = join(work, "start");
const changedProto = libraryProto
  .replace("rpc MergeShelves(", "rpc JoinShelves(")
  .replace("message Shelf {", "message Shelf {\n  string theme = 7;");

/** A second service, whose object is there and gets a method. */
const stockOf = (proto: string): string =>
  proto.replaceAll("library", "stock").replaceAll("Library", "Stock").replaceAll("/v1/", "/stock/");
const stockHandlers = `export const stock = {
  getShelf(_call, callback) { callback(null, {}); },
  mergeShelves(_call, callback) { callback(null, {}); },
};
`;
const configuration = `protos: [library.proto, stock.proto]
services:
  acme.stock.v1.StockService:
    implementation: ./stock.js#stock
`;

/** Contents before and after an undisturbed run over the changed proto. */
let before: Record<string, string>;
let after: Record<string, string>;

beforeAll(async () => {
  cpSync(join(repository, "package.json"), join(start, "package.json"));
  writeFileSync(join(start, "library.proto"), libraryProto);
  writeFileSync(join(start, "stock.proto"), stockOf(libraryProto));
  writeFileSync(join(start, "stock.js"), stockHandlers);
  writeFileSync(join(start, "grpc2lambda.yaml"), configuration);
  expect(await runCli(start, "generate")).toMatchObject({ exitCode: 0 });
  writeFileSync(join(start, "src/handlers/library-service/get-shelf.ts"), "// my code\n");
  writeFileSync(join(start, "library.proto"), changedProto);
  writeFileSync(join(start, "stock.proto"), stockOf(changedProto));
  // Nothing calls it after the change, and `check` would name it.
  rmSync(join(start, "src/handlers/library-service/merge-shelves.ts"));
  before = contents(start);
  const undisturbed = copy("undisturbed");
  expect(await runCli(undisturbed, "generate", "--update-handlers")).toMatchObject({ exitCode: 0 });
  expect(await runCli(undisturbed, "check")).toMatchObject({ exitCode: 0 });
  after = contents(undisturbed);
  expect(after["stock.js"]).toContain("joinShelves");
  expect(Object.keys(after).sort()).not.toEqual(Object.keys(before).sort());
});

afterAll(() => rmSync(work, { recursive: true }));

function copy(name: string): string {
  const folder = join(work, name);
  cpSync(start, folder, { recursive: true });
  return folder;
}

/** Files and folders with their content, those of the tool's own use included. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(snapshotFolder(folder)).map(([path, entry]) => [path, entry.replace(/^\S+ /, "")]),
  );
}

/** Starts `generate --update-handlers` with a module that is loaded before; `killAfter` kills it so many milliseconds after its first writing call. */
async function generate(
  folder: string,
  preload: string,
  env: Readonly<Record<string, string>>,
  killAfter?: number,
): Promise<string | number | null> {
  const args = ["--import", join(import.meta.dirname, preload), join(repository, "bin/grpc2lambda.js")];
  const child = spawn(process.execPath, [...args, "generate", "--update-handlers"], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const pipe = child.stdio[3];
  if (killAfter !== undefined) pipe?.once("data", () => setTimeout(() => child.kill("SIGKILL"), killAfter));
  if (pipe != null && "resume" in pipe) pipe.resume();
  const [code, signal] = await once(child, "exit");
  return signal ?? code;
}

/** What is on disk is the user's as before, and a plain `generate` completes it. */
async function expectRepaired(folder: string, label: unknown): Promise<void> {
  const handler = readFileSync(join(folder, "src/handlers/library-service/get-shelf.ts"), "utf8");
  expect([label, handler]).toEqual([label, "// my code\n"]);
  // The user's object is as it was, or has the method: nothing in between.
  const object = readFileSync(join(folder, "stock.js"), "utf8");
  expect([label, [stockHandlers, textAfter("stock.js")].includes(object)]).toEqual([label, true]);
  const checked = await runCli(folder, "check");
  expect([label, checked.stderr]).toEqual([label, expect.not.stringContaining("error")]);
  expect([label, checked.stdout]).toEqual([label, expect.not.stringMatching(/ edited | torn |grpc2lambda-|staging/)]);
  expect([label, await runCli(folder, "generate", "--update-handlers")]).toEqual([
    label,
    expect.objectContaining({ exitCode: 0 }),
  ]);
  expect([label, contents(folder)]).toEqual([label, after]);
  rmSync(folder, { recursive: true });
}

/** The content of a file after an undisturbed run: behind its permissions in the snapshot. */
function textAfter(path: string): string {
  return (after[path] ?? "").replace(/^\S+ /, "");
}

/** Does `job` for every item, as many at a time as there are processors. */
async function inParallel<Item>(items: readonly Item[], job: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await job(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

test("a kill at every writing call", async () => {
  const outcomes: (string | number | null)[] = [];
  const killAt = async (at: number): Promise<void> => {
    const folder = copy(`at-${at}`);
    const half: Record<string, string> = at % 2 === 0 ? {} : { KILL_HALF: "1" };
    outcomes[at] = await generate(folder, "kill-at.mjs", { KILL_AT: String(at), ...half });
    await expectRepaired(folder, at);
  };
  // In portions, until no call is left to be killed at.
  for (let from = 0; !outcomes.includes(0); from += 20) {
    await inParallel(
      Array.from({ length: 20 }, (_, index) => from + index),
      killAt,
    );
  }
  const last = outcomes.indexOf(0);
  expect(last).toBeGreaterThan(50);
  expect(outcomes.slice(0, last)).toEqual(Array.from({ length: last }, () => "SIGKILL"));
});

test("300 kills at any moment", async () => {
  const moments = fc.sample(fc.integer({ min: 0, max: 999 }), 300);
  const length = await duration();
  const outcomes = new Map<unknown, number>();
  await inParallel([...moments.entries()], async ([index, moment]) => {
    const folder = copy(`random-${index}`);
    const outcome = await generate(folder, "slow-disk.mjs", { SLOW_DISK: "1", WRITING: "1" }, (moment / 1000) * length);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    await expectRepaired(folder, [index, moment]);
  });
  // The rest had ended before.
  expect(outcomes.get("SIGKILL")).toBeGreaterThan(200);
});

/** Milliseconds from the first writing call to the end. */
async function duration(): Promise<number> {
  const folder = copy("timed");
  const began = performance.now();
  await generate(folder, "slow-disk.mjs", { SLOW_DISK: "0", WRITING: "1" });
  const startUp = performance.now() - began;
  const slow = copy("timed-slow");
  const slowBegan = performance.now();
  await generate(slow, "slow-disk.mjs", { SLOW_DISK: "1", WRITING: "1" });
  return Math.max(100, performance.now() - slowBegan - startUp);
}
