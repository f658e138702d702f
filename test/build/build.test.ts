/** `grpc2lambda build` on a small project: findings, what it leaves alone, what it removes. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FunctionsDocument } from "../../src/build/functions-json.js";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { type CliOutcome, runCli } from "../support/run-cli.js";
import { snapshotFolder } from "../support/snapshot-folder.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const config = "protos: [library.proto]\n";
const handlers = "src/handlers/library-service";
const zips = "build/lambda";
let project: TemporaryProject;

beforeEach(async () => {
  project = createProject({
    "package.json": '{"private": true, "type": "module"}',
    "library.proto": libraryProto,
    "grpc2lambda.yaml": config,
    [`${handlers}/get-shelf.ts`]: "export const getShelf = async ({ name }: { name: string }) => ({ name });\n",
    [`${handlers}/merge-shelves.ts`]: "export const mergeShelves = async ({ name }: { name: string }) => ({ name });\n",
  });
  expect(await cli("generate")).toMatchObject({ exitCode: 0 });
});
afterEach(() => project.remove());

function cli(...argv: readonly string[]): Promise<CliOutcome> {
  return runCli(project.root, ...argv);
}

function names(): string[] {
  return readdirSync(join(project.root, zips)).sort();
}

const both = [
  ".gitignore",
  "functions.json",
  "library-service-get-shelf.mjs.map",
  "library-service-get-shelf.zip",
  "library-service-merge-shelves.mjs.map",
  "library-service-merge-shelves.zip",
  "unrouted.mjs.map",
  "unrouted.zip",
];

test("the report: the largest functions first, and what is gone", async () => {
  const { exitCode, stdout, stderr } = await cli("build");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout.replace(/\d+\.\d kB/g, "N kB").replace(/ +/g, " ")).toBe(`function zip code
library-service-merge-shelves N kB N kB
library-service-get-shelf N kB N kB
unrouted N kB N kB
build/lambda/ 3 functions, N kB
`);
  expect(names()).toEqual(both);
  expect(project.get(`${zips}/.gitignore`)).toBe("*\n");
});

test("git keeps seeing the files of the user in a folder that has them", async () => {
  project.put(`${zips}/main.tf`, "mine");
  expect((await cli("build")).exitCode).toBe(0);
  expect((await cli("build")).exitCode).toBe(0);
  expect(names()).toEqual([...both.filter((name) => name !== ".gitignore"), "main.tf"].sort());
});

test("--json has the records of functions.json", async () => {
  const { exitCode, stdout } = await cli("build", "--json");
  expect(exitCode).toBe(0);
  const { functions } = JSON.parse(project.get(`${zips}/functions.json`));
  expect(JSON.parse(stdout)).toEqual({ diagnostics: [], folder: zips, functions, removed: [] });
});

test("a terminal sees what is done, and nothing of it stays", async () => {
  const { terminal, stderr } = captureTerminal(project.root, {}, true);
  expect(await run(["build"], terminal)).toBe(0);
  expect(stderr()).toContain("bundling 3 functions …");
  expect(stderr().endsWith("zipping 3 functions …\r\u001b[K")).toBe(true);
});

/** MergeShelves gone, and with it the widened route that needed a function without RPCs. */
const onlyGetShelf = both.filter((name) => !/merge|unrouted/.test(name));

describe("releases of plain CloudFormation", () => {
  const deployment = "deployment: { target: cloudformation, release: { traffic: Linear10PercentEvery1Minute } }\n";
  const versionsIn = (text: string): string[] => text.match(/^ {2}\w+Version[0-9a-f]{10}:$/gm) ?? [];

  beforeEach(async () => {
    project.put("grpc2lambda.yaml", `${config}${deployment}`);
    expect(await cli("generate")).toMatchObject({ exitCode: 0 });
    expect(await cli("build")).toMatchObject({ exitCode: 0 });
  });

  test("the template to deploy is beside the zips, with versions named by the code", async () => {
    const text = project.get(`${zips}/released.yaml`);
    expect(versionsIn(text)).toHaveLength(3);
    expect(text).toContain('Code: "../../build/lambda/library-service-get-shelf.zip"\n');
    expect(project.get("template.yaml")).toContain("--template-file build/lambda/released.yaml");
    expect(await cli("build")).toMatchObject({ exitCode: 0 });
    expect(project.get(`${zips}/released.yaml`)).toBe(text);
    project.put(`${handlers}/get-shelf.ts`, "export const getShelf = async () => ({ name: 'other' });\n");
    expect(await cli("build")).toMatchObject({ exitCode: 0 });
    const changed = versionsIn(project.get(`${zips}/released.yaml`)).filter((id) => !versionsIn(text).includes(id));
    expect(changed).toEqual([expect.stringMatching(/^ {2}LibraryServiceGetShelfVersion/)]);
  });

  test("it goes when nothing is released any more", async () => {
    project.put("grpc2lambda.yaml", `${config}deployment: { target: cloudformation }\n`);
    expect(await cli("generate")).toMatchObject({ exitCode: 0 });
    expect(await cli("build")).toMatchObject({ exitCode: 0 });
    expect(names()).toEqual(both);
  });
});

