/**
 * Properties of what grpc-js objects get have the order that @grpc/proto-loader gives them, whichever parts of a request they come from and
 * in whichever order: what it makes of the bytes of `call.request` prints as the same text.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { loadSync, type MessageTypeDefinition } from "@grpc/proto-loader";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import { type MessageStyle, protoLoaderDefaults } from "../../src/emit/message-style.js";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import { loadEmitted } from "../support/load-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { fc } from "../support/property.js";
import { event } from "./library-functions.js";

/** Nothing is declared by number; members of one oneof have other fields between them. */
const proto = `syntax = "proto3";
package t.v1;
import "google/api/annotations.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
import "old.proto";
enum Color { NONE = 0; RED = 1; }
message All {
  map<string, All> by_name = 30; map<string, int64> counts = 4; repeated All many = 29; repeated string texts = 3;
  optional string maybe = 21; optional int64 maybe_long = 2; optional All maybe_all = 28; optional Color maybe_color = 27;
  string name = 26; bytes raw = 5; Color color = 25; bool flag = 1; double ratio = 24; uint64 big = 6;
  oneof first { string a = 8; All b = 22; bytes c = 12; }
  oneof second { int64 d = 10; Color e = 23; }
  All one = 7; Old old = 20; google.protobuf.Timestamp at = 9; google.protobuf.Struct detail = 19; google.protobuf.Value value = 11;
  google.protobuf.StringValue wrapped = 18;
}
message Update { google.protobuf.FieldMask mask = 9; All all = 2; optional string tag = 5; optional bool dry = 3; }
service S {
  rpc Query(All) returns (All) { option (google.api.http) = { get: "/query" }; }
  rpc Path(All) returns (All) { option (google.api.http) = { get: "/path/{one.one.name}/{maybe}/{one.maybe}/{a}/{flag}" }; }
  rpc Post(All) returns (All) { option (google.api.http) = { post: "/post" body: "*" additional_bindings { post: "/post/{maybe_long}/{one.d}" body: "*" } }; }
  rpc Patch(Update) returns (All) { option (google.api.http) = { patch: "/patch/{tag}/{all.maybe}" body: "all" }; }
  rpc Collect(stream All) returns (All) { option (google.api.http) = { post: "/collect/{maybe}" body: "*" }; }
}`;

const old = `syntax = "proto2";
package t.v1;
message Old {
  required string needed = 8; optional string text = 3 [default = "x"]; repeated int32 numbers = 7; extensions 100 to 200;
  oneof choice { string a = 6; Old b = 2; }
  optional group Part = 1 { optional string inner = 2; optional string outer = 1; }
}
extend Old { optional string tag = 101; optional int32 count = 100; }`;

/** What other options come to is tested elsewhere: these decide what is there from the start. */
const options = [
  { defaults: false, arrays: false, objects: false, oneofs: false },
  { defaults: false, arrays: false, objects: false, oneofs: true },
  { defaults: false, arrays: true, objects: false, oneofs: true },
  { defaults: false, arrays: false, objects: true, oneofs: false },
  { defaults: true, arrays: false, objects: false, oneofs: false },
  { defaults: true, arrays: false, objects: false, oneofs: true },
] as const;

const text = fc.constantFrom("", "x", "y");
const long = fc.constantFrom("0", "7");

