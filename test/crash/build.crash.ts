/** `build` killed (SIGKILL) at every writing call: each zip is the old one or the new one, and the next build completes it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { libraryProto } from "../support/temporary-project.js";

const repository = join(import.meta.dirname, "../..");
const work = mkdtempSync(join(tmpdir(), "g2l-killed-build-"));
const start = join(work, "start");
const zips = "build/lambda";

/** Zips, maps and functions.json before and after an undisturbed build of the changed project. */
let before: Readonly<Record<string, string>>;
let after: Readonly<Record<string, string>>;

beforeAll(async () => {
  cpSync(join(repository, "package.json"), join(start, "package.json"));
  writeFileSync(join(start, "library.proto"), libraryProto);
  for (const command of ["generate", "build"])
    expect(await runCli(start, command, "library.proto")).toMatchObject({ exitCode: 0 });
  before = contents(start);
  writeFileSync(
    join(start, "library.proto"),
    libraryProto
      .replace("rpc MergeShelves(", "rpc JoinShelves(")
      .replace("message Shelf {", "message Shelf {\n  string theme = 7;"),
  );
  expect(await runCli(start, "generate", "library.proto")).toMatchObject({ exitCode: 0 });
  const undisturbed = copy("undisturbed");
  expect(await runCli(undisturbed, "build", "library.proto")).toMatchObject({ exitCode: 0 });
  after = contents(undisturbed);
  expect(Object.keys(after)).not.toEqual(Object.keys(before));
});
afterAll(() => rmSync(work, { recursive: true }));

function copy(name: string): string {
  cpSync(start, join(work, name), { recursive: true });
  return join(work, name);
}

/** What a deployment could take from the folder of zips, as hashes. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(join(folder, zips), { withFileTypes: true }).filter((entry) => entry.isFile());
  const read = (name: string): string =>
    createHash("sha256")
      .update(readFileSync(join(folder, zips, name)))
      .digest("hex");
  return Object.fromEntries(names.map(({ name }) => [name, read(name)]));
}

async function killedBuild(folder: string, at: number): Promise<string | number | null> {
  const args = ["--import", join(import.meta.dirname, "kill-at.mjs"), join(repository, "bin/grpc2lambda.js")];
  const child = spawn(process.execPath, [...args, "build", "library.proto"], {
    cwd: folder,
    env: { ...process.env, KILL_AT: String(at) },
    stdio: "ignore",
  });
  const [code, signal] = await once(child, "exit");
  return signal ?? code;
}

test("a kill at every writing call", async () => {
  for (let at = 0; ; at++) {
    const folder = copy(`at-${at}`);
    const outcome = await killedBuild(folder, at);
    if (outcome === 0) {
      expect(at).toBeGreaterThan(15);
      return;
    }
    expect([at, outcome]).toEqual([at, "SIGKILL"]);
    for (const [name, content] of Object.entries(contents(folder)))
      expect([at, name, [before[name], after[name]].includes(content)]).toEqual([at, name, true]);
    expect([at, await runCli(folder, "build", "library.proto")]).toEqual([
      at,
      expect.objectContaining({ exitCode: 0 }),
    ]);
    expect([at, contents(folder)]).toEqual([at, after]);
    expect([at, readdirSync(join(folder, zips)).filter((name) => name.startsWith(".grpc2lambda"))]).toEqual([at, []]);
    rmSync(folder, { recursive: true });
  }
});
