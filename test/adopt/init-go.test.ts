/** `init` in repositories with a server in Go. */
import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

const example = resolve(import.meta.dirname, "../../fixtures/go/library");
let project: TemporaryProject;

beforeEach(() => {
  project = createProject({});
  for (const path of ["go.mod", "proto", "librarypb", "cmd", "internal/server", "internal/auth"])
    cpSync(join(example, path), join(project.root, path), { recursive: true });
});

afterEach(() => project.remove());

async function init(...flags: string[]): Promise<Readonly<Record<"found" | "unproven" | "next", string[]>>> {
  const { exitCode, stdout, stderr } = await runCli(project.root, "init", "--json", "--ci", "none", ...flags);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

/** Replaces text of a file. */
function change(path: string, from: RegExp | string, to: string): void {
  const text = project.get(path);
  expect(text).toMatch(from);
  project.put(path, text.replace(from, to));
}

test("a server of grpc-go with a gateway: its registration is used, and code is generated", async () => {
  const { found, unproven, next } = await init();
  expect(project.get("grpc2lambda.yaml")).toBe(`# yaml-language-server: $schema=./node_modules/grpc2lambda/schema.json
protos: [proto]
include: [proto]
language: go
deployment:
  frontDoor: http-api
`);
  expect(found).toEqual([
    "protos: proto (imports and packages), 1 service, 9 RPCs",
    "Go: module example.com/library",
    "grpc-gateway: go.mod",
    "acme.library.v1.LibraryService: cmd/server/main.go:37, server.New(ctx)",
  ]);
  expect(unproven).toEqual(["this is no git repository: no workflow and no .gitattributes were written"]);
  expect(next).toEqual([
    "npm init --yes",
    "npm install --save-dev grpc2lambda",
    "npx --no-install grpc2lambda generate",
    "npx --no-install grpc2lambda dev",
  ]);
  expect((await runCli(project.root, "generate")).exitCode).toBe(0);
});

test("what go.mod lacks is among the commands to run next", async () => {
  change("go.mod", /^go .*$/m, "go 1.16");
  change("go.mod", /^\tgithub.com\/aws\/aws-lambda-go .*\n/m, "");
  expect((await init()).next.slice(2, 4)).toEqual(["go get go@1.22", "go get github.com/aws/aws-lambda-go@v1.54.0"]);
});

describe("implementations", () => {
  test("one that only its package can make is said", async () => {
    change("cmd/server/main.go", "server.New(ctx)", "server.New(ctx, database)");
    const { found, unproven } = await init();
    expect(found.join("\n")).not.toContain("LibraryService");
    expect(unproven).toContain(
      "cmd/server/main.go:37: acme.library.v1.LibraryService is registered with server.New(ctx, database), which only its own package can make: name a function that makes it as services.acme.library.v1.LibraryService.implementation",
    );
  });

  test("none: a first version will be made", async () => {
    rmSync(join(project.root, "cmd"), { recursive: true });
    expect((await init()).unproven).toContain(
      "acme.library.v1.LibraryService: no implementation was found, handlers will be scaffolded",
    );
  });

  test("services that the module does not register are left out", async () => {
    project.put(
      "proto/acme/other/v1/other.proto",
      'syntax = "proto3"; package acme.other.v1; service Other { rpc Do(M) returns (M); } message M {}',
    );
    await init();
    expect(project.get("grpc2lambda.yaml")).toContain("\nonly: [acme.library.v1.LibraryService]\n");
  });
});

test("a module without generated code of the services is a project in TypeScript", async () => {
  rmSync(join(project.root, "librarypb"), { recursive: true });
  await init();
  expect(project.get("grpc2lambda.yaml")).not.toContain("language: go");
});

test("copies of protos that the tool brings along are nobody's own", async () => {
  project.put(
    "proto/protoc-gen-openapiv2/options/annotations.proto",
    'syntax = "proto3"; package grpc.gateway.protoc_gen_openapiv2.options;',
  );
  await init();
  expect(project.get("grpc2lambda.yaml")).toContain("\nprotos: [proto]\n");
});
