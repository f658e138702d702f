/** Bindings, setters, entries, tables and scaffolds as source: they type-check in every style and the formatter leaves them alone. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import {
  idiomaticStyle,
  type MessageStyle,
  protobufEsStyle,
  protoLoaderDefaults,
  tsProtoStyle,
} from "../../src/emit/message-style.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import type { Plan } from "../../src/plan/plan.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { planVectors, vectorsProto } from "../transcoding/load-vectors.js";

/** Fields named like what the generated code declares itself, like words of the language and like Object.prototype. */
const hostile = `
syntax = "proto3";
package p;
import "google/api/annotations.proto";
import "google/api/httpbody.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/wrappers.proto";
message M {
  string constructor = 1;
  N to_string = 2;
  string request = 3;
  int32 http = 4;
  string __proto__ = 5;
  oneof value { N message = 6; string at = 7; bool hasOwnProperty = 8; google.api.HttpBody raw = 17; }
  map<string, N> param = 9;
  repeated M m = 10;
  string body = 11;
  bytes data = 12;
  int64 big = 13;
  optional bool opt = 14;
  M content = 15;
  google.protobuf.FieldMask mask = 16;
  repeated int64 a_field_name_as_long_as_the_longest_ones_in_googleapis_are = 18;
}
message AMessageWithANameThatIsAboutAsLongAsTheLongestOnesThatAreAroundInGoogleapisToday { string a = 1; }
message N { string a = 1; E class = 2; M valueOf = 3; }
// Setters of which a part is not needed: the value, and the message itself.
message OnlyMessages { N query = 1; }
message OnlyRefused { repeated N message = 1; }
enum E { option allow_alias = true; ZERO = 0; function = 1; alias = 1; }
service S {
  rpc Make(M) returns (M) {
    option (google.api.http) = {
      post: "/v1/{constructor}/{to_string.a}/{request}/{http}/{message.a}/{big}/{data}/{opt}"
      body: "m"
      additional_bindings { get: "/v2/{at}/{message.class}/{body}" }
      additional_bindings { put: "/v3/{hasOwnProperty}" body: "*" }
      additional_bindings { put: "/v4/{message.valueOf.at}" body: "*" response_body: "message" }
      additional_bindings { patch: "/v5/{content.constructor}" body: "content" }
      additional_bindings { post: "/v6/{a_field_name_as_long_as_the_longest_ones_in_googleapis_are}" body: "raw" response_body: "raw" }
      additional_bindings { post: "/v7" body: "param" response_body: "param" }
    };
  }
  // Streams. */ \${x}
  rpc MakeMany(M) returns (stream google.api.HttpBody) {
    option (google.api.http) = { get: "/" additional_bindings { custom { kind: "*" path: "/**" } } };
  }
  rpc Collect(stream M) returns (M) { option (google.api.http) = { post: "/s1" body: "*" additional_bindings { put: "/s1" body: "*" response_body: "m" } }; }
  // Talks.
  //
  rpc Talk(stream N) returns (stream M) { option (google.api.http) = { post: "/s2" body: "*" }; }
  rpc Values(stream google.protobuf.Value) returns (stream google.protobuf.Value) { option (google.api.http) = { post: "/s3" body: "*" }; }
  rpc Wrappers(stream google.protobuf.Int64Value) returns (N) { option (google.api.http) = { post: "/s4" body: "*" }; }
  rpc Upload(stream google.api.HttpBody) returns (N) { option (google.api.http) = { post: "/s5" body: "*" }; }
  rpc UploadField(stream M) returns (google.api.HttpBody) { option (google.api.http) = { post: "/s6" body: "raw" }; }
  rpc Path(stream M) returns (M) { option (google.api.http) = { post: "/s8/{constructor}/{to_string.a}/{message.a}/{big}" body: "*" }; }
  rpc PathFile(stream M) returns (M) { option (google.api.http) = { post: "/s9/{body}" body: "raw" }; }
  rpc LongPath(stream AMessageWithANameThatIsAboutAsLongAsTheLongestOnesThatAreAroundInGoogleapisToday) returns (N) { option (google.api.http) = { post: "/s10/{a}" body: "*" }; }
  rpc SetMessages(OnlyMessages) returns (N) { option (google.api.http) = { get: "/s11" }; }
  rpc Refuse(OnlyRefused) returns (N) { option (google.api.http) = { get: "/s12" }; }
  rpc Long(stream AMessageWithANameThatIsAboutAsLongAsTheLongestOnesThatAreAroundInGoogleapisToday) returns (N) { option (google.api.http) = { post: "/s7" body: "*" }; }
}
`;

const styles: Readonly<Record<string, MessageStyle>> = {
  idiomatic: idiomaticStyle,
  "ts-proto": tsProtoStyle,
  "protobuf-es": protobufEsStyle,
  "proto-loader": protoLoaderDefaults,
  "proto-loader-full": {
    ...protoLoaderDefaults,
    names: "proto",
    longs: "String",
    enums: "String",
    bytes: "String",
    defaults: true,
    oneofs: "virtual",
  },
  "proto-loader-arrays": { ...protoLoaderDefaults, longs: "Number", bytes: "Array", arrays: true, objects: true },
  flat: { ...idiomaticStyle, oneofs: "flat", wellKnownTypes: "message", longs: "String", enums: "Number" },
  virtual: { ...idiomaticStyle, oneofs: "virtual", defaults: false, bytes: "Buffer" },
};