describe("what is gone", () => {
  beforeEach(async () => {
    expect(await cli("build")).toMatchObject({ exitCode: 0 });
    project.put("library.proto", libraryProto.replace(/ {2}\/\/ Moves[\s\S]*?\n {2}}\n/, ""));
    expect(await cli("generate")).toMatchObject({ exitCode: 0 });
  });

  test("zips and maps of functions that are gone are removed, and nothing else", async () => {
    project.put(`${zips}/mine.zip`, "mine");
    const { exitCode, stdout } = await cli("build");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("2 old zips removed");
    expect(names()).toEqual([...onlyGetShelf, "mine.zip"].sort());
    expect(project.get(`${zips}/mine.zip`)).toBe("mine");
  });

  test("a functions.json that lies cannot name other files", async () => {
    project.put("victim.zip", "mine");
    project.put(`${zips}/notes.txt`, "mine");
    const paths = ["../../victim.zip", "notes.txt", "/victim.zip", ".gitignore", 7, null];
    project.put(
      `${zips}/functions.json`,
      JSON.stringify({ out: "gen", functions: [null, ...paths.map((zip) => ({ zip }))] }),
    );
    expect(await cli("build")).toMatchObject({ exitCode: 0 });
    expect([project.get("victim.zip"), project.get(`${zips}/notes.txt`)]).toEqual(["mine", "mine"]);
    expect(names()).toContain(".gitignore");
  });

  test("what a killed run has put in place is known by what it had prepared", async () => {
    const lock = join(project.root, zips, ".grpc2lambda");
    mkdirSync(lock);
    writeFileSync(join(lock, "owner"), JSON.stringify({ host: "", pid: 1, started: "long ago" }));
    writeFileSync(join(lock, "functions.json"), JSON.stringify({ out: "gen", functions: [{ zip: "added.zip" }] }));
    project.put(`${zips}/added.zip`, "placed before the end");
    project.put(`${zips}/library-service-get-shelf.zip`, "half of it");
    // The lock of another machine is respected for ten minutes; this one is older.
    utimesSync(lock, 1_000_000_000, 1_000_000_000);
    expect(await cli("build")).toMatchObject({ exitCode: 0 });
    expect(names()).toEqual(onlyGetShelf);
    const zip = readFileSync(join(project.root, zips, "library-service-get-shelf.zip"));
    expect(Object.keys(unzipSync(zip))).toEqual(["library-service-get-shelf.mjs"]);
  });
});

test("after an error nothing has changed: not a zip, not a date", async () => {
  expect(await cli("build")).toMatchObject({ exitCode: 0 });
  project.put(`${handlers}/get-shelf.ts`, 'import "./gone.js";\nexport const getShelf = async () => ({ name: "" });\n');
  const before = snapshotFolder(project.root);
  expect(await cli("build")).toMatchObject({ exitCode: 2, stdout: "" });
  expect(snapshotFolder(project.root)).toEqual(before);
});

test("every error of every function is in one report, also those that one would hide from another", async () => {
  const imports = Array.from({ length: 25 }, (_, at) => `import "./gone-${at}.js";`).join("\n");
  project.put("src/shelves.ts", "export const here = 1;\n");
  project.put(
    `${handlers}/get-shelf.ts`,
    `${imports}\nimport { missing } from "../../shelves.js";\nexport const getShelf = async () => missing;\n`,
  );
  project.put(`${handlers}/merge-shelves.ts`, "export const mergeShelves = async () => {;\n");
  const { exitCode, stdout } = await cli("build", "--json");
  expect(exitCode).toBe(2);
  const { diagnostics }: { diagnostics: { code: string; location: { file: string; line: number } }[] } =
    JSON.parse(stdout);
  const lines = diagnostics.map(({ code, location }) => `${code} ${location.file.split("/").at(-1)}:${location.line}`);
  expect(lines).toEqual([
    ...Array.from({ length: 26 }, (_, at) => `BD002 get-shelf.ts:${at + 1}`),
    "BD003 merge-shelves.ts:2",
  ]);
});

