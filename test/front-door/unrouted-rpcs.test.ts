/**
 * With `unrouted: rpcs` an API of one function per RPC answers as the same API in one function does, whatever the door's routes make of
 * escapes and empty segments. Requests go through the simulated doors to generated functions.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { localDoor } from "../../src/cli/dev/local-door.js";
import { startLocalFunctions } from "../../src/cli/dev/local-functions.js";
import { functionsById } from "../../src/cli/dev/local-routes.js";
import { prepareOutput } from "../../src/cli/project-output.js";
import { frontDoorIds } from "../../src/front-door/front-door-id.js";
import { frontDoorOf } from "../../src/front-door/front-doors.js";
import type { Plan } from "../../src/plan/plan.js";
import type { DeploymentOptions } from "../../src/plan/plan-options.js";
import { type LocalProject, openProject } from "../support/local-project.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { planOptions } from "../support/plan-options.js";
import { runCli } from "../support/run-cli.js";
import { createProject } from "../support/temporary-project.js";

const rules = {
  GetShelf: 'get: "/v1/{name=shelves/*}"',
  ListShelves: 'get: "/v1/shelves"',
  CreateShelf: 'post: "/v1/shelves" body: "*"',
  MergeShelves: 'post: "/v1/{name=shelves/*}:merge" body: "*"',
  ListBooks: 'get: "/v1/{name=shelves/*}/books"',
  GetBook: 'get: "/v1/{name=shelves/*/books/*}"',
  GetFile: 'get: "/v1/{name=files/**}"',
  CancelJob: 'post: "/v1/{name=projects/*/jobs/*}:cancel" body: "*"',
};

const proto = `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
service S {
${Object.entries(rules)
  .map(([rpc, rule]) => `  rpc ${rpc}(Req) returns (Reply) { option (google.api.http) = { ${rule} }; }`)
  .join("\n")}
}
message Req { string name = 1; }
message Reply { string rpc = 1; string name = 2; }
`;

const kebab = (rpc: string): string => rpc.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
const handlers = Object.fromEntries(
  Object.keys(rules).map((rpc) => [
    `src/handlers/s/${kebab(rpc)}.ts`,
    `export const ${rpc.charAt(0).toLowerCase()}${rpc.slice(1)} = async ({ name }: { name: string }) => ({ rpc: "${rpc}", name });\n`,
  ]),
);

const plain: readonly string[] = [
  "GET /v1/shelves/1",
  "GET /v1/shelves",
  "POST /v1/shelves",
  "POST /v1/shelves/1:merge",
  "GET /v1/shelves/1/books",
  "GET /v1/shelves/1/books/2",
  "GET /v1/files/a/b",
  "POST /v1/projects/p/jobs/j:cancel",
  "GET /v2/nothing",
];

const escapes: readonly (readonly [text: string, escaped: string])[] = [
  ["/", "%2F"],
  ["/", "%2f"],
  [":", "%3A"],
  ["s", "%73"],
  ["1", "%31"],
  ["/", "//"],
];

/** Each of the plain requests, and what it becomes with one place escaped or doubled, with all of a kind, and with a slash at its end. */
const all = [
  ...new Set(
    plain.flatMap((request) => {
      const start = request.indexOf("/v") + 1;
      const [head, path] = [request.slice(0, start), request.slice(start)];
      const odd = escapes.flatMap(([text, escaped]) => {
        const places = [...path.matchAll(new RegExp(text, "g"))].map(({ index }) => index);
        const single = places.map((at) => path.slice(0, at) + escaped + path.slice(at + 1));
        return [...single, path.replaceAll(text, escaped)];
      });
      const ends = ["/", "//", "%2F", ":", "%3Amerge", ":merge", "%20x", "%252F", "/../x"].map((end) => path + end);
      return [path, ...odd, ...ends].map((each) => head + each);
    }),
  ),
];

