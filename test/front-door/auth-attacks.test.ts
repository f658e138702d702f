/**
 * No request reaches an RPC by a route that asks callers for something else than the RPC does, whatever it looks like: escapes, empty segments,
 * other methods, overridden ones, preflights. Requests go through the simulated doors to generated functions; what a route asks for is read from
 * the generated template.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localDoor } from "../../src/cli/dev/local-door.js";
import { startLocalFunctions } from "../../src/cli/dev/local-functions.js";
import { functionsById } from "../../src/cli/dev/local-routes.js";
import { prepareOutput } from "../../src/cli/project-output.js";
import { parseTemplate, type Template } from "../support/validate-template.js";
import { type LocalProject, openProject } from "../support/local-project.js";
import { runCli } from "../support/run-cli.js";
import { createProject } from "../support/temporary-project.js";

/** The rule of each RPC, and what it asks for: nothing, what the API does, or a scope. */
const rpcs = {
  Files: {
    GetStatus: ["none", 'get: "/v1/status"'],
    GetFile: ["none", 'get: "/v1/{name=files/**}"'],
    PutFile: ["none", 'put: "/v1/{name=files/**}" body: "*"'],
    GetSecret: ["write", 'get: "/v1/{name=files/secret/*}"'],
  },
  Shelves: {
    ListShelves: ["api", 'get: "/v1/shelves"'],
    GetShelf: ["api", 'get: "/v1/{name=shelves/*}"'],
    CreateShelf: ["api", 'post: "/v1/shelves" body: "*"'],
    DeleteShelf: ["write", 'delete: "/v1/{name=shelves/*}"'],
    MergeShelves: ["write", 'post: "/v1/{name=shelves/*}:merge" body: "*"'],
    PingShelf: ["none", 'get: "/v1/{name=shelves/*}/ping"'],
  },
} as const;

type Ask = "none" | "api" | "write";

const all: readonly (readonly [service: string, rpc: string, ask: Ask, rule: string])[] = Object.entries(rpcs).flatMap(
  ([service, own]) => Object.entries(own).map(([rpc, [ask, rule]]) => [service, rpc, ask, rule] as const),
);

const serviceText = ([service, own]: readonly [string, object]): string =>
  `service ${service} {\n${Object.entries(own)
    .map(([rpc, [, rule]]) => `  rpc ${rpc}(Req) returns (Reply) { option (google.api.http) = { ${rule} }; }`)
    .join("\n")}\n}`;

const proto = `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
${Object.entries(rpcs).map(serviceText).join("\n")}
message Req { string name = 1; }
message Reply { string name = 1; }
`;

const kebab = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
const handlers = Object.fromEntries(
  all.map(([service, rpc]) => [
    `src/handlers/${kebab(service)}/${kebab(rpc)}.ts`,
    `import type { Context } from "../../../gen/runtime/rpc.js";
export const ${rpc.charAt(0).toLowerCase()}${rpc.slice(1)} = async ({ name }: { name: string }, context: Context) => {
  context.header.set("rpc", "${rpc}");
  return { name };
};\n`,
  ]),
);

const settings: Readonly<Record<Ask, string>> = { none: "none", api: "jwt", write: "{ scopes: [write] }" };

interface Setup {
  readonly frontDoor: "http-api" | "rest-api" | "alb";
  readonly functions: string;
  readonly unrouted: string;
  readonly profile: "grpc-gateway" | "spec";
  readonly api: "jwt" | "none";
}

const configuration = ({ frontDoor, functions, unrouted, profile, api }: Setup): string => `protos: [proto]
include: [proto]
transcoding: { profile: ${profile} }
deployment:
  frontDoor: ${frontDoor}
  functions: ${functions}
  unrouted: ${unrouted}
  auth: ${api}
  cors: { origins: ["https://app.example.com"] }
methods:
${all.map(([service, rpc, ask]) => `  acme.v1.${service}.${rpc}: { auth: ${ask === "write" ? "{ kind: jwt, scopes: [write] }" : settings[ask]} }`).join("\n")}
`;

