/**
 * A whole NestJS application (fixtures/servers/nestjs), run by Node over gRPC, and captured in generated functions behind a simulated
 * door, from its sources and from what the compiler made of them: the same requests have to get the same answers and errors.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join, resolve } from "node:path";
import { ts } from "ts-morph";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { localDoor } from "../../src/cli/dev/local-door.js";
import { startLocalFunctions } from "../../src/cli/dev/local-functions.js";
import { functionsById } from "../../src/cli/dev/local-routes.js";
import { prepareOutput } from "../../src/cli/project-output.js";
import { type LocalProject, openProject } from "../support/local-project.js";
import { runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";
import { ask, call, connect, include, type Loose, type Route } from "./shop-calls.js";

const fixtures = resolve(import.meta.dirname, "../../fixtures/servers");

let folder: TemporaryProject;
let root: string;
let peer: ChildProcess;
let client: Loose;

beforeAll(async () => {
  folder = createProject({});
  root = join(folder.root, "app");
  cpSync(join(fixtures, "nestjs"), root, { recursive: true });
  folder.put("shop.proto", protoOf(readFileSync(join(fixtures, "shop.proto"), "utf8")));
  symlinkSync(resolve("node_modules"), join(folder.root, "node_modules"));
  compile();
  vi.stubEnv("INCLUDE", include);
  const port = await freePort();
  peer = spawn(process.execPath, [join(root, "dist/main.js")], { env: { ...process.env, PORT: String(port) } });
  // NestJS logs errors that are none of its own.
  peer.stderr?.resume();
  client = await connect(peer, join(folder.root, "shop.proto"));
}, 60_000);
afterAll(() => {
  client?.close();
  peer?.kill();
  folder.remove();
  vi.unstubAllEnvs();
});

/** The service with one more method, which other servers do not have. */
function protoOf(text: string): string {
  const talk = `rpc TalkItems(stream Item) returns (Item) { option (google.api.http) = { post: "/v1/talk" body: "*" }; }`;
  return text.replace("rpc BuyItem", `${talk}\n  rpc BuyItem`);
}

/** As `nest build` does: a file for each, and the path aliases of the tsconfig.json replaced. */
function compile(): void {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, root);
  for (const name of readdirSync(join(root, "src"))) {
    const text = readFileSync(join(root, "src", name), "utf8");
    const { outputText } = ts.transpileModule(text, { fileName: name, compilerOptions: options });
    folder.put(`app/dist/${name.replace(/ts$/, "js")}`, outputText.replaceAll('"@shop/', '"./'));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** `get` for each item, and calls of other methods. */
const requests: readonly (readonly [Route, object | readonly object[]])[] = [
  ["get", { itemName: "book", count: "9007199254740993", kind: "BOOK", amount: 1.5, tags: ["a"], stock: { x: 1 } }],
  ["get", {}],
  ...[
    ...["nobody", "refused", "bad"],
    ...["rpc", "rpc-text", "http", "plain", "sold-out", "observable-error", "rejected", "trailing-error"],
    ...["observable", "later", "promise-of-observable", "header"],
  ].map((itemName) => ["get", { itemName }] as const),
  ...["book", "missing", "empty", "late-error", "late-plain"].map((itemName) => ["list", { itemName }] as const),
  ...(["add", "trade", "talk"] as const).flatMap((route) => [
    [route, [{ itemName: "one" }, { itemName: "two" }]] as const,
    [route, []] as const,
    [route, [{ itemName: "one" }, { itemName: "missing" }]] as const,
  ]),
  ["buy", { itemName: "no method" }],
];

describe.each(["./src/main.ts", "./dist/main.js"])("%s", (server) => {
  let project: LocalProject;

  beforeAll(async () => {
    vi.spyOn(console, "log").mockImplementation(() => undefined);
    folder.put("app/grpc2lambda.yaml", configuration(server));
    const generated = await runCli(root, "generate");
    expect(generated.exitCode, generated.stderr).toBe(0);
    project = await openProject(root, { prepareOutput, localDoor, functionsById, startLocalFunctions });
  }, 60_000);
  afterAll(() => project?.stop());

  test.each(requests)("%s %j", async (route, request) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    vi.spyOn(process.stderr, "write").mockImplementation(() => true);
    const outcome = await ask(project, route, request);
    vi.restoreAllMocks();
    expect(outcome).toEqual(await call(client, route, request));
  });

  test("the first of several replies is the answer; of grpc-js a client gets none, because both are sent at once", async () => {
    const { replies } = await ask(project, "get", { itemName: "observables" });
    expect(replies).toEqual([expect.objectContaining({ itemName: "first" })]);
    expect(await call(client, "get", { itemName: "observables" }, 200)).toMatchObject({ replies: [], code: 4 });
  });

  test("a deadline ends observables", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const outcomes = [
      await ask(project, "list", { itemName: "endless" }, 100),
      await call(client, "list", { itemName: "endless" }, 100),
    ];
    expect(outcomes.map(({ code }) => code)).toEqual([4, 4]);
    const ended = async (get: () => Promise<Loose>): Promise<void> =>
      vi.waitFor(async () => expect(Number((await get()).replies[0].count)).toBeGreaterThan(0));
    await ended(() => ask(project, "get", { itemName: "ended" }));
    await ended(() => call(client, "get", { itemName: "ended" }));
    vi.restoreAllMocks();
  });
});

function configuration(server: string): string {
  return `protos: [../shop.proto]
include: [.., ${include}]
transcoding: { clientStreaming: collect, grpcMetadata: forward }
deployment: { frontDoor: function-url }
services:
  acme.shop.v1.ShopService:
    implementation: { server: ${server} }
    messages: { longs: String, enums: String }
`;
}
