/** Authorizers of the user's own: generated, asked by `dev` behind both kinds of API, built, listed and explained. */
import { readFileSync } from "node:fs";
import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listeningAddress } from "../support/listening-address.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

const files = {
  "package.json": '{"private": true, "type": "module"}',
  "proto/library.proto": libraryProto,
  "src/handlers/library-service/get-shelf.ts": `import { callerOf } from "../../../gen/caller.js";
export const getShelf = async (_: unknown, context: never) => ({ name: JSON.stringify(callerOf(context)) });
`,
  "src/simple.ts": `let asked = 0;
export const handler = async (event: { headers: Record<string, string> }) => {
  asked++;
  const { authorization = "" } = event.headers;
  if (authorization === "fail") throw new Error("no keys");
  return { isAuthorized: authorization === "me", context: { tenant: "a", asked } };
};
`,
  "src/policy.ts": `export const handler = async ({ authorizationToken: token, methodArn }: { authorizationToken: string; methodArn: string }) => {
  if (token === "nobody") throw new Error("Unauthorized");
  const Effect = token === "me" ? "Allow" : "Deny";
  const Statement = [{ Action: "execute-api:Invoke", Effect, Resource: methodArn }];
  return { principalId: "ada", policyDocument: { Version: "2012-10-17", Statement }, context: { tenant: 7 } };
};
`,
};

const auths = {
  "http-api": "{ kind: lambda, cacheSeconds: 60, function: { handler: ./src/simple.ts#handler, memorySize: 128 } }",
  "rest-api": "{ kind: lambda, asks: token, function: { handler: ./src/policy.ts#handler } }",
} as const;

const health = "routes:\n  - { method: GET, path: /healthz, auth: none, fixed: { body: fine } }\n";

function createAuthorized(door: keyof typeof auths, more = health): TemporaryProject {
  const settings = `protos: [proto]\ninclude: [proto]\ndeployment: { frontDoor: ${door}, auth: ${auths[door]} }\n${more}`;
  return createProject({ ...files, "grpc2lambda.yaml": settings });
}

type Answer = readonly [authorization: string | undefined, status: number, body: unknown];

const shelf = (caller: object) => ({ name: JSON.stringify(caller) });

const answers: Readonly<Record<keyof typeof auths, readonly Answer[]>> = {
  "http-api": [
    [undefined, 401, { message: "Unauthorized" }],
    ["you", 403, { message: "Forbidden" }],
    ["fail", 500, { message: "Internal Server Error" }],
    ["me", 200, shelf({ kind: "authorizer", context: { tenant: "a", asked: 3 } })],
    // Remembered.
    ["me", 200, shelf({ kind: "authorizer", context: { tenant: "a", asked: 3 } })],
  ],
  "rest-api": [
    [undefined, 401, { code: 16, message: "Unauthorized", details: [] }],
    ["nobody", 401, { code: 16, message: "Unauthorized", details: [] }],
    ["you", 403, { code: 7, message: "User is not authorized to access this resource", details: [] }],
    ["me", 200, shelf({ kind: "authorizer", context: { tenant: "7", principalId: "ada", integrationLatency: 0 } })],
  ],
};

describe.each(["http-api", "rest-api"] as const)("dev behind %s", (door) => {
  let project: TemporaryProject;
  let server: ChildProcess;
  let address = "";
  let output: () => string = () => "";

  beforeAll(async () => {
    project = createAuthorized(door);
    const args = [resolve("bin/grpc2lambda.js"), "dev", "--port", "0", "--no-watch"];
    server = spawn(process.execPath, args, { cwd: project.root, stdio: ["ignore", "pipe", "pipe"] });
    ({ address, output } = await listeningAddress(server));
  });

  afterAll(() => {
    server.kill();
    project.remove();
  });

  test("asks the authorizer, and gives handlers what it said", async () => {
    for (const [authorization, status, body] of answers[door]) {
      const headers = authorization === undefined ? {} : { authorization };
      const response = await fetch(`${address}/v1/shelves/1`, { headers });
      expect([authorization, response.status, await response.json()]).toEqual([authorization, status, body]);
    }
  });

  test("asks nobody where a route is open, and says nothing of unchecked callers", async () => {
    const response = await fetch(`${address}/healthz`);
    expect([response.status, await response.text()]).toEqual([200, "fine"]);
    expect(output()).not.toContain("not checked");
  });
});

test("generate, build, inspect and explain know the function", async () => {
  const project = createAuthorized("http-api");
  const made = await runCli(project.root, "generate");
  expect(made.exitCode, made.stderr).toBe(0);
  expect(readFileSync(join(project.root, "gen/functions/simple.ts"), "utf8")).toContain(
    'import { handler } from "../../src/simple.js";',
  );
  const built = await runCli(project.root, "build");
  expect(built.exitCode, built.stderr).toBe(0);
  const { functions } = JSON.parse(readFileSync(join(project.root, "build/lambda/functions.json"), "utf8"));
  expect(functions.at(-1)).toMatchObject({ id: "simple", rpcs: [], memorySize: 128, timeout: 10 });
  const explained = await runCli(project.root, "explain", "GET", "/v1/shelves/1");
  expect(explained.stdout).toContain("lambda (src/simple.ts#handler)");
  const inspected = await runCli(project.root, "inspect");
  expect(inspected.stdout).toContain("callers are checked by src/simple.ts#handler (simple)");
  project.remove();
});

test.each([
  ["./src/missing.ts#handler", "CF006: there is no module ./src/missing.ts, expected a .ts or .js file"],
  ["./src/simple.ts", 'CF004: deployment.auth.function.handler is "./src/simple.ts", expected module#export'],
])("a handler that is not there: %s", async (handler, message) => {
  const settings = `protos: [proto]\ninclude: [proto]\ndeployment: { auth: { kind: lambda, function: { handler: ${handler} } } }\n`;
  const project = createProject({ ...files, "grpc2lambda.yaml": settings });
  const { stderr, exitCode } = await runCli(project.root, "generate");
  project.remove();
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
