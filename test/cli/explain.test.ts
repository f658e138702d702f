/** `routes` and `explain` through `run`, on one proto whose templates get in each other's way. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CliOutcome, runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

const usersProto = `syntax = "proto3";
package acme.users.v1;
import "google/api/annotations.proto";

service UserService {
  rpc GetMe(GetMeRequest) returns (User) {
    option (google.api.http) = { get: "/v1/users/me" };
  }
  rpc GetUser(GetUserRequest) returns (User) {
    option (google.api.http) = { get: "/v1/users/{id}" };
  }
  rpc RenameUser(RenameUserRequest) returns (User) {
    option (google.api.http) = { post: "/v1/users/{id}:rename" body: "*" };
  }
  rpc UpdateUser(UpdateUserRequest) returns (User) {
    option (google.api.http) = { patch: "/v1/users/{id}" body: "user" };
  }
  rpc GetFile(GetFileRequest) returns (User) {
    option (google.api.http) = { get: "/v1/{path=files/**}" response_body: "name" };
  }
}

message GetMeRequest {}
message GetUserRequest {
  int64 id = 1;
  repeated string fields = 2;
  Filter filter = 3;
  message Filter { int32 page_size = 1; }
}
message RenameUserRequest { int64 id = 1; string name = 2; }
message UpdateUserRequest { int64 id = 1; User user = 2; bool dry_run = 3; }
message GetFileRequest { string path = 1; }
message User { string name = 1; }
`;

let project: TemporaryProject;

beforeAll(() => {
  project = createProject({ "users.proto": usersProto, "grpc2lambda.yaml": "protos: [users.proto]\n" });
});

afterAll(() => project.remove());

function grpc2lambda(...argv: readonly string[]): Promise<CliOutcome> {
  return runCli(project.root, ...argv);
}

/** Everything that stdout says about a request; the command's words are split at spaces. */
async function explain(line: string): Promise<Omit<CliOutcome, "stderr">> {
  const { exitCode, stdout } = await grpc2lambda("explain", ...line.split(" "));
  return { exitCode, stdout };
}

/** The JSON document about a request. */
async function explainJson(line: string): Promise<Record<string, unknown> & { readonly others: readonly unknown[] }> {
  const { stdout } = await grpc2lambda("explain", "--json", ...line.split(" "));
  return JSON.parse(stdout);
}

describe("routes", () => {
  test("stand in the order in which grpc-gateway tries them", async () => {
    const { exitCode, stdout } = await grpc2lambda("routes");
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      `METHOD  PATH TEMPLATE          RPC                     VARIABLES  BODY  RESPONSE BODY  FUNCTION                   DOOR ROUTE
GET     /v1/{path=files/**}    UserService/GetFile     path             name           user-service-get-file      GET /v1/files/{path+}
PATCH   /v1/users/{id}         UserService/UpdateUser  id         user                 user-service-update-user   PATCH /v1/users/{id}
POST    /v1/users/{id}:rename  UserService/RenameUser  id         *                    user-service-rename-user   POST /v1/users/{id}
GET     /v1/users/{id}         UserService/GetUser     id                              user-service-get-v1-users  GET /v1/users/{id}
GET     /v1/users/me           UserService/GetMe                                       user-service-get-v1-users  GET /v1/users/me

5 bindings, the last declared first, as in grpc-gateway
`,
    );
  });

  test("stand in order of specificity in the spec profile", async () => {
    const { stdout } = await grpc2lambda("routes", "--profile", "spec", "--json");
    const rows: readonly { readonly httpMethod: string; readonly template: string }[] = JSON.parse(stdout);
    expect(rows.map(({ httpMethod, template }) => `${httpMethod} ${template}`)).toEqual([
      "POST /v1/users/{id}:rename",
      "GET /v1/users/me",
      "GET /v1/users/{id}",
      "PATCH /v1/users/{id}",
      "GET /v1/{path=files/**}",
    ]);
    expect(rows[1]).toEqual({
      httpMethod: "GET",
      template: "/v1/users/me",
      rpc: "acme.users.v1.UserService/GetMe",
      variables: [],
      body: "",
      responseBody: "",
      function: "user-service-get-me",
      routeKey: "GET /v1/users/me",
      auth: "iam",
    });
  });

  test("bad protos are exit code 2, with the finding on stderr and nothing on stdout", async () => {
    const { exitCode, stdout, stderr } = await grpc2lambda("routes", "missing.proto");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("missing.proto");
  });
});

