import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { samDialect } from "../../src/deploy/sam/sam-dialect.js";
import { logicalIds } from "../../src/deploy/cloudformation/logical-ids.js";
import { buildResources } from "../../src/deploy/resources/build-resources.js";
import { entryPoint } from "../../src/emit/entry-point.js";
import { nameModules, namePlan } from "../../src/emit/names/name-plan.js";
import type { ModulePlan } from "../../src/emit/names/typescript-plan.js";
import { indexEmission } from "../../src/emit/objects/emit-scope.js";
import { emitJsonCodec } from "../../src/emit/json/json-codec.js";
import { type MessageStyle, idiomaticStyle, protoLoaderDefaults } from "../../src/emit/message-style.js";
import type { Plan } from "../../src/plan/plan.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import type { FunctionGrouping, PlanOptions } from "../../src/plan/plan-options.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";

const library = `syntax = "proto3";
package acme.library.v1;
import "google/api/annotations.proto";
import "google/protobuf/any.proto";
import "google/protobuf/timestamp.proto";
import "acme/common/genre.proto";
service Library {
  rpc Search(SearchRequest) returns (SearchReply) { option (google.api.http) = { get: "/v1/{filter.room=rooms/*}" }; }
  rpc Add(AddRequest) returns (Book) {
    option (google.api.http) = { post: "/v1/books/{mode}" body: "book" };
  }
  rpc Watch(stream SearchRequest) returns (SearchReply);
  rpc Unbound(Unused) returns (Unused);
  rpc Delete(Book) returns (Nothing) { option (google.api.http) = { post: "/v1/books:delete" body: "*" response_body: "book" }; }
}
message SearchRequest { Filter filter = 1; repeated Skipped skipped = 2; repeated google.protobuf.Timestamp days = 3; SearchRequest again = 4; map<string, acme.common.Genre> genres = 5; }
message Filter { string room = 1; Range range = 2; }
message Range { google.protobuf.Timestamp from = 1; }
message Skipped { string text = 1; }
message SearchReply { repeated Book books = 1; }
message AddRequest { Book book = 1; Mode mode = 2; Skipped other = 3; }
message Book { string name = 1; Shelf shelf = 2; message Shelf { string name = 1; } }
message Nothing { Book book = 1; Unused other = 2; }
message Unused { string text = 1; }
enum Mode { MODE_UNSPECIFIED = 0; }
`;
const genre = `syntax = "proto3";
package acme.common;
enum Genre { GENRE_UNSPECIFIED = 0; }
message NotReached { string text = 1; }
`;

function plan(files: Readonly<Record<string, string>>, options: Partial<PlanOptions> = {}): Plan {
  const { plan, diagnostics } = planGeneration(modelFromProto(files), planOptions(options));
  expect(diagnostics.filter((diagnostic) => diagnostic.severity === "error")).toEqual([]);
  return plan;
}

/** `Name:flags` with d(ecode) and e(ncode) JSON, o(bjects) of JSON, D and E binary, p(arams). */
function flags(module: ModulePlan): string[] {
  return [...module.messages, ...module.enums].map((item) => {
    const binary = "decodeBinary" in item ? `${item.decodeBinary ? "D" : ""}${item.encodeBinary ? "E" : ""}` : "";
    const json = `${item.encodeJson ? "e" : ""}${"buildJson" in item && item.buildJson ? "o" : ""}`;
    return `${item.name}:${item.decodeJson ? "d" : ""}${json}${binary}${item.params ? "p" : ""}`;
  });
}

it("flags the codecs that requests, replies and parameters reach", () => {
  const planned = plan({ "acme/library/v1/library.proto": library, "acme/common/genre.proto": genre });
  expect(Object.fromEntries(nameModules(planned).map((module) => [module.path, flags(module)]))).toEqual({
    "acme/common/genre": ["NotReached:", "Genre:p"],
    "acme/library/v1/library": [
      "SearchRequest:p",
      "Filter:p",
      "Range:p",
      "Skipped:p",
      "SearchReply:e",
      "AddRequest:p",
      "Book:deo",
      "Book_Shelf:deo",
      "Nothing:",
      "Unused:",
      "Mode:p",
    ],
    "google/protobuf/timestamp": ["Timestamp:dp"],
  });
  expect(planned.anyTypes).toEqual([]);
});

