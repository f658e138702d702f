/** Services of all kinds, real servers each, and what is said of them. */
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, createServer, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Server as GrpcServer, ServerCredentials, status } from "@grpc/grpc-js";
import { afterAll, expect, test } from "vitest";
import { type ReachableDependency, reachDependencies, type ReachOptions } from "../../src/reach/reach-dependencies.js";
import { selfSigned } from "../support/certificate.js";

const day = 86_400_000;
const good = selfSigned("localhost", new Date(Date.now() - day), new Date(Date.now() + day));
const expired = selfSigned("localhost", new Date(Date.now() - 2 * day), new Date(Date.now() - day));
const foreign = selfSigned("stock.example", new Date(Date.now() - day), new Date(Date.now() + day));

const closers: (() => unknown)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

/** The port of a server that listens on the loopback address. */
async function listen(server: Server): Promise<number> {
  closers.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const healthPath = "/grpc.health.v1.Health/Check";

/** A server of grpc-js; without `serving` it has no health service. */
async function grpcServer(serving?: number, credentials = ServerCredentials.createInsecure()): Promise<number> {
  const server = new GrpcServer();
  closers.push(() => server.forceShutdown());
  const bytes = (value: Buffer): Buffer => value;
  const codec = {
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  };
  if (serving !== undefined) {
    const check = { path: healthPath, requestStream: false, responseStream: false, ...codec };
    server.addService(
      { check },
      { check: (_: unknown, done: (e: null, v: Buffer) => void) => done(null, Buffer.of(8, serving)) },
    );
  }
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", credentials, (error, port) => (error === null ? resolve(port) : reject(error)));
  });
}

function tlsCredentials({ key, cert }: typeof good): ServerCredentials {
  return ServerCredentials.createSsl(null, [{ private_key: Buffer.from(key), cert_chain: Buffer.from(cert) }]);
}

/** The outcome without name, address and time. */
async function outcome(address: string, tls = false, options: ReachOptions = {}): Promise<object> {
  const dependency: ReachableDependency = { name: "stock", address, tls };
  const [{ name, address: shown, ms, ...rest } = expect.fail()] = await reachDependencies([dependency], options);
  expect([name, shown, ms >= 0]).toEqual(["stock", address, true]);
  return rest;
}

test.each([
  ["serves", 1, { kind: "reached", health: { kind: "serving" } }],
  ["does not serve", 2, { kind: "failed", step: "health", reason: "the server says NOT_SERVING" }],
  [
    "has no health service",
    undefined,
    { kind: "reached", health: { kind: "no health service", code: status.UNIMPLEMENTED } },
  ],
])("a gRPC server that %s", async (_, serving, expected) => {
  expect(await outcome(`127.0.0.1:${await grpcServer(serving)}`)).toEqual(expected);
  const secure = `localhost:${await grpcServer(serving, tlsCredentials(good))}`;
  expect(await outcome(secure, true, { ca: good.cert })).toEqual(expected);
});

test.each([
  ["is signed by nobody who is trusted", good, {}, "self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)"],
  ["has expired", expired, { ca: expired.cert }, "certificate has expired (CERT_HAS_EXPIRED)"],
  ["is of another name", foreign, { ca: foreign.cert }, "ERR_TLS_CERT_ALTNAME_INVALID"],
])("a certificate that %s", async (_, certificate, options, reason) => {
  const port = await grpcServer(1, tlsCredentials(certificate));
  const expected = { kind: "failed", step: "tls", reason: expect.stringContaining(reason) };
  expect(await outcome(`localhost:${port}`, true, options)).toEqual(expected);
});

test("TLS to a server without it, and the other way round", async () => {
  const plain = `localhost:${await grpcServer(1)}`;
  expect(await outcome(plain, true)).toMatchObject({ kind: "failed", step: "tls" });
  const secure = `localhost:${await grpcServer(1, tlsCredentials(good))}`;
  expect(await outcome(secure, false)).toEqual({ kind: "reached", health: { kind: "no HTTP/2" } });
});

test.each([
  [
    "nothing listens",
    "tcp",
    "the connection is refused (ECONNREFUSED)",
    async () => {
      const server = createServer();
      const port = await listen(server);
      await new Promise((resolve) => server.close(resolve));
      return `127.0.0.1:${port}`;
    },
  ],
  ["the name does not exist", "dns", "(E", () => "stock.invalid:50051"],
  [
    "there is no port",
    "address",
    'found "stock.internal", expected host:port such as stock.internal:50051',
    () => "stock.internal",
  ],
  ["the port is too large", "address", "expected host:port", () => "stock.internal:70000"],
  ["it is a URL", "address", "expected host:port", () => "https://stock.internal:50051"],
])("%s", async (_, step, reason, address) => {
  expect(await outcome(await address())).toEqual({ kind: "failed", step, reason: expect.stringContaining(reason) });
});

test("servers that speak something else", async () => {
  const notHttp2 = { kind: "reached", health: { kind: "no HTTP/2" } };
  const http = createHttpServer((_, response) => void response.end("hello"));
  expect(await outcome(`127.0.0.1:${await listen(http)}`)).toEqual(notHttp2);
  const greeting = createServer((socket) => void socket.end("220 mail.example ESMTP\r\n"));
  expect(await outcome(`127.0.0.1:${await listen(greeting)}`)).toEqual(notHttp2);
  const database = createTlsServer({ ...good, ALPNProtocols: ["http/1.1"] });
  expect(await outcome(`localhost:${await listen(database)}`, true, { ca: good.cert })).toEqual(notHttp2);
  const page = createHttp2Server((_, response) => void response.writeHead(404).end("not here"));
  expect(await outcome(`127.0.0.1:${await listen(page)}`)).toEqual({
    kind: "reached",
    health: { kind: "no gRPC", status: 404 },
  });
  const proxy = createHttp2Server((_, response) => void response.writeHead(503).end());
  expect(await outcome(`127.0.0.1:${await listen(proxy)}`)).toMatchObject({ kind: "failed", step: "health" });
});

test("a server that says nothing: without TLS it may be no server of HTTP/2, with TLS it fails", async () => {
  const silent = createServer(() => undefined);
  const port = await listen(silent);
  expect(await outcome(`127.0.0.1:${port}`, false, { timeout: 100 })).toEqual({
    kind: "reached",
    health: { kind: "no HTTP/2" },
  });
  const late = { kind: "failed", step: "tls", reason: "no answer within 100 ms" };
  expect(await outcome(`localhost:${port}`, true, { timeout: 100 })).toEqual(late);
});

test("a server of HTTP/2 that never answers the question", async () => {
  const stuck = createHttp2Server(() => undefined);
  const late = { kind: "failed", step: "health", reason: "no answer within 500 ms" };
  expect(await outcome(`127.0.0.1:${await listen(stuck)}`, false, { timeout: 500 })).toEqual(late);
});

test("several are tried at the same time, and reported in their order", async () => {
  let open = 0;
  let most = 0;
  const silent = createServer((socket) => {
    most = Math.max(most, ++open);
    socket.on("error", () => undefined).once("close", () => open--);
  });
  const port = await listen(silent);
  const slow = ["a", "b", "c", "d"].map((name) => ({ name, address: `localhost:${port}`, tls: true }));
  const reached = await reachDependencies(slow, { timeout: 500 });
  expect(reached.map(({ name, kind }) => `${name} ${kind}`)).toEqual(slow.map(({ name }) => `${name} failed`));
  expect(most).toBe(slow.length);
});
