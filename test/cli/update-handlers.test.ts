/** `generate --update-handlers`, and what `check` says before. */
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const handlers = `export const library = {
  // the only one so far
  getShelf(call, callback) {
    callback(null, {});
  },
};
`;
const added = `  mergeShelves(call, callback) {
    callback({ code: 12, details: "MergeShelves is not implemented yet" });
  },
`;
const config = `protos: [library.proto]
services:
  acme.library.v1.LibraryService:
    implementation: ./library.js#library
`;

let project: TemporaryProject;
beforeEach(() => {
  project = createProject({ "grpc2lambda.yaml": config, "library.proto": libraryProto, "library.js": handlers });
});
afterEach(() => project.remove());

test("a method is added on request alone, once, and the file keeps its permissions", async () => {
  chmodSync(join(project.root, "library.js"), 0o755);
  expect(await runCli(project.root, "generate")).toMatchObject({ exitCode: 0, stderr: "" });
  expect(project.get("library.js")).toBe(handlers);
  const checked = await runCli(project.root, "check");
  expect(checked).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/, all up to date\n$/) });
  expect(checked.stderr).toContain(
    "library.js:1:24 warning OU013: the implementation of acme.library.v1.LibraryService has no method for MergeShelves",
  );
  expect(checked.stderr).toContain("generate --update-handlers");
  const updated = await runCli(project.root, "generate", "--update-handlers");
  expect(updated).toMatchObject({ exitCode: 0, stderr: "" });
  expect(updated.stdout).toMatch(/^library\.js +methods added$/m);
  expect(project.get("library.js")).toBe(handlers.replace("};\n", `${added}};\n`));
  expect(statSync(join(project.root, "library.js")).mode & 0o777).toBe(0o755);
  const manifest = project.get("gen/manifest.json");
  expect(JSON.parse(manifest).scaffolds).toEqual([]);
  expect((await runCli(project.root, "generate", "--update-handlers")).stdout).not.toContain("library.js");
  expect(await runCli(project.root, "check")).toMatchObject({ exitCode: 0, stderr: "" });
});

test("an RPC that goes leaves its method, and is named", async () => {
  project.put("library.js", handlers.replace("};\n", `${added}};\n`));
  project.put("library.proto", libraryProto.replace("rpc MergeShelves(", "rpc JoinShelves("));
  const { stderr } = await runCli(project.root, "generate", "--update-handlers");
  expect(stderr).toContain("library.js:6:3 warning OU014: mergeShelves answers no RPC");
  expect(project.get("library.js")).toContain(added);
  expect(project.get("library.js")).toContain("  joinShelves(call, callback) {\n");
});

test("a file that is not UTF-8, and one that may not be written, stay as they are", async () => {
  const path = join(project.root, "library.js");
  const bytes = Buffer.concat([Buffer.from("// caf\xe9\n", "latin1"), Buffer.from(handlers)]);
  writeFileSync(path, bytes);
  await runCli(project.root, "generate", "--update-handlers");
  expect(readFileSync(path).equals(bytes)).toBe(true);
  project.put("library.js", handlers);
  chmodSync(path, 0o444);
  const refused = await runCli(project.root, "generate", "--update-handlers");
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("OU007") });
  expect(project.get("library.js")).toBe(handlers);
});
