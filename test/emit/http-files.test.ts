/** What is written for an RPC, against text written by hand. */
import { describe, expect, test } from "vitest";
import { namePlan } from "../../src/emit/names/name-plan.js";
import { emitFunctions } from "../../src/emit/functions/functions.js";
import { emitHttpBindings } from "../../src/emit/http/http-bindings.js";
import { indexEmission } from "../../src/emit/objects/emit-scope.js";
import { emitParams } from "../../src/emit/http/params.js";
import { emitPatchMasks } from "../../src/emit/http/patch-mask.js";
import { emitRoutes } from "../../src/emit/functions/routes.js";
import { createCodeFile } from "../../src/emit/print/code-file.js";
import { emitRuntime, usedRuntimeModules } from "../../src/emit/functions/runtime-files.js";
import { emitScaffolds } from "../../src/emit/functions/scaffolds.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import { planFromProto } from "../support/plan-from-proto.js";

const proto = `
syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
import "google/protobuf/field_mask.proto";
service Shelves {
  rpc Update(UpdateRequest) returns (Shelf) {
    option (google.api.http) = { patch: "/v1/{shelf.id}" body: "shelf" additional_bindings { get: "/v1/x/{size}" response_body: "tags" } };
  }
  rpc Watch(UpdateRequest) returns (stream Shelf) {
    option (google.api.http) = { post: "/v1/{size}:watch" body: "*" };
  }
}
message UpdateRequest { Shelf shelf = 1; google.protobuf.FieldMask update_mask = 2; int64 size = 3; }
message Shelf { string id = 1; repeated string tags = 2; Theme theme = 3; oneof holder { string owner = 4; Shelf parent = 5; } map<int32, bool> seats = 6; }
enum Theme { THEME_UNSPECIFIED = 0; FICTION = 1; }
`;

const plan = planFromProto({ "acme/v1/shelves.proto": proto });
const scope = indexEmission(plan);

function contentOf(files: readonly OutputFile[], path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  return file?.content ?? `no ${path} among ${files.map((candidate) => candidate.path).join(", ")}`;
}

test("bindings: body, then path variables, then the query", () => {
  const content = contentOf(emitHttpBindings(scope), "gen/acme/v1/shelves.http.ts");
  expect(content.slice(content.indexOf("export const"))).toBe(`export const shelvesUpdate: Rpc<UpdateRequest, Shelf> = {
  service: "acme.v1.Shelves",
  method: "Update",
  kind: "unary",
  profile: grpcGateway,
  bindings: [
    {
      httpMethod: "PATCH",
      template: "/v1/{shelf.id}",
      segments: ["v1", "*"],
      captures: [[1, 2]],
      body: true,
      decode: (http, shelfId) => {
        const request = createUpdateRequest();
        const body = firstMessageBody(http, (json) => json);
        request.shelf = decodeShelf(body);
        request.updateMask = { paths: bodyPaths(body, addShelfPaths) };
        request.shelf ??= createShelf();
        request.shelf.id = shelfId;
        bindQuery(http, request, setUpdateRequestParam, ["shelf"]);
        return request;
      },
      encode: encodeShelf,
    },
    {
      httpMethod: "GET",
      template: "/v1/x/{size}",
      segments: ["v1", "x", "*"],
      captures: [[2, 3]],
      decode: (http, size) => {
        const request = createUpdateRequest();
        request.size = parseVariable("size", size, parseInt64);
        bindQuery(http, request, setUpdateRequestParam, ["size"]);
        return request;
      },
      encode: (reply) => jsonText(writeStrings(reply.tags)),
    },
  ],
};

export const shelvesWatch: Rpc<UpdateRequest, Shelf> = {
  service: "acme.v1.Shelves",
  method: "Watch",
  kind: "serverStreaming",
  profile: grpcGateway,
  bindings: [
    {
      httpMethod: "POST",
      template: "/v1/{size}:watch",
      segments: ["v1", "*"],
      verb: "watch",
      captures: [[1, 2]],
      body: true,
      decode: (http, size) => {
        const request = firstMessageBody(http, decodeUpdateRequest);
        request.size = parseVariable("size", size, parseInt64);
        return request;
      },
      encode: encodeShelf,
    },
  ],
};
`);
});

