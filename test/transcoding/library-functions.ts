/** A small API with handlers of both styles, generated, bundled and loaded as Lambda functions. */
import { emitFiles } from "../../src/emit/emit-files.js";
import type { MessageStyle } from "../../src/emit/message-style.js";
import { protoLoaderDefaults } from "../../src/emit/message-style.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import type { TranscodingOptions } from "../../src/plan/plan.js";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import { loadEmitted } from "../support/load-emitted.js";
import { type PlanFromProtoOptions, planFromProto } from "../support/plan-from-proto.js";

export const libraryProto = `
syntax = "proto3";
package acme.library.v1;
import "google/api/annotations.proto";

service LibraryService {
  // Returns a shelf.
  rpc GetShelf(GetShelfRequest) returns (Shelf) {
    option (google.api.http) = { get: "/v1/{name=shelves/*}" };
  }
  rpc CreateShelf(CreateShelfRequest) returns (Shelf) {
    option (google.api.http) = { post: "/v1/shelves" body: "shelf" };
  }
  rpc ListShelves(ListShelvesRequest) returns (stream Shelf) {
    option (google.api.http) = { get: "/v1/shelves" additional_bindings { post: "/v1/shelves:list" body: "*" } };
  }
}

// The same, served by an existing grpc-js object.
service OldLibraryService {
  rpc GetShelf(GetShelfRequest) returns (Shelf) {
    option (google.api.http) = { get: "/v0/{name=shelves/*}" };
  }
  rpc ListShelves(ListShelvesRequest) returns (stream Shelf) {
    option (google.api.http) = { get: "/v0/shelves" };
  }
}

// Details of errors.
message Trouble { string what = 1; int64 times = 2; Shelf shelf = 3; }

message Shelf { string name = 1; int64 book_count = 2; repeated string tags = 3; }
message GetShelfRequest { string name = 1; int32 page_size = 2; }
message CreateShelfRequest { Shelf shelf = 1; string shelf_id = 2; }
message ListShelvesRequest { int32 page_size = 1; string filter = 2; }
`;

export const oldStyle: MessageStyle = {
  ...protoLoaderDefaults,
  names: "proto",
  longs: "String",
  enums: "String",
  defaults: true,
  oneofs: "virtual",
};

/** What the handlers do is decided by the test, through a global. */
const handlerFiles: readonly OutputFile[] = [
  user(
    "src/handlers/library-service/get-shelf.ts",
    "export const getShelf = (...call) => globalThis.handlers.getShelf(...call);",
  ),
  user(
    "src/handlers/library-service/create-shelf.ts",
    "export const createShelf = (...call) => globalThis.handlers.createShelf(...call);",
  ),
  user(
    "src/handlers/library-service/list-shelves.ts",
    "export const listShelves = (...call) => globalThis.handlers.listShelves(...call);",
  ),
  user("src/interceptors.ts", "export const { api, own } = globalThis.handlers.interceptors ?? {};"),
  user("src/errors.ts", "export const { errorMapper, headers } = globalThis.handlers;"),
  user("src/old-library.ts", "export const oldLibrary = globalThis.handlers.oldLibrary;"),
];

function user(path: string, content: string): OutputFile {
  return { path, content, ownership: "user" };
}

/** Lambda handlers by function id. `handlers` is what the generated code calls. */
export async function loadLibrary(
  handlers: object,
  transcoding: Partial<TranscodingOptions> = {},
  more: Pick<PlanFromProtoOptions, "plan" | "services"> = {},
): Promise<Record<string, HttpApiHandler>> {
  Object.assign(globalThis, { handlers });
  const grpcJs = { module: "src/old-library", exportName: "oldLibrary", messages: oldStyle };
  const plan = planFromProto(
    { "acme/library/v1/library.proto": libraryProto },
    { ...more, transcoding, grpcJs: { "acme.library.v1.OldLibraryService": grpcJs } },
  );
  const emitted = emitFiles(plan).filter(
    ({ path, ownership }) => ownership === "generated" && !path.includes("/runtime/"),
  );
  const entries = plan.functions.map(({ id }) => `gen/functions/${id}`);
  const modules = await loadEmitted([...emitted, ...handlerFiles], entries);
  return Object.fromEntries(plan.functions.map(({ id }, index) => [id, modules[index]?.handler as HttpApiHandler]));
}

/** An event of payload format 2.0. */
export function event(
  method: string,
  target: string,
  more: { headers?: object; body?: string; [key: string]: unknown } = {},
): object {
  const [rawPath = "", rawQueryString = ""] = target.split("?");
  const { headers, ...rest } = more;
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    headers: { host: "api.example.com", "x-forwarded-for": "203.0.113.10", ...headers },
    requestContext: {
      domainName: "api.example.com",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "203.0.113.10", userAgent: "test" },
      requestId: "id",
      stage: "$default",
    },
    isBase64Encoded: false,
    ...rest,
  };
}
