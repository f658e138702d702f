/** Answers that a REST API gives in place of a function: what `dev` sends is what the template deploys. */
import { expect, test } from "vitest";
import { gatewayResponses } from "../../src/deploy/resources/gateway-responses.js";
import { toJson } from "../../src/deploy/resources/document.js";
import { refuseWithoutKey } from "../../src/simulator/api-key.js";
import { decide, failedDecision, unidentified } from "../../src/simulator/authorizer.js";
import { admitRestApi, answerRestApi, simulatedRestApi } from "../../src/simulator/rest-api.js";
import type { Admission, WireResponse } from "../../src/simulator/wire.js";

const authorizer = { api: "rest-api", asks: "token", identitySources: ["header.Authorization"] } as const;
const question = { event: {}, arn: "arn:aws:execute-api:us-east-1:123456789012:local/live/GET/v1", identity: [] };
const denial = { principalId: "me", policyDocument: { Statement: [] } };

function refused(admission: Admission<object> | undefined): WireResponse {
  if (admission?.kind !== "refused") throw new Error("it was let in");
  return admission.response;
}

function send(target: string, bytes = 0): WireResponse {
  const request = { method: "GET", target, httpVersion: "1.1", headers: [], sourceIp: "192.0.2.1", scheme: "https" };
  const options = { route: () => undefined, requestId: "1", now: 0 };
  return refused(admitRestApi({ ...request, scheme: "https", body: new Uint8Array(bytes) }, options));
}

const cases: readonly (readonly [type: string, answer: () => WireResponse, text: string])[] = [
  ["MISSING_AUTHENTICATION_TOKEN", () => send("/v1"), '403 {"code":16,"message":"Missing Authentication Token"'],
  ["REQUEST_TOO_LARGE", () => send("/v1", 10_485_761), '413 {"code":8,"message":"Request Entity Too Large"'],
  ["UNAUTHORIZED", () => refused(unidentified(authorizer)), '401 {"code":16,"message":"Unauthorized"'],
  [
    "ACCESS_DENIED",
    () => refused(decide(authorizer, question, denial, { requestContext: {} })),
    '403 {"code":7,"message":"User is not authorized to access this resource"',
  ],
  [
    "DEFAULT_5XX",
    () => refused(failedDecision("rest-api", "it threw")),
    '500 {"code":13,"message":"Internal Server Error"',
  ],
  ["INVALID_API_KEY", () => refused(refuseWithoutKey("header", {}, {})), '403 {"code":7,"message":"Forbidden"'],
  ["DEFAULT_5XX", () => answerRestApi("no result", {}), '502 {"code":13,"message":"Internal server error"'],
  [
    "INTEGRATION_TIMEOUT",
    () => simulatedRestApi.answerFailure("timed-out"),
    '504 {"code":4,"message":"Endpoint request timed out"',
  ],
];

test.each(cases)("%s", (type, answer, text) => {
  const { status, headers, body } = answer();
  const sent = new TextDecoder().decode(body);
  expect(`${status} ${sent}`).toBe(`${text},"details":[]}`);
  expect(headers).toEqual([["content-type", "application/json"]]);
  const template = JSON.parse(JSON.stringify(toJson(gatewayResponses(undefined), String)))[type].responseTemplates;
  const message = JSON.stringify(JSON.parse(sent).message);
  expect(template["application/json"].replace("$context.error.messageString", message)).toBe(sent);
});
