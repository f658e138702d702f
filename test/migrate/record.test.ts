/** `record`: everything passes unchanged, what is kept has no secrets and can be compared. */
import { readFileSync } from "node:fs";
import { createServer, request as httpRequest, type Server } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { createRecordingProxy } from "../../src/migrate/record/recording-proxy.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

let project: TemporaryProject;
let upstream: Server;
let seen: string[] = [];

beforeAll(async () => {
  project = createProject({
    "grpc2lambda.yaml": "protos: [library.proto]\n",
    "library.proto": libraryProto.replace(
      "string other = 2;",
      "string other = 2;\n  string pin = 3 [debug_redact = true];",
    ),
  });
  upstream = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      seen.push(`${request.method} ${request.url} ${request.rawHeaders.join(" ")} ${body}`);
      response.setHeader("content-type", "application/json");
      response.setHeader("x-own", ["1", "2"]);
      if (request.url === "/v1/shelves/gone") response.writeHead(404).end('{"code":5}');
      else if (request.url === "/v1/shelves/large") response.end(Buffer.alloc(9_000_000, 0x31));
      else if (request.headers["accept-encoding"] === "gzip") {
        response.setHeader("content-encoding", "gzip");
        response.end(gzipSync(`{"name":"${request.url?.split("?")[0]?.slice(4)}"}`));
      } else response.end(`{"name":"${request.url?.split("?")[0]?.slice(4)}"}`);
    });
  });
  await new Promise<void>((done) => upstream.listen(0, "127.0.0.1", done));
});

afterAll(() => {
  upstream.close();
  project.remove();
});

/** Runs `record` while `work` has its address; gives the lines it wrote. */
async function record(file: string, flags: readonly string[], work: (port: number) => Promise<void>) {
  let interrupt = (): void => {};
  const interrupted = new Promise<void>((done) => {
    interrupt = done;
  });
  const { terminal, stdout, stderr } = captureTerminal(project.root);
  const { port } = upstream.address() as AddressInfo;
  const argv = ["record", "--upstream", `http://127.0.0.1:${port}`, "--port", "0", "--to", file, ...flags];
  const running = run(argv, { ...terminal, interrupted: () => interrupted });
  for (let round = 0; round < 500 && !stdout().includes("Listening"); round++)
    await new Promise((next) => setTimeout(next, 20));
  await work(Number(/127\.0\.0\.1:(\d+)/.exec(stdout())?.[1]));
  await new Promise((next) => setTimeout(next, 50));
  interrupt();
  const exitCode = await running;
  const text = readFileSync(join(project.root, file), "utf8");
  return { exitCode, stdout: stdout(), stderr: stderr(), text, lines: text.split("\n").filter((line) => line !== "") };
}

function send(
  port: number,
  path: string,
  headers: readonly string[] = [],
  body: string | Uint8Array = "",
  method = "GET",
) {
  return new Promise<{ status: number | undefined; raw: string; body: Buffer }>((done, fail) => {
    const length = body === "" ? [] : ["Content-Length", String(Buffer.byteLength(body))];
    const request = httpRequest(
      { port, path, method, headers: ["Host", "client", ...headers, ...length] },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          done({ status: response.statusCode, raw: response.rawHeaders.join(" "), body: Buffer.concat(chunks) }),
        );
      },
    );
    request.on("error", fail);
    request.end(body);
  });
}

