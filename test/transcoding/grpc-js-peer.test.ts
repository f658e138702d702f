/**
 * Service objects behind generated functions beside the same objects in a real server of @grpc/grpc-js with @grpc/proto-loader: status,
 * message, replies and metadata have to be the same, and the same again through functions that let that server answer.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as grpc from "@grpc/grpc-js";
import * as protoLoader from "@grpc/proto-loader";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import { grpcJsNames } from "../../src/emit/functions/grpc-js-names.js";
import { idiomaticStyle } from "../../src/emit/message-style.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import { loadEmitted } from "../support/load-emitted.js";
import { type PlanFromProtoOptions, planFromProto } from "../support/plan-from-proto.js";
import { fc } from "../support/property.js";
import { loadTsProto } from "../support/ts-proto.js";
import { event, oldStyle } from "./library-functions.js";

// biome-ignore lint/suspicious/noExplicitAny: what grpc-js hands to JavaScript services
type Loose = any;

const proto = `
syntax = "proto3";
package t.v1;
import "google/api/annotations.proto";
service S {
  rpc Get(M) returns (M) { option (google.api.http) = { get: "/get" }; }
  rpc List(M) returns (stream M) { option (google.api.http) = { get: "/list" }; }
  rpc Add(stream M) returns (M) { option (google.api.http) = { post: "/add" body: "*" }; }
  rpc Talk(stream M) returns (stream M) { option (google.api.http) = { post: "/talk" body: "*" }; }
}
message M { string name = 1; }
`;

const kinds = ["get", "list", "add", "talk"] as const;
type Kind = (typeof kinds)[number];

/** What the method does; both sides call it. */
let behaviour: (call: Loose, callback?: Loose) => unknown;
const service = Object.fromEntries(kinds.map((kind) => [kind, (...call: [Loose, Loose]) => behaviour(...call)]));

/** What a caller of either side gets to know. */
interface Outcome {
  readonly replies: readonly string[];
  readonly code: number;
  readonly message: string;
  readonly header: readonly string[];
  readonly trailer: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), "grpc-js-peer-"));
const server = new grpc.Server();
let client: Loose;
type Functions = Record<Kind, HttpApiHandler>;
let functions: Functions;
let proxies: Functions;

