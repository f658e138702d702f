/** Routes that are cached: the keys of their answers, and RPCs whose answers depend on more than a key can have. */
import { describe, expect, test } from "vitest";
import { planGeneration } from "../../src/plan/plan-generation.js";
import type { MethodOptions, PlanOptions } from "../../src/plan/plan-options.js";
import { cors } from "../deploy/plans.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";

const proto = `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
service Shop {
  rpc Get(GetRequest) returns (Item) { option (google.api.http) = { get: "/v1/{name=items/*}" additional_bindings { post: "/v1/items:get" body: "*" } }; }
  rpc Find(FindRequest) returns (Item) { option (google.api.http) = { get: "/v1/items" }; }
  rpc Tagged(TaggedRequest) returns (Item) { option (google.api.http) = { get: "/v1/tagged" }; }
  rpc Labelled(LabelledRequest) returns (Item) { option (google.api.http) = { get: "/v1/labelled" }; }
  rpc Nested(NestedRequest) returns (Item) { option (google.api.http) = { get: "/v1/nested" }; }
  rpc Free(FreeRequest) returns (Item) { option (google.api.http) = { get: "/v1/free" }; }
  rpc Open(GetRequest) returns (Item) { option (google.api.http) = { get: "/v1/{name=boxes/*}:open" }; }
  rpc Close(GetRequest) returns (Item) { option (google.api.http) = { get: "/v1/{name=boxes/*}:close" }; }
  rpc Watch(GetRequest) returns (stream Item) { option (google.api.http) = { get: "/v1/watch/{name}" }; }
  rpc Make(GetRequest) returns (Item) { option (google.api.http) = { post: "/v1/items" body: "*" }; }
}
message GetRequest { string name = 1; }
message FindRequest { int32 page_size = 1; Price price = 2; google.protobuf.FieldMask read_mask = 3; google.protobuf.Timestamp since = 4; }
message Price { string currency = 1; oneof of { int64 units = 2; bool any = 3; } }
message TaggedRequest { repeated string tags = 1; }
message LabelledRequest { Labels labels = 1; }
message Labels { map<string, string> of = 1; }
message NestedRequest { NestedRequest inner = 1; }
message FreeRequest { google.protobuf.Struct data = 1; }
message Item { string name = 1; }
`;

const model = modelFromProto({ "shop.proto": proto });

function planned(deployment: PlanOptions["deployment"], methods: Readonly<Record<string, MethodOptions>> = {}) {
  const base = planOptions();
  const { plan, diagnostics } = planGeneration(model, {
    ...base,
    deployment: { ...base.deployment, frontDoor: "rest-api", auth: "none", ...deployment },
    methodOptions: new Map(Object.entries(methods).map(([name, options]) => [`acme.v1.Shop.${name}`, options])),
  });
  const found = diagnostics.filter(({ code }) => code === "PL031").map(({ message }) => message);
  const routes = plan.cachedRoutes.map(({ key, seconds, parameters }) => [
    `${key.httpMethod} ${key.path}`,
    seconds,
    parameters,
  ]);
  return { routes, found };
}

const text = (value: string) => ({ kind: "text", text: value }) as const;

const domain = {
  name: text("api.example.com"),
  certificate: text("arn:aws:acm:eu-central-1:123456789012:certificate/1"),
  minimumTls: "1.2",
  only: true,
} as const;

const minute = { cache: { seconds: 60 } };

test("the key has every spelling of every single parameter, at any depth", () => {
  const { routes, found } = planned({}, { Get: minute, Find: minute });
  expect(found).toEqual([]);
  expect(routes).toEqual([
    ["GET /v1/items/{name}", 60, []],
    [
      "GET /v1/items",
      60,
      [
        "page_size",
        "pageSize",
        "price",
        "price.currency",
        "price.units",
        "price.any",
        "read_mask",
        "readMask",
        "read_mask.paths",
        "readMask.paths",
        "since",
        "since.seconds",
        "since.nanos",
      ],
    ],
  ]);
});

