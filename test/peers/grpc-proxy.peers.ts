/** The client of functions that pass requests on, against servers of grpc-go: `npm run test:peers`. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { proxyServerStream } from "../../src/runtime/proxy/grpc-proxy.js";
import type { TlsOptions } from "../../src/runtime/proxy/connection.js";
import { Metadata } from "../../src/runtime/metadata.js";
import { cable } from "../proxy/cable.js";
import { asked, contextOf, type Outcome, ours, proxyTo, same, theirs } from "../proxy/proxy-client.js";
import type { Running } from "../proxy/grpc-servers.js";
import { selfSigned } from "../support/certificate.js";
import { buildGoServer, type GoServer, startGoServer } from "./go-server.js";

const program = buildGoServer();
if (program === undefined) console.warn("skipped: there is no Go toolchain (`go`) to build a server of grpc-go with");

const running: Running[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
});

async function start(...flags: readonly string[]): Promise<GoServer> {
  const server = await startGoServer(program ?? "", flags);
  running.push(server);
  return server;
}

/** What Lambda does between requests: timers stand still, the clock goes on. */
function thaw(milliseconds: number): void {
  const now = Date.now() + milliseconds;
  vi.spyOn(Date, "now").mockReturnValue(now);
}

const connections = ({ events }: GoServer): number => events.filter((event) => "connection" in event).length;

describe.skipIf(program === undefined)("as a client of grpc-js does", () => {
  let server: GoServer;
  beforeAll(async () => {
    server = await startGoServer(program ?? "");
    return server.stop;
  });

  /** The size is said in other words; packed details are read, and not passed on. */
  const comparable = ({ message, trailer, ...others }: Outcome) => ({
    ...others,
    message: message.replace(/^received message.* larger than .*/i, "too large"),
    trailer: { ...trailer, "grpc-status-details-bin": undefined },
  });

  it.each<[string, readonly string[], Partial<Outcome>, Metadata?]>([
    ["Echo", ["hi"], { replies: ["re:hi"], code: 0 }],
    ["Echo", [""], { replies: ["re:"] }],
    ["Nothing", [""], { replies: [""], code: 0 }],
    ["Fail", ["x"], { code: 5, message: "not there: é % \n" }],
    ["Metadata", ["x"], { trailer: { "x-trailer": "a, b, c" } }, asked],
    ["Full", ["x"], { code: 0, replies: ["\0".repeat(4 * 1024 * 1024)] }],
    ["Big", ["x"], { code: 8, replies: [] }],
    ["Gzip", ["x"], { code: 0, replies: ["a".repeat(1000)] }],
    ["GzipBig", ["x"], { code: 8, replies: [] }],
    ["Missing", ["x"], { code: 12, message: "unknown method Missing for service test.S" }],
    ["ManyStream", ["x"], { code: 0 }],
    ["HalfwayStream", ["x"], { code: 9, message: "half way: é % \n", trailer: { "x-why": "half" } }],
    ["EmptyStream", ["x"], { code: 0, replies: [] }],
    ["InSum", ["a", "b", "c"], { replies: ["a+b+c"] }],
    ["InSum", [], { replies: [""] }],
  ])("answers %s", async (name, requests, expected, metadata) => {
    const answered = await ours(proxyTo(server), name, requests, metadata);
    expect(answered).toMatchObject(expected);
    expect(comparable(answered)).toEqual(comparable(await theirs(server, name, requests, metadata)));
  });

  it("keeps values of a key apart", async () => {
    const { trailer } = await ours(proxyTo(server), "Fail", ["x"]);
    expect(trailer).toEqual({
      "x-why": "one, two, three",
      "why-bin": [
        { type: "Buffer", data: [0, 1, 254] },
        { type: "Buffer", data: [...Buffer.from("second")] },
      ],
    });
    const { replies } = await ours(proxyTo(server), "Metadata", ["x"], asked);
    expect(replies).toEqual(['["Bearer of tidings"] ["1" "2, 3"] ["\\xff\\x00" "second"]']);
  });

  it("has 1,000 messages of a stream in order", async () => {
    const { replies } = await ours(proxyTo(server), "ManyStream", ["x"]);
    expect(replies).toEqual(Array.from({ length: 1000 }, (_, at) => `${at}`.repeat(50)));
  });
});