it("plans bound unary and server-streaming methods with their names", () => {
  const planned = plan({ "acme/library/v1/library.proto": library, "acme/common/genre.proto": genre });
  expect(namePlan(planned).methods.map(({ id, constant, code }) => [id, constant, code])).toEqual([
    ["library/search", "librarySearch", { module: "src/handlers/library/search.ts", exportName: "search" }],
    ["library/add", "libraryAdd", { module: "src/handlers/library/add.ts", exportName: "add" }],
    ["library/delete", "libraryDelete", { module: "src/handlers/library/delete.ts", exportName: "delete_" }],
  ]);
  expect(planned.functions.map(({ id }) => entryPoint(planned, id))).toEqual([
    { file: "gen/functions/library-search.ts", handler: "library-search.handler" },
    { file: "gen/functions/library-add.ts", handler: "library-add.handler" },
    { file: "gen/functions/library-delete.ts", handler: "library-delete.handler" },
  ]);
  expect(
    planned.routes.map(({ routeKey, functionId }) => [`${routeKey.httpMethod} ${routeKey.path}`, functionId]),
  ).toEqual([
    ["GET /v1/rooms/{filter_room}", "library-search"],
    ["POST /v1/books/{mode}", "library-add"],
    ["POST /v1/books:delete", "library-delete"],
  ]);
  expect(planned.deployment.apiName).toBe("library");
});

it("names an API without a common package after its only service, and after none of several", () => {
  const file = (name: string): string => `syntax = "proto3"; package ${name};
import "google/api/annotations.proto";
    service ${name}Service { rpc Get(M) returns (M) { option (google.api.http) = { get: "/v1/${name}" }; } }
    message M {}`;
  const apiNameOf = (...names: readonly string[]): string =>
    plan(Object.fromEntries(names.map((name) => [`${name}.proto`, file(name)]))).deployment.apiName;
  expect(apiNameOf("shop", "cart")).toBe("api");
  expect(apiNameOf("admin", "shop", "cart")).toBe("api");
  const withoutPackage = file("shop").replace("package shop;", "");
  expect(plan({ "a.proto": withoutPackage }).deployment.apiName).toBe("shop-service");
});

it("names services of one name after their packages", () => {
  const file = (version: string): string => `syntax = "proto3"; package acme.${version};
import "google/api/annotations.proto";
    service Things { rpc Get(M) returns (M) { option (google.api.http) = { get: "/${version}/thing" }; } rpc get(M) returns (M) { option (google.api.http) = { get: "/${version}/other" }; } }
    message M {}`;
  const planned = plan({ "acme/v1.proto": file("v1"), "acme/v2.proto": file("v2") });
  expect(planned.functions.map(({ id }) => id)).toEqual([
    "acme-v1-things-get",
    "acme-v1-things-get2",
    "acme-v2-things-get",
    "acme-v2-things-get2",
  ]);
  expect(namePlan(planned).methods.map(({ constant, code }) => [constant, code.module])).toEqual([
    ["acmeV1ThingsGet", "src/handlers/acme-v1/things/get.ts"],
    ["acmeV1ThingsGet2", "src/handlers/acme-v1/things/get2.ts"],
    ["acmeV2ThingsGet", "src/handlers/acme-v2/things/get.ts"],
    ["acmeV2ThingsGet2", "src/handlers/acme-v2/things/get2.ts"],
  ]);
  expect(planned.deployment.apiName).toBe("acme");
});

it("gives hostile names safe ids of at most 64 characters", () => {
  const long = "Y".repeat(30) + "Long".repeat(20);
  const planned = plan({
    "x.proto": `syntax = "proto3";
import "google/api/annotations.proto"; message M {}
      service _ { rpc _1(M) returns (M) { option (google.api.http) = { get: "/a" }; } rpc constructor(M) returns (M) { option (google.api.http) = { get: "/b" }; } }
      service __proto__ { rpc ${long}A(M) returns (M) { option (google.api.http) = { get: "/c" }; } rpc ${long}B(M) returns (M) { option (google.api.http) = { get: "/d" }; } }`,
  });
  for (const { id } of planned.functions) expect(id).toMatch(/^[a-z][a-z0-9-]{0,63}$/);
  const logical = [...logicalIds(buildResources(planned), samDialect("")).functions.values()];
  for (const id of logical) expect(id).toMatch(/^[A-Za-z][A-Za-z0-9]*$/);
  expect(new Set(logical).size).toBe(logical.length);
  expect(new Set(planned.functions.map(({ id }) => id)).size).toBe(4);
  for (const { constant } of namePlan(planned).methods) expect(constant).toMatch(/^[A-Za-z_]\w*$/);
});

