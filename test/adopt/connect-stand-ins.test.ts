/** Stand-ins for Connect's adapters: services are noted, no port is opened, and what cannot work is said by name. */
import { EventEmitter } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, Server } from "node:net";
import { create, createFileRegistry, type DescService } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import * as connect from "@connectrpc/connect";
import * as connectNode from "@connectrpc/connect-node";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Metadata } from "../../src/runtime/metadata.js";

// biome-ignore lint/suspicious/noExplicitAny: stand-ins take what the libraries take
type Loose = any;

const realListen = Server.prototype.listen;
let service: typeof import("../../src/runtime/connect/connect-service.js");
let registrations: typeof import("../../src/runtime/captured-server/registrations.js");
let logged: string[];

/** Each test has a bundle of its own, as each function has. */
beforeEach(async () => {
  vi.resetModules();
  service = await import("../../src/runtime/connect/connect-service.js");
  registrations = await import("../../src/runtime/captured-server/registrations.js");
  logged = [];
  vi.spyOn(console, "error").mockImplementation((...parts) => void logged.push(parts.map(String).join(" ")));
});
afterEach(() => {
  vi.restoreAllMocks();
  Server.prototype.listen = realListen;
});

/** A router whose `service` registers a handler of a path. */
function createRouter(options: Loose): Loose {
  const handlers: object[] = [];
  const answer = async ({ contextValues }: Loose) => ({
    status: 200,
    body: (async function* () {})(),
    trailer: new Headers({ "grpc-status": "5", "grpc-message": String(contextValues) }),
  });
  return {
    handlers,
    service: (requestPath: string) =>
      handlers.push(Object.assign(answer, { requestPath, protocolNames: options.grpc ? ["grpc"] : [] })),
  };
}

const routes = (router: Loose): void => void router.service("/acme.v1.Shop/Get");
const shop = { file: "server.ts", createRouter };

test.each<[string, (options: Loose) => unknown]>([
  [
    "connectNodeAdapter",
    async (o) => (await import("../../src/runtime/connect/connect-node.js")).connectNodeAdapter(o),
  ],
  [
    "expressConnectMiddleware",
    async (o) => (await import("../../src/runtime/connect/connect-express.js")).expressConnectMiddleware(o),
  ],
  [
    "fastifyConnectPlugin",
    async (o) => {
      const done = vi.fn();
      (await import("../../src/runtime/connect/connect-fastify.js")).fastifyConnectPlugin({}, o, done);
      expect(done).toHaveBeenCalledWith();
    },
  ],
])("%s notes services before and after the router is known", async (_, adapt) => {
  await adapt({ routes });
  expect(registrations.registeredNames()).toEqual([]);
  service.connectService("acme.v1.Shop", shop);
  await adapt({ routes: (router: Loose) => router.service("/acme.v1.Stock/Get") });
  expect(registrations.registeredNames()).toEqual(["acme.v1.Shop", "acme.v1.Stock"]);
});

test("middleware of express passes requests on, and hooks around Connect are named as not run", async () => {
  const { expressConnectMiddleware } = await import("../../src/runtime/connect/connect-express.js");
  const next = vi.fn();
  expressConnectMiddleware({})({}, {}, next);
  expect(next).toHaveBeenCalledOnce();
  expect(logged).toEqual([
    "middleware of express does not run around services of Connect in a function; interceptors of Connect do",
  ]);
});

test("a function of a router registers once for all of its services", () => {
  const run = vi.fn(routes);
  const first = service.connectService("acme.v1.Shop", { ...shop, routes: run });
  expect(service.connectService("acme.v1.Shop", { ...shop, routes: run })).toBe(first);
  expect(run).toHaveBeenCalledOnce();
});

test("RPCs that the library's own router gets one by one are methods of one service", () => {
  const health = healthService();
  const routes = (router: connect.ConnectRouter): void => {
    router.rpc(health.method["check"] as Loose, () => ({}));
    router.rpc(health.method["watch"] as Loose, async function* () {});
  };
  const { createConnectRouter } = connect;
  service.connectService("acme.v1.Health", { ...shop, createRouter: createConnectRouter, routes: routes as Loose });
  expect(registrations.registeredNames()).toEqual(["acme.v1.Health"]);
  const { implementation = {} } = registrations.registered("acme.v1.Health") ?? {};
  expect(Object.keys(implementation)).toEqual(["Check", "Watch"]);
});