describe("explain", () => {
  test("the last declared answers, as in grpc-gateway, and what it reads", async () => {
    expect(await explain("GET /v1/users/7?fields=a&fields=b&filter.pageSize=5&id=9&color=red")).toEqual({
      exitCode: 0,
      stdout: `GET /v1/users/7?fields=a&fields=b&filter.pageSize=5&id=9&color=red
  answered by  acme.users.v1.UserService/GetUser
  binding      GET /v1/users/{id} at users.proto:10:40
  variables    id = "7"
  function     user-service-get-v1-users
  door route   GET /v1/users/{id}
  callers      checked by the door: iam

Query
  fields=a&fields=b  sets fields
  filter.pageSize=5  sets filter.page_size
  id=9               ignored: the path binds id
  color=red          ignored: GetUserRequest has no field "color"

Message, with an empty body
  { id: 7n, fields: [ 'a', 'b' ], filter: { pageSize: 5 } }

Other bindings
  PATCH  /v1/users/{id}         UpdateUser  matches the path; its method is PATCH
  POST   /v1/users/{id}:rename  RenameUser  the path does not end in ":rename"
  GET    /v1/users/me           GetMe       segment 3 is "me" in the template, "7" in the path

  and 1 binding further away (--json lists all)
`,
    });
  });

  test.each([
    [
      "grpc-gateway",
      { rpc: "acme.users.v1.UserService/GetUser" },
      { rpc: "acme.users.v1.UserService/GetMe" },
      "matches, too; GetUser is declared later, and the last declared answers",
    ],
    [
      "spec",
      { rpc: "acme.users.v1.UserService/GetMe" },
      { rpc: "acme.users.v1.UserService/GetUser" },
      'matches, too; less specific: * where GetMe has "me" (segment 3)',
    ],
  ])("who of two that match answers, in profile %s", async (profile, winner, loser, reason) => {
    const { answer, others } = await explainJson(`GET /v1/users/me --profile ${profile}`);
    expect(answer).toMatchObject({ kind: "rpc", binding: winner });
    expect(others).toContainEqual({ binding: expect.objectContaining(loser), kind: "shadowed", reason });
  });

  test("a value that the RPC cannot take is refused before the handler", async () => {
    const { exitCode, stdout } = await explain("GET /v1/users/me");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("  but          400 INVALID_ARGUMENT before the handler: ");
    expect(stdout).toContain('found "me"');
  });

  test.each([
    ["GET /v1/users/7?fields=%zz", 'invalid URL escape "%zz"'],
    ["GET /v1/users/7?filter.page_size=x", 'query parameter "filter.page_size": expected a 32-bit integer, found "x"'],
    ["GET /v1/users/7?a;b=1", "invalid semicolon separator in query"],
  ])("the refusal of %s", async (line, refusal) => {
    const { exitCode, stdout } = await explain(line);
    expect({ exitCode, refusal: / {2}but +400 INVALID_ARGUMENT before the handler: (.*)/.exec(stdout)?.[1] }).toEqual({
      exitCode: 1,
      refusal,
    });
  });

  test("the query of a binding whose body is the whole request", async () => {
    const { query, message } = await explainJson("POST /v1/users/7:rename?name=x");
    expect(query).toEqual([
      { name: "name", values: ["x"], kind: "ignored", reason: 'the body is the whole request (body: "*")' },
    ]);
    expect(message).toEqual({ id: "7", name: "" });
  });

  test("the query of a binding whose body is a field", async () => {
    const { query, message } = await explainJson("PATCH /v1/users/7?user.name=x&dryRun=true");
    expect(query).toEqual([
      { name: "user.name", values: ["x"], kind: "ignored", reason: "the body binds user" },
      { name: "dryRun", values: ["true"], kind: "sets", field: "dry_run" },
    ]);
    expect(message).toMatchObject({ id: "7", dryRun: true });
  });

  test("what an HTTP API does to the path", async () => {
    const { stdout, exitCode } = await explain("GET /v1/files/a%252Fb%20c");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      "  arrives as    /v1/files/a/b c behind an API Gateway HTTP API, which decodes the path\n",
    );
    expect(stdout).toContain('  variables     path = "files/a/b c"\n');
    expect(stdout).toContain(
      '  grpc-gateway  would answer with acme.users.v1.UserService/GetFile, path = "files/a%2Fb c"\n',
    );
  });

  test.each([
    [
      "GET /v1/users/50%25",
      "nobody: the API Gateway HTTP API itself answers 400, an HTTP API rejects this percent-encoding",
    ],
    ["DELETE /v1/users/7", "nobody: 501 (code 12), the path is there for GET, PATCH only"],
    ["GET /v1/users/7/", "nobody: 404 (code 5), no template matches the path"],
    ["POST /v1/users/7", "nobody: 501 (code 12), the path is there for GET, PATCH only"],
    [
      "DELETE /v1/users/7 --profile spec",
      "nobody: 405 (code 12), the path is there for GET, HEAD, OPTIONS, PATCH only",
    ],
    ["OPTIONS /v1/users/7 --profile spec", "nobody: 204 (code 0), OPTIONS lists GET, HEAD, OPTIONS, PATCH"],
    ["POST /v1/users/:rename", "nobody: 501 (code 12), the path is there for GET, PATCH only"],
    ["POST /v1/users/:rename --gateway 2.30", "nobody: 404 (code 5), no template matches the path"],
  ])("nobody answers %s", async (line, answer) => {
    const { exitCode, stdout } = await explain(line);
    expect({ exitCode, answer: / {2}answered by +(.*)/.exec(stdout)?.[1] }).toEqual({ exitCode: 1, answer });
  });

  test.each([
    ["DELETE /v1/users/7", "grpc-gateway  would answer 501 (code 12), the path is there for GET, PATCH only"],
    [
      "DELETE /v1/users/7 --profile spec",
      "without door  would answer 405 (code 12), the path is there for GET, HEAD, OPTIONS, PATCH only",
    ],
  ])(
    "the profile alone would answer %s differently where the door answers requests that match no RPC",
    async (line, expected) => {
      const config = project.get("grpc2lambda.yaml");
      project.put("grpc2lambda.yaml", `${config}deployment: { unrouted: door }\n`);
      expect((await explain(line)).stdout).toContain(`  ${expected}\n`);
      project.put("grpc2lambda.yaml", config);
    },
  );

  test("HEAD goes where GET goes in profile spec", async () => {
    const { exitCode, stdout } = await explain("HEAD /v1/users/7 --profile spec");
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/door route +HEAD \/v1\/users/),
    });
  });

  test("near misses come nearest first, each with its first difference", async () => {
    const { stdout } = await explain("GET /v1/user/7");
    expect(stdout.slice(stdout.indexOf("Bindings"))).toBe(`Bindings, nearest first
  GET    /v1/{path=files/**}    GetFile     segment 2 is "files" in the template, "user" in the path
  PATCH  /v1/users/{id}         UpdateUser  segment 2 is "users" in the template, "user" in the path
  POST   /v1/users/{id}:rename  RenameUser  segment 2 is "users" in the template, "user" in the path
  GET    /v1/users/{id}         GetUser     segment 2 is "users" in the template, "user" in the path
  GET    /v1/users/me           GetMe       segment 2 is "users" in the template, "user" in the path
`);
    expect((await explainJson("GET /v1/users/7/")).others).toContainEqual(
      expect.objectContaining({
        reason: "the template has 3 segments, the path 4, the last one empty (trailing slash)",
      }),
    );
  });

  test.each([
    ["GET v1/users/7", 'expected a path that starts with "/", such as /v1/shelves/1, found "v1/users/7"'],
    ["G(T /v1/users/7", 'expected an HTTP method such as GET, found "G(T"'],
    ["GET /v1/users/é", 'expected a path as it is sent, with percent escapes (/v1/users/%C3%A9), found "/v1/users/é"'],
  ])("%s is bad input", async (line, message) => {
    const outcome = await grpc2lambda("explain", ...line.split(" "));
    expect(outcome).toEqual({ exitCode: 2, stdout: "", stderr: `error: ${message}\n` });
  });

  test("of a URL only path and query count, and a method in lower case will do", async () => {
    const { request } = await explainJson("get https://api.example.com/v1/users/7?fields=a#top");
    expect(request).toEqual({ method: "GET", path: "/v1/users/7", query: "fields=a" });
  });

  test("protos can be named after the request, and bad ones are exit code 2", async () => {
    expect((await explain("GET /v1/users/7 users.proto")).exitCode).toBe(0);
    expect(await grpc2lambda("explain", "GET", "/v1/users/7", "missing.proto")).toMatchObject({
      exitCode: 2,
      stdout: "",
    });
  });

  test("control characters in a request do not reach the terminal", async () => {
    const { stdout } = await explain("GET /v1/files/%1b[31m");
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain("arrives as   /v1/files/\\u{1b}[31m");
  });
});

