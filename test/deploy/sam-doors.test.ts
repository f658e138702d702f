/** Routes, rules, credentials and CORS of each front door in the SAM template. */
import { expect, it } from "vitest";
import type { AuthenticationKind } from "../../src/front-door/front-door.js";
import type { Plan } from "../../src/plan/plan.js";
import { parseTemplate } from "../support/validate-template.js";
import { type Operation, pathsOf } from "./template-linter.js";
import { plan, render, shared, single, small, specOptions, streaming, withCors } from "./plans.js";

it.each<[AuthenticationKind, Partial<Operation>]>([
  ["iam", { "x-amazon-apigateway-auth": { type: "AWS_IAM" } }],
  ["jwt", { security: [{ jwt: [] }] }],
  ["none", {}],
])("every route asks for %s", (auth, expected) => {
  const template = parseTemplate(render(plan(small, { auth })));
  const operations = Object.values(pathsOf(template)).flatMap((path) => Object.values(path));
  expect(operations).toHaveLength(7);
  for (const operation of operations) {
    const { "x-amazon-apigateway-auth": iam, security } = operation;
    expect(JSON.parse(JSON.stringify({ "x-amazon-apigateway-auth": iam, security }))).toEqual(expected);
  }
});

it("leads routes that the door cannot tell apart to one function, and ANY to every method", () => {
  const template = parseTemplate(render(plan(small)));
  const routes = Object.entries(pathsOf(template)).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, operation]) =>
        `${method} ${path} -> ${/\$\{(\w+)\.Arn\}\/invocations$/.exec(operation["x-amazon-apigateway-integration"].uri["Fn::Sub"])?.[1]}`,
    ),
  );
  expect(routes).toEqual([
    "get /v1/shelves/{name} -> LibraryServiceGetShelfFunction",
    "post /v1/shelves/{name} -> LibraryServicePostV1ShelvesFunction",
    "get /v1/rooms/{name1}/shelves/{name2} -> LibraryServiceGetShelfFunction",
    "get /v1/files/{name+} -> LibraryServiceDownloadFunction",
    "get /v1/files -> LibraryServiceDownloadFunction",
    "x-amazon-apigateway-any-method /v1/anything -> LibraryServiceAnythingFunction",
    "x-amazon-apigateway-any-method /$default -> UnroutedFunction",
  ]);
});

it("sends responses of a REST API in parts where an RPC streams, and whole elsewhere", () => {
  const template = parseTemplate(render(plan(streaming, { frontDoor: "rest-api", timeout: 20 })));
  const integrations = Object.entries(pathsOf(template)).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const { responseTransferMode, timeoutInMillis, uri } = operation["x-amazon-apigateway-integration"];
      const target = /functions\/\$\{(\w+)\.Arn\}\/(.*)$/.exec(uri["Fn::Sub"]);
      return [`${method} ${path}`, responseTransferMode, timeoutInMillis, target?.[1], target?.[2]];
    }),
  );
  expect(integrations.filter(([route]) => String(route).startsWith("get /v1/shelves"))).toEqual([
    ["get /v1/shelves/{name}", undefined, undefined, "LibraryServiceGetShelfFunction", "invocations"],
    [
      "get /v1/shelves/{name}/changes",
      "STREAM",
      20_000,
      "LibraryServiceWatchFunction",
      "response-streaming-invocations",
    ],
  ]);
});

it("leads each rule of a load balancer to the function, with its conditions", () => {
  const { Resources: resources } = parseTemplate(render(plan(small, { frontDoor: "alb", auth: "none" })));
  const rules = Object.values(resources).filter(({ Type: type }) => type.endsWith("::ListenerRule"));
  const shown = rules.map(({ Properties: { Conditions: conditions, Actions: actions } }) => {
    const values = (conditions as RuleCondition[]).map(
      ({ HttpRequestMethodConfig: methods, PathPatternConfig: paths }) =>
        (methods?.Values ?? paths?.Values ?? paths?.RegexValues ?? []).join(" "),
    );
    return `${values.join(" ")} -> ${(actions as { TargetGroupArn: { Ref: string } }[])[0]?.TargetGroupArn.Ref}`;
  });
  expect(shown.sort()).toEqual([
    "/* -> UnroutedTargetGroup",
    "/v1/anything -> LibraryServiceAnythingTargetGroup",
    "GET ^/v1/files(/.*)?$ -> LibraryServiceDownloadTargetGroup",
    "GET ^/v1/rooms/[^/]*/shelves/[^/]*$ ^/v1/shelves/[^/]*$ -> LibraryServiceGetShelfTargetGroup",
    "POST ^/v1/shelves/[^/]+(:|%3[Aa])close$ -> LibraryServiceCloseShelfTargetGroup",
    "POST ^/v1/shelves/[^/]+(:|%3[Aa])open$ -> LibraryServiceOpenShelfTargetGroup",
  ]);
});

it("asks for the hosts in every rule, within the priorities, and joins HEAD to GET", () => {
  const planned = plan(streaming, { frontDoor: "alb", auth: "none", ...shared }, specOptions);
  const rules = Object.values(parseTemplate(render(planned)).Resources).filter(({ Type: type }) =>
    type.endsWith("::ListenerRule"),
  );
  const shown = rules.map(({ Properties: { Conditions: conditions, Priority: priority } }) => {
    expect(Number(priority) >= 1000 && Number(priority) <= 1999).toBe(true);
    const [hosts, ...others] = conditions as RuleCondition[];
    expect(hosts?.HostHeaderConfig?.Values).toEqual(["api.example.com", "*.example.org"]);
    return others.map(({ HttpRequestMethodConfig: methods, PathPatternConfig: paths }) =>
      (methods?.Values ?? paths?.Values ?? paths?.RegexValues ?? []).join(" "),
    );
  });
  expect(shown.map((values) => values.join(" ")).sort()).toEqual([
    "/*",
    "/v1/anything",
    "GET HEAD ^/v1/files(/.*)?$",
    "GET HEAD ^/v1/shelves/[^/]*/changes$",
    "GET ^/v1/rooms/[^/]*/shelves/[^/]*$ ^/v1/shelves/[^/]*$",
    "HEAD ^/v1/rooms/[^/]*/shelves/[^/]*$ ^/v1/shelves/[^/]*$",
    "POST ^/v1/shelves/[^/]+(:|%3[Aa])close$",
    "POST ^/v1/shelves/[^/]+(:|%3[Aa])open$",
  ]);
});

