/** Whatever emitted code imports was planned: bundling names each export that is missing. */
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { type BuildFailure, build, type Plugin, transform } from "esbuild";
import { expect, it } from "vitest";
import { emitBinaryCodec } from "../../src/emit/binary/binary-codec.js";
import { emitFiles } from "../../src/emit/emit-files.js";
import { emitHttpBindings } from "../../src/emit/http/http-bindings.js";
import { emitJsonCodec } from "../../src/emit/json/json-codec.js";
import { indexEmission } from "../../src/emit/objects/emit-scope.js";
import { emitMessageTypes } from "../../src/emit/objects/message-types.js";
import { emitParams } from "../../src/emit/http/params.js";
import { emitPatchMasks } from "../../src/emit/http/patch-mask.js";
import { protoLoaderDefaults } from "../../src/emit/message-style.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";

const corpus = (path: string): Record<string, string> => ({
  [path]: readFileSync(`node_modules/google-proto-files/${path}`, "utf8"),
});

/** Every place in which a message can be, each in a service of its own so that none borrows the codec of another. */
const places = `syntax = "proto3";
package places;
import "google/api/annotations.proto";
import "google/api/httpbody.proto";
import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
service Path { rpc Path(Request) returns (Reply) { option (google.api.http) = { get: "/a/{inner.deep.name}/{inner.kind}/{when}" }; } }
service PathAndBody { rpc PathAndBody(Request) returns (Reply) { option (google.api.http) = { post: "/b/{inner.deep.name}" body: "*" }; } }
service FieldBody { rpc FieldBody(Request) returns (Reply) { option (google.api.http) = { patch: "/c/{inner.deep.name}" body: "inner" response_body: "list" }; } }
service ListBody { rpc ListBody(Request) returns (Reply) { option (google.api.http) = { post: "/d" body: "deeps" response_body: "map" }; } }
service EnumBody { rpc EnumBody(Request) returns (Reply) { option (google.api.http) = { post: "/e" body: "kind" response_body: "kind" }; } }
service Raw { rpc Raw(google.api.HttpBody) returns (google.api.HttpBody) { option (google.api.http) = { post: "/f" body: "*" }; } }
service RawField { rpc RawField(RawRequest) returns (RawRequest) { option (google.api.http) = { post: "/g" body: "raw" response_body: "raw" }; } }
service AnyBody { rpc AnyBody(AnyRequest) returns (Reply) { option (google.api.http) = { post: "/h" body: "*" }; } }
service Query { rpc Query(Request) returns (Reply) { option (google.api.http) = { get: "/i" }; } }
service PathTime { rpc PathTime(Request) returns (Reply) { option (google.api.http) = { get: "/j/{when}/{number}" }; } }
service PostTime { rpc PostTime(Times) returns (Reply) { option (google.api.http) = { get: "/k" }; } }
service PathWrapped { rpc PathWrapped(Request) returns (Reply) { option (google.api.http) = { get: "/l/{number.value}/{value.string_value}" }; } }
service Wrapper { rpc Wrapper(google.protobuf.Int64Value) returns (google.protobuf.StringValue) { option (google.api.http) = { get: "/m" additional_bindings { get: "/m/{value}" } additional_bindings { post: "/m" body: "value" response_body: "value" } }; } }
service Struct { rpc Struct(google.protobuf.Struct) returns (google.protobuf.Struct) { option (google.api.http) = { get: "/n" additional_bindings { post: "/n" body: "fields" response_body: "fields" } }; } }
service Value { rpc Value(google.protobuf.Value) returns (google.protobuf.Value) { option (google.api.http) = { get: "/o" additional_bindings { post: "/o/{bool_value}" body: "struct_value" response_body: "list_value" } }; } }
service List { rpc List(google.protobuf.ListValue) returns (google.protobuf.ListValue) { option (google.api.http) = { get: "/p" additional_bindings { post: "/p" body: "values" response_body: "values" } }; } }
enum Kind { KIND_UNSPECIFIED = 0; }
message Deep { string name = 1; Kind kind = 2; Request again = 3; }
message Inner { Deep deep = 1; Kind kind = 2; }
message Request {
  Inner inner = 1; repeated Deep deeps = 2; Kind kind = 3; google.protobuf.Timestamp when = 4;
  repeated google.protobuf.Duration durations = 5; google.protobuf.FieldMask mask = 6; google.protobuf.Struct struct = 7;
  google.protobuf.Value value = 8; google.protobuf.Int64Value number = 9; map<string, Kind> kinds = 10; google.protobuf.Any any = 11;
  oneof choice { Deep chosen = 12; google.protobuf.ListValue values = 13; }
}
message Reply { repeated Deep list = 1; map<string, OnlyInMap> map = 2; Kind kind = 3; }
message Times { repeated google.protobuf.Timestamp times = 1; }
message OnlyInMap { string name = 1; }
message RawRequest { google.api.HttpBody raw = 1; string name = 2; }
message AnyRequest { google.protobuf.Any any = 1; }
`;