/** The plain requests with nothing where one of their values was. */
const emptied = plain.flatMap((request) =>
  [...request.matchAll(/(?<=\/)(?:[12pj]|a\/b)(?=[/:]|$)/g)].map(
    ({ index, 0: value }) => request.slice(0, index) + request.slice(index + value.length),
  ),
);

/** `status body` of every request. */
async function answersOf(
  frontDoor: string,
  functions: string,
  unrouted: string,
  requests: readonly string[] = all,
): Promise<ReadonlyMap<string, string>> {
  const { root, remove } = createProject({
    "package.json": '{"type":"module","private":true}',
    "proto/s.proto": proto,
    "grpc2lambda.yaml": `protos: [proto]\ninclude: [proto]\ndeployment:\n  frontDoor: ${frontDoor}\n  functions: ${functions}\n  unrouted: ${unrouted}\n  auth: none\n`,
    ...handlers,
  });
  let project: LocalProject | undefined;
  try {
    const { exitCode, stderr } = await runCli(root, "generate");
    if (exitCode !== 0) throw new Error(stderr);
    project = await openProject(root, { prepareOutput, localDoor, functionsById, startLocalFunctions });
    const answers = new Map<string, string>();
    for (const request of requests) answers.set(request, await answer(project, request));
    return answers;
  } finally {
    await project?.stop();
    remove();
  }
}

async function answer(project: LocalProject, request: string): Promise<string> {
  const [method = "", target = ""] = request.split(" ");
  const body = Buffer.from(method === "POST" ? "{}" : "");
  const headers = [["Host", "api.example.com"], ...(method === "POST" ? [["Content-Type", "application/json"]] : [])];
  const response = await project.send({ method, target, headers: headers as [string, string][], body });
  return `${response.status} ${response.body}`;
}

const routed = frontDoorIds.filter((id) => frontDoorOf(id).routing !== "none");

describe.each(routed)("%s", (door) => {
  let single: ReadonlyMap<string, string>;
  let perRpc: ReadonlyMap<string, string>;
  beforeAll(async () => {
    single = await answersOf(door, "single", "function");
    perRpc = await answersOf(door, "per-rpc", "rpcs");
  }, 120_000);

  test("answers as one function with all routes does", () => {
    const different = all.filter((request) => single.get(request) !== perRpc.get(request));
    const unexplained = different.filter((request) => door !== "rest-api" || !isOneSegment.test(request));
    expect(unexplained.map((request) => `${request}: ${single.get(request)} | ${perRpc.get(request)}`)).toEqual([]);
    // The deviation is one only as long as it is seen.
    expect(different.length > 0).toBe(door === "rest-api");
  });

  test("which a function without RPCs does not, and PL019 says so", async () => {
    const without = await answersOf(door, "per-rpc", "function");
    const lost = all.filter((request) => single.get(request) !== without.get(request));
    const hasEmptySegment = (request: string): boolean =>
      /\/(?:\/|$)/.test(decodeURIComponent(decodeURIComponent(request)));
    // An HTTP API decodes twice.
    const others = lost.filter((request) => !hasEmptySegment(request));
    if (door === "http-api") expect(others).toEqual([]);
    else expect(others.length).toBeGreaterThan(0);
    expect(lost.length).toBeGreaterThan(0);
  }, 120_000);
});

/** A REST API takes an escaped slash for a part of one segment, and so for another RPC of one segment less. */
const isOneSegment = /^GET \/v1\/shelves\/1%2Fbooks$/i;

