/** `event`: the fixture is what the simulated front door makes of a request, and what the generated function reads. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { frontDoorIds } from "../../src/front-door/front-door-id.js";
import { frontDoorOf } from "../../src/front-door/front-doors.js";
import type { TuningPayload } from "../../src/migrate/event/power-tuning.js";
import { objectOf } from "../../src/runtime/doors/event.js";
import { exampleRoot } from "../support/example.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

let project: TemporaryProject;
beforeAll(() => {
  project = createProject({ "library.proto": libraryProto, "body.json": '{"other":"shelves/2"}' });
});
afterAll(() => project.remove());

test.each(frontDoorIds)("%s: the function's reader gets method, path, query, headers and body back", async (door) => {
  const { exitCode, stdout, stderr } = await runCli(
    project.root,
    ..."event POST /v1/shelves/a%20b:merge?x=1&x=2 library.proto --door".split(" "),
    door,
    "--header",
    "From: ada",
    "--body",
    '{"other":"shelves/2"}',
  );
  expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^library-service(-merge-shelves)? gets it, by /)]);
  const { decodesPath, reader } = frontDoorOf(door);
  const read = reader.read(objectOf(JSON.parse(stdout)), "");
  expect(read?.method).toBe("POST");
  expect(read?.path).toBe(decodesPath ? "/v1/shelves/a b:merge" : "/v1/shelves/a%20b:merge");
  expect([read?.headers["from"]].flat()).toEqual(["ada"]);
  expect([read?.headers["content-type"]].flat()).toEqual(["application/json"]);
  expect(String(read?.body)).toBe('{"other":"shelves/2"}');
  expect(JSON.stringify(read?.query)).toMatch(/x.*1.*x.*2/);
});

test("the same request makes the same event, and @file is the file's bytes", async () => {
  const line = ["event", "POST", "/v1/shelves/1:merge", "library.proto", "--door", "alb"];
  const typed = await runCli(project.root, ...line, "--body", '{"other":"shelves/2"}');
  const read = await runCli(project.root, ...line, "--body", "@body.json");
  expect(read).toEqual(typed);
  expect(JSON.parse(read.stdout)).toMatchObject({ httpMethod: "POST", path: "/v1/shelves/1:merge" });
});

test("the front door of the configuration is the default", async () => {
  const { stdout } = await runCli(exampleRoot, "event", "GET", "/v1/shelves/lem");
  expect(JSON.parse(stdout)).toMatchObject({ version: "2.0", routeKey: "GET /v1/shelves/{name}" });
});

test.each([
  [["GET", "/v1/100%25x"], 1, "the front door answers by itself, with 400: "],
  [["GET", "v1"], 2, 'expected a path that starts with "/"'],
  [["GET", "/v1/shelves/1", "--header", "no colon"], 2, 'expected a header such as "From: ada", found "no colon"'],
  [["GET", "/v1/shelves/1", "--header", "a: b\nc: d"], 2, "expected a header such as"],
  [["GET", "/v1/shelves/1", "--body", "@missing.json"], 2, "missing.json cannot be read (ENOENT)"],
  [["GET", "/v1/shelves/1", "--door", "gateway"], 2, "Allowed choices are"],
])("%j: exit code %i", async (args, code, text) => {
  const { exitCode, stdout, stderr } = await runCli(
    project.root,
    "event",
    ...args.slice(0, 2),
    "library.proto",
    ...args.slice(2),
  );
  expect([exitCode, stdout]).toEqual([code, ""]);
  expect(stderr).toContain(text);
});

const files = async (...args: readonly string[]) => {
  const result = await runCli(project.root, "event", ...args);
  return { ...result, read: (path: string) => JSON.parse(readFileSync(join(project.root, path), "utf8")) };
};

test("--all: an event of each RPC behind each door, which its reader understands, and the same again", async () => {
  const { exitCode, stdout, stderr, read } = await files("--all", "library.proto");
  expect([exitCode, stdout, stderr]).toEqual([0, "events/   8 files\n", ""]);
  for (const door of frontDoorIds) {
    const event = read(`events/${door}/library-service/merge-shelves.json`);
    const request = frontDoorOf(door).reader.read(objectOf(event), "");
    expect(request).toMatchObject({ method: "POST", path: "/v1/shelves/1:merge" });
    expect(JSON.parse(String(request?.body))).toEqual({ name: "a", other: "a" });
  }
  const first = JSON.stringify(read("events/alb/library-service/get-shelf.json"));
  await files("--all", "library.proto", "--door", "alb", "--to", "again");
  expect(JSON.stringify(read("again/alb/library-service/get-shelf.json"))).toBe(first);
});

test("--power-tuning: what the comparison asked for by how often, or a request by the schema; no secrets", async () => {
  const seen = (id: number, target: string, status = 200) =>
    JSON.stringify({
      ...{ id: `a:${id}`, rpc: "acme.library.v1.LibraryService.GetShelf", binding: "", method: "GET", target },
      ...{ old: { status, ms: 1 }, new: { status, ms: 1 }, differences: [] },
    });
  const lines = [
    seen(1, "/v1/shelves/b"),
    seen(2, "/v1/shelves/a"),
    seen(3, "/v1/shelves/a"),
    seen(4, "/v1/shelves/gone", 404),
    seen(5, "/v1/shelves/c?key=redacted-sha256-0011aabb"),
  ];
  project.put("compare/results.jsonl", `${lines.join("\n")}\n`);
  const { exitCode, stdout, stderr, read } = await files("--power-tuning", "library.proto", "--to", "tuning");
  expect([exitCode, stdout]).toEqual([0, "tuning/   2 files\n"]);
  expect(stderr).toBe("note: these may change something with every call: library-service/merge-shelves\n");
  const input = read("tuning/library-service/get-shelf.json");
  expect(Object.keys(input)).toEqual(["lambdaARN", "num", "payload"]);
  expect(input.lambdaARN).toMatch(/^the ARN of library-service/);
  expect(input.num).toBeGreaterThanOrEqual(input.payload.length);
  expect(input.payload.map(({ payload, weight }: TuningPayload) => [objectOf(payload)["rawPath"], weight])).toEqual([
    ["/v1/shelves/a", 2],
    ["/v1/shelves/b", 1],
  ]);
  expect(read("tuning/library-service/merge-shelves.json").payload).toMatchObject([
    { payload: { rawPath: "/v1/shelves/1:merge" }, weight: 1 },
  ]);
});

test.each([
  [[], 2, "expected a method and a path, --all or --power-tuning"],
  [["GET"], 2, "expected a method and a path, --all or --power-tuning"],
  [["--all", "--power-tuning", "library.proto"], 2, "cannot be used with"],
  [["--all", "library.proto", "--to", "body.json"], 4, "cannot be written"],
])("folders, %j: exit code %i", async (args, code, text) => {
  const { exitCode, stdout, stderr } = await files(...args);
  expect([exitCode, stdout, stderr]).toEqual([code, "", expect.stringContaining(text)]);
});