test.each<[string, string]>([
  ["Tagged", "tags is a list, whose parameter is repeated, and the key has one value of it"],
  ["Labelled", "of is a map, whose parameters have any names"],
  ["Nested", "acme.v1.NestedRequest can hold itself, so that parameters have no end"],
  ["Free", "fields is a map, whose parameters have any names"],
  ["Watch", "its function streams, which a REST API does not cache"],
  ["Open", "its route also leads to Close, which is not cached"],
  ["Make", "it has no binding with GET, which alone is cached"],
])("%s is not cached", (name, reason) => {
  const { routes, found } = planned({}, { [name]: minute });
  expect(found).toEqual([`answers of ${name} cannot be cached: ${reason}`]);
  expect(routes).toEqual([]);
});

test("RPCs of one route are cached together, for the shortest time of theirs", () => {
  const { routes, found } = planned({}, { Open: minute, Close: { cache: { seconds: 5 } } });
  expect(found).toEqual([]);
  expect(routes).toEqual([["GET /v1/boxes/{name}", 5, []]]);
});

describe("what tells callers or answers apart", () => {
  test.each<[string, PlanOptions["deployment"], string]>([
    ["signatures", { auth: "iam" }, "callers are told apart by a header (iam), and would share an answer"],
    [
      "tokens of Cognito",
      { auth: "cognito" },
      "callers are told apart by a header (cognito), and would share an answer",
    ],
    ["an authorizer", { auth: "lambda" }, "header.Authorization tells callers apart, and they would share an answer"],
    [
      "an API key",
      { auth: { kind: "none", apiKey: true } },
      "an API key in a header tells callers apart, and they would share an answer",
    ],
    ["compression", { compression: {} }, "Accept-Encoding decides about answers (deployment.compression)"],
    [
      "certificates of clients",
      { domain: { ...domain, mtls: { truststore: "s3://authorities/all.pem" } } },
      "certificates tell callers apart (deployment.domain.mtls), and they would share an answer",
    ],
    [
      "origins",
      { cors: { ...cors, origins: ["https://a.example"] } },
      "Origin decides about the headers of answers (deployment.cors names origins)",
    ],
  ])("%s", (_, deployment, reason) => {
    const { routes, found } = planned(deployment, { Get: minute });
    expect(found).toEqual([`answers of Get cannot be cached: ${reason}`]);
    expect(routes).toEqual([]);
  });

  test.each(["grpc", "http"] as const)("the server behind a proxied RPC (%s), which gets all headers", (protocol) => {
    const implementation = { kind: "proxy", dependency: "old-server", protocol } as const;
    const own = { implementation, messages: planOptions().messages };
    expect(planned({}, { Get: { ...minute, own } })).toEqual({
      routes: [],
      found: [
        "answers of Get cannot be cached: old-server gets all headers of a request, and may answer by them (implementation: proxy)",
      ],
    });
  });

  test("an authorizer that decides by parameters, which are in the key", () => {
    const auth = { kind: "lambda", identitySources: ["query.token"] } as const;
    expect(planned({ auth }, { Get: minute }).routes).toEqual([["GET /v1/items/{name}", 60, ["token"]]]);
  });

  test("pages of every origin without cookies", () => {
    const open = { ...cors, origins: ["*"], credentials: false };
    expect(planned({ cors: open }, { Get: minute }).found).toEqual([]);
  });
});

test("an RPC before its service before the API", () => {
  const off = { cache: false } as const;
  const all = Object.fromEntries(
    ["Find", "Tagged", "Labelled", "Nested", "Free", "Watch", "Open", "Close"].map((name) => [name, off]),
  );
  expect(planned({ cache: { seconds: 300 } }, all)).toEqual({ routes: [["GET /v1/items/{name}", 300, []]], found: [] });
});

test("another front door has no cache", () => {
  const { routes, found } = planned({ frontDoor: "http-api" }, { Get: minute });
  expect(found).toEqual(["answers of Get are to be cached, but an API Gateway HTTP API has no cache"]);
  expect(routes).toEqual([]);
});
