/** The client of functions that pass requests on, held against grpc-js' own client where that has a say. */
import type http2 from "node:http2";
import { gzipSync } from "node:zlib";
import * as grpc from "@grpc/grpc-js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Metadata } from "../../src/runtime/metadata.js";
import { proxyServerStream, proxyUnary } from "../../src/runtime/proxy/grpc-proxy.js";
import type { TlsOptions } from "../../src/runtime/proxy/connection.js";
import { statusOf } from "../../src/runtime/status.js";
import { selfSigned } from "../support/certificate.js";
import { cable } from "./cable.js";
import { grpcJsServer, http2Server, type Running } from "./grpc-servers.js";
import { asked, contextOf, type Outcome, ours, proxyTo, same, theirs } from "./proxy-client.js";

const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
});

async function start<Server extends Running>(starting: Promise<Server>): Promise<Server> {
  const server = await starting;
  running.push(server);
  return server;
}

type Unary = grpc.handleUnaryCall<Buffer, Buffer>;
type Streaming = grpc.handleServerStreamingCall<Buffer, Buffer>;

const methods = {
  Echo: ((call, answer) => answer(null, Buffer.concat([Buffer.from("re:"), call.request]))) as Unary,
  Fail: ((_call, answer) => {
    const metadata = new grpc.Metadata();
    metadata.add("x-why", "one");
    metadata.add("x-why", "two");
    metadata.set("why-bin", Buffer.from([0, 1, 254]));
    answer({ code: 5, details: "not there: é % \n", metadata });
  }) as Unary,
  Metadata: ((call, answer) => {
    const header = new grpc.Metadata();
    const trailer = new grpc.Metadata();
    for (const value of call.metadata.get("x-asked")) header.add("x-header", value);
    for (const value of call.metadata.get("asked-bin")) header.add("header-bin", value);
    trailer.add("x-trailer", "a, b");
    call.sendMetadata(header);
    answer(null, Buffer.from(JSON.stringify(call.metadata.get("authorization"))), trailer);
  }) as Unary,
  Big: ((_call, answer) => answer(null, Buffer.alloc(5 * 1024 * 1024))) as Unary,
  ManyStream: ((call) => {
    for (let at = 0; at < 1000; at++) call.write(Buffer.from(`${at}`.repeat(50)));
    call.end();
  }) as Streaming,
  HalfwayStream: ((call) => {
    call.write(Buffer.from("first"));
    call.emit("error", { code: 9, details: "half way" });
  }) as Streaming,
  EmptyStream: ((call) => call.end()) as Streaming,
  InSum: ((call, answer) => {
    const all: string[] = [];
    call.on("data", (request: Buffer) => all.push(request.toString()));
    call.on("end", () => answer(null, Buffer.from(all.join("+"))));
  }) as grpc.handleClientStreamingCall<Buffer, Buffer>,
};

it.each<[string, readonly string[], Metadata?]>([
  ["Echo", ["hi"]],
  ["Echo", [""]],
  ["Fail", ["x"]],
  ["Metadata", ["x"], asked],
  ["Big", ["x"]],
  ["Missing", ["x"]],
  ["ManyStream", ["x"]],
  ["HalfwayStream", ["x"]],
  ["EmptyStream", ["x"]],
  ["InSum", ["a", "b", "c"]],
  ["InSum", []],
])("answers %s as a client of grpc-js does", async (name, requests, metadata) => {
  const server = await start(grpcJsServer(methods));
  const expected = await theirs(server, name, requests, metadata);
  const answered = await ours(proxyTo(server), name, requests, metadata);
  const withoutSize = ({ message, ...others }: Outcome) => ({
    ...others,
    message: message.replace(/^received message larger than max.*/i, "too large"),
  });
  expect(withoutSize(answered)).toEqual(withoutSize(expected));
});

it("keeps values of a key apart in both directions, as grpc-go does", async () => {
  let sent: readonly string[] = [];
  const server = await start(
    http2Server((stream, _headers, fields) => {
      sent = fields;
      stream.respond(
        { ...grpcHeader, "grpc-status": "5", "x-why": ["1", "2, 3"], "why-bin": "AP8,AQ" },
        { endStream: true },
      );
    }),
  );
  const outcome = proxyUnary(
    proxyTo(server),
    "/test.S/Echo",
    same,
  )("x", contextOf(asked, new AbortController().signal));
  const { metadata } = await Promise.resolve(outcome).then(() => statusOf(undefined), statusOf);
  expect(metadata?.get("x-why")).toEqual(["1", "2, 3"]);
  expect(metadata?.get("why-bin")).toEqual([Buffer.from([0, 255]), Buffer.from([1])]);
  expect(sent.filter((_, at) => sent[at - 1] === "x-asked")).toEqual(["1", "2, 3"]);
});

