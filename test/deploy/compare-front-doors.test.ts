import { expect, it } from "vitest";
import { compareFrontDoors } from "../../src/deploy/compare-front-doors.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";

interface Case {
  readonly title: string;
  /** `rpc Get(M) returns (M) { get: "/v1" }`. */
  readonly rpcs: readonly string[];
  readonly deployment?: Partial<PlanOptions["deployment"]>;
  /** Losses by door, as `kind: RPCs`. */
  readonly losses: Partial<Record<FrontDoorId, readonly string[]>>;
  readonly obstacles?: Partial<Record<FrontDoorId, number>>;
  readonly recommended: FrontDoorId;
  readonly reasons: readonly string[];
}

const cases: readonly Case[] = [
  {
    title: "a plain API",
    rpcs: ['Get(M) returns (M) { get: "/v1/{name=shelves/*}" }', 'List(M) returns (M) { get: "/v1/shelves" }'],
    losses: {},
    obstacles: { alb: 1 },
    recommended: "http-api",
    reasons: [
      "all 2 RPCs keep everything",
      "rest-api would do as well ($3.50 per million requests)",
      "function-url would do as well (free)",
    ],
  },
  {
    title: "path values of any text and streams",
    rpcs: [
      'Get(M) returns (M) { get: "/v1/{name}" }',
      'Watch(M) returns (stream M) { get: "/v1/shelves/{name=*}/changes" }',
      'List(M) returns (M) { get: "/v1/shelves" }',
    ],
    losses: {
      "http-api": ["buffered: d.Library.Watch", "path: d.Library.Get, d.Library.Watch"],
      alb: ["buffered: d.Library.Watch"],
    },
    obstacles: { alb: 1 },
    recommended: "rest-api",
    reasons: [
      "all 3 RPCs keep everything",
      "1 RPC can stream, which an API Gateway HTTP API cannot",
      "path values of 2 RPCs arrive as sent, which an API Gateway HTTP API decodes",
      "function-url would do as well (free)",
    ],
  },
  {
    title: "tokens, and a stream that only doors without them can send",
    rpcs: ['Watch(M) returns (stream M) { get: "/v1/changes" }', 'Ping(M) returns (M) { get: "/ping" }'],
    deployment: { auth: "jwt" },
    losses: {
      "http-api": ["buffered: d.Library.Watch"],
      "rest-api": ["reserved: d.Library.Ping"],
      alb: ["buffered: d.Library.Watch"],
    },
    obstacles: { "function-url": 1 },
    recommended: "http-api",
    reasons: [
      "1 of 2 RPCs keep everything, no other door has more",
      "rest-api would do as well ($3.50 per million requests)",
      "alb would do as well ($16 a month and $6 per capacity unit)",
    ],
  },
  {
    title: "an HTTP method that only a load balancer routes",
    rpcs: ['Lock(M) returns (M) { custom: { kind: "LOCK" path: "/v1/lock" } }'],
    deployment: { auth: "none" },
    losses: { "http-api": ["method: d.Library.Lock"], "rest-api": ["method: d.Library.Lock"] },
    recommended: "alb",
    reasons: [
      "all 1 RPCs keep everything",
      "HTTP methods of 1 RPC are routed, which an API Gateway HTTP API does not know",
      "function-url would do as well (free)",
    ],
  },
];

it.each(cases)("$title", ({ rpcs, deployment, losses, obstacles = {}, recommended, reasons }) => {
  const declared = rpcs.map((text) => {
    const [, signature = "", rule = ""] = /^(.*?) \{ (.*) \}$/.exec(text) ?? [];
    return `rpc ${signature} { option (google.api.http) = { ${rule} }; }`;
  });
  const source = `syntax = "proto3"; package d;
import "google/api/annotations.proto";
service Library { ${declared.join("\n")} }
message M { string name = 1; }`;
  const base = planOptions();
  const options = { ...base, deployment: { ...base.deployment, ...deployment } };
  const comparison = compareFrontDoors(modelFromProto({ "d.proto": source }), options);
  const byDoor = <T>(show: (door: (typeof comparison.doors)[number]) => T, isEmpty: (value: T) => boolean) =>
    Object.fromEntries(
      comparison.doors.map((door) => [door.frontDoor, show(door)] as const).filter(([, value]) => !isEmpty(value)),
    );
  expect(
    byDoor(
      (door) => door.losses.map(({ kind, rpcs: names }) => `${kind}: ${names.join(", ")}`),
      (list) => list.length === 0,
    ),
  ).toEqual(losses);
  expect(
    byDoor(
      (door) => door.obstacles.length,
      (count) => count === 0,
    ),
  ).toEqual(obstacles);
  expect([comparison.recommended, ...comparison.reasons]).toEqual([recommended, ...reasons]);
});
