/** Every command on a terminal and without one, quiet, verbose, as JSON and without colour. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

interface Command {
  /** The words of the command line. */
  readonly words: readonly string[];
  /** Default: 0. */
  readonly exitCode?: number;
  /** What goes to stdout is what was asked for, so that --quiet leaves it; else it tells of work that went well. */
  readonly answers?: true;
  /** There is a `--json`. */
  readonly json?: true;
  /** It reads the protos, in steps. */
  readonly steps?: true;
  /** Its output has times and ports, so that two runs differ. */
  readonly varies?: true;
}

const recorded = `${JSON.stringify({ request: { method: "GET", target: "/v1/shelves/1" }, response: { status: 404, body: "{}" } })}\n`;

/** Every command. */
const commands: readonly Command[] = [
  { words: ["init", "--dry-run"], json: true },
  { words: ["generate"], json: true, steps: true },
  { words: ["check"], json: true, steps: true },
  { words: ["build"], json: true, steps: true },
  { words: ["doctor"], json: true, steps: true, answers: true, varies: true },
  { words: ["migrate"], steps: true },
  { words: ["diff", "--against", "image.binpb"], json: true, steps: true, answers: true },
  { words: ["inspect"], json: true, steps: true, answers: true },
  { words: ["routes"], json: true, steps: true, answers: true },
  { words: ["explain", "GET", "/v1/shelves/1"], json: true, answers: true, steps: true },
  { words: ["dev", "--port", "0", "--no-watch"], steps: true, answers: true, varies: true },
  {
    words: ["compare", "requests.jsonl", "--old", "recorded", "--new", "dev", "--plan"],
    json: true,
    steps: true,
    answers: true,
  },
  {
    words: ["record", "--upstream", "http://127.0.0.1:9", "--port", "0", "--to", "new.jsonl"],
    answers: true,
    varies: true,
    steps: true,
  },
  { words: ["traffic", "--requests", "1000000"], json: true, answers: true, steps: true },
  { words: ["report", "--page", "report.html"], json: true, answers: true, steps: true },
  { words: ["cost", "--requests", "1000000", "--duration", "20"], json: true, answers: true, steps: true },
  { words: ["idle"], answers: true, steps: true },
  { words: ["event", "GET", "/v1/shelves/1"], answers: true, varies: true, steps: true },
  { words: ["completion", "bash"], answers: true },
];

let project: TemporaryProject;

beforeAll(async () => {
  project = createProject({
    "proto/library.proto": libraryProto,
    "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\n",
    "package.json": "{}",
    "requests.jsonl": recorded,
  });
  const { withFiles, googleApiFiles, buildImage } = await import("../support/buf.js");
  const image = withFiles({ ...googleApiFiles(), "library.proto": libraryProto }, (folder) => buildImage(folder));
  writeFileSync(join(project.root, "image.binpb"), image);
  for (const words of [["generate"], ["build"]]) expect((await runWords(words)).exitCode).toBe(0);
});

afterAll(() => project.remove());

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function runWords(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  isTTY = false,
): Promise<Outcome> {
  const { terminal, stdout, stderr } = captureTerminal(project.root, { PATH: "/nowhere", ...env }, isTTY);
  const exitCode = await run(words, terminal);
  rmSync(join(project.root, "new.jsonl"), { force: true });
  return { exitCode, stdout: stdout(), stderr: stderr() };
}

const escapeCharacter = "\u001b";
/** SGR sequences, which set colours. */
const colours = new RegExp(`${escapeCharacter}\\[[\\d;]*m`);
const erase = `\r${escapeCharacter}[K`;
/** A line of --verbose: `reading .proto files: 3 ms`. */
const step = /^[\w. ]+: \d+ ms$/m;
const screen = 50;