const paths: readonly string[] = [
  "/v1/status",
  "/v1/files/a/b",
  "/v1/files/secret/x",
  "/v1/shelves",
  "/v1/shelves/1",
  "/v1/shelves/1:merge",
  "/v1/shelves/1/ping",
  "/v2/nothing",
];

const escapes: readonly (readonly [text: string, escaped: string])[] = [
  ["/", "%2F"],
  [":", "%3A"],
  ["s", "%73"],
  ["1", "%31"],
  ["s", "%2573"],
  ["/", "//"],
  ["/", "/./"],
];

/** A path with one place escaped or doubled, the first or the last of its kind, or with something at its end. */
function disguises(path: string): string[] {
  const start = path.indexOf("/v") + 1;
  const [head, rest] = [path.slice(0, start), path.slice(start)];
  const odd = escapes.flatMap(([text, escaped]) => {
    const places = new Set([rest.indexOf(text), rest.lastIndexOf(text)].filter((at) => at !== -1));
    return [...places].map((at) => rest.slice(0, at) + escaped + rest.slice(at + 1));
  });
  const ends = [
    "/",
    "%2F",
    ":",
    "%3Amerge",
    ":merge",
    "%00",
    ";x",
    "/../../status",
    "%2F..%2Fstatus",
    "?x=/v1/status",
    "%3F",
  ];
  const joined = [
    "v1/status/../shelves",
    "v1/files/../shelves/1",
    "v1/files%2F..%2Fshelves",
    "v1/files/..%2Fshelves%2F1",
  ];
  return [rest, ...odd, ...ends.map((end) => rest + end), ...joined].map((each) => head + each);
}

/** Methods and headers that pretend to be others. */
const methods: readonly (readonly [method: string, headers: readonly (readonly [string, string])[]])[] = [
  ["GET", []],
  ["HEAD", []],
  ["POST", [["Content-Type", "application/json"]]],
  ["PUT", [["Content-Type", "application/json"]]],
  ["DELETE", []],
  [
    "OPTIONS",
    [
      ["Origin", "https://app.example.com"],
      ["Access-Control-Request-Method", "DELETE"],
    ],
  ],
  ["OPTIONS", [["X-HTTP-Method-Override", "DELETE"]]],
  ["POST", [["Content-Type", "application/x-www-form-urlencoded"]]],
  [
    "POST",
    [
      ["Content-Type", "application/x-www-form-urlencoded"],
      ["X-HTTP-Method-Override", "GET"],
    ],
  ],
  [
    "POST",
    [
      ["Content-Type", "application/x-www-form-urlencoded"],
      ["X-HTTP-Method-Override", "DELETE"],
    ],
  ],
  ["GET", [["X-HTTP-Method-Override", "DELETE"]]],
  [
    "GET",
    [
      ["X-Forwarded-Path", "/v1/status"],
      ["X-Original-URL", "/v1/shelves/1"],
      ["X-Amzn-Oidc-Data", "e30.e30.e30"],
    ],
  ],
];

/** All of them in CI and where faults are planted; after every change the undisguised paths, and one in seven of the others. */
const share = process.env["PROPERTY_RUNS"] === "thorough" ? 1 : 7;
const requests = [...new Set(paths.flatMap(disguises))]
  .flatMap((target) => methods.map(([method, headers]) => ({ method, target, headers })))
  .filter(({ target }, at) => at % share === 0 || paths.includes(target));