test("a stream of requests is said to be one", async () => {
  const own = createProject({
    "chat.proto": `syntax = "proto3";
package acme.chat.v1;
import "google/api/annotations.proto";
service Chat {
  rpc Post(stream Line) returns (Line) { option (google.api.http) = { post: "/v1/lines" body: "*" }; }
  rpc Talk(stream Line) returns (stream Line) { option (google.api.http) = { post: "/v1/talk" body: "*" }; }
}
message Line { string text = 1; }
`,
    "grpc2lambda.yaml": "protos: [chat.proto]\ntranscoding: { clientStreaming: collect, queryWithBodyStar: bind }\n",
  });
  try {
    expect(await runCli(own.root, "explain", "POST", "/v1/lines?text=a")).toMatchObject({
      exitCode: 0,
      stdout: `POST /v1/lines?text=a
  answered by  acme.chat.v1.Chat/Post
  binding      POST /v1/lines at chat.proto:5:78
  requests     the messages of the body, which are the stream
  function     chat-post
  door route   POST /v1/lines
  callers      checked by the door: iam

Query
  text=a  ignored: each message of the body is a whole request

  and 1 binding further away (--json lists all)
`,
    });
    const { stdout } = await runCli(own.root, "inspect");
    expect(stdout).toMatch(/Post +client stream +POST +\/v1\/lines +chat-post\n/);
    expect(stdout).toMatch(/Talk +bidi +POST +\/v1\/talk +chat-talk\n/);
    expect((await runCli(own.root, "generate")).exitCode).toBe(0);
    expect((await runCli(own.root, "check")).exitCode).toBe(0);
    expect(own.get("src/handlers/chat/post.ts")).toBe(`import type { Line } from "../../../gen/chat.js";
import { type ClientStreamingHandler, RpcError } from "../../../gen/runtime/rpc.js";

/** The whole stream is there before this runs: \`for await (const request of requests)\`. */
export const post: ClientStreamingHandler<Line, Line> = async (_requests, _context) => {
  throw new RpcError("UNIMPLEMENTED", "Post is not implemented yet");
};
`);
    own.put("grpc2lambda.yaml", "protos: [chat.proto]\n");
    const { exitCode, stderr } = await runCli(own.root, "generate");
    expect(exitCode).toBe(2);
    expect(stderr.match(/HR015/g)).toHaveLength(2);
  } finally {
    own.remove();
  }
});

test("the bindings are those of the protos as they are, whatever is generated on disk", async () => {
  const own = createProject({
    "grpc2lambda.yaml": "protos: [lines.proto]\n",
    "lines.proto": `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
service Lines { rpc Draw(Line) returns (Line) { option (google.api.http) = { get: "/v1/lines" }; } }
message Line { int32 width = 1; }
`,
  });
  try {
    await runCli(own.root, "generate");
    own.put("lines.proto", own.get("lines.proto").replace("int32 width = 1;", "string width = 1;"));
    expect((await runCli(own.root, "explain", "GET", "/v1/lines?width=wide")).stdout).toContain("width: 'wide'");
  } finally {
    own.remove();
  }
});
