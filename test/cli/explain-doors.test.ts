/** `explain` and `dev` of one project, behind every front door: what the one says about a request is what the other does with it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localDoor } from "../../src/cli/dev/local-door.js";
import { startLocalFunctions } from "../../src/cli/dev/local-functions.js";
import { functionsById } from "../../src/cli/dev/local-routes.js";
import { prepareOutput } from "../../src/cli/project-output.js";
import { frontDoorIds } from "../../src/front-door/front-door-id.js";
import { frontDoorOf } from "../../src/front-door/front-doors.js";
import { type LocalProject, openProject } from "../support/local-project.js";
import { runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

const proto = `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
service S {
  rpc A(Req) returns (Reply) { option (google.api.http) = { get: "/v1/{name}" }; }
  rpc B(Req) returns (Reply) { option (google.api.http) = { get: "/v1/b" }; }
  rpc C(Req) returns (Reply) { option (google.api.http) = { post: "/v1/{name}:c" body: "*" }; }
  rpc D(Req) returns (Reply) { option (google.api.http) = { get: "/v1/{name=files/**}" additional_bindings { get: "/ping" } }; }
}
message Req { string name = 1; int32 size = 2; repeated string tags = 3; }
message Reply { string rpc = 1; string function = 2; string name = 3; int32 size = 4; repeated string tags = 5; }
`;

const handlers = Object.fromEntries(
  ["a", "b", "c", "d"].map((rpc) => [
    `src/handlers/s/${rpc}.ts`,
    `export const ${rpc} = async (request: object, { lambda }: { lambda?: { functionName?: string } }) =>
  ({ ...request, rpc: "${rpc.toUpperCase()}", function: lambda?.functionName ?? "" });
`,
  ]),
);

/** Every path, method and query that some door treats in its own way, and what all treat alike. */
const requests: readonly string[] = [
  "GET /v1/b",
  "GET /v1/abc",
  "GET /v1/abc?size=5&tags=x&tags=y%20z",
  "GET /v1/abc?size=many",
  "GET /v1/abc?size=%zz",
  "GET /v1/abc?a;b=1",
  "GET /v1/abc?tags={x}",
  "GET /v1/b%20c",
  "GET /v1/abc%2Fdef",
  "GET /v1/files%2Fx",
  "GET /v1/files/a%252Fb%20c",
  "GET /v1/50%25",
  "GET /v1/a%3Fb",
  "GET /v1/a%zz",
  "GET /v1/files/a//b/",
  "GET /v1/b/",
  "GET /",
  "GET /v2/nothing",
  "GET /ping",
  "POST /v1/x:c",
  "POST /v1/x%3Ac",
  "POST /v1/x:d",
  "POST /v1/b",
  "DELETE /v1/b",
  "HEAD /v1/b",
  "OPTIONS /v1/abc",
  "PURGE /v1/b",
  `GET /v1/${"x".repeat(11_000)}`,
];

describe.each(frontDoorIds)("%s", (frontDoor) => {
  let project: TemporaryProject;
  let served: LocalProject;

  beforeAll(async () => {
    project = createProject({
      "package.json": '{"private": true, "type": "module"}',
      "s.proto": proto,
      "grpc2lambda.yaml": `protos: [s.proto]\ndeployment: { frontDoor: ${frontDoor}, auth: none }\n`,
      ...handlers,
    });
    const { exitCode, stderr } = await runCli(project.root, "generate");
    expect(exitCode, stderr).toBe(0);
    served = await openProject(project.root, { prepareOutput, localDoor, functionsById, startLocalFunctions });
  });

  afterAll(async () => {
    await served.stop();
    project.remove();
  });

  test.each(requests.map((line) => [line.slice(0, 40), line]))("%s", async (_, line) => {
    const [method = "", target = ""] = line.split(" ");
    expect(await explained(project, method, target)).toEqual(await answered(served, method, target));
  });

  test("names the door that refuses, by its title", async () => {
    const { title } = frontDoorOf(frontDoor);
    const { stdout } = await runCli(project.root, "explain", "GET", `/v1/${"x".repeat(16_370)}`);
    const refusals = stdout.match(/(?<=nobody: the ).*(?= itself answers)/g) ?? [];
    expect(refusals).toEqual(frontDoor === "function-url" ? [] : [title]);
  });
});

/** What both say in the same words. */
type Outcome =
  | { readonly kind: "reply"; readonly function: string; readonly rpc: string; readonly request: object }
  /** `code`: gRPC's; undefined for a HEAD request, whose answer has no body. */
  | { readonly kind: "error"; readonly status: number; readonly code: number | undefined }
  | { readonly kind: "door"; readonly status: number; readonly reason: string };

async function explained({ root }: TemporaryProject, method: string, target: string): Promise<Outcome> {
  const { stdout } = await runCli(root, "explain", "--json", method, target);
  const { answer, door, message, refusal } = JSON.parse(stdout);
  switch (answer.kind) {
    case "door":
      return { kind: "door", status: door.status, reason: door.reason };
    case "status":
      return { kind: "error", status: answer.status, code: method === "HEAD" ? undefined : answer.code };
    case "rpc":
      if (refusal !== undefined) return { kind: "error", status: 400, code: 3 };
      return { kind: "reply", function: door.functionId, rpc: answer.binding.rpc.split("/")[1], request: message };
    default:
      throw new Error(stdout);
  }
}

async function answered(served: LocalProject, method: string, target: string): Promise<Outcome> {
  const { status, body, refused } = await served.send({ method, target, headers: [], body: Buffer.from("") });
  if (refused !== undefined) return { kind: "door", status, reason: refused };
  const text = body.toString();
  if (status !== 200) return { kind: "error", status, code: text === "" ? undefined : JSON.parse(text).code };
  const { rpc, function: id, ...request } = JSON.parse(text);
  return { kind: "reply", function: id, rpc, request };
}