test("requests and answers pass unchanged; what is kept has no secrets and can be compared", async () => {
  seen = [];
  const outcome = await record("a.jsonl", [], async (port) => {
    const odd = await send(port, "/v1/../v1//x?a=%zz", ["X-A", "1", "x-a", "2"]);
    expect(odd.raw).toContain("x-own 1 x-own 2");
    await send(port, "/v1/shelves/1", ["Authorization", "Bearer top-secret", "Accept-Encoding", "gzip"]);
    await send(
      port,
      "/v1/shelves/1:merge?token=q-secret",
      ["Content-Type", "application/json"],
      '{"other":"shelves/2","pin":"pin-secret"}',
      "POST",
    );
    expect((await send(port, "/v1/shelves/large")).body.length).toBe(9_000_000);
  });
  expect([outcome.exitCode, outcome.stderr]).toEqual([0, ""]);
  expect(outcome.stdout).toContain("3 of 3 requests recorded");
  expect(seen[0]).toMatch(/^GET \/v1\/\.\.\/v1\/\/x\?a=%zz Host 127\.0\.0\.1:\d+ X-A 1 x-a 2 /);
  expect(seen[2]).toContain("pin-secret");
  expect(outcome.text).not.toMatch(/-secret/);
  const [first, second, third] = outcome.lines.map((line) => JSON.parse(line));
  expect(first).toMatchObject({ method: "GET", target: "/v1/../v1//x?a=%zz", answer: { status: 200 } });
  expect(second.answer.body).toBe('{"name":"shelves/1"}');
  expect(second.headers).toContainEqual(["Authorization", expect.stringMatching(/^redacted-sha256-/)]);
  expect(JSON.parse(third.body)).toEqual({ other: "shelves/2", pin: expect.stringMatching(/^redacted-sha256-/) });
  const { terminal, stdout } = captureTerminal(project.root);
  const compare = [
    "compare",
    "a.jsonl",
    "--old",
    "recorded",
    "--new",
    `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
    "--header",
    "Authorization: x",
  ];
  expect(await run(compare, { ...terminal, interrupted: () => new Promise(() => {}) })).toBe(0);
  expect(stdout()).toContain("0 of 2 requests answered differently");
});

test("no form, no compression, no stream and no depth hides a secret", async () => {
  const deep = `${'{"a":'.repeat(100_000)}"deep-secret"${"}".repeat(100_000)}`;
  const post = (port: number, body: string, headers: readonly string[] = []) =>
    send(port, "/v1/shelves/1:merge", headers, body, "POST");
  const outcome = await record("secrets.jsonl", [], async (port) => {
    await post(port, '{"pin":"curl-secret"}', ["Content-Type", "application/x-www-form-urlencoded"]);
    await post(port, "pin=form-secret&password=form-secret", ["Content-Type", "application/x-www-form-urlencoded"]);
    await post(port, '{"pin":"a-secret"}{"pin":"b-secret"}', ["Content-Type", "application/json"]);
    await post(port, deep, ["Content-Type", "application/json"]);
    await send(
      port,
      "/v1/shelves/1:merge?pin=query-secret",
      ["Grpc-Metadata-Authorization", "meta-secret"],
      "",
      "POST",
    );
    const zip = gzipSync('{"pin":"zip-secret"}');
    await send(port, "/v1/shelves/1:merge", ["Content-Encoding", "gzip"], zip, "POST");
    await send(port, "/v1/shelves/1:merge", ["Content-Encoding", "zstd"], "zstd-secret", "POST");
    expect((await send(port, "/v1/shelves/2")).status).toBe(200);
  });
  expect([outcome.exitCode, outcome.stderr]).toEqual([0, ""]);
  expect(outcome.text).not.toMatch(/-secret/);
  expect(outcome.text).not.toContain(gzipSync("").toString("base64").slice(0, 8));
  expect(outcome.stdout).toContain("7 of 7 requests recorded");
});

test("no answer of the upstream ends it, and whole URLs go nowhere else", async () => {
  const heads: Readonly<Record<string, string>> = {
    status: "HTTP/1.1 099 x\r\nContent-Length: 0\r\n\r\n",
    reason: "HTTP/1.1 200 a\u0001b\r\nContent-Length: 0\r\n\r\n",
    upgrade: "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    both: "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    fine: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
  };
  const asked: string[] = [];
  const odd = createSocketServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (bytes) => {
      const [line = ""] = bytes.toString().split("\r\n");
      asked.push(line);
      const [name = ""] = /\w+(?= HTTP)/.exec(line) ?? [];
      socket.end(heads[name] ?? "");
    });
  });
  await new Promise<void>((done) => odd.listen(0, "127.0.0.1", done));
  const kept: string[] = [];
  const proxy = createRecordingProxy({
    upstream: `http://127.0.0.1:${(odd.address() as AddressInfo).port}/base`,
    passed: ({ target }) => kept.push(target),
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const { port } = proxy.address() as AddressInfo;
  for (const name of ["status", "reason", "upgrade", "both"])
    expect([name, (await send(port, `/${name}`)).status]).toEqual([name, 502]);
  expect((await send(port, "http://elsewhere.example.com/fine")).status).toBe(200);
  expect(asked.at(-1)).toBe("GET /base/fine HTTP/1.1");
  expect(kept).toEqual(["/fine"]);
  proxy.closeAllConnections();
  proxy.close();
  odd.close();
});

test("a sample keeps every tenth, and the first of every route, status and set of parameters", async () => {
  const { lines } = await record("b.jsonl", ["--sample", "10%"], async (port) => {
    for (let number = 0; number < 40; number++) await send(port, `/v1/shelves/${number}`);
    await send(port, "/v1/shelves/gone");
    await send(port, "/v1/shelves/2?a=1");
  });
  const targets = lines.map((line) => JSON.parse(line).target);
  expect(targets).toHaveLength(7);
  expect(targets).toEqual(expect.arrayContaining(["/v1/shelves/0", "/v1/shelves/gone", "/v1/shelves/2?a=1"]));
});

test("the limit ends it, an upstream that is gone is a 502 that nobody records", async () => {
  const limited = await record("c.jsonl", ["--limit", "2"], async (port) => {
    for (const name of ["a", "b"]) await send(port, `/v1/shelves/${name}`);
  });
  expect(limited.stdout).toContain("2 of 2 requests recorded");
  const { terminal, stderr } = captureTerminal(project.root);
  expect(await run(["record", "--upstream", "ftp://x"], terminal)).toBe(2);
  expect(stderr()).toContain("--upstream: expected http://");
});