it("sends no key that belongs to a connection", async () => {
  const metadata = new Metadata();
  for (const key of ["te", "connection", "host", "content-type", "user-agent", "grpc-timeout", "x-kept"])
    metadata.add(key, "trailers");
  let seen: http2.IncomingHttpHeaders = {};
  const server = await start(
    http2Server((stream, headers) => {
      seen = headers;
      stream.respond({ ":status": 200, "content-type": "application/grpc", "grpc-status": "0" }, { endStream: true });
    }),
  );
  const outcome = await ours(proxyTo(server), "Echo", ["x"], metadata);
  expect(outcome.message).toMatch(/^cardinality violation/);
  expect(seen).toMatchObject({ te: "trailers", "content-type": "application/grpc", "x-kept": "trailers" });
  expect(Object.keys(seen).filter((key) => /connection|host|timeout/.test(key))).toEqual([]);
});

it("tells the server the deadline, and cancels when it passes", async () => {
  let cancelled: () => void = () => undefined;
  const wasCancelled = new Promise<void>((resolve) => {
    cancelled = resolve;
  });
  let deadline: grpc.Deadline = 0;
  const wait: Unary = (call) => {
    deadline = call.getDeadline();
    call.on("cancelled", cancelled);
  };
  const server = await start(grpcJsServer({ Wait: wait }));
  const abort = new AbortController();
  const end = new Date(Date.now() + 60_000);
  const call = ours(proxyTo(server), "Wait", ["x"], new Metadata(), { signal: abort.signal, deadline: end });
  while (deadline === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  abort.abort();
  await wasCancelled;
  await expect(call).resolves.toMatchObject({ code: 1 });
  expect(Math.abs(Number(deadline) - end.getTime())).toBeLessThan(5_000);
});

it("cancels a stream that nobody reads on", async () => {
  let cancelled: () => void = () => undefined;
  const wasCancelled = new Promise<void>((resolve) => {
    cancelled = resolve;
  });
  const endless: Streaming = (call) => {
    call.on("cancelled", cancelled);
    call.write(Buffer.from("first"));
  };
  const server = await start(grpcJsServer({ EndlessStream: endless }));
  const context = contextOf(new Metadata(), new AbortController().signal);
  for await (const reply of proxyServerStream(proxyTo(server), "/test.S/EndlessStream", same)("x", context)) {
    expect(reply).toBe("first");
    break;
  }
  await wasCancelled;
});

type Answer = (stream: http2.ServerHttp2Stream) => void;

const grpcHeader = { ":status": 200, "content-type": "application/grpc" };

/** Answers of things between, and of servers in trouble. */
it.each<[string, Answer, number, RegExp]>([
  [
    "503 of a proxy",
    (stream) => void stream.respond({ ":status": 503, "content-type": "text/html" }, { endStream: true }),
    14,
    /503.*text\/html/,
  ],
  [
    "a page",
    (stream) => {
      stream.respond({ ":status": 200, "content-type": "text/html" });
      stream.end("<html>");
    },
    2,
    /200.*text\/html/,
  ],
  ["401", (stream) => void stream.respond({ ":status": 401 }, { endStream: true }), 16, /401/],
  [
    "a connection that dies",
    (stream) => {
      stream.respond(grpcHeader);
      stream.session?.destroy();
    },
    14,
    /cannot be reached/,
  ],
  [
    "a reset",
    (stream) => {
      stream.respond(grpcHeader);
      stream.destroy(new Error("trouble"));
    },
    13,
    /RST_STREAM with error code: 2/,
  ],
  ["a stream that is refused twice", (stream) => stream.close(7), 14, /RST_STREAM with error code: 7/],
  [
    "no trailer",
    (stream) => {
      stream.respond(grpcHeader);
      stream.end();
    },
    13,
    /without sending trailers/,
  ],
  [
    "a status that is no number",
    (stream) => void stream.respond({ ...grpcHeader, "grpc-status": "abc" }, { endStream: true }),
    2,
    /^$/,
  ],
  [
    "a code that gRPC does not have",
    (stream) => void stream.respond({ ...grpcHeader, "grpc-status": "2147483647" }, { endStream: true }),
    2_147_483_647,
    /^$/,
  ],
  [
    "a code beyond 32 bits",
    (stream) => void stream.respond({ ...grpcHeader, "grpc-status": "4294967295" }, { endStream: true }),
    2,
    /^$/,
  ],
  [
    "half a message",
    (stream) => {
      stream.respond(grpcHeader, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.end(Buffer.from([0, 0, 0, 0, 9, 1]));
    },
    13,
    /cardinality/,
  ],
  [
    "an unknown compression",
    (stream) => {
      stream.respond({ ...grpcHeader, "grpc-encoding": "br" });
      stream.end(Buffer.from([1, 0, 0, 0, 1, 1]));
    },
    13,
    /"br"/,
  ],
  [
    "broken gzip",
    (stream) => {
      stream.respond({ ...grpcHeader, "grpc-encoding": "gzip" });
      stream.end(Buffer.from([1, 0, 0, 0, 1, 1]));
    },
    13,
    /decompressed/,
  ],
])("tells %s from a reply", async (_, answer, code, message) => {
  const server = await start(http2Server(answer));
  const outcome = await ours(proxyTo(server), "Echo", ["x"]);
  expect(outcome).toMatchObject({ code, replies: [] });
  expect(outcome.message).toMatch(message);
});

it("reads replies in gzip, up to the limit", async () => {
  const lengths = [3, 4 * 1024 * 1024 + 1];
  const server = await start(
    http2Server((stream) => {
      const body = gzipSync(Buffer.alloc(lengths.shift() ?? 0, "a"));
      const head = Buffer.alloc(5);
      head[0] = 1;
      head.writeUInt32BE(body.length, 1);
      stream.respond({ ...grpcHeader, "grpc-encoding": "gzip" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.end(Buffer.concat([head, body]));
    }),
  );
  const proxy = proxyTo(server);
  expect(await ours(proxy, "Echo", ["x"])).toMatchObject({ code: 0, replies: ["aaa"] });
  expect(await ours(proxy, "Echo", ["x"])).toMatchObject({ code: 8, replies: [] });
});

it("asks again once if the server has refused to look at the request", async () => {
  let streams = 0;
  const server = await start(
    http2Server((stream) => {
      streams += 1;
      if (streams === 1) stream.close(7);
      else stream.respond({ ...grpcHeader, "grpc-status": "5", "grpc-message": "seen" }, { endStream: true });
    }),
  );
  expect(await ours(proxyTo(server), "Echo", ["x"])).toMatchObject({ code: 5, message: "seen" });
  expect(streams).toBe(2);
});

it("does not repeat a request that the server may have carried out", async () => {
  let streams = 0;
  const server = await start(
    http2Server((stream) => {
      streams += 1;
      stream.session?.destroy();
    }),
  );
  expect(await ours(proxyTo(server), "Echo", ["x"])).toMatchObject({ code: 14 });
  expect(streams).toBe(1);
});

it("says that a server cannot be reached, without its address", async () => {
  const server = await grpcJsServer(methods);
  await server.stop();
  const outcome = await ours(proxyTo(server), "Echo", ["x"]);
  expect(outcome).toMatchObject({ code: 14, message: "the service behind this one cannot be reached" });
});

it("keeps one connection for several calls", async () => {
  const server = await start(
    http2Server((stream) => void stream.respond({ ...grpcHeader, "grpc-status": "5" }, { endStream: true })),
  );
  const proxy = proxyTo(server);
  for (let at = 0; at < 3; at++) await ours(proxy, "Echo", ["x"]);
  await Promise.all([ours(proxy, "Echo", ["x"]), ours(proxy, "Echo", ["x"])]);
  expect(server.sessions.size).toBe(1);
});

it("resets no stream that has ended", async () => {
  let resets = 0;
  const server = await start(
    http2Server((stream) => {
      stream.on("aborted", () => (resets += 1));
      stream.on("close", () => (resets += stream.rstCode === 0 ? 0 : 1));
      stream.respond(grpcHeader, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.end(Buffer.from([0, 0, 0, 0, 0]));
    }),
  );
  const proxy = proxyTo(server);
  for (let at = 0; at < 20; at++) expect(await ours(proxy, "Echo", ["x"])).toMatchObject({ code: 0 });
  expect(resets).toBe(0);
});

it("takes a new connection after GOAWAY, and lets calls on the old one end", async () => {
  const open: http2.ServerHttp2Stream[] = [];
  const server = await start(http2Server((stream) => void open.push(stream)));
  const proxy = proxyTo(server);
  const first = ours(proxy, "Echo", ["x"]);
  while (open.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  open[0]?.session?.goaway();
  const second = ours(proxy, "Echo", ["y"]);
  while (open.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const stream of open)
    stream.respond({ ...grpcHeader, "grpc-status": "5", "grpc-message": "done" }, { endStream: true });
  expect(await Promise.all([first, second])).toMatchObject([{ message: "done" }, { message: "done" }]);
  expect(server.sessions.size).toBe(2);
});

describe("after a function was frozen", () => {
  afterEach(() => void vi.restoreAllMocks());

  const thaw = (milliseconds: number): void => {
    const now = Date.now() + milliseconds;
    vi.spyOn(Date, "now").mockReturnValue(now);
  };

  it("notices a connection that died, and sends the request once, on a new one", async () => {
    let calls = 0;
    const count: Unary = (_call, answer) => {
      calls += 1;
      answer(null, Buffer.from(`${calls}`));
    };
    const server = await start(cable(await start(grpcJsServer({ Count: count }))));
    const proxy = proxyTo(server);
    expect(await ours(proxy, "Count", ["x"])).toMatchObject({ replies: ["1"] });
    server.cut();
    thaw(20_000);
    expect(await ours(proxy, "Count", ["x"])).toMatchObject({ replies: ["2"] });
  });

  it.each([
    ["keeps a connection that lives", 20_000, 1],
    ["takes a new connection after five minutes, so that a change in DNS is followed", 300_001, 2],
  ])("%s", async (_, milliseconds, connections) => {
    const server = await start(
      http2Server((stream) => void stream.respond({ ...grpcHeader, "grpc-status": "5" }, { endStream: true })),
    );
    const proxy = proxyTo(server);
    await ours(proxy, "Echo", ["x"]);
    thaw(milliseconds);
    expect(await ours(proxy, "Echo", ["x"])).toMatchObject({ code: 5 });
    expect(server.sessions.size).toBe(connections);
  });
});

describe("with TLS", () => {
  const [from, to] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000)];
  const [own, client, stranger] = ["localhost", "client", "stranger"].map((name) => selfSigned(name, from, to));
  const pair = (certificate = own) => ({
    private_key: Buffer.from(certificate?.key ?? ""),
    cert_chain: Buffer.from(certificate?.cert ?? ""),
  });
  const start443 = async (asksClients: boolean): Promise<Running> => {
    const roots = asksClients ? Buffer.from(client?.cert ?? "") : null;
    const running = await start(grpcJsServer(methods, grpc.ServerCredentials.createSsl(roots, [pair()], asksClients)));
    return { ...running, address: running.address.replace("127.0.0.1", "localhost") };
  };

  it.each([
    ["an authority that is trusted", false, { ca: own?.cert }, 0],
    ["an authority that nobody knows", false, {}, 14],
    ["a certificate of the client", true, { ca: own?.cert, cert: client?.cert, key: client?.key }, 0],
    ["a client without a certificate", true, { ca: own?.cert }, 14],
    ["a client that nobody knows", true, { ca: own?.cert, cert: stranger?.cert, key: stranger?.key }, 14],
  ])("connects, or not: %s", async (_, asksClients, options, code) => {
    const proxy = proxyTo(await start443(asksClients), async () => options as TlsOptions);
    expect(await ours(proxy, "Echo", ["hi"])).toMatchObject({ code });
  });

  it("fails if the options cannot be had, and asks again for the next call", async () => {
    const answers = [
      Promise.reject(new Error("no secret")),
      Promise.resolve({ ca: own?.cert }),
    ] as Promise<TlsOptions>[];
    for (const answer of answers) answer.catch(() => undefined);
    const proxy = proxyTo(await start443(false), () => answers.shift() ?? {});
    expect(await ours(proxy, "Echo", ["hi"])).toMatchObject({ code: 14 });
    expect(await ours(proxy, "Echo", ["hi"])).toMatchObject({ code: 0 });
  });
});
