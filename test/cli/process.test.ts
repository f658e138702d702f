/** The command line as a process: what only a process shows. `npm test` builds dist/ first. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const root = join(import.meta.dirname, "../..");
const bin = join(root, "bin/grpc2lambda.js");

let project: TemporaryProject;

beforeEach(() => {
  project = createProject({
    "proto/library.proto": libraryProto,
    "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\n",
  });
});

afterEach(() => project.remove());

/** The environment without what decides about colours and reports. */
const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, GITHUB_ACTIONS: _actions, ...env } = process.env;

function grpc2lambda(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [bin, ...args], { cwd: project.root, encoding: "utf8", env });
}

test("--version is the package's", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(grpc2lambda("--version")).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: "" });
});

test("bin starts dist/cli and nothing else", () => {
  expect(readFileSync(bin, "utf8")).toBe(
    '#!/usr/bin/env node\nimport { main } from "../dist/cli/main.js";\n\nawait main(process);\n',
  );
});

test("exit codes of a life: clean, drift, bad input", () => {
  expect(grpc2lambda("generate")).toMatchObject({ status: 0, stderr: "" });
  expect(grpc2lambda("check")).toMatchObject({ status: 0, stderr: "" });
  project.put("proto/library.proto", libraryProto.replace("string name = 1;", "string name = 1; string more = 9;"));
  expect(grpc2lambda("check")).toMatchObject({ status: 1, stderr: "" });
  project.put("proto/library.proto", "message {");
  expect(grpc2lambda("check")).toMatchObject({ status: 2, stdout: "" });
  expect(grpc2lambda("--nonsense")).toMatchObject({ status: 2, stdout: "" });
});

describe("help", () => {
  const commands = ["generate", "check", "inspect", "routes", "explain"];

  test("lists every command", () => {
    const { status, stdout, stderr } = grpc2lambda("--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command} +\\w`, "m"));
  });

  test.each(commands)("the examples of %s work", async (command) => {
    const { exitCode, stdout } = await runCli(project.root, command, "--help");
    expect(exitCode).toBe(0);
    expect((await runCli(project.root, "help", command)).stdout).toBe(stdout);
    const examples = [...stdout.matchAll(/^ {2}\$ grpc2lambda (.+?)(?: {2,}.*)?$/gm)].map(
      ([, example = ""]) => example,
    );
    expect(examples.length).toBeGreaterThan(1);
    writeDescriptorSet();
    for (const folder of ["a", "b"]) {
      project.put(`${folder}/proto/library.proto`, libraryProto);
      project.put(`${folder}/grpc2lambda.yaml`, project.get("grpc2lambda.yaml"));
    }
    for (const example of examples) {
      const args = example.replace(/ \|.*$/, "").split(" ");
      expect(args[0]).toBe(command);
      if (command === "check") await runCli(project.root, "generate");
      expect([example, (await runCli(project.root, ...args)).exitCode]).toEqual([example, 0]);
    }
  });
});

/** image.binpb of the project, by buf. */
function writeDescriptorSet(): void {
  const platform = join(root, "node_modules/@bufbuild", `buf-${process.platform}-${process.arch}`, "bin/buf");
  const include = join(root, "src/proto/include");
  const config = { version: "v2", modules: [{ path: "proto" }, { path: "include" }] };
  project.put("buf.yaml", JSON.stringify(config));
  for (const file of ["annotations", "http"]) {
    const path = `google/api/${file}.proto`;
    project.put(`include/${path}`, readFileSync(join(include, path), "utf8"));
  }
  execFileSync(platform, ["build", "-o", "image.binpb"], { cwd: project.root, env });
}

test("a reader that goes away is no failure", () => {
  const line = `"$0" "$1" inspect --json | head -c 1; echo " \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", line, process.execPath, bin], {
    cwd: project.root,
    encoding: "utf8",
    env,
  });
  expect({ stdout, stderr }).toEqual({ stdout: "{ 0\n", stderr: "" });
});

test("an interrupt leaves all of the tree or none of it", async () => {
  const states = new Set<string>();
  // Every moment is in `npm run test:crash`.
  for (const delay of [100, 200, 300, 450]) {
    const fresh = createProject({ "library.proto": libraryProto });
    const child = spawn(process.execPath, [bin, "generate", "library.proto"], {
      cwd: fresh.root,
      env,
      stdio: "ignore",
    });
    const exited = once(child, "exit");
    setTimeout(() => child.kill("SIGINT"), delay);
    await exited;
    if (existsSync(join(fresh.root, "gen"))) {
      const check = spawnSync(process.execPath, [bin, "check", "library.proto"], {
        cwd: fresh.root,
        encoding: "utf8",
        env,
      });
      expect(check).toMatchObject({ status: 0 });
      expect(readdirSync(join(fresh.root, "gen")).filter((name) => name.startsWith("."))).toEqual([]);
      states.add("all");
    } else {
      expect(readdirSync(fresh.root)).toEqual(["library.proto"]);
      states.add("none");
    }
    fresh.remove();
  }
  expect(states.size).toBeGreaterThan(0);
});
