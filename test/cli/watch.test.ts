/** `generate --watch` and `dev` as processes: every way in which files change, and nothing left behind. `npm test` builds dist/ first. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const temporary = mkdtempSync(join(tmpdir(), "g2l-watch-"));
afterAll(() => rmSync(temporary, { recursive: true }));

let project: TemporaryProject;
let child: ChildProcess;
let output = "";
/** Hears of every text of the process. */
let listening: () => void = () => undefined;

beforeEach(() => {
  project = createProject({
    "package.json": '{"private": true, "type": "module"}',
    "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\n",
    "proto/library.proto": libraryProto,
  });
});
afterEach(() => {
  child.kill("SIGKILL");
  project.remove();
});

/** Starts a command with a temporary folder of its own, and waits for a line. */
async function start(line: RegExp, ...argv: readonly string[]): Promise<void> {
  output = "";
  child = spawn(process.execPath, [resolve("bin/grpc2lambda.js"), ...argv], {
    cwd: project.root,
    env: { ...process.env, NO_COLOR: "1", TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      listening();
    });
  }
  await heard(line);
}

/** Waits for a text in what the process prints from now on. */
function heard(text: RegExp): Promise<void> {
  return new Promise((done, fail) => {
    const end = (): void => fail(new Error(`ended before ${text}:\n${output}`));
    const look = (): void => {
      if (!text.test(output)) return;
      listening = () => undefined;
      child.off("exit", end);
      done();
    };
    child.once("exit", end);
    listening = look;
    look();
  });
}

/** Makes a change, and waits for what is printed about it. */
async function after(change: () => void, text: RegExp): Promise<void> {
  output = "";
  change();
  await heard(text);
}

const path = (name: string): string => join(project.root, name);
const other = libraryProto.replaceAll("library", "other").replaceAll("/v1/", "/other/").replaceAll("Library", "Other");

test("generate --watch sees atomic saves, new and removed files, and folders that move", async () => {
  await start(/Watching for changes\n/, "generate", "--watch");
  const changed = /gen\/ .*(?:changed|new|removed)/;
  await after(() => {
    writeFileSync(path("proto/.library.proto.swp"), libraryProto.replace(":merge", ":join"));
    renameSync(path("proto/.library.proto.swp"), path("proto/library.proto"));
  }, changed);
  expect(project.get("gen/routes.json")).toContain(":join");
  await after(() => project.put("proto/deep/er/other.proto", other), /other\.proto [\s\S]*gen\/ .*new/);
  expect(existsSync(path("gen/deep/er/other.ts"))).toBe(true);
  await after(() => renameSync(path("proto/deep"), path("elsewhere")), /gen\/ .*removed/);
  expect(existsSync(path("gen/deep"))).toBe(false);
  await after(() => renameSync(path("elsewhere"), path("proto/deep")), /gen\/ .*new/);
  await after(() => rmSync(path("proto/deep"), { recursive: true }), /gen\/ .*removed/);
  await after(() => renameSync(path("proto"), path("away")), /error PB\d+/);
  await after(() => {
    renameSync(path("away"), path("proto"));
    project.put("proto/library.proto", libraryProto);
  }, changed);
  expect(project.get("gen/routes.json")).toContain(":merge");
  await after(
    () => project.put("proto/library.proto", libraryProto.replace(":join", ":glue").replace(":merge", ":glue")),
    changed,
  );
  expect(project.get("gen/routes.json")).toContain(":glue");
  await after(() => project.put("proto/library.proto", "syntax = 3;\n"), /library\.proto:1:\d+ error/);
  await after(() => project.put("proto/library.proto", libraryProto), changed);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "dev leaves nothing in the temporary folder after %s",
  async (signal) => {
    await start(/Listening on /, "dev", "--port", "0");
    expect(readdirSync(temporary)).toEqual([expect.stringMatching(/^grpc2lambda-dev-/)]);
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(readdirSync(temporary)).toEqual([]);
  },
);

test("what a killed dev leaves, the next run removes; what others have stays", async () => {
  await start(/Listening on /, "dev", "--port", "0");
  const [left = ""] = readdirSync(temporary);
  const living = child;
  mkdirSync(join(temporary, "grpc2lambda-mine"));
  await start(/Listening on /, "dev", "--port", "0");
  expect(readdirSync(temporary)).toContain(left);
  child.kill("SIGINT");
  await once(child, "exit");
  living.kill("SIGKILL");
  await once(living, "exit");
  expect(readdirSync(temporary)).toContain(left);
  await start(/Listening on /, "dev", "--port", "0");
  expect(readdirSync(temporary)).not.toContain(left);
  child.kill("SIGINT");
  await once(child, "exit");
  expect(readdirSync(temporary)).toEqual(["grpc2lambda-mine"]);
});
