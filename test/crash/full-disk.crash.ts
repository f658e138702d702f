/** A disk that is full, a real one: a memory file system of a megabyte. Needs the right to mount; without it, it says so. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { snapshotFolder } from "../support/snapshot-folder.js";
import { libraryProto } from "../support/temporary-project.js";

const work = mkdtempSync(join(tmpdir(), "g2l-full-"));
const disk = join(work, "disk");
mkdirSync(disk);
const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", disk]).status === 0;
if (!isMounted) console.log("skipped: this user may not mount a file system to fill");

const project = join(disk, "project");
const changed = libraryProto
  .replace("rpc MergeShelves(", "rpc JoinShelves(")
  .replace("string other = 2;", "string third = 2;");
let before: Record<string, string>;
let after: Record<string, string>;

beforeAll(async () => {
  const start = join(work, "start");
  mkdirSync(start);
  writeFileSync(join(start, "library.proto"), libraryProto);
  expect(await runCli(start, "generate", "library.proto")).toMatchObject({ exitCode: 0 });
  writeFileSync(join(start, "src/handlers/library-service/get-shelf.ts"), "// my code\n");
  writeFileSync(join(start, "library.proto"), changed);
  before = contents(start);
  cpSync(start, join(work, "done"), { recursive: true });
  expect(await runCli(join(work, "done"), "generate", "library.proto")).toMatchObject({ exitCode: 0 });
  after = contents(join(work, "done"));
});
afterAll(() => {
  if (isMounted) execFileSync("umount", [disk]);
  rmSync(work, { recursive: true });
});

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(snapshotFolder(folder)).map(([path, entry]) => [path, entry.replace(/^\S+ /, "")]),
  );
}

/** Leaves so many bytes free, in whole pages. */
function fill(free: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "filler"), Buffer.alloc(Math.max(0, bavail * bsize - free)));
}

test.runIf(isMounted).each(Array.from({ length: 12 }, (_, step) => step * 16 * 1024))(
  "with %i bytes free the tree is old or new, and completes when there is room",
  async (free) => {
    rmSync(project, { recursive: true, force: true });
    rmSync(join(disk, "filler"), { force: true });
    cpSync(join(work, "start"), project, { recursive: true });
    fill(free);
    const { exitCode, stderr } = await runCli(project, "generate", "library.proto");
    expect([free, exitCode, stderr]).toEqual([
      free,
      ...(exitCode === 0 ? [0, ""] : [2, expect.stringContaining("OU009")]),
    ]);
    expect(contents(project)).toEqual(exitCode === 0 ? after : before);
    rmSync(join(disk, "filler"));
    expect(await runCli(project, "generate", "library.proto")).toMatchObject({ exitCode: 0 });
    expect(contents(project)).toEqual(after);
    expect(readFileSync(join(project, "src/handlers/library-service/get-shelf.ts"), "utf8")).toBe("// my code\n");
    expect(existsSync(join(project, "gen/.grpc2lambda"))).toBe(false);
  },
);

test.runIf(isMounted)("the disk was too full at least once, and not always", async () => {
  rmSync(project, { recursive: true, force: true });
  cpSync(join(work, "start"), project, { recursive: true });
  fill(0);
  expect(await runCli(project, "generate", "library.proto")).toMatchObject({ exitCode: 2 });
  rmSync(join(disk, "filler"));
});
