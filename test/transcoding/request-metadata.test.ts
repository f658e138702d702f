/** What handlers get as metadata, and what no client can make them take for it. */
import { beforeAll, describe, expect, test } from "vitest";
import type { BehaviourOptions, GatewayVersion } from "../../src/plan/plan.js";
import { matchedMetadata } from "../../src/runtime/headers/matched-metadata.js";
import { type Echo, type EchoRequest, loadEcho } from "./echo-service.js";

const proto = `
syntax = "proto3";
package test;
import "google/api/annotations.proto";
service Shelves { rpc GetShelf(Shelf) returns (Shelf) { option (google.api.http) = { get: "/v1/shelf" }; } }
message Shelf { string id = 1; }
`;

type Metadata = Readonly<Record<string, readonly string[]>>;
type Headers = NonNullable<EchoRequest["headers"]>;

/** The metadata without what is in every request's, or the status of a refusal. */
function seen({ status, context }: Echo): Metadata | number {
  if (context === undefined) return status;
  const json = context.metadata.toJSON();
  const texts = Object.entries(json).map(([key, values]) => [key, values.map((value) => value.toString("latin1"))]);
  const { "x-forwarded-host": host, "x-forwarded-for": addresses, ...rest } = Object.fromEntries(texts);
  return {
    ...rest,
    ...(host.join() === "api.example.com" ? {} : { "x-forwarded-host": host }),
    ...(addresses.join() === "203.0.113.10" ? {} : { "x-forwarded-for": addresses }),
  };
}

/** What becomes of it where `Grpc-Metadata-` headers are dropped, forwarded, and forwarded without exception. */
type Row = readonly [
  title: string,
  headers: Headers,
  drop: Metadata | number,
  forward: Metadata | number,
  all?: Metadata,
];

const authorization = ["Bearer mine"];
const own = { authorization, "grpcgateway-authorization": authorization };

const rows: readonly Row[] = [
  ["a tenant", [["Grpc-Metadata-Tenant", "t1"]], {}, { tenant: ["t1"] }],
  ["bytes", [["Grpc-Metadata-X-Bin", "QUI="]], {}, { "x-bin": ["AB"] }],
  ["bytes without padding", [["Grpc-Metadata-X-Bin", "QUI"]], {}, { "x-bin": ["AB"] }],
  ["two values of bytes", [["Grpc-Metadata-X-Bin", "QUI,QQ=="]], {}, { "x-bin": ["AB", "A"] }],
  ["bytes that are none", [["Grpc-Metadata-X-Bin", "!!"]], {}, 400],
  ["no name", [["Grpc-Metadata-", "x"]], {}, {}],
  ["an authorization", [["Authorization", "Bearer mine"]], own, own],
  [
    "a forged authorization, behind the checked one",
    [
      ["Authorization", "Bearer mine"],
      ["Grpc-Metadata-Authorization", "Bearer forged"],
    ],
    own,
    own,
    { ...own, authorization: ["Bearer mine", "Bearer forged"] },
  ],
  [
    "a forged authorization, in front of the checked one",
    [
      ["Grpc-Metadata-Authorization", "Bearer forged"],
      ["Authorization", "Bearer mine"],
    ],
    own,
    own,
    { ...own, authorization: ["Bearer mine", "Bearer forged"] },
  ],
  [
    "a forged authorization alone",
    [["Grpc-Metadata-Authorization", "Bearer forged"]],
    {},
    {},
    { authorization: ["Bearer forged"] },
  ],
  [
    "a forged key of the gateway",
    [["Grpc-Metadata-Grpcgateway-Authorization", "Bearer forged"]],
    {},
    {},
    { "grpcgateway-authorization": ["Bearer forged"] },
  ],
  [
    "a forged key of the gateway, in capitals",
    [["GRPC-METADATA-GRPCGATEWAY-COOKIE", "a=1"]],
    {},
    {},
    { "grpcgateway-cookie": ["a=1"] },
  ],
  ["a forged address", [["Grpc-Metadata-X-Forwarded-For", "9.9.9.9"]], {}, {}],
  ["a forged host", [["Grpc-Metadata-X-Forwarded-Host", "evil.example.com"]], {}, {}],
  [
    "a forged address beside one that cannot be metadata",
    [
      ["Grpc-Metadata-X-Forwarded-For", "9.9.9.9"],
      ["X-Forwarded-For", "é"],
    ],
    {},
    {},
  ],
  [
    "addresses on the way",
    [["X-Forwarded-For", "198.51.100.1"]],
    { "x-forwarded-for": ["198.51.100.1, 203.0.113.10"] },
    { "x-forwarded-for": ["198.51.100.1, 203.0.113.10"] },
  ],
  [
    "the host in front of a proxy",
    [["X-Forwarded-Host", "www.example.com"]],
    { "x-forwarded-host": ["www.example.com"] },
    { "x-forwarded-host": ["www.example.com"] },
  ],
  ["a host that cannot be metadata", [["X-Forwarded-Host", "é"]], {}, {}],
  [
    "what the transport sets",
    [
      ["Grpc-Metadata-Grpc-Timeout", "1S"],
      ["Grpc-Metadata-User-Agent", "x"],
      ["Grpc-Metadata-TE", "x"],
    ],
    {},
    {},
  ],
  [
    "no-cache of HTTP/1.0",
    [["Pragma", "no-cache"]],
    { "grpcgateway-pragma": ["no-cache"], "grpcgateway-cache-control": ["no-cache"] },
    { "grpcgateway-pragma": ["no-cache"], "grpcgateway-cache-control": ["no-cache"] },
  ],
  [
    "no-cache of HTTP/1.0 beside that of HTTP/1.1",
    [
      ["Pragma", "no-cache"],
      ["Cache-Control", "max-age=0"],
    ],
    { "grpcgateway-pragma": ["no-cache"], "grpcgateway-cache-control": ["max-age=0"] },
    { "grpcgateway-pragma": ["no-cache"], "grpcgateway-cache-control": ["max-age=0"] },
  ],
  [
    "no-cache of HTTP/1.0 twice",
    [
      ["Pragma", "no-cache"],
      ["Pragma", "no-cache"],
    ],
    { "grpcgateway-pragma": ["no-cache,no-cache"], "grpcgateway-cache-control": ["no-cache"] },
    { "grpcgateway-pragma": ["no-cache,no-cache"], "grpcgateway-cache-control": ["no-cache"] },
  ],
  ["another pragma", [["Pragma", "x"]], { "grpcgateway-pragma": ["x"] }, { "grpcgateway-pragma": ["x"] }],
  [
    "headers that no list has",
    [
      ["X-Tenant", "t1"],
      ["X-Bin", "!!"],
    ],
    {},
    {},
  ],
];

