/** The simulators against events written from the facts, and against what live deployments sent. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simulatedDoors } from "../../src/simulator/doors.js";
import type { DoorSettings, SimulatedDoor } from "../../src/simulator/simulated-door.js";
import type { WireRequest } from "../../src/simulator/wire.js";

// biome-ignore lint/suspicious/noExplicitAny: events of several formats
type Event = any;

function read(path: string): Event {
  return JSON.parse(readFileSync(path, "utf8"));
}

function doorOf(id: SimulatedDoor["id"]): SimulatedDoor {
  return simulatedDoors[id];
}

function admit(
  id: SimulatedDoor["id"],
  request: WireRequest,
  settings: DoorSettings,
  key: string,
  param: string,
): Event {
  const route = (_: string, path: string) => ({
    key,
    pathParameters: { [param]: path.slice(param === "proxy" ? 1 : "/v1/shelves/".length) },
  });
  const admission = doorOf(id).admit(request, { route, requestId: "request-1", now: 1783711145766, ...settings });
  if (admission.kind === "refused") throw new Error(admission.reason);
  return JSON.parse(JSON.stringify(admission.event));
}

describe("from the same request", () => {
  const { bodyBase64, ...rest } = read("fixtures/events/request.json");
  const request: WireRequest = { ...rest, body: Buffer.from(bodyBase64, "base64") };

  test.each<[file: string, id: SimulatedDoor["id"], settings: DoorSettings]>([
    ["alb", "alb", { multiValueHeaders: false }],
    ["alb-multi-value", "alb", {}],
    ["rest-api", "rest-api", { binaryMediaTypes: ["*/*"] }],
    ["http-api-1.0", "http-api", { payloadFormatVersion: "1.0" }],
    ["http-api-2.0", "http-api", {}],
    ["function-url", "function-url", {}],
  ])("%s.json", (file, id, settings) => {
    const event = admit(id, request, settings, "PUT /v1/shelves/{shelf}", "shelf");
    expect(event).toEqual(read(`fixtures/events/${file}.json`));
  });
});

/** Where a capture holds what no simulator can know: ids, and `null` and "" that the recorder put where nothing was. */
const unknown: Readonly<Record<string, readonly string[]>> = {
  alb: ["requestContext", "queryStringParameters", "headers"],
  "rest-api": ["requestContext"],
  "http-api": ["requestContext", "pathParameters", "stageVariables"],
  "function-url": ["requestContext", "pathParameters", "stageVariables"],
};

const contextFields = ["stage", "path", "resourcePath", "httpMethod", "protocol", "http", "domainName", "domainPrefix"];

describe("captured events", () => {
  test.for(["alb", "rest-api", "http-api", "function-url"] as const)("%s", (id, { skip }) => {
    const file = `../shared/events/${id}.json`;
    if (!existsSync(file)) skip(`${file} is not here`);
    const captured = read(file);
    const lists: Record<string, string[]> = captured.multiValueHeaders ?? {};
    const header = (name: string): string =>
      lists[name]?.[0] ??
      captured.headers?.[name] ??
      captured.headers?.[name.toLowerCase()] ??
      lists[name.toLowerCase()]?.[0];
    const request: WireRequest = {
      method: "POST",
      target:
        "/capture/space%20value?repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=",
      httpVersion: "1.1",
      headers: [
        ["host", header("Host")],
        ["user-agent", "curl/8.7.1"],
        ["accept", "*/*"],
        ["content-type", "application/json"],
        ["content-length", "66"],
        ["x-voker-probe", "first"],
        ["x-voker-probe", "second"],
        ["cookie", "session=abc123; theme=dark"],
        ["x-amzn-trace-id", header("X-Amzn-Trace-Id")],
      ],
      body: Buffer.from(captured.body),
      sourceIp: "203.0.113.10",
      scheme: header("X-Forwarded-Proto") as "http" | "https",
    };
    const key = id === "rest-api" ? "ANY /{proxy+}" : "$default";
    const event = admit(id, request, { binaryMediaTypes: ["*/*"] }, key, "proxy");
    const fields = Object.keys(captured).filter((field) => !unknown[id]?.includes(field));
    expect(fields.length).toBeGreaterThan(5);
    for (const field of fields) expect(event[field], field).toEqual(captured[field]);
    for (const field of contextFields.filter((name) => captured.requestContext[name] !== undefined))
      expect(event.requestContext[field], field).toEqual(captured.requestContext[field]);
  });
});