beforeAll(async () => {
  writeFileSync(join(folder, "t.proto"), proto);
  const options = { keepCase: true, includeDirs: [resolve("node_modules/google-proto-files")] };
  const definition = protoLoader.loadSync(join(folder, "t.proto"), options);
  server.addService((definition as Loose)["t.v1.S"], service);
  const port = await new Promise<number>((done, fail) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? done(bound) : fail(error),
    ),
  );
  const { t } = grpc.loadPackageDefinition(definition) as Loose;
  client = new t.v1.S(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  functions = await loadFunctions();
  process.env["PEER_ADDRESS"] = `127.0.0.1:${port}`;
  proxies = await loadProxies();
});
afterAll(() => {
  client.close();
  server.forceShutdown();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  vi.restoreAllMocks();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

async function loadFunctions(): Promise<Functions> {
  Object.assign(globalThis, { peerService: service });
  const grpcJs = { "t.v1.S": { module: "src/service", exportName: "service", messages: oldStyle } };
  const content = "export const service = globalThis.peerService;";
  return loadPlanned({ grpcJs }, [{ path: "src/service.ts", content, ownership: "user" }]);
}

/** Functions that pass requests on to the server. */
async function loadProxies(): Promise<Functions> {
  const proxy = {
    implementation: { kind: "proxy", dependency: "peer", protocol: "grpc" },
    messages: idiomaticStyle,
  } as const;
  const dependencies = [
    { name: "peer", address: { kind: "text", text: "peer:50051" }, protocol: "grpc", tls: false },
  ] as const;
  return loadPlanned({ plan: { proxy, dependencies } }, []);
}

async function loadPlanned(options: PlanFromProtoOptions, files: readonly OutputFile[]): Promise<Functions> {
  const plan = planFromProto({ "t.proto": proto }, { ...options, transcoding: { clientStreaming: "collect" } });
  const emitted = emitFiles(plan).filter(({ path }) => !path.includes("/runtime/"));
  const entries = plan.functions.map(({ id }) => `gen/functions/${id}`);
  const modules = await loadEmitted([...emitted, ...files], entries);
  const named = plan.functions.map(({ id }, index) => [id.replace("s-", ""), modules[index]?.handler]);
  return Object.fromEntries(named) as Functions;
}

/**
 * Both functions answer as the server does. The trailer of a stream comes after the first reply, when the headers of the HTTP response
 * have left, unless it comes with an error.
 */
async function expectPeer(kind: Kind): Promise<void> {
  const expected = await peer(kind);
  expect(await ours(kind)).toEqual(expected);
  const isLate = (kind === "list" || kind === "talk") && expected.replies.length > 0;
  expect(await ours(kind, proxies)).toEqual(isLate ? { ...expected, trailer: [] } : expected);
}

/** The call as grpc-js' own client sees it. */
function peer(kind: Kind): Promise<Outcome> {
  const replies: string[] = [];
  const seen = { header: [] as string[], trailer: [] as string[] };
  return new Promise((done) => {
    const callback = (_error: unknown, reply: Loose): void => {
      if (reply != null) replies.push(reply.name);
    };
    const deadline = { deadline: Date.now() + 10_000 };
    const open = {
      get: () => client.get({ name: "q" }, deadline, callback),
      list: () => client.list({ name: "q" }, deadline),
      add: () => client.add(deadline, callback),
      talk: () => client.talk(deadline),
    };
    const call = open[kind]();
    call.on("error", () => undefined);
    call.on("data", (reply: Loose) => replies.push(reply.name));
    call.on("metadata", (metadata: grpc.Metadata) => seen.header.push(...own(metadata)));
    call.on("status", async ({ code, details, metadata }: grpc.StatusObject) => {
      seen.trailer.push(...own(metadata));
      await sleep(1);
      done({ replies, code, message: code === 0 ? "" : details, ...seen });
    });
    if (kind === "add" || kind === "talk") {
      call.write({ name: "q" });
      call.end();
    }
  });
}

/** Metadata of the service: not that of the transport. */
function own(metadata: grpc.Metadata): string[] {
  return Object.entries(metadata.getMap())
    .filter(([name]) => name.startsWith("x-"))
    .map(([name, value]) => `${name}=${value}`);
}

/** The call through the generated function. */
async function ours(kind: Kind, those = functions): Promise<Outcome> {
  const isPost = kind === "add" || kind === "talk";
  const request = isPost
    ? event("POST", `/${kind}`, { headers: { te: "trailers" }, body: '{"name":"q"}' })
    : event("GET", `/${kind}?name=q`, { headers: { te: "trailers" } });
  const lambda = { awsRequestId: "id", getRemainingTimeInMillis: () => 10_000 };
  const { body, headers } = (await those[kind](request, lambda)) as Loose;
  const lines: Loose[] = body
    .split("\n")
    .filter((line: string) => line !== "")
    .map((line: string) => JSON.parse(line));
  const status = lines.map((line) => line.error ?? line).find((line) => line.code !== undefined);
  const replies = lines.flatMap((line) => line.result?.name ?? line.name ?? []);
  const named = (prefix: string): string[] =>
    Object.entries(headers)
      .filter(([name]) => name.toLowerCase().startsWith(prefix))
      .map(([name, value]) => `${name.toLowerCase().slice(prefix.length)}=${value}`);
  const header = named("grpc-metadata-");
  const trailer = named("grpc-trailer-");
  return { replies, code: status?.code ?? 0, message: status?.message ?? "", header, trailer };
}

function metadata(value: string): grpc.Metadata {
  const made = new grpc.Metadata();
  made.set("x-own", value);
  return made;
}

/** Everything that a caller of `callback`, or whoever emits an error, may pass. */
const errors: Readonly<Record<string, unknown>> = {
  "code and details": { code: 5, details: "none" },
  "code and message": Object.assign(new Error("m"), { code: 6 }),
  "code, details and message": Object.assign(new Error("m"), { code: 7, details: "d" }),
  "code alone": { code: 8 },
  "details alone": { details: "d" },
  "an Error": new Error("boom"),
  "an Error without a message": new Error(),
  "a class of errors": new RangeError("range"),
  nothing: {},
  "a code of text": Object.assign(new Error("no such file"), { code: "ENOENT", details: "d" }),
  "a fraction for a code": Object.assign(new Error("m"), { code: 5.5, details: "d" }),
  "a code beyond 16": { code: 17, details: "d" },
  "details that are no text": Object.assign(new Error("m"), { code: 9, details: 5 }),
  "a message that is no text": { code: 10, message: 5 },
  "an undefined message": { code: 10, message: undefined },
  "an empty text": { code: 10, details: "" },
  "text beyond ASCII": { code: 10, details: "Schlüssel\n100 %" },
  metadata: { code: 11, details: "d", metadata: metadata("error") },
};

describe("a callback with", () => {
  test.each(
    Object.entries(errors).flatMap(([name, error]) => [[name, "get", error] as const, [name, "add", error] as const]),
  )("%s (%s)", async (_, kind, error) => {
    behaviour = (call, callback) => {
      call.on("data", () => undefined);
      callback(error);
    };
    await expectPeer(kind);
  });

  test.each<[string, (callback: Loose) => unknown]>([
    ["a reply", (callback) => callback(null, { name: "r" })],
    ["undefined for the error", (callback) => callback(undefined, { name: "r" })],
    ["false for the error", (callback) => callback(false, { name: "r" })],
    ["0 for the error", (callback) => callback(0, { name: "r" })],
    ["an empty text for the error", (callback) => callback("", { name: "r" })],
    ["a text for the error", (callback) => callback("boom")],
    ["a reply and a trailer", (callback) => callback(null, { name: "r" }, metadata("trailer"))],
    ["an error and a trailer", (callback) => callback({ code: 5, details: "d" }, null, metadata("trailer"))],
    [
      "an error that has metadata, and a trailer",
      (callback) => callback({ code: 5, details: "d", metadata: metadata("error") }, null, metadata("trailer")),
    ],
    ["two errors", (callback) => [callback({ code: 5, details: "first" }), callback({ code: 6, details: "second" })]],
    [
      "a reply, and an error after it",
      (callback) => [callback(null, { name: "r" }), callback({ code: 6, details: "late" })],
    ],
    [
      "an error, and a reply after it",
      (callback) => [callback({ code: 6, details: "d" }), callback(null, { name: "r" })],
    ],
    [
      "an error, before the method throws",
      (callback) => {
        callback({ code: 6, details: "d" });
        throw new Error("late");
      },
    ],
    [
      "a reply, before the method throws",
      (callback) => {
        callback(null, { name: "r" });
        throw new Error("late");
      },
    ],
  ])("%s", async (_, answer) => {
    behaviour = (_call, callback) => void answer(callback);
    await expectPeer("get");
  });
});

describe("a stream whose error is", () => {
  test.each(
    Object.entries(errors).flatMap(([name, error]) => [[name, "list", error] as const, [name, "talk", error] as const]),
  )("%s (%s)", async (_, kind, error) => {
    behaviour = (call) => call.emit("error", error);
    await expectPeer(kind);
  });

  test.each(["list", "talk"] as const)("emitted after replies (%s)", async (kind) => {
    behaviour = (call) => {
      for (let index = 0; index < 30; index++) call.write({ name: String(index) });
      call.emit("error", { code: 5, details: "d" });
    };
    await expectPeer(kind);
  });

  test.each(["list", "talk"] as const)("OK: it ends well (%s)", async (kind) => {
    behaviour = (call) => {
      call.write({ name: "r" });
      call.emit("error", { code: 0, details: "d", metadata: metadata("error") });
    };
    await expectPeer(kind);
  });

  test("emitted by a method that answers once", async () => {
    behaviour = (call) => call.emit("error", { code: 5, details: "d" });
    await expectPeer("add");
  });
});

/** grpc-gateway's client (grpc-go 1.84) has these words for it; that of grpc-js has others. */
test.each(["get", "add"] as const)("a call that ends with OK and without its reply is INTERNAL (%s)", async (kind) => {
  behaviour = (call, callback) => {
    call.on("data", () => undefined);
    callback({ code: 0, details: "d", metadata: metadata("error") });
  };
  const message = "cardinality violation: received no response message from non-server-streaming RPC";
  expect(await ours(kind)).toEqual({ replies: [], code: 13, message, header: [], trailer: ["x-own=error"] });
});

describe("a method that throws", () => {
  const thrown: Readonly<Record<string, unknown>> = {
    "an Error": new Error("boom"),
    "an error with a code": Object.assign(new Error("x"), { code: 5, details: "not there" }),
    "a text": "boom",
    undefined: undefined,
    "metadata with its error": { code: 5, details: "d", metadata: metadata("error") },
  };

  test.each(kinds.flatMap((kind) => Object.entries(thrown).map(([name, value]) => [name, kind, value] as const)))(
    "%s (%s)",
    async (_, kind, value) => {
      behaviour = () => {
        throw value;
      };
      await expectPeer(kind);
    },
  );
});

describe("metadata of", () => {
  test.each(kinds)("header and trailer (%s)", async (kind) => {
    behaviour = (call, callback) => {
      call.sendMetadata(metadata("header"));
      call.on("data", () => undefined);
      if (callback !== undefined) return callback(null, { name: "r" }, metadata("trailer"));
      call.write({ name: "r" });
      call.end(metadata("trailer"));
    };
    await expectPeer(kind);
  });
});

const rpcNames = (): fc.Arbitrary<string> => {
  const letters = fc.constantFrom(..."abzABZ09__");
  return fc
    .tuple(fc.constantFrom(..."aBcD"), fc.array(letters, { maxLength: 12 }))
    .map(([first, rest]) => first + rest.join(""));
};

test("grpcJsNames has the names that proto-loader makes", () => {
  fc.assert(
    fc.property(rpcNames(), (rpc) => {
      const text = `syntax = "proto3"; service S { rpc ${rpc}(M) returns (M); } message M {}`;
      writeFileSync(join(folder, "names.proto"), text);
      const { originalName } = (protoLoader.loadSync(join(folder, "names.proto")) as Loose).S[rpc];
      expect(grpcJsNames(rpc)).toContain(originalName);
    }),
  );
});

test("grpcJsNames has the names that ts-proto gives to services of grpc-js", async () => {
  const names = [
    ...new Set(["GetUSState", "get_shelf", "ReadCACertificate", "X509", "GetV1beta2", ...fc.sample(rpcNames(), 60)]),
  ];
  const rpcs = names.map((name) => `rpc ${name}(M) returns (M);`).join("\n");
  const generated = await loadTsProto(`syntax = "proto3"; service S { ${rpcs} } message M {}`, [
    "outputServices=grpc-js",
  ]);
  const keys = Object.entries((generated as Loose).SService).map(([key, { path }]: Loose) => ({
    key,
    rpc: path.slice(3),
  }));
  expect(keys.filter(({ key, rpc }) => !grpcJsNames(rpc).includes(key))).toEqual([]);
  expect(keys.length).toBeGreaterThan(50);
});

test("grpcJsNames has the names of grpc-tools: the first letter in lower case", () => {
  expect(grpcJsNames("GetUSState")).toEqual(["GetUSState", "getUsState", "getUSState"]);
  expect(grpcJsNames("get")).toEqual(["get"]);
});