/** What a route asks for, as the template has it. */
function asks(template: Template, { frontDoor }: Setup, route: string): Ask {
  if (frontDoor === "alb") {
    const rule = template.Resources[`ListenerRule${route.replace("rule ", "")}`] as unknown as ListenerRule;
    const [first] = rule.Properties.Actions;
    if (first?.Type !== "jwt-validation") return "none";
    return first.JwtValidationConfig?.AdditionalClaims?.length === 2 ? "write" : "api";
  }
  const [method = "", path = ""] = route === "$default" ? ["ANY", "/$default"] : route.split(" ");
  const api = template.Resources[frontDoor === "http-api" ? "HttpApi" : "RestApi"] as unknown as Api;
  const name = method === "ANY" ? "x-amazon-apigateway-any-method" : method.toLowerCase();
  const operation = api.Properties.DefinitionBody.paths[path]?.[name];
  if (operation === undefined) throw new Error(`the template has no route ${route}`);
  const [scopes] = Object.values(operation.security?.[0] ?? {});
  return scopes === undefined ? "none" : scopes.length === 0 ? "api" : "write";
}

interface ListenerRule {
  readonly Properties: {
    readonly Actions: readonly {
      readonly Type: string;
      readonly JwtValidationConfig?: { readonly AdditionalClaims?: readonly object[] };
    }[];
  };
}

interface Api {
  readonly Properties: {
    readonly DefinitionBody: {
      readonly paths: Readonly<
        Record<
          string,
          Readonly<Record<string, { readonly security?: readonly Readonly<Record<string, readonly string[]>>[] }>>
        >
      >;
    };
  };
}

const doors = ["http-api", "rest-api", "alb"] as const;

const setups: readonly Setup[] = doors.flatMap((frontDoor) => [
  { frontDoor, functions: "per-rpc", unrouted: "rpcs", profile: "grpc-gateway", api: "none" },
  { frontDoor, functions: "per-service", unrouted: "function", profile: "grpc-gateway", api: "jwt" },
  { frontDoor, functions: "single", unrouted: "rpcs", profile: "spec", api: "jwt" },
]);

describe.each(setups)("$frontDoor, $functions, $unrouted, $profile, $api", (setup) => {
  let project: LocalProject | undefined;
  let template: Template;
  let remove: () => void = () => {};
  beforeAll(async () => {
    const created = createProject({
      "package.json": '{"type":"module","private":true}',
      "proto/s.proto": proto,
      "grpc2lambda.yaml": configuration(setup),
      ...handlers,
    });
    remove = created.remove;
    const { exitCode, stderr } = await runCli(created.root, "generate");
    if (exitCode !== 0) throw new Error(stderr);
    template = parseTemplate(readFileSync(join(created.root, "template.yaml"), "utf8"));
    project = await openProject(created.root, { prepareOutput, localDoor, functionsById, startLocalFunctions });
  }, 120_000);
  afterAll(async () => {
    await project?.stop();
    remove();
  });

  test("an RPC answers by routes that ask for what it asks for", async () => {
    const wanted = new Map<string, Ask>(all.map(([, rpc, ask]) => [rpc, ask]));
    const reached = new Set<string>();
    const leaks: string[] = [];
    for (const { method, target, headers } of requests) {
      const body = Buffer.from(
        method === "POST" || method === "PUT" ? (headers[0]?.[1].includes("json") === true ? "{}" : "name=x") : "",
      );
      const sent = [["Host", "api.example.com"] as const, ...headers];
      const response = await project?.send({ method, target, headers: sent, body });
      const rpc = response?.headers.find(([name]) => name.toLowerCase() === "grpc-metadata-rpc")?.[1];
      if (response?.route === undefined || rpc === undefined) continue;
      reached.add(rpc);
      // Profile spec reads escapes after it has chosen the RPC, in one function as well.
      const takesSecret = rpc === "GetFile" && /^\{"name":"files\/secret\/[^/"]+"/.test(String(response.body));
      if (takesSecret && setup.profile === "grpc-gateway")
        leaks.push(`${method} ${target}: GetFile instead of GetSecret`);
      const asked = asks(template, setup, response.route);
      if (asked !== wanted.get(rpc))
        leaks.push(
          `${method} ${target} ${JSON.stringify(headers)}: ${rpc} by ${response.route}, which asks for ${asked}`,
        );
    }
    expect(leaks).toEqual([]);
    expect([...reached].sort()).toEqual([...wanted.keys()].sort());
  }, 120_000);
});