const settings = {
  extends: "@tsconfig/strictest/tsconfig.json",
  compilerOptions: {
    target: "es2022",
    lib: ["es2023"],
    module: "nodenext",
    types: ["node"],
    verbatimModuleSyntax: true,
    noEmit: true,
  },
  include: ["**/*.ts"],
};

/** Everything that the user's code and the configuration can add to an RPC. */
const from = (exportName: string) => ({ module: "src/around", exportName });
const around = {
  transcoding: {
    binary: true,
    formBodies: true,
    clientStreaming: { maxMessages: 123_456 },
    behaviour: { methodNotAllowed: "405", streaming: "sse", queryWithBodyStar: "bind" },
  },
  plan: {
    interceptors: from("interceptors"),
    customization: { errorMapper: from("mapper"), headers: from("headers") },
    anyTypes: ["p.M"],
    methodOptions: new Map([["p.S.Make", { status: 201 }]]),
  },
  services: { "p.S": { interceptors: from("own") } },
} as const;

const aroundModule = `
import type { ErrorMapper, HeaderMatchers } from "../gen/runtime/customize.js";
import type { Interceptor } from "../gen/runtime/interceptors.js";
import type { Any } from "@bufbuild/protobuf/wkt";
import { badRequest, packedDetail, retryInfo } from "../gen/error-details.js";
import { RpcError } from "../gen/runtime/rpc.js";

export function fail(es: Any, loader: { type_url: string; value: Buffer }): never {
  // @ts-expect-error: a packed message has to be printed
  new RpcError("INTERNAL", "", { details: [es] });
  const details = [badRequest({ fieldViolations: [{ field: "a" }] }), retryInfo({ retryDelay: { seconds: 1n } })];
  throw new RpcError("INVALID_ARGUMENT", "", { details: [...details, packedDetail(es), packedDetail(loader)] });
}

export const interceptors: readonly Interceptor[] = [
  { before: (context) => { if (context.metadata.get("a").length === 0) throw new RpcError("UNAUTHENTICATED", context.template); } },
  { async after(response) { console.log(response.status); } },
];
export const own: readonly Interceptor[] = [
  { unary: async (request, _context, next) => next(request) },
  { async *serverStream(request, _context, next) { yield* next(request); } },
  { clientStream: async (requests, _context, next) => next(requests), bidiStream: (requests, _context, next) => next(requests) },
  { after: (response) => ({ ...response, status: 202 }) },
];
export const mapper: ErrorMapper = (status, request) => (status.code === 5 ? { body: request?.path ?? "" } : undefined);
export const headers: HeaderMatchers = { incoming: (header) => header, outgoing: (key) => key };
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "http-source-"));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  write("tsconfig.json", JSON.stringify(settings));
  write("package.json", '{ "type": "module" }\n');
  write("biome.json", '{ "formatter": { "indentStyle": "space", "indentWidth": 2, "lineWidth": 120 } }\n');
  for (const [name, style] of Object.entries(styles)) {
    for (const profile of ["grpc-gateway", "spec"] as const) {
      const unknownFields = profile === "spec" ? "reject" : "ignore";
      const transcoding = { profile, unknownFields, clientStreaming: "collect" } as const;
      writeAll(`hostile-${name}-${profile}`, planFromProto({ "p.proto": hostile }, { style, transcoding }));
    }
    writeAll(`hostile-${name}-around`, planFromProto({ "p.proto": hostile }, { style, ...around }));
    write(`hostile-${name}-around/src/around.ts`, aroundModule);
    writeAll(`vectors-${name}`, planFromProto({ "transcoding.proto": vectorsProto }, { style }));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** This stage's files, and what they import. */
function writeAll(name: string, plan: Plan): void {
  for (const { path, content } of emitFiles(plan)) write(join(name, path), content);
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

test("type-checks under @tsconfig/strictest, in every style and profile", () => {
  const { stdout } = spawnSync(process.execPath, [resolve("node_modules/typescript/bin/tsc"), "-p", "tsconfig.json"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stdout).toBe("");
});

test("the formatter leaves it alone", () => {
  const ours = Object.keys(styles).flatMap((name) => [
    `hostile-${name}-grpc-gateway`,
    `hostile-${name}-spec`,
    `hostile-${name}-around`,
    `vectors-${name}`,
  ]);
  const files = ours.flatMap((name) => {
    const module = name.startsWith("hostile") ? "p" : "transcoding";
    const modules = [".http.ts", ".params.ts", ".mask.ts"].map((end) => `${name}/gen/${module}${end}`);
    const tables = [`${name}/gen/routes.json`];
    const profile = name.endsWith("-around") ? [`${name}/gen/profile.ts`] : [`${name}/src`];
    return [...modules, `${name}/gen/functions`, ...tables, ...profile];
  });
  const biome = [resolve("node_modules/@biomejs/biome/bin/biome"), "format", ...files];
  const { stdout, stderr, status } = spawnSync(process.execPath, biome, { cwd: folder, encoding: "utf8" });
  expect({ status, stderr: status === 0 ? "" : stderr + stdout }).toEqual({ status: 0, stderr: "" });
});

test("same input, same bytes", () => {
  const emit = (): readonly OutputFile[] => emitFiles(planVectors());
  expect(emit()).toEqual(emit());
});