test("the table has every command", async () => {
  const { stdout } = await runWords(["--help"]);
  const names = [...stdout.matchAll(/^ {2}(\w+) (?:\[|<| )/gm)].map(([, name]) => name);
  expect(commands.map(({ words: [name] }) => name)).toEqual(names.filter((name) => name !== "help"));
});

test.each(commands)(
  "$words.0 without a terminal: no escape sequences, one screen",
  async ({ words, exitCode = 0, answers }) => {
    const outcome = await runWords(words);
    expect([
      outcome.exitCode,
      outcome.stdout.includes(escapeCharacter),
      outcome.stderr.includes(escapeCharacter),
    ]).toEqual([exitCode, false, false]);
    expect(outcome.stdout).not.toBe("");
    if (answers !== true) expect(outcome.stdout.split("\n").length).toBeLessThan(screen);
  },
);

test.each(commands)(
  "$words.0 on a terminal: progress that is gone at the end, and no colour where NO_COLOR is set",
  async ({ words, exitCode = 0, steps }) => {
    const outcome = await runWords(words, { NO_COLOR: "1" }, true);
    expect([outcome.exitCode, colours.test(outcome.stdout + outcome.stderr)]).toEqual([exitCode, false]);
    expect(outcome.stdout).not.toContain(erase);
    if (steps !== true) return;
    expect(outcome.stderr).toMatch(/(?:reading \.proto files|planning the API of today) …/);
    expect(outcome.stderr.slice(outcome.stderr.lastIndexOf(" …"))).toMatch(new RegExp(` …\\r${escapeCharacter}\\[K`));
  },
);

test.each(commands)(
  "$words.0 --quiet: what was asked for, or nothing",
  async ({ words, exitCode = 0, answers, varies }) => {
    const usual = await runWords(words);
    for (const flag of ["--quiet", "-q"]) {
      const outcome = await runWords([...words, flag], {}, false);
      expect([outcome.exitCode, outcome.stderr]).toEqual([exitCode, ""]);
      if (varies !== true) expect(outcome.stdout).toBe(answers === true ? usual.stdout : "");
    }
    expect((await runWords([...words, "--quiet"], { NO_COLOR: "1" }, true)).stderr).toBe("");
  },
);

test.each(commands)(
  "$words.0 --verbose: the steps with their times, and no other answer",
  async ({ words, exitCode = 0, steps, varies }) => {
    const usual = await runWords(words);
    const outcome = await runWords([...words, "--verbose"], {}, true);
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.stderr).not.toContain(erase);
    expect(step.test(outcome.stderr)).toBe(steps === true);
    const plain = await runWords([...words, "--verbose"]);
    if (varies !== true) expect(plain.stdout).toBe(usual.stdout);
  },
);

test.each(commands.filter(({ json }) => json))(
  "$words.0 --json: one document without colour, whatever the terminal",
  async ({ words, exitCode = 0 }) => {
    const outcome = await runWords([...words, "--json"], { FORCE_COLOR: "1" }, true);
    expect([outcome.exitCode, outcome.stdout.includes(escapeCharacter)]).toEqual([exitCode, false]);
    expect(typeof JSON.parse(outcome.stdout)).toBe("object");
  },
);

test.each(commands.filter(({ json }) => !json))("$words.0 has no --json", async ({ words }) => {
  const outcome = await runWords([...words, "--json"]);
  expect([outcome.exitCode, outcome.stderr]).toEqual([2, expect.stringContaining("unknown option '--json'")]);
});

test.each(commands)("$words.0 is quiet or verbose, not both", async ({ words }) => {
  const outcome = await runWords([...words, "--quiet", "--verbose"]);
  expect([outcome.exitCode, outcome.stdout]).toEqual([2, ""]);
  expect(outcome.stderr).toContain("option '-q, --quiet' cannot be used with option '--verbose'");
});

describe("findings", () => {
  const many = libraryProto.replace(
    "message Shelf {",
    `${Array.from({ length: 25 }, (_, at) => `message M${at} { Missing m = 1; }`).join("\n")}\nmessage Shelf {`,
  );
  const streams = libraryProto.replace("returns (Shelf)", "returns (stream Shelf)");

  test("errors show with --quiet, warnings do not", async () => {
    project.put("other/library.proto", streams);
    const words = ["inspect", "other", "-I", "other"];
    expect((await runWords(words)).stderr).toContain("warning PL007");
    expect((await runWords([...words, "--quiet"])).stderr).toBe("");
    project.put("other/library.proto", many);
    const { exitCode, stderr } = await runWords([...words, "--quiet"]);
    expect([exitCode, stderr.match(/error PB\d+/g)?.length]).toEqual([2, 21]);
    expect((await runWords([...words, "--verbose"])).stderr.match(/error PB\d+/g)).toHaveLength(25);
  });

  test("drift shows with --quiet, and the advice does not repeat it", async () => {
    project.put("proto/library.proto", libraryProto.replace("string name = 1;", "string name = 1; string more = 9;"));
    const { exitCode, stdout } = await runWords(["check", "--quiet"]);
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringContaining("Run `npx grpc2lambda generate` and commit the result."),
    ]);
    project.put("proto/library.proto", libraryProto);
  });
});