/** A service of two RPCs, as generated code of protobuf-es describes it. */
function healthService(): DescService {
  const message = { name: "Ping" };
  const method = (name: string, serverStreaming: boolean) => {
    return { name, inputType: ".acme.v1.Ping", outputType: ".acme.v1.Ping", serverStreaming };
  };
  const file = create(FileDescriptorProtoSchema, {
    name: "health.proto",
    package: "acme.v1",
    syntax: "proto3",
    messageType: [message],
    service: [{ name: "Health", method: [method("Check", false), method("Watch", true)] }],
  });
  const found = createFileRegistry(file, () => undefined).getService("acme.v1.Health");
  if (found === undefined) throw new Error("no service");
  return found;
}

test("an export that is no function of a router is named", () => {
  const routes = { say: () => undefined } as Loose;
  expect(() => service.connectService("acme.v1.Shop", { ...shop, routes })).toThrow(
    "server.ts exports object, expected a function of Connect's router: (router) => …",
  );
});

test("a method without gRPC is named, because functions call it through gRPC", () => {
  const createRouter = () =>
    ({ handlers: [{ requestPath: "/acme.v1.Shop/Get", protocolNames: ["connect"] }] }) as Loose;
  expect(() => service.connectService("acme.v1.Shop", { ...shop, createRouter, routes: () => undefined })).toThrow(
    "/acme.v1.Shop/Get is registered with grpc: false",
  );
});

test("a server without the service is named", async () => {
  service.addRouter({ routes });
  const other = service.connectService("acme.v1.Other", shop) as Loose;
  service.serverListens();
  await expect(other.Get()).rejects.toThrow("server.ts does not register acme.v1.Other, it registers acme.v1.Shop");
});

test("context values are made of the parts of a request", async () => {
  const contextValues = ({ headers, url, socket, raw }: Loose): unknown =>
    [headers["x-visitor"], url, socket.remoteAddress, raw.method].join(" ");
  service.addRouter({ routes, contextValues });
  const { Get } = service.connectService("acme.v1.Shop", shop) as Loose;
  const metadata = new Metadata();
  metadata.set("x-visitor", "Ada");
  const members = {
    request: Buffer.of(),
    metadata,
    sendMetadata: () => undefined,
    getHost: () => "",
    getPeer: () => "1.2.3.4",
  };
  const call = Object.assign(new EventEmitter(), members, { getDeadline: () => Number.POSITIVE_INFINITY });
  const callback = vi.fn();
  await Get(call, callback);
  expect(callback).toHaveBeenCalledWith(
    expect.objectContaining({ code: 5, details: "Ada /acme.v1.Shop/Get 1.2.3.4 POST" }),
  );
});

test("listen calls back without a port, under the address that was asked for", async () => {
  await import("../../src/runtime/connect/connect-node.js");
  const server = createServer();
  const address = await new Promise((done) => server.listen({ port: 8080 }, () => done(server.address())));
  expect([address, server.listening]).toEqual([{ address: "127.0.0.1", family: "IPv4", port: 8080 }, false]);
  const other = createServer().listen("8081");
  expect((other.address() as AddressInfo).port).toBe(8081);
});

test("clients of connect-node can be made; a call through one is refused by name", async () => {
  const { createGrpcTransport, createConnectTransport, createGrpcWebTransport, createNodeHttpClient } = await import(
    "../../src/runtime/connect/connect-node.js"
  );
  for (const [create, name] of [
    [createGrpcTransport, "createGrpcTransport"],
    [createConnectTransport, "createConnectTransport"],
    [createGrpcWebTransport, "createGrpcWebTransport"],
  ] as const) {
    const client = create() as Loose;
    await expect(client.unary()).rejects.toThrow(`the server uses ${name} of @connectrpc/connect-node`);
    await expect(client.stream()).rejects.toThrow(`the server uses ${name} of @connectrpc/connect-node`);
  }
  expect(createNodeHttpClient).toThrow("the server uses createNodeHttpClient of @connectrpc/connect-node");
});

test("the stand-in has every export of connect-node", async () => {
  const standIn = await import("../../src/runtime/connect/connect-node.js");
  expect(Object.keys(connectNode).filter((name) => !(name in standIn))).toEqual([]);
  expect(Object.keys(connect)).toContain("createConnectRouter");
});