/** JSON of a message whose members are in any order; keys are the names, and a name with several values takes one of them. */
const { all } = fc.letrec<{ all: Json; old: Json }>((tie) => {
  const child = fc.oneof({ maxDepth: 2, depthIdentifier: "all" }, fc.constant({}), tie("all"));
  return {
    all: shuffled({
      by_name: fc.dictionary(fc.constantFrom("k", "l"), child, { maxKeys: 2 }),
      counts: fc.dictionary(fc.constantFrom("k", "l"), long, { maxKeys: 2 }),
      many: fc.array(child, { maxLength: 2 }),
      texts: fc.array(text, { maxLength: 2 }),
      maybe: text,
      maybe_long: long,
      maybe_all: child,
      maybe_color: fc.constantFrom("NONE", "RED"),
      name: text,
      raw: fc.constantFrom("", "QUI="),
      color: fc.constantFrom("NONE", "RED"),
      flag: fc.boolean(),
      ratio: fc.constantFrom(0, 1.5),
      big: long,
      "a|b|c": fc.oneof(fc.record({ a: text }), fc.record({ b: child }), fc.record({ c: fc.constant("QUI=") })),
      "d|e": fc.oneof(fc.record({ d: long }), fc.record({ e: fc.constantFrom("NONE", "RED") })),
      one: child,
      old: tie("old"),
      at: fc.constantFrom("1970-01-01T00:00:00Z", "2020-01-01T00:00:00.5Z"),
      detail: fc.constantFrom({}, { p: [null, { q: 1 }] }),
      value: fc.constantFrom("v", 1, [true], {}),
      wrapped: text,
    }),
    old: shuffled({
      text,
      numbers: fc.array(fc.nat(), { maxLength: 2 }),
      "a|b": fc.oneof(fc.record({ a: text }), fc.record({ b: fc.constant({ needed: "n" }) })),
      part: shuffled({ inner: text, outer: text }),
      "[t.v1.tag]": text,
      "[t.v1.count]": fc.nat(),
    }).map((members) => ({ ...members, needed: "n" })),
  };
});

type Json = { [name: string]: unknown };