it("reaches the types of extensions, wherever they are declared", () => {
  const base = `syntax = "proto2"; package base;
message Request { optional string name = 1; extensions 100 to 199; }
message Reply { optional Inner inner = 1; }
message Inner { extensions 100 to 199; }`;
  const extensions = `syntax = "proto2"; package ext; import "base.proto";
extend base.Request { optional Level level = 100; optional Detail detail = 101; }
message Holder { extend base.Inner { repeated Shown shown = 100; } }
enum Level { LOW = 0; }
message Detail { optional Deeper deeper = 1; }
message Deeper { optional Kind kind = 1; }
enum Kind { NONE = 0; }
message Shown { optional Level level = 1; }
message Unused { optional string text = 1; }`;
  const service = `syntax = "proto3"; package s; import "google/api/annotations.proto"; import "base.proto"; import "ext.proto";
service S { rpc Do(base.Request) returns (base.Reply) { option (google.api.http) = { post: "/do" body: "*" }; } }`;
  const planned = plan({ "base.proto": base, "ext.proto": extensions, "s.proto": service });
  expect(Object.fromEntries(nameModules(planned).map((module) => [module.path, flags(module)]))).toEqual({
    base: ["Request:d", "Reply:e", "Inner:o"],
    ext: ["Holder:", "Detail:d", "Deeper:d", "Shown:o", "Unused:", "Level:de", "Kind:d"],
    s: [],
  });
  const emitted = emitJsonCodec(indexEmission(planned)).find(({ path }) => path === "gen/base.json.ts")?.content ?? "";
  for (const name of ["[ext.level]", "[ext.detail]", "[ext.Holder.shown]"]) expect(emitted).toContain(`"${name}"`);
});

it("keeps module paths apart from the output's own files and names apart within a module", () => {
  const text = (message: string): string => `syntax = "proto3"; package p${message}; message ${message} {}`;
  const planned = planGeneration(
    modelFromProto({
      "runtime/unary.proto": text("A"),
      "functions/x.proto": text("B"),
      "routes.proto": text("C"),
      "a.json.proto": text("D"),
      "a.proto":
        'syntax = "proto3"; package q; message Outer_Inner {} message Outer { message Inner {} } message Array {}',
    }),
    planOptions(),
  ).plan;
  const modules = nameModules(planned);
  expect(modules.map(({ path }) => path)).toEqual(["a", "a.json_", "functions_/x", "routes_", "runtime_/unary"]);
  expect(modules[0]?.messages.map(({ message, name }) => [message.fullName, name])).toEqual([
    ["q.Outer_Inner", "Outer_Inner2"],
    ["q.Outer", "Outer"],
    ["q.Outer.Inner", "Outer_Inner"],
    ["q.Array", "Array_"],
  ]);
});

const styled = `syntax = "proto3"; package s;
import "google/api/annotations.proto";
service One { rpc Get(A) returns (B) { option (google.api.http) = { post: "/one" body: "*" }; } }
service Two { rpc Get(B) returns (B) { option (google.api.http) = { post: "/two" body: "*" }; } }
message A {} message B {} message C {}`;
const grpcJs = { module: "src/two.ts", exportName: "two" };
const existing = { grpcJs, messages: protoLoaderDefaults };
const custom: MessageStyle = { ...protoLoaderDefaults, longs: "String" };

