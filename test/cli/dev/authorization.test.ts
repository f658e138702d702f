/** API keys and authorizers in `dev`: what is asked for, and in which order. */
import { expect, test } from "vitest";
import { authorization } from "../../../src/cli/dev/authorization.js";
import type { LocalFunctions, LocalResult } from "../../../src/cli/dev/local-functions.js";
import { functionsById } from "../../../src/cli/dev/local-routes.js";
import type { AuthSettings, UsagePlan } from "../../../src/plan/plan.js";
import { simulatedRestApi } from "../../../src/simulator/rest-api.js";
import { authorizer, plan, small } from "../../deploy/plans.js";

/** The decision about a request to a REST API, and the number of questions to the authorizer. */
async function decided(
  auth: AuthSettings,
  keySource: UsagePlan["keySource"],
  headers: readonly (readonly [string, string])[],
  answer?: LocalResult,
): Promise<readonly [status: number, asked: number]> {
  const planned = plan(small, { frontDoor: "rest-api", auth, usagePlan: { key: "own", keySource } });
  const authorize = authorization(planned, functionsById(planned));
  const request = {
    method: "GET",
    target: "/v1/shelves/1",
    httpVersion: "1.1",
    headers,
    body: new Uint8Array(),
  } as const;
  const admission = simulatedRestApi.admit(
    { ...request, sourceIp: "127.0.0.1", scheme: "https" },
    { route: () => ({ key: "GET /v1/shelves/{name}", pathParameters: {} }), requestId: "r", now: 0 },
  );
  if (admission.kind === "refused") throw new Error(admission.reason);
  let asked = 0;
  const functions: LocalFunctions = {
    invoke: async () => {
      asked++;
      return answer ?? { kind: "failed", error: new Error("nobody is asked") };
    },
    dispose: async () => undefined,
  };
  const decision = await authorize(functions, admission, "r");
  return [decision.kind === "refused" ? decision.response.status : 200, asked];
}

const keyed = { kind: "none", apiKey: true } as const;
const checked = { kind: "lambda", function: authorizer, apiKey: true } as const;
const me = ["Authorization", "me"] as const;

function policy(Effect: string, more: object = {}): LocalResult {
  const Statement = [{ Action: "execute-api:Invoke", Effect, Resource: "*" }];
  return { kind: "result", payload: { principalId: "me", policyDocument: { Statement }, ...more } };
}

test("a key in its header, in any case", async () => {
  expect(await decided(keyed, "header", [])).toEqual([403, 0]);
  expect(await decided(keyed, "header", [["X-API-Key", ""]])).toEqual([403, 0]);
  expect(await decided(keyed, "header", [["x-aPI-kEY", "k"]])).toEqual([200, 0]);
  expect(await decided({ kind: "none" }, "header", [])).toEqual([200, 0]);
});

test("the authorizer first, then the key", async () => {
  expect(await decided(checked, "header", [], policy("Allow"))).toEqual([401, 0]);
  expect(await decided(checked, "header", [me], policy("Deny"))).toEqual([403, 1]);
  expect(await decided(checked, "header", [me], policy("Allow"))).toEqual([403, 1]);
  expect(await decided(checked, "header", [me, ["x-api-key", "k"]], policy("Allow"))).toEqual([200, 1]);
});

test("the key that the authorizer says", async () => {
  expect(await decided(checked, "authorizer", [me, ["x-api-key", "k"]], policy("Allow"))).toEqual([403, 1]);
  expect(await decided(checked, "authorizer", [me], policy("Allow", { usageIdentifierKey: "k" }))).toEqual([200, 1]);
});

test("an authorizer that fails, says nothing in time, or cannot be asked", async () => {
  expect(await decided(checked, "header", [me], { kind: "timed-out" })).toEqual([500, 1]);
  expect(await decided(checked, "header", [me])).toEqual([500, 1]);
});