describe.skipIf(program === undefined)("with a server of its own", () => {
  it("tells the server the deadline, and cancels when the caller has gone", async () => {
    const server = await start();
    const abort = new AbortController();
    const deadline = new Date(Date.now() + 60_000);
    const call = ours(proxyTo(server), "Wait", ["x"], new Metadata(), { signal: abort.signal, deadline });
    expect(await server.seen("seconds")).toEqual({ has: true, seconds: 60 });
    abort.abort();
    expect(await server.seen("cancelled")).toEqual({ cancelled: "Wait", error: "context canceled" });
    expect(await call).toMatchObject({ code: 1 });
  });

  it("cancels a stream that nobody reads on", async () => {
    const server = await start();
    const context = contextOf(new Metadata(), new AbortController().signal);
    for await (const reply of proxyServerStream(proxyTo(server), "/test.S/EndlessStream", same)("x", context)) {
      expect(reply).toBe("0".repeat(50));
      break;
    }
    expect(await server.seen("cancelled")).toEqual({ cancelled: "EndlessStream" });
  });

  it("lets calls end while the server stops, and says that it cannot be reached then", async () => {
    const server = await start();
    const proxy = proxyTo(server);
    const call = ours(proxy, "Held", ["x"]);
    await server.seen("held");
    server.tell("stop");
    await vi.waitFor(async () => expect(await ours(proxy, "Echo", ["x"])).toMatchObject({ code: 14 }));
    server.tell("release");
    expect(await call).toMatchObject({ code: 0, replies: ["held"] });
    await server.seen("stopped");
  });

  it("loses no call on connections that the server ends by their age", async () => {
    const server = await start("-max-age", "100ms");
    const proxy = proxyTo(server);
    const codes = new Set<number>();
    for (let at = 0; at < 2000 && connections(server) < 5; at++)
      for (const { code } of await Promise.all([ours(proxy, "Echo", ["x"]), ours(proxy, "Echo", ["y"])]))
        codes.add(code);
    expect(connections(server)).toBeGreaterThan(1);
    expect([...codes]).toEqual([0]);
  });

  it("pings so seldom that the server does not mind", async () => {
    const server = await start();
    const proxy = proxyTo(server);
    for (let at = 0; at < 10; at++) {
      expect(await ours(proxy, "Echo", ["x"])).toMatchObject({ code: 0 });
      thaw(20_000);
    }
    expect(connections(server)).toBe(1);
  });

  it("notices a connection that died, and sends the request once, on a new one", async () => {
    const server = await start();
    const wire = await cable(server);
    running.push(wire);
    const proxy = proxyTo(wire);
    expect(await ours(proxy, "Echo", ["x"])).toMatchObject({ code: 0 });
    wire.cut();
    thaw(20_000);
    expect(await ours(proxy, "Echo", ["x"])).toMatchObject({ code: 0, replies: ["re:x"] });
    expect(connections(server)).toBe(2);
  });

  it("says of calls in flight that the server has gone", async () => {
    const first = await start();
    const proxy = proxyTo(first);
    const held = ours(proxy, "Held", ["x"]);
    await first.seen("held");
    await first.stop();
    expect(await held).toMatchObject({ code: 14, message: "the service behind this one cannot be reached" });
    expect(await ours(proxy, "Echo", ["x"])).toMatchObject({ code: 14 });
  });
});

describe.skipIf(program === undefined)("with crypto/tls", () => {
  const [from, to] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000)];
  const [own, client, stranger] = ["localhost", "client", "stranger"].map((name) => selfSigned(name, from, to));

  async function start443(asksClients: boolean): Promise<Running> {
    const folder = mkdtempSync(join(tmpdir(), "go-server-"));
    const file = (name: string, text = ""): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const flags = ["-cert", file("cert.pem", own?.cert), "-key", file("key.pem", own?.key)];
    const server = await start(...flags, ...(asksClients ? ["-client-ca", file("ca.pem", client?.cert)] : []));
    rmSync(folder, { recursive: true });
    return { ...server, address: server.address.replace("127.0.0.1", "localhost") };
  }

  it.each([
    ["an authority that is trusted", false, { ca: own?.cert }, 0],
    ["an authority that nobody knows", false, {}, 14],
    ["a certificate of the client", true, { ca: own?.cert, cert: client?.cert, key: client?.key }, 0],
    ["a client without a certificate", true, { ca: own?.cert }, 14],
    ["a client that nobody knows", true, { ca: own?.cert, cert: stranger?.cert, key: stranger?.key }, 14],
  ])("connects, or not: %s", async (_, asksClients, options, code) => {
    const proxy = proxyTo(await start443(asksClients), async () => options as TlsOptions);
    expect(await ours(proxy, "Echo", ["hi"])).toMatchObject({ code });
    expect(await ours(proxy, "Echo", ["hi"])).toMatchObject({ code });
  });
});