it.each<[string, Partial<PlanOptions>, Record<string, string[]>]>([
  ["one style", {}, { s: ["A:d", "B:de", "C:"] }],
  [
    "a grpc-js service has proto-loader's objects, in a folder of their own",
    { serviceOptions: new Map([["s.Two", existing]]) },
    { "proto-loader/s": ["B:de"], s: ["A:d", "B:e", "C:"] },
  ],
  [
    "a style that was changed is still proto-loader's",
    { serviceOptions: new Map([["s.Two", { grpcJs, messages: custom }]]) },
    { "proto-loader/s": ["B:de"], s: ["A:d", "B:e", "C:"] },
  ],
  [
    "the only style in use lives at the root",
    { services: ["s.Two"], serviceOptions: new Map([["s.Two", existing]]) },
    { s: ["A:", "B:de", "C:"] },
  ],
  [
    "equal styles share modules",
    { serviceOptions: new Map([["s.Two", { messages: { ...idiomaticStyle } }]]) },
    { s: ["A:d", "B:de", "C:"] },
  ],
])("%s", (_, options, expected) => {
  const modules = nameModules(plan({ "s.proto": styled }, options));
  expect(Object.fromEntries(modules.map((module) => [module.path, flags(module)]))).toEqual(expected);
});

it("tells two further styles of one kind apart by a hash", () => {
  const service = (name: string): string =>
    `service ${name} { rpc Get(A) returns (A) { option (google.api.http) = { get: "/${name}" }; } }`;
  const source = `syntax = "proto3"; package s;
import "google/api/annotations.proto";
${["One", "Two", "Three"].map(service).join("\n")}
message A {}`;
  const planned = plan(
    { "s.proto": source },
    {
      serviceOptions: new Map([
        ["s.Two", existing],
        ["s.Three", { grpcJs, messages: custom }],
      ]),
    },
  );
  expect(nameModules(planned).map(({ path }) => path)).toEqual(["proto-loader-40d046/s", "proto-loader-a9dc79/s", "s"]);
});

const withAny = `syntax = "proto3"; package t;
import "google/api/annotations.proto";
import "google/protobuf/any.proto";
service One { rpc Get(A) returns (B) { option (google.api.http) = { post: "/one" body: "*" }; } }
message A { int32 a = 1; } message B { google.protobuf.Any details = 1; } message C { D d = 1; } message D {}`;

it("needs no codecs for what an Any holds", () => {
  const planned = plan({ "t.proto": withAny });
  expect(planned.anyTypes).toEqual(["t.A", "t.B", "t.C", "t.D"]);
  expect(
    nameModules(planned)
      .filter(({ path }) => path === "t")
      .flatMap(flags),
  ).toEqual(["A:d", "B:e", "C:", "D:"]);
});

it("plans no contents of Any where neither an Any nor a packed detail can come", () => {
  expect(plan({ "t.proto": withAny.replace("returns (B)", "returns (C)") }).anyTypes).toEqual([]);
  const grpcJs = { module: "src/service", exportName: "service" };
  const options = { serviceOptions: new Map([["t.One", { grpcJs }]]) };
  expect(plan({ "t.proto": withAny.replace("returns (B)", "returns (C)") }, options).anyTypes).toContain("t.A");
});

const linked: Record<string, string> = {
  "t/v1/one.proto": `syntax = "proto3"; package t.v1;
import "google/api/annotations.proto";
import "google/protobuf/any.proto";
import "google/protobuf/timestamp.proto";
import "google/rpc/error_details.proto";
import "t/v1/events.proto";
import "t/v1/options.proto";
import "t/v1/used.proto";
service One { rpc Get(Request) returns (Reply) { option (google.api.http) = { get: "/one" }; } }
message Request { used.Used used = 1; }
message Reply { google.protobuf.Any any = 1; message Inner { google.protobuf.Timestamp time = 1; } }`,
  "t/v1/events.proto": `syntax = "proto3"; package t.v1; message Event { Kind kind = 1; message Kind {} }`,
  "t/v1/options.proto": `syntax = "proto2"; package t.options; import "google/protobuf/descriptor.proto"; import "t/v1/of_options.proto";
extend google.protobuf.MessageOptions { optional Note note = 50000; } message Note { optional OfNote of = 1; }`,
  "t/v1/of_options.proto": `syntax = "proto3"; package t.options; message OfNote {}`,
  "t/v1/used.proto": `syntax = "proto3"; package used; import "t/v1/options.proto"; message Used { t.options.Note note = 1; } message Unused {}`,
};
const standardDetails = [
  ..."BadRequest BadRequest.FieldViolation DebugInfo ErrorInfo Help Help.Link LocalizedMessage PreconditionFailure".split(
    " ",
  ),
  ..."PreconditionFailure.Violation QuotaFailure QuotaFailure.Violation RequestInfo ResourceInfo RetryInfo".split(" "),
].map((name) => `google.rpc.${name}`);

