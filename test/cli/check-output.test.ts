/** What `check` shows besides names: differences, and the summary of a job. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

let project: TemporaryProject;
beforeEach(async () => {
  project = createProject({ "grpc2lambda.yaml": "protos: [proto]\n", "proto/library.proto": libraryProto });
  expect((await runCli(project.root, "generate")).exitCode).toBe(0);
});
afterEach(() => project.remove());

function changeProto(): void {
  project.put(
    "proto/library.proto",
    libraryProto.replace("// Shelves.", "// Shelves | <b>`all`</b>.").replace("string other = 2;", "string third = 2;"),
  );
}

test("--diff shows from what is there to what would be", async () => {
  changeProto();
  const { exitCode, stdout } = await runCli(project.root, "check", "--diff");
  expect(exitCode).toBe(1);
  expect(stdout).toContain("--- a/gen/proto/library.ts\n+++ b/gen/proto/library.ts\n");
  expect(stdout).toContain("\n-  other: string;\n+  third: string;\n");
  expect(stdout).toContain("Run `npx grpc2lambda generate` and commit the result.");
  expect((await runCli(project.root, "check")).stdout).not.toContain("+++");
  const { files } = JSON.parse((await runCli(project.root, "check", "--json", "--diff")).stdout);
  expect(files.find(({ path }: { path: string }) => path === "gen/proto/library.ts").diff).toContain(
    "+  third: string;",
  );
});

test("a left-over file is removed, an edited one is put back", async () => {
  project.put("gen/routes.json", `${project.get("gen/routes.json")}edit\n`);
  const [before = "", after = ""] = libraryProto.split("  // Moves all books of one shelf to another.");
  project.put("proto/library.proto", before + after.slice(after.indexOf("\n  }\n") + 5));
  const { stdout } = await runCli(project.root, "check", "--diff");
  expect(stdout).toContain("--- a/gen/functions/library-service-merge-shelves.ts\n+++ /dev/null\n");
  expect(stdout).toContain("\n-edit\n");
});

test("in GitHub Actions the summary of the job has a table", async () => {
  changeProto();
  const summary = join(project.root, "summary.md");
  const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary };
  expect(await run(["check"], captureTerminal(project.root, env).terminal)).toBe(1);
  const text = project.get("summary.md");
  expect(text).toContain("| gen/proto/library.ts | stale | proto/library.proto changed |\n");
  expect(text).toContain("Run &#96;npx".replaceAll("&#96;", "`"));
  await runCli(project.root, "generate");
  project.put("summary.md", "");
  expect(await run(["check"], captureTerminal(project.root, env).terminal)).toBe(0);
  expect([project.get("summary.md"), existsSync(summary)]).toEqual(["", true]);
});

/** `path: label: reason` of each finding. */
async function findings(): Promise<string[]> {
  const { files } = JSON.parse((await runCli(project.root, "check", "--json")).stdout) as {
    readonly files: readonly { readonly path: string; readonly label: string; readonly reason: string }[];
  };
  return files.map(({ path, label, reason }) => `${path}: ${label}: ${reason}`);
}

test("each file names the input that changed it, through imports too", async () => {
  const service = (name: string, imported: string): string => `syntax = "proto3";
package acme.${name}.v1;
import "google/api/annotations.proto";
import "proto/${imported}.proto";
service ${name[0]?.toUpperCase()}${name.slice(1)} {
  rpc Get(acme.${imported}.v1.Request) returns (acme.${imported}.v1.Reply) {
    option (google.api.http) = { get: "/${name}/{id}" };
  }
}
`;
  const messages = (name: string, more = ""): string =>
    `syntax = "proto3";\npackage acme.${name}.v1;\nmessage Request { string id = 1;${more} }\nmessage Reply {}\n`;
  project.put("proto/red.proto", service("red", "crimson"));
  project.put("proto/blue.proto", service("blue", "navy"));
  project.put("proto/crimson.proto", messages("crimson"));
  project.put("proto/navy.proto", messages("navy"));
  expect((await runCli(project.root, "generate")).exitCode).toBe(0);
  project.put("proto/crimson.proto", messages("crimson", " int32 page = 2;"));
  changeProto();
  expect(await findings()).toEqual(
    expect.arrayContaining([
      "gen/proto/crimson.ts: stale: proto/crimson.proto changed",
      "gen/proto/library.json.ts: stale: proto/library.proto changed",
      "gen/proto/red.http.ts: stale: proto/crimson.proto changed",
      "gen/manifest.json: stale: proto/crimson.proto and 1 more changed",
      "gen/runtime/binding/query.ts: missing: not generated yet; proto/crimson.proto and 1 more changed",
    ]),
  );
  expect((await findings()).filter((line) => /blue|navy/.test(line))).toEqual([]);
});

test("a proto that is gone, and a setting are named as such", async () => {
  project.put("proto/extra.proto", libraryProto.replaceAll("library", "extra").replaceAll("/v1/", "/extra/"));
  expect((await runCli(project.root, "generate")).exitCode).toBe(0);
  rmSync(join(project.root, "proto/extra.proto"));
  expect(await findings()).toEqual(
    expect.arrayContaining([
      "gen/proto/extra.ts: left over: nothing makes it any more; proto/extra.proto is gone",
      "gen/functions/library-service-get-shelf.ts: missing: not generated yet; proto/extra.proto is gone",
      "gen/routes.json: stale: proto/extra.proto is gone",
      "src/handlers/acme-extra-v1/library-service/get-shelf.ts: orphan: yours to delete",
    ]),
  );
  rmSync(join(project.root, "src"), { recursive: true });
  expect((await runCli(project.root, "generate")).exitCode).toBe(0);
  project.put("grpc2lambda.yaml", "protos: [proto]\ndeployment: { frontDoor: rest-api }\n");
  expect(await findings()).toContain("template.yaml: stale: the settings or grpc2lambda itself changed");
});
