/** What authorizers are asked, and what becomes of their answers, as API Gateway documents both. */
import { describe, expect, test } from "vitest";
import { simulatedDoors } from "../../src/simulator/doors.js";
import { type Authorizer, decide, failedDecision, questionOf, unidentified } from "../../src/simulator/authorizer.js";

type Api = Authorizer["api"];

/** The event of a request, as the simulated door makes it. */
function eventOf(api: Api, target: string, headers: Readonly<Record<string, string>>): object {
  const request = {
    method: "GET",
    target,
    httpVersion: "1.1",
    headers: [["Host", "localhost"] as const, ...Object.entries(headers)],
    body: new Uint8Array(),
    sourceIp: "127.0.0.1",
    scheme: "https",
  } as const;
  const route = () => ({ key: "GET /v1/{shelf}", pathParameters: { shelf: "1" } });
  const admission = simulatedDoors[api].admit(request, { route, requestId: "r", now: 0 });
  if (admission.kind === "refused") throw new Error(admission.reason);
  return admission.event;
}

function authorizerOf(api: Api, settings: Partial<Authorizer> = {}): Authorizer {
  return { api, asks: "request", identitySources: ["header.Authorization"], ...settings };
}

const httpArn = "arn:aws:execute-api:us-east-1:123456789012:local/$default/GET/v1/1";
const restArn = "arn:aws:execute-api:us-east-1:123456789012:local/live/GET/v1/1";

describe("the question", () => {
  test("of an HTTP API: the request without a body, its route and the values of the sources", () => {
    const event = eventOf("http-api", "/v1/1?key=k", { authorization: "me" });
    const asked = questionOf(
      authorizerOf("http-api", { identitySources: ["header.Authorization", "query.key"] }),
      event,
    );
    expect(asked).toMatchObject({ arn: httpArn, identity: ["me", "k"] });
    expect(asked?.event).toMatchObject({
      version: "2.0",
      type: "REQUEST",
      routeArn: httpArn,
      routeKey: "GET /v1/{shelf}",
      identitySource: ["me", "k"],
      rawPath: "/v1/1",
      headers: { authorization: "me" },
    });
    expect(asked?.event).not.toHaveProperty("isBase64Encoded");
  });

  test("of a REST API: the request", () => {
    const asked = questionOf(authorizerOf("rest-api"), eventOf("rest-api", "/v1/1", { AUTHORIZATION: "me" }));
    expect(asked?.event).toMatchObject({ type: "REQUEST", methodArn: restArn, httpMethod: "GET", path: "/v1/1" });
  });

  test("of a REST API by a token: its text alone", () => {
    const authorizer = authorizerOf("rest-api", { asks: "token", identitySources: ["header.X-Token"] });
    expect(questionOf(authorizer, eventOf("rest-api", "/v1/1", { "x-token": "me" }))?.event).toEqual({
      type: "TOKEN",
      authorizationToken: "me",
      methodArn: restArn,
    });
  });

  test.each<[Api, Readonly<Record<string, string>>, string]>([
    ["http-api", {}, "/v1/1?key=k"],
    ["http-api", { authorization: "" }, "/v1/1?key=k"],
    ["rest-api", { authorization: "me" }, "/v1/1"],
    ["rest-api", { authorization: "me" }, "/v1/1?KEY=k"],
  ])("%s: none without every source: %j %s", (api, headers, target) => {
    const authorizer = authorizerOf(api, { identitySources: ["header.Authorization", "query.key"] });
    expect(questionOf(authorizer, eventOf(api, target, headers))).toBeUndefined();
    expect(unidentified(authorizer)).toMatchObject({ kind: "refused", response: { status: 401 } });
  });
});

/** The status of a refusal, or what the function behind the route learns. */
function outcome(api: Api, answer: unknown): unknown {
  const event = eventOf(api, "/v1/1", { authorization: "me" });
  const authorizer = authorizerOf(api);
  const question = questionOf(authorizer, event);
  if (question === undefined) throw new Error("no question");
  const decision = decide(authorizer, question, answer, event);
  if (decision.kind === "refused") return decision.response.status;
  return (decision.event as { requestContext: { authorizer: unknown } }).requestContext.authorizer;
}

test.each<[string, unknown, unknown]>([
  ["lets in", { isAuthorized: true }, { lambda: null }],
  [
    "passes the context on",
    { isAuthorized: true, context: { tenant: 7, roles: ["a"] } },
    { lambda: { tenant: 7, roles: ["a"] } },
  ],
  ["keeps out", { isAuthorized: false, context: {} }, 403],
  ["does not take a text for a decision", { isAuthorized: "true" }, 500],
  ["does not take a policy for a decision", { principalId: "me", policyDocument: { Statement: [] } }, 500],
  ["does not take nothing for a decision", null, 500],
])("an HTTP API %s", (_, answer, expected) => {
  expect(outcome("http-api", answer)).toEqual(expected);
});

const allow = { Effect: "Allow", Action: "execute-api:Invoke", Resource: restArn };
const wide = "arn:aws:execute-api:*:*:local/live/*";

test.each<[string, unknown, unknown]>([
  ["one resource", [allow], true],
  ["a pattern", [{ ...allow, Resource: wide }], true],
  ["a pattern with many stars", [{ ...allow, Resource: `${"*e".repeat(9)}*v1/1` }], false],
  ["a pattern with some stars", [{ ...allow, Resource: "*:*:*/live/*1" }], true],
  ["a question mark", [{ ...allow, Resource: restArn.replace(/1$/, "?") }], true],
  ["a list", [{ ...allow, Action: ["s3:Get*", "execute-api:*"], Resource: ["x", restArn] }], true],
  ["a statement without a list", allow, true],
  ["another resource", [{ ...allow, Resource: `${restArn}/books` }], false],
  ["a part of the resource", [{ ...allow, Resource: restArn.slice(0, -1) }], false],
  ["another action", [{ ...allow, Action: "execute-api:InvalidateCache" }], false],
  ["a denial after a permission", [allow, { ...allow, Effect: "Deny", Resource: wide }], false],
  ["a condition, which is not looked at", [{ ...allow, Condition: { Bool: {} } }], false],
  ["no statement", [], false],
])("a policy of %s", (_, Statement, isAllowed) => {
  const context = { tenant: 7, admin: true };
  const found = outcome("rest-api", { principalId: "me", policyDocument: { Statement }, context });
  const told = { principalId: "me", tenant: "7", admin: "true", integrationLatency: 0 };
  expect(found).toEqual(isAllowed ? told : 403);
});

test.each<[string, unknown]>([
  ["no principal", { policyDocument: { Statement: [allow] } }],
  ["no policy", { principalId: "me" }],
  ["a list in the context", { principalId: "me", policyDocument: { Statement: [allow] }, context: { roles: ["a"] } }],
  ["a decision of an HTTP API", { isAuthorized: true }],
])("a REST API refuses an answer with %s", (_, answer) => {
  expect(outcome("rest-api", answer)).toBe(500);
});

test.each<[Api, string, number]>([
  ["rest-api", "Error: Unauthorized", 401],
  ["rest-api", "Error: Unauthorized by me", 500],
  ["http-api", "Error: Unauthorized", 500],
])("%s: an authorizer that fails with %s", (api, reason, status) => {
  expect(failedDecision(api, reason)).toMatchObject({ kind: "refused", response: { status } });
});