it.each<[string, string[] | undefined, string[]]>([
  [
    "all that is linked into the API, but for what only options need",
    undefined,
    [
      ...standardDetails,
      ..."t.options.Note t.options.OfNote t.v1.Event t.v1.Event.Kind t.v1.Reply t.v1.Reply.Inner t.v1.Request".split(
        " ",
      ),
      ..."used.Unused used.Used".split(" "),
    ],
  ],
  ["what was named, and what that reaches", ["used.Used"], ["t.options.Note", "t.options.OfNote", "used.Used"]],
  ["what a pattern matches", ["t.v1.E*"], ["t.v1.Event", "t.v1.Event.Kind"]],
  [
    "what patterns match",
    ["used.*ed", "*.Kind"],
    ["t.options.Note", "t.options.OfNote", "t.v1.Event.Kind", "used.Unused", "used.Used"],
  ],
  ["no more than an empty list", [], []],
  ["what options need, by its name", ["google.api.CustomHttpPattern"], ["google.api.CustomHttpPattern"]],
])("an Any holds %s", (_, anyTypes, expected) => {
  const model = modelFromProto(linked, { targets: ["t/v1/one.proto"] });
  const options = planOptions(anyTypes === undefined ? {} : { anyTypes });
  expect(planGeneration(model, options).plan.anyTypes).toEqual(expected);
});

it.each([
  ["google/example/library/v1/library.proto", 11, 11],
  ["google/pubsub/v1/pubsub.proto", 24, 19],
  ["google/cloud/dataplex/v1/service.proto", 27, 27],
])("keeps %s mostly at a function per RPC", (path, methods, functions) => {
  const planned = plan({ [path]: readFileSync(`node_modules/google-proto-files/${path}`, "utf8") });
  expect([planned.methods.length, planned.functions.length]).toEqual([methods, functions]);
});

it("names a function of several RPCs after the route that they share", () => {
  const path = "google/pubsub/v1/pubsub.proto";
  const { functions } = plan({ [path]: readFileSync(`node_modules/google-proto-files/${path}`, "utf8") });
  const shared = functions.filter(({ methods }) => methods.length > 1);
  expect(shared.map(({ id, methods }) => [id, methods.map(({ method }) => method.name)])).toEqual([
    [
      "publisher-post-v1-projects-subscriptions",
      ["DetachSubscription", "ModifyAckDeadline", "Acknowledge", "Pull", "ModifyPushConfig", "Seek"],
    ],
  ]);
});

const several = `syntax = "proto3"; package g.v1;
import "google/api/annotations.proto";
service Shelves {
  rpc Get(M) returns (M) { option (google.api.http) = { get: "/v1/shelves/{name}" }; }
  rpc Open(M) returns (M) { option (google.api.http) = { post: "/v1/shelves/{name}:open" }; }
  rpc Close(M) returns (M) { option (google.api.http) = { post: "/v1/shelves/{name}:close" }; }
  rpc Watch(M) returns (stream M) { option (google.api.http) = { get: "/v1/shelves/{name}/changes" }; }
}
service Rooms {
  rpc Get(M) returns (M) { option (google.api.http) = { get: "/v1/rooms/{name}" }; }
  rpc Lock(M) returns (M) { option (google.api.http) = { post: "/v1/shelves/{name}:lock" }; }
}
message M { string name = 1; }`;

const groups = (...list: [name: string, ...members: string[]][]): FunctionGrouping => ({
  kind: "groups",
  groups: list.map(([name, ...members]) => ({ name, members })),
});