test("a budget: the zip is there, the function is named, the exit code is 1", async () => {
  project.put("grpc2lambda.yaml", `${config}build: { maxZipBytes: 9000 }\n`);
  project.put(
    "src/text.ts",
    `export const text = ${JSON.stringify(Array.from({ length: 9000 }, (_, at) => at ** 3).join())};\n`,
  );
  project.put(
    `${handlers}/get-shelf.ts`,
    'import { text } from "../../text.js";\nexport const getShelf = async () => ({ name: text });\n',
  );
  const { exitCode, stderr, stdout } = await cli("build");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("error BD005: the zip of function library-service-get-shelf has");
  expect(stderr).toContain("its largest parts: src/text.ts ");
  expect(stdout).toContain("3 functions");
  expect(existsSync(join(project.root, zips, "library-service-get-shelf.zip"))).toBe(true);
});

test("files go into every zip, and packages that are external stay imports", async () => {
  project.put("grpc2lambda.yaml", `${config}build: { files: [data, LICENSE], external: ["@aws-sdk/*", sharp] }\n`);
  project.put("data/deep/rates.json", "[1]");
  project.put("LICENSE", "free");
  project.put(
    `${handlers}/get-shelf.ts`,
    'import { S3 } from "@aws-sdk/client-s3";\nimport sharp from "sharp";\nexport const getShelf = async () => ({ name: String(S3) + sharp });\n',
  );
  expect(await cli("build")).toMatchObject({ exitCode: 0, stderr: "" });
  const files = unzipSync(readFileSync(join(project.root, zips, "library-service-get-shelf.zip")));
  expect(Object.keys(files)).toEqual(["LICENSE", "data/deep/rates.json", "library-service-get-shelf.mjs"]);
  const code = Buffer.from(files["library-service-get-shelf.mjs"] ?? []).toString();
  expect([...code.matchAll(/from"([^"]+)"/g)].map(([, name]) => name)).toEqual(["@aws-sdk/client-s3", "sharp"]);
  expect(Object.keys(unzipSync(readFileSync(join(project.root, zips, "unrouted.zip"))))).toContain("LICENSE");
});

test("files that are links or outside are refused", async () => {
  project.put("grpc2lambda.yaml", `${config}build: { files: [data, ../secret, missing] }\n`);
  mkdirSync(join(project.root, "data"));
  symlinkSync("/etc/hostname", join(project.root, "data/link"));
  const { exitCode, stderr } = await cli("build");
  expect(exitCode).toBe(2);
  expect(stderr.match(/error BD006: (.*), expected/g)).toEqual([
    "error BD006: ../secret of build.files is outside of the project, expected",
    "error BD006: data/link of build.files is a link or no file, expected",
    "error BD006: missing of build.files does not exist, expected",
  ]);
  expect(existsSync(join(project.root, zips))).toBe(false);
});

test("a folder of zips that leads out of the project is refused", async () => {
  const elsewhere = createProject({});
  try {
    mkdirSync(dirname(join(project.root, zips)), { recursive: true });
    symlinkSync(elsewhere.root, join(project.root, zips));
    expect(await cli("build")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("error OU001") });
    expect(readdirSync(elsewhere.root)).toEqual([]);
  } finally {
    elsewhere.remove();
  }
});

test("two builds at once write one after the other", async () => {
  const outcomes = await Promise.all([cli("build"), cli("build"), cli("build")]);
  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(names()).toEqual(both);
});

test("without source maps there are none, and those of before are removed", async () => {
  expect(await cli("build")).toMatchObject({ exitCode: 0 });
  project.put("grpc2lambda.yaml", `${config}build: { sourceMaps: false }\n`);
  expect(await cli("build")).toMatchObject({ exitCode: 0 });
  expect(names()).toEqual(both.filter((name) => !name.endsWith(".map")));
});

test("an object in CommonJS gives a CommonJS bundle, beside the ES modules of the others", async () => {
  project.put("package.json", '{"private": true}');
  project.put("src/library.js", "exports.library = { getShelf: (call, done) => done(null, { name: __filename }) };\n");
  project.put(
    "grpc2lambda.yaml",
    `${config}services: { acme.library.v1.LibraryService: { implementation: ./src/library.js#library } }\n`,
  );
  expect(await cli("generate")).toMatchObject({ exitCode: 0 });
  expect(await cli("build")).toMatchObject({ exitCode: 0 });
  const { functions }: FunctionsDocument = JSON.parse(project.get(`${zips}/functions.json`));
  const modules = functions.map(({ zip }) => Object.keys(unzipSync(readFileSync(join(project.root, zips, zip)))));
  expect(modules).toEqual([["library-service-get-shelf.cjs"], ["library-service-merge-shelves.cjs"], ["unrouted.mjs"]]);
  expect(functions.map(({ handler }) => handler)).toEqual([
    "library-service-get-shelf.handler",
    "library-service-merge-shelves.handler",
    "unrouted.handler",
  ]);
  expect(functions.map(({ sourceMap }) => sourceMap)).toContain("library-service-get-shelf.cjs.map");
});
