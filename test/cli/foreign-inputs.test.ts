/** Inputs that lead out of the project: read where they are what they should be, and never quoted. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readBounded } from "../../src/bounded-file.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

let home: TemporaryProject;
let project: TemporaryProject;

/** Files of the machine, in the forms that secrets come in; every word of them is one. */
const secrets = {
  "aws/credentials": "[wordone]\naws_wordtwo_key = wordthree/Wordfour+wordfive\n",
  "ssh/key": "-----BEGIN WORDSIX KEY-----\nwordseven\n-----END WORDSIX KEY-----\n",
  "gh/hosts.yml": 'wordeight.com:\n  wordnine: wordten\n  "wordeleven": [wordtwelve, {wordthirteen: 1}]\n',
  "half.yaml": "protos: [wordfourteen\nout: wordfifteen\n",
  "env.proto": 'syntax = "wordsixteen";\nmessage Wordseventeen { wordeighteen wordnineteen = 1; }\n',
  "quoted.proto": 'syntax = "proto3";\nmessage Wordtwenty { Wordtwentyone a = 1; Wordtwentyone a = 1; }\n',
  "docker/config.json": '{"wordtwentytwo": {"wordtwentythree": "wordtwentyfour"}}\n',
};

beforeEach(() => {
  home = createProject(secrets);
  project = createProject({ "library.proto": libraryProto });
});

afterEach(() => {
  home.remove();
  project.remove();
});

function link(path: string, target: string): void {
  mkdirSync(dirname(join(project.root, path)), { recursive: true });
  symlinkSync(join(home.root, target), join(project.root, path));
}

const commands = [["generate", "--json"], ["check", "--report", "github"], ["routes"], ["inspect"]] as const;

/** Nothing of a secret is in what any command says; `codes` are the exit codes of a refusal or, where YAML is YAML, of a warning. */
async function expectSilence(args: readonly string[], codes: readonly number[] = [2]): Promise<void> {
  for (const command of commands) {
    const { exitCode, stdout, stderr } = await runCli(project.root, ...command, ...args);
    const said = stdout + stderr;
    expect([command, codes, said]).toEqual([
      command,
      expect.arrayContaining([exitCode]),
      expect.not.stringMatching(/word/i),
    ]);
    if (exitCode === 2) expect([command, said]).toEqual([command, expect.stringMatching(/[A-Z]{2}\d{3}/)]);
  }
}

describe.each(Object.keys(secrets))("%s", (secret) => {
  test("as the configuration", async () => {
    link("grpc2lambda.yaml", secret);
    await expectSilence([]);
  });

  test("as a proto, and as an import", async () => {
    link("secret.proto", secret);
    await expectSilence(["secret.proto"]);
    project.put("library.proto", libraryProto.replace("import ", 'import "secret.proto";\nimport '));
    await expectSilence(["library.proto"]);
  });

  test("as the service configuration, by a link and by its path", async () => {
    link("service.yaml", secret);
    await expectSilence(["library.proto", "--service-config", "service.yaml"], [0, 1, 2]);
    project.put("grpc2lambda.yaml", `protos: [library.proto]\nserviceConfig: ${join(home.root, secret)}\n`);
    await expectSilence([], [0, 1, 2]);
  });

  test("as a descriptor set", async () => {
    link("image.binpb", secret);
    await expectSilence(["--descriptor-set", "image.binpb"]);
  });

  test("below a linked folder", async () => {
    symlinkSync(home.root, join(project.root, "linked"));
    project.put("grpc2lambda.yaml", `protos: [linked/${secret}]\ninclude: [linked]\n`);
    await expectSilence([]);
  });
});

test("a proto that is a link, as build systems make them, is read as any other", async () => {
  home.put("library.proto", libraryProto);
  link("protos/library.proto", "library.proto");
  expect(await runCli(project.root, "generate", "protos", "-I", "protos")).toMatchObject({ exitCode: 0, stderr: "" });
});

test("a finding about a link says what is wrong and where, and no more", async () => {
  link("secret.proto", "env.proto");
  const { stderr } = await runCli(project.root, "check", "secret.proto");
  expect(stderr.split("\n")[0]).toBe(
    "secret.proto:1:11 error PB008: unknown syntax or edition (secret.proto is outside the project folder: what it says is not shown)",
  );
});

test("protos outside the project are quoted where the user names them there", async () => {
  home.put("protos/broken.proto", 'syntax = "proto3";\nmessage Visible { Missing a = 1; }\n');
  const protos = join(home.root, "protos");
  const { stderr } = await runCli(project.root, "check", join(protos, "broken.proto"), "-I", protos);
  expect(stderr).toContain("message Visible { Missing a = 1; }");
});

describe("a file without an end", () => {
  test("is read as far as it may go", () => {
    expect(readBounded("/dev/zero", 1000)).toEqual({ kind: "tooLarge", size: "more than 1000 bytes" });
    expect(readBounded("/dev/null", 1000)).toEqual({ kind: "bytes", bytes: Buffer.alloc(0) });
  });

  test.each([0, 1, 65_535, 65_536, 65_537, 200_000])("and one of %i bytes at, below and above the limit", (length) => {
    const path = join(project.root, "sized");
    const bytes = Buffer.alloc(length, "x");
    writeFileSync(path, bytes);
    for (const limit of [length, length + 1]) {
      const read = readBounded(path, limit);
      // Byte by byte, `toEqual` takes seconds.
      expect(read.kind === "bytes" && bytes.equals(read.bytes)).toBe(true);
    }
    if (length > 0) expect(readBounded(path, length - 1)).toEqual({ kind: "tooLarge", size: `${length} bytes` });
  });

  test("as any input is a finding", async () => {
    for (const args of [
      ["-c", "/dev/zero"],
      ["library.proto", "--service-config", "/dev/zero"],
    ]) {
      const { exitCode, stderr } = await runCli(project.root, "check", ...args);
      expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^error CF001: .* more than \d+ bytes/)]);
    }
    const set = await runCli(project.root, "check", "--descriptor-set", "/dev/zero");
    expect([set.exitCode, set.stderr]).toEqual([2, expect.stringMatching(/^error PB019: .* more than \d+ bytes/)]);
    const proto = await runCli(project.root, "check", "/dev/zero");
    expect([proto.exitCode, proto.stderr]).toEqual([2, expect.stringContaining("is neither a file nor a folder")]);
  });

  test("a pipe is read to its end", () => {
    execFileSync("mkfifo", [join(project.root, "pipe.yaml")]);
    const line = `echo 'protos: [library.proto]' > pipe.yaml & exec "$0" "$1" routes -c pipe.yaml`;
    const bin = join(import.meta.dirname, "../../bin/grpc2lambda.js");
    const { status, stdout } = spawnSync("bash", ["-c", line, process.execPath, bin], {
      cwd: project.root,
      encoding: "utf8",
      timeout: 50_000,
    });
    expect([status, stdout]).toEqual([0, expect.stringContaining("MergeShelves")]);
  });
});
