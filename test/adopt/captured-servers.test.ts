/**
 * Whole server files of fixtures/servers/, each run by Node with @grpc/grpc-js, and captured in generated functions behind a simulated
 * door: the same requests have to get the same answers and errors.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, readdirSync, symlinkSync } from "node:fs";
import { Server } from "node:net";
import { join, resolve } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { localDoor } from "../../src/cli/dev/local-door.js";
import { startLocalFunctions } from "../../src/cli/dev/local-functions.js";
import { functionsById } from "../../src/cli/dev/local-routes.js";
import { prepareOutput } from "../../src/cli/project-output.js";
import { bufBinary, googleApiFiles } from "../support/buf.js";
import { type LocalProject, openProject } from "../support/local-project.js";
import { runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";
import { ask, call, connect, include, type Loose, type Route } from "./shop-calls.js";

const fixtures = resolve(import.meta.dirname, "../../fixtures/servers");

// Functions of Connect replace it in their process, which goes on to other files of tests.
const { listen } = Server.prototype;
afterAll(() => {
  Server.prototype.listen = listen;
});

/** A server as Node runs it, and as functions do. */
interface Served {
  /** The folder of fixtures/servers/. */
  readonly folder: string;
  readonly implementation: string;
  readonly library?: "nice-grpc" | "connect";
  readonly messages?: string;
  /** The generator of its messages, and options. */
  readonly generator?: readonly [plugin: "protoc-gen-ts_proto" | "protoc-gen-es", ...options: string[]];
}

const tsProto = [
  "protoc-gen-ts_proto",
  "outputServices=nice-grpc,outputServices=generic-definitions,useExactTypes=false",
] as const;

const protobufEs = ["protoc-gen-es", "target=ts", "import_extension=js"] as const;

const servers: Readonly<Record<string, Served>> = {
  "common-js": {
    folder: "common-js",
    implementation: "{ server: ./server.js }",
    messages: "{ keepCase: true, longs: String, enums: String, defaults: true, oneofs: true }",
  },
  "es-module": { folder: "es-module", implementation: "{ server: ./server.js }", messages: "{ defaults: true }" },
  typescript: { folder: "typescript", implementation: "{ server: ./server.ts#main }", messages: "{}" },
  "google-protobuf": { folder: "google-protobuf", implementation: "{ server: ./server.js, bridge: true }" },
  "ts-proto with Long": {
    folder: "ts-proto",
    implementation: "{ server: ./server.ts }",
    messages: "{ preset: ts-proto, longs: Long }",
    generator: ["protoc-gen-ts_proto", "outputServices=grpc-js", "forceLong=long", "esModuleInterop=true"],
  },
  "ts-proto with unions": {
    folder: "ts-proto-unions",
    implementation: "{ server: ./server.ts, bridge: true }",
    generator: [
      "protoc-gen-ts_proto",
      "outputServices=grpc-js",
      "oneof=unions",
      "stringEnums=true",
      "forceLong=long",
      "esModuleInterop=true",
    ],
  },
  "protobuf-es behind grpc-js": {
    folder: "protobuf-es",
    implementation: "{ server: ./server.ts }",
    messages: "protobuf-es",
    generator: protobufEs,
  },
  "protobuf-es behind grpc-js through the bridge": {
    folder: "protobuf-es",
    implementation: "{ server: ./server.ts, bridge: true }",
    generator: protobufEs,
  },
  "nice-grpc": {
    folder: "nice-grpc",
    implementation: "{ server: ./server.ts#main }",
    library: "nice-grpc",
    generator: tsProto,
  },
  "nice-grpc through the bridge": {
    folder: "nice-grpc",
    implementation: "{ server: ./server.ts#main, bridge: true }",
    library: "nice-grpc",
    generator: tsProto,
  },
  "an object for nice-grpc": {
    folder: "nice-grpc",
    implementation: "./shop.ts#shop",
    library: "nice-grpc",
    generator: tsProto,
  },
  connect: {
    folder: "connect",
    implementation: "{ server: ./server.ts }",
    library: "connect",
    generator: protobufEs,
  },
  "a function of connect's router": {
    folder: "connect",
    implementation: "./connect.ts#default",
    library: "connect",
    generator: protobufEs,
  },
};

/** Where a 64-bit integer is a number, ts-proto refuses a larger one, and functions round it. */
const beyondNumbers = [["get", { itemName: "huge", count: "9007199254740993" }]] as const;

function requestsOf({ implementation, library }: Served): readonly (readonly [Route, object])[] {
  const more = library === undefined ? [] : libraryRequests;
  const rounds = library === "nice-grpc" && !implementation.includes("bridge");
  return [...requests, ...more, ...(rounds ? [] : beyondNumbers)];
}

const requests: readonly (readonly [Route, object])[] = [
  ["get", { itemName: "book", count: "9007199254740991", kind: "BOOK", amount: 1.5, tags: ["a"], stock: { x: 1 } }],
  ["get", { itemName: "book", free: true, stock: { a: 2 } }],
  ["get", {}],
  ["get", { itemName: "missing" }],
  ["get", { itemName: "plain" }],
  ["get", { itemName: "thrown" }],
  ["list", { itemName: "book", count: "7" }],
  ["list", { itemName: "missing" }],
  ["add", { itemName: "one" }],
  ["trade", { itemName: "one" }],
  ["buy", { itemName: "one" }],
];