it.each<[string, Partial<PlanOptions["deployment"]>, Record<string, string[]>]>([
  [
    "per RPC, as far as an HTTP API can tell them apart",
    {},
    {
      "shelves-get": ["Shelves.Get"],
      "shelves-post-v1-shelves": ["Shelves.Open", "Shelves.Close", "Rooms.Lock"],
      "shelves-watch": ["Shelves.Watch"],
      "rooms-get": ["Rooms.Get"],
    },
  ],
  [
    "per RPC behind a load balancer, which can",
    { frontDoor: "alb" },
    {
      "shelves-get": ["Shelves.Get"],
      "shelves-open": ["Shelves.Open"],
      "shelves-close": ["Shelves.Close"],
      "shelves-watch": ["Shelves.Watch"],
      "rooms-get": ["Rooms.Get"],
      "rooms-lock": ["Rooms.Lock"],
    },
  ],
  [
    "per service",
    { functions: { kind: "per-service" }, frontDoor: "alb" },
    {
      shelves: ["Shelves.Get", "Shelves.Open", "Shelves.Close", "Shelves.Watch"],
      rooms: ["Rooms.Get", "Rooms.Lock"],
    },
  ],
  [
    "per service behind Function URLs",
    { frontDoor: "function-url" },
    {
      "shelves streams": ["Shelves.Get", "Shelves.Open", "Shelves.Close", "Shelves.Watch"],
      rooms: ["Rooms.Get", "Rooms.Lock"],
    },
  ],
  [
    "per service in a VPC, from where a Function URL cannot stream",
    { frontDoor: "function-url", vpc: true },
    {
      shelves: ["Shelves.Get", "Shelves.Open", "Shelves.Close", "Shelves.Watch"],
      rooms: ["Rooms.Get", "Rooms.Lock"],
    },
  ],
  [
    "one",
    { functions: { kind: "single" }, frontDoor: "rest-api", apiName: "library" },
    {
      "library streams": ["Shelves.Get", "Shelves.Open", "Shelves.Close", "Shelves.Watch", "Rooms.Get", "Rooms.Lock"],
    },
  ],
  [
    "groups, an RPC before its service, the rest on its own",
    { functions: groups(["reads", "g.v1.Shelves.Get", "g.v1.Rooms.Get"], ["doors", "g.v1.Shelves"]), frontDoor: "alb" },
    {
      reads: ["Shelves.Get", "Rooms.Get"],
      doors: ["Shelves.Open", "Shelves.Close", "Shelves.Watch"],
      "rooms-lock": ["Rooms.Lock"],
    },
  ],
  [
    "groups that the door cannot tell apart, together",
    { functions: groups(["opening", "g.v1.Shelves.Open"], ["closing", "g.v1.Shelves.Close"]) },
    {
      "shelves-get": ["Shelves.Get"],
      opening: ["Shelves.Open", "Shelves.Close", "Rooms.Lock"],
      "shelves-watch": ["Shelves.Watch"],
      "rooms-get": ["Rooms.Get"],
    },
  ],
])("makes functions %s", (_, deployment, expected) => {
  const { functions } = plan({ "g.proto": several }, { deployment: { ...planOptions().deployment, ...deployment } });
  const found = functions.map(({ id, streams, methods }) => [
    streams ? `${id} streams` : id,
    methods.map(({ service, method }) => `${service.name}.${method.name}`),
  ]);
  expect(Object.fromEntries(found)).toEqual(expected);
});

