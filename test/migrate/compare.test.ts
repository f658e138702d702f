/** `compare` keeps secrets, and runs the generated functions. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { libraryProto } from "../support/temporary-project.js";
import {
  type Answer,
  compare,
  json,
  lines,
  project,
  reads,
  serve,
  shelf,
  useComparisons,
} from "./comparison-project.js";

useComparisons();

describe("redaction", () => {
  test("no secret is in any file or output, and equal ones stay equal", async () => {
    project.put(
      "proto/library.proto",
      libraryProto.replace(
        "message Shelf {\n  string name = 1;",
        "message Shelf {\n  string name = 1;\n  string pin = 2 [debug_redact = true];\n  string note = 3;",
      ),
    );
    const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.abcdefghijk";
    const secrets = ["hunter2", "hunter3", jwt, "AKIAABCDEFGHIJKLMNOP", "q-secret", "cookie-secret", "body-secret"];
    const reply =
      (pin: string): Answer =>
      (request, response, body) => {
        response.setHeader("set-cookie", "cookie-secret");
        json(() => ({ name: "a", pin, note: `${jwt} AKIAABCDEFGHIJKLMNOP`, own: "body-secret" }))(
          request,
          response,
          body,
        );
      };
    project.put("grpc2lambda.yaml", 'protos: [proto]\ninclude: [proto]\ncompare:\n  redact: ["body:own"]\n');
    project.put(
      "secret.jsonl",
      lines([{ method: "GET", target: "/v1/shelves/1?access_token=q-secret&sessionId=q-secret" }]),
    );
    const differs = await compare(
      `secret.jsonl --old ${await serve(reply("hunter2"))} --new ${await serve(reply("hunter3"))}`,
    );
    expect([differs.exitCode, differs.stdout]).toEqual([1, expect.stringContaining("pin")]);
    const written = ["results.jsonl", "summary.json"].map((name) =>
      readFileSync(join(project.root, "compare", name), "utf8"),
    );
    for (const secret of secrets) expect([...written, differs.stdout].join("\n")).not.toContain(secret);
    expect(
      (await compare(`secret.jsonl --old ${await serve(reply("hunter2"))} --new ${await serve(reply("hunter2"))}`))
        .exitCode,
    ).toBe(0);
  });
});

test("dev is the generated functions behind the simulated door, with generated requests that repeat themselves", async () => {
  project.put(
    "src/handlers/library-service/get-shelf.ts",
    "export const getShelf = async ({ name }: { name: string }) => ({ name });\n",
  );
  project.put(
    "src/handlers/library-service/merge-shelves.ts",
    "export const mergeShelves = async ({ name }: { name: string }) => ({ name });\n",
  );
  const { terminal } = captureTerminal(project.root);
  expect(await run(["generate"], terminal)).toBe(0);
  const seen: (string | undefined)[] = [];
  const old = await serve((request, response, body) => {
    seen.push(request.url);
    json(({ url }) => ({ name: decodeURIComponent(url?.split("?")[0]?.slice(4) ?? "") }))(request, response, body);
  });
  const line = `--generate 30 --seed 5 --old ${old} --new dev --noise off`;
  const first = await compare(line);
  expect([first.exitCode, first.stderr]).toEqual([0, ""]);
  expect(first.stdout).toContain("0 of 15 requests answered differently");
  const targets = seen.splice(0).sort();
  await compare(line);
  expect(seen.sort()).toEqual(targets);
  expect((await compare(`${line} --require-all`)).exitCode).toBe(4);
  project.put(
    "proto/library.proto",
    libraryProto.replace("string other = 2;", "string other = 2;\n  string more = 3;"),
  );
  const outdated = await compare(line);
  expect([outdated.exitCode, outdated.stderr]).toEqual([
    2,
    expect.stringMatching(
      /^error: gen\/ is not what generate would write \(\d+ files, .*: run grpc2lambda generate first\n$/,
    ),
  ]);
}, 60_000);

test("why a function gave no result is told once", async () => {
  project.put(
    "src/handlers/library-service/get-shelf.ts",
    'export const getShelf = async () => ({ name: "a" });\nthrow new Error("no table \\u001b[31m");\n',
  );
  project.put(
    "src/handlers/library-service/merge-shelves.ts",
    "export const mergeShelves = async ({ name }: { name: string }) => ({ name });\n",
  );
  expect(await run(["generate"], captureTerminal(project.root).terminal)).toBe(0);
  project.put("two.jsonl", reads(2));
  const { stdout, stderr } = await compare(`two.jsonl --old ${await serve(shelf)} --new dev`);
  expect(stdout).toContain("200 -> 500");
  expect(stderr).toMatch(/^function \S+ failed: Error: no table \\u\{1b\}\[31m \(at .*get-shelf.ts:2:7\)\n$/);
}, 60_000);