/** The answers that libraries above grpc-js give, and those that they make of errors. */
const libraryRequests: readonly (readonly [Route, object])[] = [
  ...["plain", "thrown", "aborted", "text", "bytes", "nothing", "partial", "detailed"].flatMap((itemName) =>
    (["get", "list", "add", "trade"] as const).map((route) => [route, { itemName }] as const),
  ),
  ...["sent", "broken", "burst"].map((itemName) => ["list", { itemName }] as const),
  ["add", { itemName: "missing" }],
  ["trade", { itemName: "missing" }],
  ["add", [{ itemName: "one" }, { itemName: "two" }]],
  ["trade", [{ itemName: "one" }, { itemName: "two" }]],
  ["add", []],
  ["trade", []],
];

describe.each(Object.entries(servers))("%s", (_, served) => {
  let folder: TemporaryProject;
  let peer: ChildProcess;
  let client: Loose;
  let project: LocalProject;

  beforeAll(async () => {
    folder = createProject({});
    cpSync(join(fixtures, served.folder), join(folder.root, "app"), { recursive: true });
    cpSync(join(fixtures, "shop.proto"), join(folder.root, "shop.proto"));
    symlinkSync(resolve("node_modules"), join(folder.root, "node_modules"));
    const root = join(folder.root, "app");
    if (served.generator !== undefined) generateCode(folder, ...served.generator);
    folder.put("app/grpc2lambda.yaml", configuration(served));
    const generated = await runCli(root, "generate");
    expect(generated.exitCode, generated.stderr).toBe(0);
    vi.stubEnv("INCLUDE", include);
    // nice-grpc warns of errors that are none of its own.
    vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    peer = await startPeer(root);
    client = await connect(peer, join(folder.root, "shop.proto"));
    project = await openProject(root, { prepareOutput, localDoor, functionsById, startLocalFunctions });
  }, 60_000);
  afterAll(async () => {
    client?.close();
    peer?.kill();
    await project?.stop();
    folder.remove();
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  test.each(requestsOf(served))("%s %j", async (route, request) => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { trailer, ...outcome } = await ask(project, route, request);
    const { trailer: sent, ...expected } = await call(client, route, request);
    expect(outcome).toEqual(expected);
    // What a stream says at its end is too late for HTTP's headers.
    if (route === "get" || route === "add" || route === "buy") expect(trailer).toEqual(sent);
    expect(
      quiet.mock.calls.flat().filter((text) => /which the functions do not know|functions have/.test(text)),
    ).toEqual([]);
    quiet.mockRestore();
  });

  test.runIf(served.generator)("the server and what is generated around it type-check", { timeout: 60_000 }, () => {
    const options = "--noEmit --strict --target es2022 --module nodenext --esModuleInterop --skipLibCheck --types node";
    const cwd = join(folder.root, "app");
    const entries = ["server.ts", ...readdirSync(join(cwd, "gen/functions")).map((name) => `gen/functions/${name}`)];
    const tsc = resolve("node_modules/.bin/tsc");
    const { stdout } = spawnSync(tsc, [...options.split(" "), ...entries], { cwd, encoding: "utf8" });
    expect(stdout).toBe("");
  });

  if (served.library === undefined) return;

  test("the signal of a call is aborted when its deadline passes", async () => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const codes = [
      await call(client, "get", { itemName: "slow" }, 300),
      await ask(project, "get", { itemName: "slow" }, 300),
    ];
    expect(codes.map(({ code }) => code)).toEqual([grpc.status.DEADLINE_EXCEEDED, grpc.status.DEADLINE_EXCEEDED]);
    const aborts = { replies: [{ count: "1" }] };
    await vi.waitFor(async () => expect(await call(client, "get", { itemName: "aborts" })).toMatchObject(aborts));
    await vi.waitFor(async () => expect(await ask(project, "get", { itemName: "aborts" })).toMatchObject(aborts));
    quiet.mockRestore();
  });
});

function configuration({ implementation, library = "grpc-js" as never, messages }: Served): string {
  return `protos: [../shop.proto]
include: [..]
transcoding: { clientStreaming: collect, grpcMetadata: forward }
deployment: { frontDoor: function-url }
services:
  acme.shop.v1.ShopService:
    implementation: ${implementation}
    library: ${library}
${messages === undefined ? "" : `    messages: ${messages}\n`}`;
}

/** Writes `app/messages/shop.ts`, or `app/messages/shop_pb.ts`. */
function generateCode(folder: TemporaryProject, plugin: string, ...options: readonly string[]): void {
  for (const [path, text] of Object.entries(googleApiFiles())) folder.put(path, text);
  folder.put("buf.yaml", "version: v2\nmodules:\n  - path: .\n    excludes: [node_modules]\n");
  const plugins = [
    { local: resolve("node_modules/.bin", plugin), out: "app/messages", opt: options, include_imports: true },
  ];
  const template = JSON.stringify({ version: "v2", plugins });
  execFileSync(bufBinary(), ["generate", "--template", template], { cwd: folder.root, stdio: "pipe" });
}

/** Runs the server's own file; TypeScript is bundled beside it. */
async function startPeer(root: string): Promise<ChildProcess> {
  const entryPoints = [join(root, "server.ts")];
  const outfile = join(root, "peer.mjs");
  const options = { bundle: true, packages: "external", platform: "node", format: "esm", logLevel: "silent" } as const;
  const isJavaScript = await build({ ...options, entryPoints, outfile }).catch(() => true);
  const file = isJavaScript === true ? join(root, "server.js") : outfile;
  const peer = spawn(process.execPath, [file], { env: { ...process.env, PORT: "0", NODE_NO_WARNINGS: "1" } });
  peer.stderr.pipe(process.stderr);
  return peer;
}
