/** One run writes at a time, and a dead one keeps nobody out. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import { writePatiently } from "../../src/cli/write-patiently.js";
import { runningProcess } from "../../src/cli/running-process.js";
import { writeOutput } from "../../src/output/write.js";
import { type RunIdentity, takeLock, type WriteLock } from "../../src/output/write-lock.js";
import { createOutputProject, generatedModule, type OutputProject, reportOf } from "../support/output-project.js";
import { testProcess, testRun } from "../support/test-process.js";

let project: OutputProject;
let gen: string;

beforeEach(() => {
  project = createOutputProject();
  gen = join(project.root, "gen");
  mkdirSync(gen);
});

afterEach(() => project.remove());

const files = [generatedModule("gen/a.ts", "1")];

function held(pid: number, alive: readonly number[] = []): WriteLock {
  const lock = takeLock(gen, testProcess(alive, pid));
  if (lock.kind !== "held") throw new Error(`expected the lock, found ${lock.kind}`);
  return lock;
}

/** The lock as a run leaves it that was killed. */
function leaveLock(owner: RunIdentity | string): void {
  mkdirSync(join(gen, ".grpc2lambda"));
  const text = typeof owner === "string" ? owner : JSON.stringify(owner);
  writeFileSync(join(gen, ".grpc2lambda/owner"), text);
}

test("a lock keeps others out, git out, and leaves nothing", () => {
  const lock = held(1);
  expect(takeLock(gen, testProcess([1], 2))).toEqual({ kind: "busy", owner: testRun(1) });
  expect(readFileSync(join(lock.folder, ".gitignore"), "utf8")).toBe("*\n");
  expect(readdirSync(gen)).toEqual([".grpc2lambda"]);
  lock.release(false);
  expect(readdirSync(gen)).toEqual([]);
  held(2).release(false);
});

test("a run beside another one touches nothing", () => {
  const lock = held(1);
  const before = project.contents();
  const outcome = writeOutput(project.request(files), { force: false, running: testProcess([1], 2) });
  expect(outcome).toEqual({ kind: "busy", owner: testRun(1) });
  expect(project.contents()).toEqual(before);
  lock.release(false);
  expect(project.report(files)).toBe("");
});

describe("a lock gives way whose owner", () => {
  const dead: readonly (readonly [string, RunIdentity | string])[] = [
    ["is gone", testRun(4711)],
    ["had the id that we have", testRun(1000)],
    ["is not readable", "{"],
    ["is no process", JSON.stringify({ host: "here", pid: "x", started: "" })],
    ["is not there", ""],
  ];
  test.each(dead)("%s", (_, owner) => {
    leaveLock(owner);
    expect(project.report(files)).toBe("");
    expect(readdirSync(gen)).toEqual(["a.ts", "manifest.json"]);
  });

  test("is on another machine, and silent for ten minutes", () => {
    leaveLock({ host: "there", pid: 1, started: "" });
    expect(reportOf(project.generate(files))).toBe("busy");
    const now = Date.now() / 1000;
    utimesSync(join(gen, ".grpc2lambda"), now - 590, now - 590);
    expect(reportOf(project.generate(files))).toBe("busy");
    utimesSync(join(gen, ".grpc2lambda"), now - 610, now - 610);
    expect(project.report(files)).toBe("");
  });
});

test("two runs that find a dead owner do not both get its lock", () => {
  leaveLock(testRun(4711));
  const first = held(1);
  expect(takeLock(gen, testProcess([1], 2))).toMatchObject({ kind: "busy" });
  first.release(false);
});

test.each([
  ["a file", (path: string) => writeFileSync(path, "mine\n")],
  ["a link", (path: string) => symlinkSync("nowhere", path)],
])("%s at the lock's place is refused, and left", async (_, make) => {
  make(join(gen, ".grpc2lambda"));
  const options = { force: false, running: testProcess() };
  const { diagnostics } = await writePatiently(project.request(files), options, { uninterrupted: (work) => work() });
  expect(formatDiagnostics(diagnostics)).toMatch(/^error OU008: gen\/\.grpc2lambda is no folder, expected nothing\n/);
  expect(readdirSync(gen)).toEqual([".grpc2lambda"]);
});

test("links and files with names like ours are left, and in nobody's way", () => {
  symlinkSync("nowhere", join(gen, ".grpc2lambda-abcdef"));
  symlinkSync(project.root, join(gen, ".staging-abcdef"));
  writeFileSync(join(gen, ".grpc2lambda-ABCDEF"), "mine\n");
  mkdirSync(join(gen, ".grpc2lambda-notes-of-mine"));
  const before = readdirSync(gen);
  expect(project.report(files)).toBe("");
  expect(readdirSync(gen)).toEqual([...before, "a.ts", "manifest.json"].sort());
});

test("what a killed run has left goes when there is nothing else to do", () => {
  project.report(files);
  project.put("gen/.grpc2lambda-abcdef/new-0", "half");
  leaveLock(testRun(4711));
  expect(project.report(files)).toBe("");
  expect(readdirSync(gen)).toEqual(["a.ts", "manifest.json"]);
});

test("a run waits for another one, and says so when that takes too long", async () => {
  const lock = held(4711);
  const options = { force: false, running: testProcess([4711]) };
  const terminal = { uninterrupted: <T>(work: () => T): T => work() };
  const refused = await writePatiently(project.request(files), options, terminal, 2);
  const expected = readFileSync(join(import.meta.dirname, "../../fixtures/diagnostics/OU011/expected.txt"), "utf8");
  expect(formatDiagnostics(refused.diagnostics)).toBe(expected);
  expect(existsSync(join(gen, "a.ts"))).toBe(false);
  setTimeout(() => lock.release(false), 120);
  const written = await writePatiently(project.request(files), options, terminal, 100);
  expect(written.diagnostics).toEqual([]);
  expect(existsSync(join(gen, "a.ts"))).toBe(true);
});

describe("a process", () => {
  const { self, isRunning } = runningProcess();

  test("is there when it is this one, or one that is not ours", () => {
    expect(isRunning(self)).toBe(true);
    expect(isRunning({ ...runningProcess().self, pid: process.ppid, started: startOf(process.ppid) })).toBe(true);
  });

  test("is another one when it has not the id alone", () => {
    expect(isRunning({ ...self, started: `${self.started}1` })).toBe(false);
    expect(isRunning({ ...self, pid: 2 ** 22 + 1 })).toBe(false);
    expect(isRunning({ ...self, pid: -1, started: "" })).toBe(false);
    expect(isRunning({ ...self, pid: 0, started: "" })).toBe(false);
  });
});

function startOf(pid: number): string {
  return process.platform === "linux"
    ? (readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? "")
    : "";
}