/** What each operation asks for: route, function, credentials. */
function operationsOf(planned: Plan): string[] {
  return Object.entries(pathsOf(parseTemplate(render(planned)))).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { security, "x-amazon-apigateway-integration": integration }]) => {
      const [, target] = /\$\{(\w+)Function\.Arn\}/.exec(integration.uri["Fn::Sub"]) ?? [];
      const verb = method.replace("x-amazon-apigateway-any-method", "any");
      return `${verb} ${path} -> ${target}${security === undefined ? ", open" : ""}`;
    }),
  );
}

const rest = [
  "any /v1/anything -> Library",
  "any /$default -> Library",
  "options / -> Unrouted, open",
  "options /v1/anything -> Unrouted, open",
  "options /{proxy+} -> Unrouted, open",
];

it("lets preflights past the credentials, to a function without RPCs and to no other", () => {
  const isOther = (line: string): boolean => !/^(?:get|post) /.test(line);
  expect(
    operationsOf(plan(small, single("http-api")))
      .filter(isOther)
      .sort(),
  ).toEqual([...rest].sort());
  const open = operationsOf(plan(streaming, withCors("rest-api"))).filter((line) => line.endsWith("open"));
  expect(open.every((line) => line.startsWith("options ") && line.endsWith("-> Unrouted, open"))).toBe(true);
  expect(open).toContain("options /v1/anything -> Unrouted, open");
  const closed = operationsOf(plan(streaming, { frontDoor: "rest-api", auth: "jwt" }));
  expect(closed.filter((line) => line.endsWith("open"))).toEqual([]);
  expect(closed).toContain("any /v1/shelves/{name} -> Unrouted");
  expect(closed).toContain("any /{proxy+} -> Unrouted");
});

it("leaves the rest to the door where that is wanted", () => {
  expect(operationsOf(plan(small, { auth: "jwt", unrouted: "door" })).join()).not.toMatch(/Unrouted|default/);
  const preflights = operationsOf(plan(small, { ...withCors("rest-api"), unrouted: "door" }));
  expect(preflights.filter((line) => line.includes("Unrouted")).every((line) => line.startsWith("options "))).toBe(
    true,
  );
});

interface RuleCondition {
  readonly HostHeaderConfig?: { readonly Values: readonly string[] };
  readonly HttpRequestMethodConfig?: { readonly Values: readonly string[] };
  readonly PathPatternConfig?: { readonly Values?: readonly string[]; readonly RegexValues?: readonly string[] };
}

it.each<[AuthenticationKind, streams: boolean, expected: object[]]>([
  ["iam", true, [{ AuthType: "AWS_IAM", InvokeMode: "RESPONSE_STREAM" }]],
  [
    "none",
    false,
    [
      { AuthType: "NONE", InvokeMode: "BUFFERED" },
      { Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE", Principal: "*" },
      { Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true, Principal: "*" },
    ],
  ],
])("permits a Function URL with auth %s", (auth, streams, expected) => {
  const source = streams ? streaming : small;
  const { Resources: resources } = parseTemplate(render(plan(source, { frontDoor: "function-url", auth })));
  const ofUrl = Object.values(resources).filter(({ Type: type }) => /Url|Permission/.test(type));
  expect(ofUrl.map(({ Properties: properties }) => properties)).toMatchObject(expected);
});

it("lets the door answer browsers where it can", () => {
  const http = parseTemplate(render(plan(small, withCors("http-api")))).Resources.HttpApi?.Properties.DefinitionBody;
  expect(http).toMatchObject({
    "x-amazon-apigateway-cors": {
      allowOrigins: ["https://app.example.com"],
      allowMethods: ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"],
      allowHeaders: ["authorization", "content-type"],
      exposeHeaders: ["etag"],
      maxAge: 600,
      allowCredentials: true,
    },
  });
  const url = parseTemplate(render(plan(small, withCors("function-url")))).Resources.LibraryServiceUrl;
  expect(url?.Properties.Cors).toMatchObject({ AllowOrigins: ["https://app.example.com"], AllowCredentials: true });
});

it("leads preflights to a function, without credentials, where the door does not answer browsers", () => {
  const rest = pathsOf(parseTemplate(render(plan(small, withCors("rest-api")))));
  for (const [path, operations] of Object.entries(rest)) {
    expect([path, Object.keys(operations)]).toEqual([path, expect.arrayContaining(["options"])]);
    for (const [method, { security }] of Object.entries(operations))
      expect([path, method, security]).toEqual([path, method, method === "options" ? undefined : [{ userPool: [] }]]);
  }
  const alb = parseTemplate(render(plan(small, withCors("alb")))).Resources.ListenerRule1;
  expect(alb?.Properties).toMatchObject({
    Conditions: [{ HttpRequestMethodConfig: { Values: ["OPTIONS"] } }, { PathPatternConfig: { Values: ["/*"] } }],
    Actions: [{ Type: "forward" }],
  });
});
