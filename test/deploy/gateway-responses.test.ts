/** Answers of a REST API that no function makes. */
import { expect, it } from "vitest";
import { toJson } from "../../src/deploy/resources/document.js";
import { gatewayResponses } from "../../src/deploy/resources/gateway-responses.js";
import type { CorsPlan } from "../../src/plan/plan.js";

interface Answer {
  readonly responseParameters?: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

function answers(cors?: CorsPlan): Readonly<Record<string, Answer>> {
  return toJson(gatewayResponses(cors), (value) => value) as Readonly<Record<string, Answer>>;
}

/** Every type of answer with the status that the API gives it, and the code that clients of the functions expect. */
it.each([
  ["UNAUTHORIZED", 401, 16],
  ["MISSING_AUTHENTICATION_TOKEN", 403, 16],
  ["EXPIRED_TOKEN", 403, 16],
  ["INVALID_SIGNATURE", 403, 16],
  ["ACCESS_DENIED", 403, 7],
  ["INVALID_API_KEY", 403, 7],
  ["WAF_FILTERED", 403, 7],
  ["RESOURCE_NOT_FOUND", 404, 5],
  ["BAD_REQUEST_BODY", 400, 3],
  ["BAD_REQUEST_PARAMETERS", 400, 3],
  ["REQUEST_TOO_LARGE", 413, 8],
  ["UNSUPPORTED_MEDIA_TYPE", 415, 3],
  ["QUOTA_EXCEEDED", 429, 8],
  ["THROTTLED", 429, 8],
  ["API_CONFIGURATION_ERROR", 500, 13],
  ["AUTHORIZER_CONFIGURATION_ERROR", 500, 13],
  ["AUTHORIZER_FAILURE", 500, 13],
  ["INTEGRATION_FAILURE", 504, 14],
  ["INTEGRATION_TIMEOUT", 504, 4],
])("%s (%i) has code %i", (type, status, code) => {
  const all = answers();
  const answer = all[type] ?? all[status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX"];
  const text = answer?.responseTemplates["application/json"]?.replace("$context.error.messageString", '"Refused."');
  expect(JSON.parse(text ?? "")).toEqual({ code, message: "Refused.", details: [] });
  expect(answer?.responseParameters).toBeUndefined();
});

const page: CorsPlan = {
  answeredBy: "function",
  origins: ["https://app.example.com"],
  methods: ["GET"],
  headers: [],
  exposeHeaders: ["etag", "x-id"],
  maxAge: 1,
  credentials: true,
};

it.each<[title: string, cors: CorsPlan, expected: object | undefined]>([
  [
    "one origin",
    page,
    {
      "gatewayresponse.header.Access-Control-Allow-Origin": "'https://app.example.com'",
      "gatewayresponse.header.Access-Control-Allow-Credentials": "'true'",
      "gatewayresponse.header.Access-Control-Expose-Headers": "'etag,x-id'",
      "gatewayresponse.header.Vary": "'Origin'",
    },
  ],
  [
    "every origin",
    { ...page, origins: ["https://a.example.com", "*"], exposeHeaders: [], credentials: false },
    { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
  ],
  ["several origins", { ...page, origins: ["https://a.example.com", "https://b.example.com"] }, undefined],
])("pages of %s", (_, cors, expected) => {
  for (const answer of Object.values(answers(cors))) expect(answer.responseParameters).toEqual(expected);
});