it.each<[string, Record<string, string>]>([
  ["every place of a message", { "places.proto": places }],
  ["the transcoding vectors", { "transcoding.proto": readFileSync("fixtures/vectors/transcoding.proto", "utf8") }],
  ["pubsub", corpus("google/pubsub/v1/pubsub.proto")],
  ["dataplex", corpus("google/cloud/dataplex/v1/catalog.proto")],
])("%s", async (_, files) => {
  const model = modelFromProto(files);
  const services = model.files.filter((file) => file.target).flatMap((file) => file.services);
  const grpcJs = { module: "src/service", exportName: "service" };
  const allGrpcJs = new Map(services.map((service) => [service.fullName, { grpcJs, messages: withoutLong }]));
  const choices = services.map(({ fullName }): Partial<PlanOptions> => ({ services: [fullName] }));
  for (const options of [{}, { serviceOptions: allGrpcJs }, ...choices]) {
    const scope = indexEmission(planGeneration(model, planOptions(options)).plan);
    const emitters = [emitMessageTypes, emitJsonCodec, emitBinaryCodec, emitParams, emitPatchMasks, emitHttpBindings];
    const output = emitters.flatMap((emit) => emit(scope));
    expect(await missingExports(output)).toEqual([]);
  }
});

it("keeps protos apart whose paths are like those of the output's own files", async () => {
  const proto = (name: string, more = ""): string => `syntax = "proto3"; package p.${name.toLowerCase()};
import "google/api/annotations.proto";
import "google/protobuf/any.proto";
${more}
service ${name}Service { rpc Get${name}(${name}) returns (${name}) { option (google.api.http) = { get: "/${name}/{name}" additional_bindings { patch: "/${name}" body: "*" } }; } }
message ${name} { string name = 1; google.protobuf.Any any = 2; ${more === "" ? "" : "p.types.Types types = 3; p.unary.Unary unary = 4;"} }
`;
  const files = {
    "acme/runtime/types.proto": proto("Types"),
    "acme/svc.proto": proto("Svc", 'import "acme/runtime/types.proto"; import "runtime/unary.proto";'),
    "any.proto": proto("Any"),
    "functions.proto": proto("Functions"),
    "functions/f.proto": proto("F"),
    "long.proto": proto("Long"),
    "manifest.proto": proto("Manifest"),
    "Routes.proto": proto("Upper"),
    "runtime.proto": proto("Runtime"),
    "runtime/service.proto":
      'syntax = "proto3"; package p.only; import "google/api/annotations.proto"; import "long.proto"; service Only { rpc Get(p.long.Long) returns (p.long.Long) { option (google.api.http) = { get: "/only" }; } }',
    "runtime/unary.proto": proto("Unary"),
  };
  const output = emitFiles(planGeneration(modelFromProto(files), planOptions()).plan);
  const paths = output.map(({ path }) => path);
  expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
  const runtime = paths.flatMap((path) => /^gen\/runtime\/(.*)\.ts$/.exec(path)?.[1] ?? []);
  expect(runtime.filter((name) => !existsSync(`src/runtime/${name}.ts`))).toEqual([]);
  expect(paths).toEqual(
    expect.arrayContaining(["gen/runtime/calls/unary.ts", "gen/runtime_/unary.ts", "gen/runtime_/service.http.ts"]),
  );
  expect(await missingExports(output.filter(({ path }) => path.endsWith(".ts")))).toEqual([]);
});

/** Bundles every module as JavaScript: in TypeScript a missing export might be a type, and goes unnoticed. */
async function missingExports(output: readonly OutputFile[]): Promise<string[]> {
  const modules = new Map<string, string>();
  for (const { path, content } of output) {
    const { code } = await transform(content, { loader: "ts", tsconfigRaw: strictImports });
    modules.set(`/${path.replace(/\.ts$/, ".js")}`, code);
  }
  const entries = [...modules.keys()].map((path, at) => `export * as module${at} from "${path}";`);
  const bundling = build({
    stdin: { contents: entries.join("\n"), resolveDir: "/", loader: "js" },
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "silent",
    plugins: [fromMemory(modules)],
  });
  const { errors, warnings } = await bundling.catch((failure: BuildFailure) => failure);
  return [...errors, ...warnings].map((message) => message.text);
}

const strictImports = { compilerOptions: { verbatimModuleSyntax: true } };

/** The runtime and the user's own modules are taken to export what is asked for. */
function fromMemory(modules: ReadonlyMap<string, string>): Plugin {
  return {
    name: "from-memory",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, resolveDir }) => {
        const full = posix.resolve(resolveDir, path);
        if (modules.has(full)) return { path: full, namespace: "emitted" };
        const isOurs = full.startsWith("/gen/") && !full.startsWith("/gen/runtime/");
        return isOurs ? { errors: [{ text: `No module ${full}` }] } : { path, external: true };
      });
      onLoad({ filter: /.*/, namespace: "emitted" }, ({ path }) => {
        return { contents: modules.get(path) ?? "", loader: "js", resolveDir: posix.dirname(path) };
      });
    },
  };
}

/** `Long` would ask for the package of the user's project. */
const withoutLong = { ...protoLoaderDefaults, longs: "String" } as const;