test("an HTTP API loses the empty segments of the RPCs that generate names, and of no others", async () => {
  const single = await answersOf("http-api", "single", "function", emptied);
  const perRpc = await answersOf("http-api", "per-rpc", "function", emptied);
  const lost = emptied.filter((request) => single.get(request) !== perRpc.get(request));
  const rpcs = new Set(lost.map((request) => /"rpc":"(\w+)"/.exec(single.get(request) ?? "")?.[1]));
  const { emptySegments } = planEmptySegments({});
  expect(lost.map((request) => perRpc.get(request)?.slice(0, 4))).toEqual(lost.map(() => "404 "));
  expect(emptySegments.map(({ method }) => method.method.name)).toEqual(
    Object.keys(rules).filter((name) => rpcs.has(name)),
  );
  expect(emptySegments.map(({ example }) => example)).toEqual([
    "GET /v1/shelves/",
    "GET /v1/shelves//books",
    "GET /v1/shelves//books/1",
    "GET /v1/files/",
    "POST /v1/projects//jobs/1:cancel",
  ]);
}, 120_000);

test.each<[string, Parameters<typeof planEmptySegments>[0], number]>([
  ["by default", {}, 5],
  ["where the setting says that it is known", { unrouted: "function" }, 0],
  ["where a function with every RPC answers them", { unrouted: "rpcs" }, 0],
  ["where the door answers", { unrouted: "door" }, 0],
  ["with one function", { functions: { kind: "single" } }, 0],
  ["behind a load balancer, of which PL019 speaks", { frontDoor: "alb" }, 0],
])("%s, empty segments are lost for some RPCs", (_, deployment, expected) => {
  expect(planEmptySegments(deployment).emptySegments.length).toBe(expected);
});

function planEmptySegments(deployment: DeploymentOptions): Plan {
  return planFromProto(proto, { plan: { deployment: { ...planOptions().deployment, auth: "none", ...deployment } } });
}

test.each(routed)("%s: preflights stay away from a function with RPCs that ask for credentials", (frontDoor) => {
  const plan = planFromProto(proto, {
    plan: {
      deployment: {
        ...planOptions().deployment,
        frontDoor,
        unrouted: "rpcs",
        auth: "jwt",
        cors: { origins: ["https://a.example"], headers: [], exposeHeaders: [], maxAge: 60, credentials: false },
      },
    },
  });
  const { withoutRpcs, fallback, routes } = plan.unrouted;
  const targets = (open: boolean) => [
    ...new Set(routes.filter((route) => route.open === open).map(({ functionId }) => functionId)),
  ];
  expect(targets(false)).toEqual([fallback?.id]);
  expect(targets(true)).toEqual([withoutRpcs?.id]);
  expect(fallback?.methods).toEqual(plan.methods);
  expect(plan.functions.map(({ id }) => id)).not.toContain(fallback?.id);
});

test("rules for odd paths leave room for hosts, and stand before all others but that for preflights", () => {
  const hosts = ["a.example", "b.example", "c.example"];
  const { listenerRules, unrouted } = planFromProto(proto, {
    plan: { deployment: { ...planOptions().deployment, frontDoor: "alb", unrouted: "rpcs", auth: "none", hosts } },
  });
  const odd = listenerRules.filter(({ functionId }) => functionId === unrouted.fallback?.id);
  expect(odd.map(({ priority, pathPatterns }) => [priority, pathPatterns])).toEqual([
    [2, ["*%*", "*//*"]],
    [3, ["*/"]],
    [50_000, ["/*"]],
  ]);
  expect(
    Math.min(...listenerRules.filter((rule) => !odd.includes(rule)).map(({ priority }) => priority)),
  ).toBeGreaterThan(3);
});

test("a listener that others use gets no rule for everybody's odd paths", () => {
  const cors = { origins: ["*"], headers: [], exposeHeaders: [], maxAge: 60, credentials: false };
  const deployment = {
    ...planOptions().deployment,
    frontDoor: "alb",
    loadBalancer: "existing",
    auth: "none",
    cors,
  } as const;
  const { listenerRules, unrouted } = planFromProto(proto, {
    plan: { deployment: { ...deployment, unrouted: "rpcs" } },
  });
  expect(unrouted.fallback).toBeUndefined();
  expect(listenerRules.filter(({ pathPatterns }) => pathPatterns.includes("*%*"))).toEqual([]);
});
