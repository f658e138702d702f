/** Services whose RPCs stream their requests, generated, bundled and called with events. */
import { beforeAll, beforeEach, vi } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import { namePlan } from "../../src/emit/names/name-plan.js";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import type { Interceptor } from "../../src/runtime/interceptors.js";
import type { Context } from "../../src/runtime/rpc.js";
import { loadEmitted } from "../support/load-emitted.js";
import { type PlanFromProtoOptions, planFromProto } from "../support/plan-from-proto.js";
import { event, oldStyle } from "./library-functions.js";

// biome-ignore lint/suspicious/noExplicitAny: messages of the emitted types, calls of grpc-js, results of Lambda
export type Loose = any;

const proto = `
syntax = "proto3";
package t;
import "google/api/annotations.proto";
import "google/api/httpbody.proto";
import "google/protobuf/struct.proto";

service Shelf {
  rpc AddBooks(stream Book) returns (Added) {
    option (google.api.http) = { post: "/books" body: "*" additional_bindings { post: "/{title=shelves/*}/{pages}/books" body: "*" } };
  }
  rpc Talk(stream Book) returns (stream Book) {
    option (google.api.http) = { post: "/talk" body: "*" };
  }
  rpc Values(stream google.protobuf.Value) returns (google.protobuf.ListValue) {
    option (google.api.http) = { post: "/values" body: "*" };
  }
  rpc Upload(stream google.api.HttpBody) returns (Added) {
    option (google.api.http) = { post: "/upload" body: "*" };
  }
  rpc UploadFile(stream File) returns (Added) {
    option (google.api.http) = { post: "/file" body: "content" };
  }
}
service OldShelf {
  rpc AddBooks(stream Book) returns (Added) { option (google.api.http) = { post: "/old/books" body: "*" }; }
  rpc Talk(stream Book) returns (stream Book) { option (google.api.http) = { post: "/old/talk" body: "*" }; }
}
message Book { string title = 1; int64 pages = 2; repeated Book parts = 3; map<string, int32> marks = 4; bytes cover = 5; }
message File { string name = 1; google.api.HttpBody content = 2; }
message Added { int32 count = 1; repeated string titles = 2; }
`;

/** The messages that handlers have read, in order. */
export const received: Loose[] = [];

async function* drain(requests: AsyncIterable<Loose>): AsyncGenerator<Loose> {
  for await (const request of requests) {
    received.push(request);
    yield request;
  }
}

/** All messages of a stream. */
export async function collect(requests: AsyncIterable<Loose>): Promise<Loose[]> {
  const list: Loose[] = [];
  for await (const request of drain(requests)) list.push(request);
  return list;
}

/** The code of the user, which tests replace. */
export const handlers = {
  addBooks: async (requests: AsyncIterable<Loose>, _context: Context): Promise<Loose> => {
    const titles = (await collect(requests)).map(({ title }) => title);
    return { count: titles.length, titles };
  },
  async *talk(requests: AsyncIterable<Loose>, _context: Context): AsyncGenerator<Loose> {
    for await (const book of drain(requests)) yield { ...book, title: `${book.title}!` };
  },
  values: (requests: AsyncIterable<Loose>): Promise<Loose> => collect(requests),
  upload: async (requests: AsyncIterable<Loose>): Promise<Loose> => ({
    count: (await collect(requests)).length,
    titles: [],
  }),
  old: {
    addBooks: (_call: Loose, _callback: Loose): Loose => undefined,
    Talk: (_call: Loose): Loose => undefined,
  },
  interceptors: [] as readonly Interceptor[],
};

const calls: Readonly<Record<string, string>> = {
  "add-books": "addBooks",
  talk: "talk",
  values: "values",
  upload: "upload",
  "upload-file": "upload",
};

/** The functions by id, bundled with options of their own. */
export async function load(more: PlanFromProtoOptions = {}): Promise<Record<string, HttpApiHandler>> {
  Object.assign(globalThis, { streamHandlers: handlers });
  const grpcJs = { "t.OldShelf": { module: "src/old", exportName: "old", messages: oldStyle } };
  const behaviour = { httpBodyRequests: "raw" } as const;
  const transcoding = { clientStreaming: "collect", behaviour, ...more.transcoding } as const;
  const plan = planFromProto({ "t.proto": proto }, { ...more, transcoding, grpcJs });
  const emitted = emitFiles(plan).filter(
    ({ path, ownership }) => ownership === "generated" && !path.includes("/runtime/"),
  );
  const user = (path: string, content: string) => ({ path, content, ownership: "user" }) as const;
  const own = [
    ...namePlan(plan).methods.flatMap(({ implementation, code }) => {
      if (implementation.kind !== "function") return [];
      const name = calls[/([\w-]+)\.ts$/.exec(code.module)?.[1] ?? ""];
      const call = `(...call) => globalThis.streamHandlers.${name}(...call)`;
      return [user(code.module, `export const ${code.exportName} = ${call};`)];
    }),
    user("src/old.ts", "export const { old } = globalThis.streamHandlers;"),
    user("src/around.ts", "export const { interceptors } = globalThis.streamHandlers;"),
  ];
  const entries = plan.functions.map(({ id }) => `gen/functions/${id}`);
  const modules = await loadEmitted([...emitted, ...own], entries);
  return Object.fromEntries(plan.functions.map(({ id }, index) => [id, modules[index]?.handler as HttpApiHandler]));
}

/** The parts of a request in addition to its body, and the functions that get it. */
export interface Sent {
  readonly functions?: Record<string, HttpApiHandler>;
  readonly headers?: object;
  readonly remaining?: number;
  readonly isBase64Encoded?: boolean;
}

let functions: Record<string, HttpApiHandler> | undefined;

/** Calls a function by its id, without the service, or with it where there are two. */
export function post(id: string, body: string, sent: Sent = {}): Promise<Loose> {
  if (!id.startsWith("old-shelf")) return call(`shelf-${id}`, paths[id] ?? "", body, sent);
  return call(id, `/old/${id.endsWith("talk") ? "talk" : "books"}`, body, sent);
}

/** Calls a function at a path of its own. */
export async function call(
  id: string,
  path: string,
  body: string,
  { remaining = 28_000, ...sent }: Sent = {},
): Promise<Loose> {
  const lambda = { awsRequestId: "id", getRemainingTimeInMillis: () => remaining };
  const { headers = {}, isBase64Encoded = false } = sent;
  const handler = (sent.functions ?? functions)?.[id];
  const result: Loose = await handler?.(event("POST", path, { body, headers, isBase64Encoded }), lambda);
  const lines = String(result.body).split("\n").filter(Boolean);
  return { status: result.statusCode, headers: result.headers, lines: lines.map((line) => JSON.parse(line)) };
}

const paths: Readonly<Record<string, string>> = {
  "add-books": "/books?title=x&pages=7",
  talk: "/talk",
  values: "/values",
  upload: "/upload",
  "upload-file": "/file",
};

/** Bundles the functions once, and begins each test of the file that calls this with no messages and no spies. */
export function setUpStreams(): void {
  beforeAll(async () => {
    functions ??= await load();
  });
  beforeEach(() => {
    vi.restoreAllMocks();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    received.length = 0;
  });
}

/** The answer to two books. */
export const two = { status: 200, lines: [{ count: 2, titles: ["a", "b"] }] };