describe("requests that match no RPC", () => {
  const methods = `rpc A(M) returns (M) { option (google.api.http) = { get: "/v1/a" }; }
  rpc B(M) returns (M) { option (google.api.http) = { post: "/v1/{name=b/*}:c" }; }
  rpc D(M) returns (M) { option (google.api.http) = { get: "/v1/{name=b/*}" }; }`;
  const planned = (deployment: Partial<PlanOptions["deployment"]>) => {
    const base = planOptions();
    const source = `syntax = "proto3"; import "google/api/annotations.proto"; service S { ${methods} } message M { string name = 1; }`;
    return planGeneration(modelFromProto({ "s.proto": source }), {
      ...base,
      deployment: { ...base.deployment, ...deployment },
    });
  };
  const shown = (deployment: Partial<PlanOptions["deployment"]>): string[] =>
    planned(deployment).plan.unrouted.routes.map(
      ({ key, functionId, open }) => `${key.httpMethod} ${key.path} ${functionId}${open ? " open" : ""}`,
    );
  const single = { kind: "single" } as const;
  const cors = { origins: ["*"], headers: [], exposeHeaders: [], maxAge: 1, credentials: false };

  it.each<[title: string, deployment: Partial<PlanOptions["deployment"]>, routes: readonly string[]]>([
    ["goes to a function of its own", {}, ["ANY $default unrouted"]],
    ["goes to the only function", { functions: single, apiName: "all" }, ["ANY $default all"]],
    ["is the door's where that is wanted", { unrouted: "door" }, []],
    ["is in the function already behind a URL", { frontDoor: "function-url" }, []],
    ["is the last rule of a load balancer", { frontDoor: "alb" }, ["ANY /* unrouted"]],
    ["is left to a listener that others use", { frontDoor: "alb", loadBalancer: "existing" }, []],
    [
      "is told apart by hosts",
      { frontDoor: "alb", loadBalancer: "existing", hosts: ["a.example"] },
      ["ANY /* unrouted"],
    ],
    [
      "does not open the only function to preflights",
      { frontDoor: "alb", functions: single, apiName: "all", auth: "jwt", cors },
      ["OPTIONS /* unrouted open", "ANY /* all"],
    ],
    [
      "takes one function where nobody is asked for credentials",
      { frontDoor: "alb", functions: single, apiName: "all", auth: "none", cors },
      ["OPTIONS /* all open", "ANY /* all"],
    ],
  ])("%s", (_, deployment, routes) => {
    expect(shown(deployment)).toEqual(routes);
  });

  it("is known to a function whose route lets it through", () => {
    const foreign = planned({}).plan.functions.map(({ foreignTemplates: known }) =>
      known.map(({ httpMethod, template }) => `${httpMethod} ${template.source}`),
    );
    expect(foreign).toEqual([[], ["GET /v1/{name=b/*}"], []]);
  });

  it("is said to be the listener's", () => {
    const codes = (deployment: Partial<PlanOptions["deployment"]>) =>
      planned({ frontDoor: "alb", auth: "jwt", ...deployment }).diagnostics.map(({ code }) => code);
    expect(codes({ loadBalancer: "existing" })).toEqual(["PL016"]);
    expect(codes({ loadBalancer: "existing", unrouted: "door" })).toEqual([]);
    expect(codes({ loadBalancer: "existing", hosts: ["a.example"], unrouted: "function" })).toEqual([]);
  });
});

it("joins the text of flat messages, and builds objects of what lists and maps are printed with", () => {
  const source = `syntax = "proto3"; package t;
import "google/api/annotations.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/empty.proto";
service One {
  rpc GetFlat(Flat) returns (Flat) { option (google.api.http) = { get: "/flat" }; }
  rpc GetList(Flat) returns (List) { option (google.api.http) = { get: "/list" response_body: "items" }; }
  rpc GetTree(Flat) returns (Tree) { option (google.api.http) = { get: "/tree" }; }
  rpc GetTime(Flat) returns (google.protobuf.Timestamp) { option (google.api.http) = { get: "/time" }; }
  rpc GetNothing(Flat) returns (google.protobuf.Empty) { option (google.api.http) = { get: "/nothing" }; }
}
message Flat { string a = 1; google.protobuf.Timestamp at = 2; Inner inner = 3; oneof o { int32 b = 4; google.protobuf.Empty e = 5; } }
message Inner { optional double x = 1; }
message List { repeated Item items = 1; }
message Item { Inner inner = 1; }
message Tree { Inner inner = 1; Tree tree = 2; }
message HasStruct { google.protobuf.Struct struct = 1; }
message HasMap { map<string, int32> map = 1; Inner inner = 2; }
message HoldsMap { HasMap map = 1; }`;
  const modules = nameModules(plan({ "t.proto": source }));
  expect(modules.flatMap(flags).filter((text) => /^(?!Has|Holds)/.test(text))).toEqual(
    expect.arrayContaining(["Flat:ep", "Inner:eop", "List:", "Item:o", "Tree:eo", "Timestamp:deop", "Empty:ep"]),
  );
  const isFlat = new Map(modules.flatMap(({ messages }) => messages.map(({ name, flat }) => [name, flat])));
  expect(Object.fromEntries(isFlat)).toEqual({
    Flat: true,
    Inner: true,
    List: false,
    Item: true,
    Tree: false,
    HasStruct: false,
    HasMap: false,
    HoldsMap: false,
    Timestamp: false,
    Empty: true,
    ...Object.fromEntries(["Struct", "Value", "ListValue"].map((name) => [name, false])),
  });
});
