/** What a captured server cannot do, or does otherwise than its functions were generated for, is said by name and at once. */
import * as realGrpc from "@grpc/grpc-js";
import * as realLoader from "@grpc/proto-loader";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

type Grpc = typeof import("../../src/runtime/captured-server/grpc-js.js");
type Loader = typeof import("../../src/runtime/captured-server/proto-loader.js");
type Captured = typeof import("../../src/runtime/captured-server/captured-service.js");

// biome-ignore lint/suspicious/noExplicitAny: package definitions have no types
type Loose = any;

let grpc: Grpc;
let loader: Loader;
let capturedService: Captured["capturedService"];
let logged: string[];

/** Each test has a bundle of its own, as each function has. */
beforeEach(async () => {
  vi.resetModules();
  grpc = await import("../../src/runtime/captured-server/grpc-js.js");
  loader = await import("../../src/runtime/captured-server/proto-loader.js");
  ({ capturedService } = await import("../../src/runtime/captured-server/captured-service.js"));
  logged = [];
  vi.spyOn(console, "error").mockImplementation((...parts) => void logged.push(parts.map(String).join(" ")));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const keepCase = { keepCase: true, longs: String };

function serve(
  options: object = keepCase,
  implementation: object = { get: () => "got" },
): InstanceType<Grpc["Server"]> {
  const server = new grpc.Server();
  const proto = grpc.loadPackageDefinition(loader.loadSync("x.proto", options)) as Loose;
  server.addService(proto.acme.service.v1.Shop.service, implementation);
  return server;
}

const expected = { file: "server.js", loader: { keepCase: true, longs: "String" } };

test("a service is found by its full name, whatever its package is called", () => {
  const implementation = { get: () => "got" };
  serve(keepCase, implementation);
  expect(capturedService("acme.service.v1.Shop", expected)).toBe(implementation);
});

test("a package definition may be used without loadPackageDefinition", () => {
  const implementation = {};
  new grpc.Server().addService((loader.loadSync("x.proto") as Loose)["acme.v1.Shop"], implementation);
  expect(capturedService("acme.v1.Shop", { file: "server.js", loader: {} })).toBe(implementation);
});

test("loops over a package find the services that are defined, and their methods under both names", async () => {
  const { defineServices } = await import("../../src/runtime/captured-server/defined-services.js");
  const list = { originalName: "listItems", responseStream: true } as const;
  defineServices({ "acme.service.v1.Shop": { ListItems: list }, "acme.Users": {} });
  const root = grpc.loadPackageDefinition(loader.loadSync("x.proto")) as Loose;
  expect([Object.keys(root), Object.keys(root.acme), Object.keys(root.acme.service.v1)]).toEqual([
    ["acme"],
    ["service", "Users"],
    ["Shop"],
  ]);
  // NestJS tells packages from services and messages by these.
  expect([typeof root.acme, root.acme.format, root.acme.service.v1.service, typeof root.acme.service.v1.Shop]).toEqual([
    "object",
    undefined,
    undefined,
    "function",
  ]);
  const definition = { ...list, path: "/acme.service.v1.Shop/ListItems", requestStream: false };
  const { Shop } = root.acme.service.v1;
  expect({ ...Shop.service }).toEqual({ ListItems: definition });
  expect({ ...Shop.prototype }).toEqual({ ListItems: definition, listItems: definition });
  new grpc.Server().addService(Shop.service, { listItems: () => undefined });
  expect(capturedService("acme.service.v1.Shop", { file: "server.js", loader: {} })).toHaveProperty("listItems");
});

test("a definition of generated code is known by its paths", () => {
  const implementation = {};
  const definition = { get: { path: "/acme.v1.Shop/Get" } };
  new grpc.Server().addService(grpc.makeGenericClientConstructor(definition, "Shop").service, implementation);
  expect(capturedService("acme.v1.Shop", { file: "server.js" })).toBe(implementation);
  expect(() => capturedService("acme.v1.Shop", { file: "server.js", loader: {} })).toThrow(
    "server.js registers acme.v1.Shop with a definition of generated code, expected one of @grpc/proto-loader",
  );
});

test.each<[string, object, object, string | undefined]>([
  ["the same", { name: "", count: 0, tags: [] }, { name: "", count: 0, tags: [] }, undefined],
  ["an unset member", { name: "", price: undefined }, { name: "", price: undefined }, undefined],
  ["a member that only the functions have, unset", { name: "", at: undefined }, { name: "" }, undefined],
  [
    "a oneof that is a union",
    { name: "", free: undefined },
    { price: undefined },
    "price, which the functions do not know",
  ],
  ["an enum as text", { kind: 0 }, { kind: "A" }, "string for kind, where the functions have number"],
  ["a 64-bit integer as bigint", { n: 0 }, { n: 0n }, "bigint for n, where the functions have number"],
  ["a class of integers", { n: 0 }, { n: new Date() }, "class for n, where the functions have number"],
  ["bytes as Buffer", { b: new Uint8Array() }, { b: Buffer.of() }, "Buffer for b, where the functions have Uint8Array"],
  ["a map as Map", { m: {} }, { m: new Map() }, "Map for m, where the functions have object"],
  ["no list", { l: [] }, { l: undefined }, "undefined for l, where the functions have list"],
  [
    "classes of google-protobuf",
    { name: "" },
    { array: [], wrappers_: null },
    "array, which the functions do not know",
  ],
])("messages of generated code with %s", (_, empty, made, difference) => {
  const definition = { get: { path: "/acme.v1.Shop/Get", requestDeserialize: () => made } };
  const implementation = {};
  new grpc.Server().addService(definition, implementation);
  const server = { file: "server.js", empty: { "/acme.v1.Shop/Get": empty } };
  expect(capturedService("acme.v1.Shop", server)).toBe(implementation);
  const text = `server.js: requests of /acme.v1.Shop/Get have ${difference}: set bridge: true beside server, or the options of the generator under services, acme.v1.Shop, messages`;
  expect(logged).toEqual(difference === undefined ? [] : [text]);
});

test("a definition that reads no empty request has nothing to compare", () => {
  const definition = {
    get: {
      path: "/acme.v1.Shop/Get",
      requestDeserialize: () => {
        throw new Error("a required field");
      },
    },
    put: { path: "/acme.v1.Shop/Put" },
  };
  new grpc.Server().addService(definition, {});
  capturedService("acme.v1.Shop", {
    file: "server.js",
    empty: { "/acme.v1.Shop/Get": { name: "" }, "/acme.v1.Shop/Put": {} },
  });
  expect(logged).toEqual([]);
});

test("options of the loader that the functions were not generated for", () => {
  serve({ keepCase: false, longs: Number, defaults: true, arrays: true });
  expect(() => capturedService("acme.service.v1.Shop", expected)).toThrow(
    "server.js loads the messages of acme.service.v1.Shop with { defaults: true, longs: Number }, the functions were generated for { keepCase: true, longs: String }: set services, acme.service.v1.Shop, messages to { defaults: true, longs: Number } in grpc2lambda.yaml",
  );
  expect(() => capturedService("acme.service.v1.Shop", { file: "server.js" })).toThrow("generated classes");
});

test.each([
  ["another service", () => serve(), "it registers acme.service.v1.Shop"],
  ["nothing", () => new grpc.Server(), "it registers nothing; a server that only starts as the main module needs"],
])("a server that listens with %s fails each call at once", async (_, make, found) => {
  make().bindAsync("0.0.0.0:50051", grpc.ServerCredentials.createInsecure(), () => undefined);
  const service = capturedService("acme.v1.Other", { file: "server.js" }) as Loose;
  await expect(service.Get()).rejects.toThrow(`server.js does not register acme.v1.Other, ${found}`);
  expect(logged[0]).toContain("server.js does not register acme.v1.Other");
});

test("a server that never listens is waited for, but not for ever", async () => {
  vi.useFakeTimers();
  const service = capturedService("acme.v1.Other", { file: "server.js" }) as Loose;
  const call = expect(service.Get()).rejects.toThrow("server.js does not register acme.v1.Other, it registers nothing");
  await vi.advanceTimersByTimeAsync(9000);
  await call;
});

test("a service that is registered late answers calls that came before, under any of its names", async () => {
  const service = capturedService("acme.service.v1.Shop", expected) as Loose;
  const early = [service.Get(1), service.gone(2)];
  serve(keepCase, { get: (asked: number) => `got ${asked}` });
  expect(await early[0]).toBe("got 1");
  await expect(early[1]).rejects.toMatchObject({ code: "UNIMPLEMENTED" });
  expect([service.get(3), service.gone]).toEqual(["got 3", undefined]);
});

test("a method of a late service that throws is UNKNOWN, as in grpc-js", async () => {
  const service = capturedService("acme.service.v1.Shop", expected) as Loose;
  const call = service.Get();
  serve(keepCase, {
    Get: () => {
      throw new Error("a secret");
    },
  });
  await expect(call).rejects.toMatchObject({ code: "UNKNOWN", message: "Unknown error" });
});

test("a late service with other options of the loader", async () => {
  const service = capturedService("acme.service.v1.Shop", { ...expected, loader: {} }) as Loose;
  serve();
  await expect(service.get()).rejects.toThrow("server.js loads the messages of acme.service.v1.Shop with");
});

test("the function that starts a server runs once for all of its services", async () => {
  const main = vi.fn(async () => void serve());
  capturedService("acme.service.v1.Shop", { ...expected, start: main });
  capturedService("acme.service.v1.Shop", { ...expected, start: main });
  expect(main).toHaveBeenCalledOnce();
});

test("a server whose start rejects is named at once, in calls that wait too, and starts again with the next call", async () => {
  const outcomes = ["no database", "still none", undefined];
  const main = vi.fn(async () => {
    const failure = outcomes.shift();
    if (failure !== undefined) throw new Error(failure);
    serve();
  });
  const service = capturedService("acme.service.v1.Shop", { ...expected, start: main }) as Loose;
  await expect(service.get()).rejects.toThrow("server.js failed while it started: Error: no database");
  expect(logged[0]).toContain(
    "server.js failed while it started: Error: no database; the next request starts it again",
  );
  await expect(service.get()).rejects.toThrow("server.js failed while it started: Error: still none");
  expect(await service.get()).toBe("got");
  expect(main).toHaveBeenCalledTimes(3);
});

test("a server whose start throws fails the function's start, with its name", () => {
  const start = (): never => {
    throw new Error("no configuration");
  };
  expect(() => capturedService("acme.v1.Shop", { file: "server.js", start })).toThrow(
    "server.js failed while it started: Error: no configuration",
  );
});

test("the bridge names the service of a server whose start rejects", async () => {
  const { bridgeUnary } = await import("../../src/runtime/captured-server/bridge.js");
  const start = vi.fn(() => Promise.reject(new Error("no database")));
  const service = capturedService("acme.v1.Shop", { file: "server.js", start }) as Loose;
  const codec = { encode: () => new Uint8Array(), decode: () => ({}) };
  const call = bridgeUnary("/acme.v1.Shop/Get", () => service.get(), codec);
  await expect(call({}, {} as Loose)).rejects.toThrow("the server does not register acme.v1.Shop");
  expect(logged.join()).toContain("server.js failed while it started: Error: no database");
});

test("interceptors of a server are refused: they may be what keeps strangers out", () => {
  expect(() => new grpc.Server({ interceptors: [() => undefined] })).toThrow(
    "the server uses interceptors of @grpc/grpc-js, which does not run in a function: move them to `interceptors` of grpc2lambda.yaml",
  );
  expect(() => new grpc.Server({ interceptors: [] })).not.toThrow();
});

test("certificates of clients are no longer asked for, and the log says so", () => {
  grpc.ServerCredentials.createSsl(null, [], false);
  expect(logged).toEqual([]);
  grpc.ServerCredentials.createSsl(null, [], true);
  expect(logged).toEqual(["the server asked clients for certificates; now the front door decides who may call"]);
});

test.each<[string, () => Loose]>([
  [
    "of a package definition",
    () => new (grpc.loadPackageDefinition(loader.loadSync("x.proto")) as Loose).acme.Users("a"),
  ],
  ["of generated code", () => new (grpc.makeGenericClientConstructor({}, "acme.Users"))("a")],
  ["of loaded JSON", () => new (grpc.loadPackageDefinition({ "acme.Users": { get: {} } }) as Loose).acme.Users("a")],
])("a client %s can be made and closed; a call through it throws by name", (_, make) => {
  const client = make();
  client.close();
  expect(() => client.getUser({})).toThrow(
    /^the server calls (acme\.)?Users\.getUser through a client of @grpc\/grpc-js/,
  );
});

test("classes of generated clients can be extended", () => {
  class UsersClient extends grpc.Client {
    getUser(): unknown {
      return (this as Loose).makeUnaryRequest();
    }
  }
  expect(() => new UsersClient().getUser()).toThrow("the server calls getUser through a client");
});

test("a client of nice-grpc can be made with a channel; a call through it throws by the path of the method", async () => {
  const channel = new grpc.Channel("localhost:50051") as Loose;
  expect([channel.getTarget(), channel.getConnectivityState(true), channel.close()]).toEqual([
    "localhost:50051",
    realGrpc.connectivityState.IDLE,
    undefined,
  ]);
  await expect(
    new Promise((done, fail) => channel.watchConnectivityState(0, 0, (e?: Error) => (e ? fail(e) : done(e)))),
  ).rejects.toThrow("a client of @grpc/grpc-js is never ready in a function");
  const client = new grpc.Client() as Loose;
  expect(() => client.makeUnaryRequest("/acme.v1.Stock/Get", String, String, {})).toThrow(
    "the server calls acme.v1.Stock/Get through a client of @grpc/grpc-js",
  );
});

test("the stand-ins have every export of the packages", () => {
  const missing = (real: object, stand: object) => Object.keys(real).filter((name) => !(name in stand));
  expect(missing(realGrpc, grpc)).toEqual([]);
  // The package `long` is not the runtime's to import.
  expect(missing(realLoader, loader)).toEqual(["Long"]);
  expect((grpc as Loose).default.Server).toBe(grpc.Server);
});

test("enums are those of grpc-js", () => {
  for (const name of ["status", "logVerbosity", "connectivityState", "propagate", "compressionAlgorithms"] as const)
    expect((grpc as Loose)[name]).toEqual((realGrpc as Loose)[name]);
  expect(grpc.credentials).toEqual(
    Object.fromEntries(Object.keys(realGrpc.credentials).map((name) => [name, expect.any(Function)])),
  );
  const build = (grpcJs: Pick<Grpc, "StatusBuilder">) =>
    new grpcJs.StatusBuilder().withCode(5).withDetails("d").build();
  expect(build(grpc)).toEqual(build(realGrpc as Loose));
});