type Setting = readonly [gateway: GatewayVersion, behaviour: BehaviourOptions, kind: "drop" | "forward" | "all"];

describe.each<Setting>([
  ["2.33", {}, "drop"],
  ["2.33", { grpcMetadata: "forward" }, "forward"],
  ["2.33", { grpcMetadata: "forwardAll" }, "all"],
  ["2.30", {}, "forward"],
  ["2.30", { grpcMetadata: "drop" }, "drop"],
  ["2.30", { grpcMetadata: "forwardAll" }, "all"],
])("gateway %s with %o", (gateway, behaviour, kind) => {
  let send: (request: EchoRequest) => Promise<Echo>;
  beforeAll(async () => {
    send = await loadEcho(proto, { transcoding: { gateway, behaviour } });
  });

  test.each(rows.map((row) => [row[0], row] as const))("%s", async (_, [, headers, drop, forward, all = forward]) => {
    expect(seen(await send({ target: "/v1/shelf", headers }))).toEqual({ drop, forward, all }[kind]);
  });
});

test("profile spec drops Grpc-Metadata- headers, too", async () => {
  const send = await loadEcho(proto, { transcoding: { profile: "spec" } });
  expect(seen(await send({ target: "/v1/shelf", headers: [["Grpc-Metadata-Tenant", "t1"]] }))).toEqual({});
});

test("a matcher of the API cannot stand in for an address and a host that are not known", () => {
  const headers = {
    "x-forwarded-for": ["é"],
    "x-forwarded-host": ["é"],
    "x-my-for": ["9.9.9.9"],
    "x-my-host": ["evil"],
  };
  expect(matchedMetadata({ headers }, (header) => header.replace("x-my-", "x-forwarded-")).toJSON()).toEqual({});
});

test("a matcher of the API cannot forge what follows from the request", async () => {
  const headers = { module: "src/headers", exportName: "headers" };
  const content = `export const headers = { incoming: (header) => header.replace("x-my-", "") };`;
  const files = [{ path: "src/headers.ts", content, ownership: "user" }] as const;
  const send = await loadEcho(proto, { customization: { headers }, files });
  const { context } = await send({
    target: "/v1/shelf",
    headers: [
      ["X-My-X-Forwarded-For", "9.9.9.9"],
      ["X-My-X-Forwarded-Host", "evil.example.com"],
      ["X-My-Tenant", "t1"],
    ],
  });
  expect(context?.metadata.toJSON()).toMatchObject({
    "x-forwarded-for": ["203.0.113.10"],
    "x-forwarded-host": ["api.example.com"],
    tenant: ["t1"],
  });
});
