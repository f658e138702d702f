/** The workflow that `init` writes, run in clones of a repository. */
import { execFileSync, spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { parse } from "yaml";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const repository = resolve(import.meta.dirname, "../..");

let project: TemporaryProject | undefined;
afterEach(() => project?.remove());

test("the workflow is red on drift and green after generate, in a clone", async () => {
  project = createProject({
    "services/shop/package.json": "{}",
    "services/shop/proto/a.proto": libraryProto,
  });
  const { root, put, get } = project;
  execFileSync("git", ["init", "--quiet", root]);
  const shop = join(root, "services/shop");
  expect(await runCli(shop, "init", "--json")).toMatchObject({ exitCode: 0, stderr: "" });
  expect((await runCli(shop, "generate")).exitCode).toBe(0);
  const workflow = parse(get(".github/workflows/grpc2lambda-services-shop.yml"));
  expect(workflow.on).toHaveProperty("pull_request");
  expect(workflow.permissions).toEqual({ contents: "read" });
  const steps: { readonly uses?: string; readonly run?: string }[] = workflow.jobs.check.steps;
  for (const { uses } of steps.filter((step) => step.uses !== undefined))
    expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
  expect(steps.map((step) => step.run).filter((step) => step !== undefined)).toEqual([
    "npm install",
    "npx --no-install grpc2lambda check",
  ]);
  expect(runSteps(root, workflow)).toBe(0);
  put(
    "services/shop/proto/a.proto",
    libraryProto.replace("string other = 2;", "string other = 2;\n  string third = 3;"),
  );
  expect(runSteps(root, workflow)).toBe(1);
  expect((await runCli(shop, "generate")).exitCode).toBe(0);
  expect(runSteps(root, workflow)).toBe(0);
}, 120_000);

/** Commits all, and runs the last step of the workflow in a clone; the package is linked in place of installed. */
function runSteps(
  root: string,
  workflow: {
    readonly jobs: { readonly check: { readonly defaults: object; readonly steps: { readonly run?: string }[] } };
  },
): number | null {
  const git = (folder: string, ...args: string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      stdio: "ignore",
    });
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--allow-empty", "--message", "all");
  const clone = createProject({});
  git(root, "clone", "--quiet", root, join(clone.root, "clone"));
  const { defaults, steps } = workflow.jobs.check;
  const folder = join(
    clone.root,
    "clone",
    (defaults as { run: Record<string, string> }).run["working-directory"] ?? "",
  );
  clone.put(
    "clone/services/shop/node_modules/.bin/grpc2lambda",
    `#!/bin/sh\nexec node ${join(repository, "bin/grpc2lambda.js")} "$@"\n`,
  );
  execFileSync("chmod", ["+x", join(folder, "node_modules/.bin/grpc2lambda")]);
  const outcome = spawnSync("sh", ["-ec", steps.at(-1)?.run ?? "false"], { cwd: folder, encoding: "utf8" });
  clone.remove();
  return outcome.status;
}
