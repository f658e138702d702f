/** `event`: the fixture is what the simulated front door makes of a request, and what the generated function reads. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { frontDoorIds } from "../../src/front-door/front-door-id.js";
import { frontDoorOf } from "../../src/front-door/front-doors.js";
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