function shuffled(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Json> {
  return fc
    .tuple(fc.record({ ...fields }, { requiredKeys: [] }), fc.shuffledSubarray(Object.keys(fields)))
    .map(([members, order]) => {
      const present = order.filter((name) => name in members);
      const entries = present.flatMap((name): [string, unknown][] =>
        name.includes("|") ? Object.entries(members[name] as object) : [[name, members[name]]],
      );
      return Object.fromEntries(entries);
    });
}

/** Query parameters in any order, at any depth that the query reaches. */
const query = fc
  .shuffledSubarray([
    ...["maybe=x", "maybe_long=1", "maybe_color=RED", "name=n", "flag=true", "texts=t", "counts[k]=1", "raw=QUI%3D"],
    ...[
      "b.maybe=1",
      "b.b.d=3",
      "b.name=n",
      "d=7",
      "one.d=1",
      "one.a=x",
      "one.maybe=1",
      "one.name=n",
      "one.one.maybe=x",
    ],
    ...["maybe_all.e=1", "maybe_all.name=x", "old.text=x", "old.a=1", "old.part.inner=x"],
    ...[
      "old.part.outer=y",
      "at=2020-01-01T00:00:00Z",
      "wrapped=w",
      "one.at=2020-01-01T00:00:00.1Z",
      "big=1",
      "ratio=2",
    ],
  ])
  // A query cannot supply all that proto2 requires: in the gateway that is an error.
  .map((parameters) => (/old/.test(`${parameters}`) ? ["old.needed=n", ...parameters] : parameters).join("&"));

const folder = mkdtempSync(join(tmpdir(), "key-order-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => {
  writeFileSync(join(folder, "t.proto"), proto);
  writeFileSync(join(folder, "old.proto"), old);
});

describe.each(options)("defaults $defaults, arrays $arrays, objects $objects, oneofs $oneofs", (chosen) => {
  let functions: Record<string, HttpApiHandler>;
  let definitions: Record<string, MessageTypeDefinition<object, object>>;
  let requests: object[] = [];
  beforeAll(async () => {
    const collect = (call: { on(event: "data", listener: (request: object) => void): void }): void =>
      call.on("data", (request) => requests.push(request));
    const seen = (call: { request: object }, callback: (error: null, reply: object) => void): void => {
      requests.push(call.request);
      callback(null, {});
    };
    const collectAll = (
      call: Parameters<typeof collect>[0] & { on(e: "end", l: () => void): void },
      done: Done,
    ): void => {
      collect(call);
      call.on("end", () => done(null, {}));
    };
    Object.assign(globalThis, {
      orderService: { Query: seen, Path: seen, Post: seen, Patch: seen, Collect: collectAll },
    });
    functions = await loadFunctions({ ...chosen, oneofs: chosen.oneofs ? "virtual" : "flat" });
    const includeDirs = [folder, resolve("node_modules/google-proto-files")];
    const loaded = loadSync("t.proto", { ...chosen, keepCase: true, longs: String, enums: String, includeDirs });
    definitions = loaded as unknown as typeof definitions;
  });

  async function expectOrder(rpc: string, type: string, request: object): Promise<void> {
    requests = [];
    const handler = functions[rpc];
    const lambda = { awsRequestId: "id", getRemainingTimeInMillis: () => 10_000 };
    const reply = await handler?.(request, lambda);
    if (requests.length === 0) expect(JSON.stringify(reply)).toMatch(/oneof|expected/);
    const { serialize, deserialize } = definitions[`t.v1.${type}`] ?? {};
    for (const one of requests)
      expect(JSON.stringify(one)).toBe(JSON.stringify(deserialize?.(serialize?.(one) as Buffer)));
  }

  it("query", async () => {
    await fc.assert(
      fc.asyncProperty(query, (parameters) => expectOrder("query", "All", event("GET", `/query?${parameters}`))),
      { numRuns: 60 },
    );
  });

  it("path and query", async () => {
    const path = "/path/n/m/o/a/true";
    await fc.assert(
      fc.asyncProperty(query, (parameters) => expectOrder("path", "All", event("GET", `${path}?${parameters}`))),
      { numRuns: 40 },
    );
  });

  it("body and path", async () => {
    const paths = fc.constantFrom("/post", "/post/7/8");
    await fc.assert(
      fc.asyncProperty(all, paths, (message, path) =>
        expectOrder("post", "All", event("POST", path, { body: JSON.stringify(message) })),
      ),
      { numRuns: 60 },
    );
  });

  it("a body field, path, mask and query", async () => {
    const parameters = fc.constantFrom("", "?dry=true");
    await fc.assert(
      fc.asyncProperty(all, parameters, (message, more) =>
        expectOrder("patch", "Update", event("PATCH", `/patch/x/y${more}`, { body: JSON.stringify(message) })),
      ),
      { numRuns: 40 },
    );
  });

  it("a stream", async () => {
    await fc.assert(
      fc.asyncProperty(all, (message) =>
        expectOrder(
          "collect",
          "All",
          event("POST", "/collect/x", { body: JSON.stringify(message) + JSON.stringify(message) }),
        ),
      ),
      { numRuns: 20 },
    );
  });

  it("a binary body whose fields are in any order", async () => {
    const { serialize } = definitions["t.v1.All"] ?? {};
    const headers = { "content-type": "application/x-protobuf" };
    await fc.assert(
      fc.asyncProperty(fc.array(query, { minLength: 2, maxLength: 4 }), async (queries) => {
        const parts: Buffer[] = [];
        for (const one of queries) {
          requests = [];
          await functions.query?.(event("GET", `/query?${one}`), {
            awsRequestId: "id",
            getRemainingTimeInMillis: () => 1e4,
          });
          parts.push(...requests.map((request) => serialize?.(request) as Buffer));
        }
        const body = Buffer.concat(parts).toString("base64");
        await expectOrder("post", "All", event("POST", "/post", { body, headers, isBase64Encoded: true }));
      }),
      { numRuns: 30 },
    );
  });
});

type Done = (error: null, reply: object) => void;

async function loadFunctions(style: Partial<MessageStyle>): Promise<Record<string, HttpApiHandler>> {
  const messages: MessageStyle = { ...protoLoaderDefaults, names: "proto", longs: "String", enums: "String", ...style };
  const plan = planFromProto(
    { "t.proto": proto, "old.proto": old },
    {
      grpcJs: { "t.v1.S": { module: "src/service", exportName: "service", messages } },
      transcoding: { clientStreaming: "collect", binary: true },
    },
  );
  const emitted = emitFiles(plan).filter(({ path }) => !path.includes("/runtime/"));
  const content = "export const service = globalThis.orderService;";
  const entries = plan.functions.map(({ id }) => `gen/functions/${id}`);
  const modules = await loadEmitted([...emitted, { path: "src/service.ts", content, ownership: "user" }], entries);
  return Object.fromEntries(
    plan.functions.map(({ id }, index) => [id.replace("s-", ""), modules[index]?.handler]),
  ) as never;
}
