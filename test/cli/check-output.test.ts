/** What `check` shows besides names: differences, and the summary of a job. */
import { existsSync } from "node:fs";
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