test("setters: a case per field that a URL can reach, in both spellings", () => {
  const content = contentOf(emitParams(scope), "gen/acme/v1/shelves.params.ts");
  const start = content.indexOf("/** A Shelf in which");
  expect(content.slice(start)).toBe(`/** A Shelf in which nothing is set. */
export function createShelf(): Shelf {
  return { id: "", tags: [], theme: "THEME_UNSPECIFIED", seats: {} };
}

/** Sets the field of a Shelf that a query parameter names from its part \`at\` on; throws DecodeError. */
export function setShelfParam(message: Shelf, param: Param, at: number): void {
  switch (param.path[at]) {
    case undefined:
      return refuseMessageParam(param, at - 1);
    case "id":
      message.id = paramValue(param, at);
      break;
    case "tags":
      for (const value of paramValues(param, at)) message.tags.push(value);
      break;
    case "theme":
      message.theme = parseTheme(paramValue(param, at));
      break;
    case "owner":
      if (message.holder !== undefined) refuseOneof("holder");
      message.holder = { case: "owner", value: paramValue(param, at) };
      break;
    case "parent":
      message.holder ??= { case: "parent", value: createShelf() };
      if (message.holder !== undefined && message.holder.case !== "parent") refuseOneof("holder");
      setShelfParam(message.holder.value, param, at + 1);
      break;
    case "seats": {
      const [key, value] = paramEntry(param, at);
      setEntry(message.seats, String(parseInt32(key)), parseBool(value));
      break;
    }
  }
}

/** Reads a Theme from text, by name or number; throws DecodeError. */
export function parseTheme(text: string): Theme {
  switch (text) {
    case "THEME_UNSPECIFIED":
    case "FICTION":
      return text;
  }
  switch (enumNumber(text)) {
    case 0:
      return "THEME_UNSPECIFIED";
    case 1:
      return "FICTION";
    default:
      return refuseEnum(text);
  }
}
`);
});

test("setters: an alias becomes the first name of its number, as in JSON", () => {
  const aliased = `syntax = "proto3"; package t; import "google/api/annotations.proto";
    service S { rpc Get(M) returns (M) { option (google.api.http) = { get: "/v1/t" }; } }
    message M { E e = 1; } enum E { option allow_alias = true; A = 0; B = 0; C = 1; }`;
  const files = emitParams(indexEmission(planFromProto({ "t.proto": aliased })));
  expect(contentOf(files, "gen/t.params.ts")).toContain(`  switch (text) {
    case "A":
    case "C":
      return text;
    case "B":
      return "A";
  }
`);
});

test("masks: a case per member of a PATCH body", () => {
  const content = contentOf(emitPatchMasks(scope), "gen/acme/v1/shelves.mask.ts");
  expect(content).toContain(`      case "parent":
        addMessagePaths(json[name], \`\${prefix}parent\`, paths, addShelfPaths);
        break;
      case "seats":
        paths.push(\`\${prefix}seats\`);
        break;
      default:
        refuseUnknownPath(name, prefix);
`);
});

