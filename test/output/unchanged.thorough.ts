/**
 * Generating twice leaves nothing for git to see: every fixture, front door and deployment target; and the same bytes whatever the
 * order of inputs, the working directory, time zone, locale, umask, line ends and the way in which protos are read.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { frontDoorIds } from "../../src/front-door/front-door-id.js";
import { targetIds } from "../../src/plan/deployment-target-id.js";
import { buildImage, googleApiFiles } from "../support/buf.js";
import { runCli } from "../support/run-cli.js";

const fixtures = resolve(import.meta.dirname, "../../fixtures");
const work = mkdtempSync(join(tmpdir(), "g2l-unchanged-"));
afterAll(() => rmSync(work, { recursive: true }));

/** A copy of a fixture without its output, in a repository of its own. */
function repositoryOf(fixture: string, name: string): string {
  const folder = join(work, name);
  cpSync(join(fixtures, fixture), folder, {
    recursive: true,
    filter: (path) => !/\/(?:gen|node_modules|template\.yaml)$/.test(path),
  });
  git(folder, "init", "--quiet");
  return folder;
}

function git(folder: string, ...args: readonly string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "core.autocrlf=false"];
  return execFileSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}

const projects = ["example", "go/library", ...readdirSync(join(fixtures, "cases")).map((name) => `cases/${name}`)];
const combinations = frontDoorIds.flatMap((door) => targetIds.map((target) => [door, target] as const));

/** What a front door or a target refuses in a fixture is refused every time. */
const outcomes = new Map<number, number>();

describe.each(projects)("%s", (fixture) => {
  test("generate, commit, generate: git has nothing to say, behind every front door, for every target", async () => {
    const folder = repositoryOf(fixture, fixture.replace("/", "-"));
    for (const [door, target] of combinations) {
      const generate = () => runCli(folder, "generate", "--front-door", door, "--target", target);
      const { exitCode, stdout } = await generate();
      outcomes.set(exitCode, (outcomes.get(exitCode) ?? 0) + 1);
      if (exitCode !== 0) continue;
      expect(stdout).toMatch(/ \d+ files/);
      git(folder, "add", "--all");
      git(folder, "commit", "--quiet", "--allow-empty", "--message", `${door} ${target}`);
      expect([door, target, await generate()]).toEqual([door, target, expect.objectContaining({ exitCode: 0 })]);
      expect([door, target, git(folder, "status", "--porcelain")]).toEqual([door, target, ""]);
    }
  });
});

test("hardly any of them was refused", () => {
  expect([...outcomes.keys()].filter((code) => code !== 0 && code !== 2)).toEqual([]);
  expect(outcomes.get(0)).toBeGreaterThan(projects.length * combinations.length * 0.8);
});

/** Paths and contents of what was generated, scaffolds included. */
function outputOf(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  const visit = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) visit(path);
      else files[relative(folder, path)] = readFileSync(path, "utf8");
    }
  };
  for (const name of ["gen", "src", "template.yaml"].filter((one) => existsSync(join(folder, one)))) {
    if (name === "template.yaml") files[name] = readFileSync(join(folder, name), "utf8");
    else visit(join(folder, name));
  }
  return files;
}

/** `generate` as a process, in an environment of its own; behind `umask` where one is given. */
function generate(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}, umask = "022") {
  const command = [process.execPath, resolve("bin/grpc2lambda.js"), "generate", ...args];
  const words = command.map((word) => `'${word}'`).join(" ");
  const run = spawnSync("sh", ["-c", `umask ${umask}; exec ${words}`], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  expect([run.status, run.stderr.includes("error")]).toEqual([0, false]);
}

const protos = readdirSync(join(fixtures, "example/proto"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".proto"))
  .map((name) => `proto/${name}`);

/** Without an existing implementation; which protos are read is said on the command line. */
const plainConfiguration = `include: [proto]
methods:
  acme.library.v1.LibraryService.ImportBooks: { clientStreaming: collect }
`;

function plainProject(name: string): string {
  const folder = repositoryOf("example", name);
  writeFileSync(join(folder, "grpc2lambda.yaml"), plainConfiguration);
  rmSync(join(folder, "src"), { recursive: true });
  return folder;
}

/** The tool brings the well-known types along without comments, and buf with them. */
function comparable({ "gen/manifest.json": _, ...output }: Readonly<Record<string, string>>): Record<string, string> {
  const isWellKnown = (path: string): boolean => path.startsWith("gen/google/protobuf/");
  const withoutComments = (text: string): string => text.replaceAll(/^ *\/\*\*[\s\S]*?\*\/\n/gm, "");
  return Object.fromEntries(
    Object.entries(output).map(([path, text]) => [path, isWellKnown(path) ? withoutComments(text) : text]),
  );
}

describe("the same bytes", () => {
  const base = plainProject("base");
  generate(base, protos);
  const expected = outputOf(base);
  const ways: Readonly<Record<string, (folder: string) => void>> = {
    "in another order of inputs": (folder) => generate(folder, [...protos].reverse()),
    "in another time zone and locale": (folder) =>
      generate(folder, protos, {
        TZ: "Pacific/Kiritimati",
        LANG: "tr_TR.UTF-8",
        LC_ALL: "tr_TR.UTF-8",
      }),
    "behind another umask": (folder) => generate(folder, protos, {}, "077"),
    "from another working directory": (folder) => {
      const there = protos.map((path) => path.replace("proto/", ""));
      generate(join(folder, "proto"), ["-c", "../grpc2lambda.yaml", ...there]);
    },
    "of a checkout with CRLF": (folder) => {
      for (const path of protos) {
        const file = join(folder, path);
        writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
      }
      generate(folder, protos);
    },
  };
  test.each(Object.entries(ways))("%s", (name, way) => {
    const folder = plainProject(name.replaceAll(" ", "-"));
    way(folder);
    expect(outputOf(folder)).toEqual(expected);
  });

  test("from a descriptor set, but for what was read: the manifest, and comments of well-known types", () => {
    const folder = plainProject("set");
    const sources = plainProject("sources");
    for (const [path, text] of Object.entries(googleApiFiles())) {
      const file = join(sources, "proto", path);
      mkdirSync(dirname(file), { recursive: true });
      if (!existsSync(file)) writeFileSync(file, text);
    }
    writeFileSync(join(folder, "image.binpb"), buildImage(join(sources, "proto")));
    const targets = protos.map((path) => path.replace("proto/", ""));
    generate(folder, [...targets, "--descriptor-set", "image.binpb"]);
    expect(comparable(outputOf(folder))).toEqual(comparable(expected));
  });
});

test("a checkout that turns LF into CRLF is up to date, and stays as it is", async () => {
  const folder = repositoryOf("example", "crlf");
  expect(await runCli(folder, "generate")).toMatchObject({ exitCode: 0 });
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "LF");
  const windows = join(work, "crlf-windows");
  execFileSync("git", ["-c", "core.autocrlf=true", "clone", "--quiet", folder, windows]);
  expect(readFileSync(join(windows, "gen/routes.json"), "utf8")).toContain("\r\n");
  expect(await runCli(windows, "check")).toMatchObject({ exitCode: 0 });
  const before = outputOf(windows);
  expect(await runCli(windows, "generate")).toMatchObject({ exitCode: 0 });
  expect(outputOf(windows)).toEqual(before);
});