describe("entries", () => {
  test("one RPC", () => {
    expect(
      contentOf(emitFunctions(namePlan(plan)), "gen/functions/shelves-update.ts"),
    ).toBe(`// Code generated by grpc2lambda from acme/v1/shelves.proto. DO NOT EDIT.

import { update } from "../../src/handlers/shelves/update.js";
import { shelvesUpdate } from "../acme/v1/shelves.http.js";
import { unary } from "../runtime/calls/unary.js";
import { httpApi } from "../runtime/doors/http-api.js";

// PATCH /v1/{shelf.id}
// GET /v1/x/{size}
export const handler = httpApi(unary(shelvesUpdate, update));
`);
  });

  test("two RPCs that the front door cannot tell apart, of an existing object", () => {
    const grpcJs = { "acme.v1.Shelves": { module: "src/shelves", exportName: "shelves" } };
    const old = planFromProto({ "acme/v1/shelves.proto": proto }, { grpcJs });
    const [first] = old.functions;
    if (first === undefined) throw new Error("no function");
    const both = { ...old, functions: [{ ...first, methods: old.methods }] };
    expect(
      contentOf(emitFunctions(namePlan(both)), "gen/functions/shelves-update.ts"),
    ).toBe(`// Code generated by grpc2lambda from acme/v1/shelves.proto. DO NOT EDIT.

import { shelves } from "../../src/shelves.js";
import { shelvesUpdate, shelvesWatch } from "../acme/v1/shelves.http.js";
import { packedDetail } from "../error-details.js";
import { router } from "../runtime/calls/endpoint.js";
import { serverStream } from "../runtime/calls/server-stream.js";
import { unary } from "../runtime/calls/unary.js";
import { httpApi } from "../runtime/doors/http-api.js";
import { grpcJsStream } from "../runtime/grpc-js/grpc-js-stream.js";
import { grpcJs } from "../runtime/grpc-js/grpc-js.js";

// PATCH /v1/{shelf.id}
// GET /v1/x/{size}
// POST /v1/{size}:watch
export const handler = httpApi(
  router([
    unary(shelvesUpdate, grpcJs(shelves, ["Update", "update"], packedDetail)),
    serverStream(shelvesWatch, grpcJsStream(shelves, ["Watch", "watch"], packedDetail)),
  ]),
);
`);
  });
});

test("the routing table", () => {
  const [first, second] = JSON.parse(emitRoutes(plan).content).routes;
  expect(first).toEqual({
    httpMethod: "PATCH",
    template: "/v1/{shelf.id}",
    rpc: "acme.v1.Shelves/Update",
    variables: ["shelf.id"],
    body: "shelf",
    responseBody: "",
    function: "shelves-update",
    routeKey: "PATCH /v1/{shelf_id}",
    auth: "iam",
  });
  expect(second).toMatchObject({ httpMethod: "GET", template: "/v1/x/{size}", responseBody: "tags" });
});

test("scaffolds are the user's", () => {
  const scaffolds = emitScaffolds(scope);
  expect(scaffolds.map(({ path, ownership }) => [path, ownership])).toEqual([
    ["src/handlers/shelves/update.ts", "user"],
    ["src/handlers/shelves/watch.ts", "user"],
  ]);
  expect(
    contentOf(scaffolds, "src/handlers/shelves/watch.ts"),
  ).toBe(`import type { Shelf, UpdateRequest } from "../../../gen/acme/v1/shelves.js";
import { RpcError, type ServerStreamingHandler } from "../../../gen/runtime/rpc.js";

export const watch: ServerStreamingHandler<UpdateRequest, Shelf> = async function* (_request, _context) {
  throw new RpcError("UNIMPLEMENTED", "Watch is not implemented yet");
};
`);
});

test("the runtime: what is imported and what that imports, stamped, and nothing else", () => {
  const entry = createCodeFile("gen/functions/a.ts", "");
  entry.use("gen/runtime/values/set-entry", "setEntry");
  entry.exportFrom("gen/runtime/values/percent", "*");
  entry.use("src/gen/runtime/values/date", "date");
  const files = emitRuntime(plan, usedRuntimeModules(plan, [entry.finish()]));
  expect(files.map(({ path }) => path)).toEqual([
    "gen/runtime/values/decode-error.ts",
    "gen/runtime/values/mismatch.ts",
    "gen/runtime/values/percent.ts",
    "gen/runtime/values/set-entry.ts",
  ]);
  expect(files[0]?.content.split("\n")[0]).toBe(
    "// Code generated by grpc2lambda: its runtime, ABI 1, as the package has it. DO NOT EDIT.",
  );
});
