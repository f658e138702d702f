/** What `compare` sends to its sides, and what it does not. */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { libraryProto } from "../support/temporary-project.js";
import { compare, json, lines, project, reads, results, serve, shelf, useComparisons } from "./comparison-project.js";

useComparisons();

describe("sending", () => {
  test("targets and headers go out byte for byte; only those of the connection are new", async () => {
    let seen = Buffer.alloc(0);
    const server = createSocketServer((socket) => {
      socket.on("data", (bytes) => {
        seen = Buffer.concat([seen, bytes]);
        if (seen.includes('{"a":1}'))
          socket.end("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    const headers = [
      ["X-A", "1"],
      ["x-a", "\u00e4"],
      ["Content-Type", "application/json"],
      ["Content-Length", "99"],
      ["Host", "x"],
    ];
    const target = "/v1/../v1//shelves/%2e%2E/%zz/\u00e4?a=%20+&&b";
    project.put("raw.jsonl", lines([{ method: "POST", target, headers, body: '{"a":1}' }]));
    const { exitCode } = await compare(
      `raw.jsonl --old http://127.0.0.1:${port} --new ${await serve(json(() => ({})))} --unsafe-all --noise off`,
    );
    server.close();
    expect(exitCode).toBeLessThan(2);
    expect(seen.toString("latin1")).toBe(
      `POST ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-A: 1\r\nx-a: \u00e4\r\nContent-Type: application/json\r\nContent-Length: 7\r\nConnection: keep-alive\r\n\r\n{"a":1}`,
    );
  });

  test.skipIf(process.platform === "win32")("a recording may come through a pipe", async () => {
    project.put("recorded.jsonl", lines([1, 2, 3].map((at) => ({ method: "GET", target: `/v1/shelves/${at}` }))));
    const pipe = join(project.root, "pipe.jsonl");
    execFileSync("mkfifo", [pipe]);
    const writer = spawn("sh", ["-c", 'cat "$1" > "$2"', "sh", join(project.root, "recorded.jsonl"), pipe]);
    const seen: string[] = [];
    const old = await serve((request, response, body) => {
      seen.push(`${request.url}`);
      shelf(request, response, body);
    });
    const { exitCode } = await compare(`pipe.jsonl --old ${old} --new ${await serve(shelf)} --noise off`);
    writer.kill();
    rmSync(pipe);
    expect(exitCode).toBe(0);
    expect(seen.sort()).toEqual(["/v1/shelves/1", "/v1/shelves/2", "/v1/shelves/3"]);
  });

  test("what changes something is sent only where it is named, and then once", async () => {
    const seen: string[] = [];
    const [old, changed] = await Promise.all([
      serve((request, response, body) => {
        seen.push(`${request.method} ${request.url}`);
        shelf(request, response, body);
      }),
      serve(shelf),
    ]);
    project.put(
      "mixed.jsonl",
      lines([
        { method: "POST", target: "/v1/shelves/1:merge", body: "{}" },
        { method: "DELETE", target: "/v2" },
      ]),
    );
    const refused = await compare(`mixed.jsonl --old ${old} --new ${changed}`);
    expect(refused.exitCode).toBe(4);
    expect(refused.stdout).toContain(
      "2 not sent, because they change something: LibraryService.MergeShelves, unrouted",
    );
    expect(seen).toEqual([]);
    expect((await compare(`mixed.jsonl --old ${old} --new ${changed} --unsafe MergeShelves`)).exitCode).toBe(0);
    expect(seen).toEqual(["POST /v1/shelves/1:merge"]);
  });

  test("an RPC that the schema declares harmless is sent, whatever its method", async () => {
    project.put(
      "proto/library.proto",
      libraryProto.replace('body: "*" };', 'body: "*" };\n    option idempotency_level = NO_SIDE_EFFECTS;'),
    );
    project.put("merge.jsonl", lines([{ method: "POST", target: "/v1/shelves/1:merge", body: "{}" }]));
    const [old, changed] = [await serve(shelf), await serve(shelf)];
    expect((await compare(`merge.jsonl --old ${old} --new ${changed}`)).exitCode).toBe(0);
  });

  test("headers of the command line replace those of the recording, and come from the environment", async () => {
    const seen: (string | undefined)[] = [];
    const [old, changed] = [
      await serve(shelf),
      await serve((request, response, body) => {
        seen.push(request.headers.authorization);
        shelf(request, response, body);
      }),
    ];
    project.put(
      "auth.jsonl",
      lines([{ method: "GET", target: "/v1/shelves/1", headers: [["authorization", "redacted-sha256-12345678"]] }]),
    );
    const missing = await compare(`auth.jsonl --old ${old} --new ${changed}`);
    expect(missing.stdout).toContain("a value is redacted in the recording, expected --header 'authorization: …'");
    const env = { TOKEN: "Bearer secret-of-mine" };
    const { terminal, stdout } = captureTerminal(project.root, env);
    const line = ["compare", "auth.jsonl", "--old", old, "--new", changed, "--header", "Authorization: env:TOKEN"];
    expect(await run(line, { ...terminal, interrupted: () => new Promise(() => {}) })).toBe(0);
    expect(seen).toEqual(["Bearer secret-of-mine"]);
    expect(stdout() + readFileSync(join(project.root, "compare/results.jsonl"), "utf8")).not.toContain(
      "secret-of-mine",
    );
  });

  test("--plan sends nothing, --only, --except, --limit and --sample choose", async () => {
    project.put("many.jsonl", reads(40));
    expect((await compare("many.jsonl --plan")).stdout).toBe("LibraryService.GetShelf: 40 sent\nNothing was sent.\n");
    expect((await compare("many.jsonl --plan --except GetShelf")).stdout).toContain("40 left out");
    expect((await compare("many.jsonl --plan --only MergeShelves")).stdout).toContain("40 left out");
    const sampled = (await compare("many.jsonl --plan --sample 50%")).stdout;
    expect(sampled).toMatch(/GetShelf: (?=.*\b\d+ sent)(?=.*\b\d+ left out)/);
    expect((await compare("many.jsonl --plan --sample 50%")).stdout).toBe(sampled);
    const [old, changed] = [await serve(shelf), await serve(shelf)];
    await compare(`many.jsonl --old ${old} --new ${changed} --limit 3 --concurrency 1`);
    expect(results()).toHaveLength(3);
  });

  test("the rate holds, and a server that asks for patience gets it once", async () => {
    let refused = false;
    const at: number[] = [];
    const [old, changed] = [
      await serve((request, response, body) => {
        at.push(Date.now());
        if (refused) return shelf(request, response, body);
        refused = true;
        response.writeHead(429, { "retry-after": "1" });
        return response.end();
      }),
      await serve(shelf),
    ];
    project.put("many.jsonl", reads(3));
    const { exitCode } = await compare(
      `many.jsonl --old ${old} --new ${changed} --noise off --rate 20 --concurrency 1`,
    );
    expect(exitCode).toBe(0);
    expect(at).toHaveLength(4);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(950);
    expect((at[3] ?? 0) - (at[1] ?? 0)).toBeGreaterThanOrEqual(90);
  });
});

describe("what changes something", () => {
  test("goes out once to each side, even where one asks for patience", async () => {
    const seen: string[] = [];
    const busy = await serve((_, response) => {
      seen.push("old");
      response.writeHead(503, { "retry-after": "0" }).end();
    });
    const changed = await serve((request, response, body) => {
      seen.push("new");
      shelf(request, response, body);
    });
    project.put("merge.jsonl", lines([{ method: "POST", target: "/v1/shelves/1:merge", body: "{}" }]));
    await compare(`merge.jsonl --old ${busy} --new ${changed} --unsafe MergeShelves`);
    expect(seen.sort()).toEqual(["new", "old"]);
  });

  test.each(["X-HTTP-Method-Override", "x-method-override", "X-HTTP-Method"])(
    "is what %s makes of a safe request, and is not sent",
    async (name) => {
      const seen: string[] = [];
      const side = await serve((request, response, body) => {
        seen.push(request.headers[name.toLowerCase()]?.toString() ?? "");
        shelf(request, response, body);
      });
      const request = { method: "GET", target: "/v1/shelves/1" };
      const overrides = ["DELETE", " post ", "GET"].map((method) => ({ ...request, headers: [[name, method]] }));
      project.put(
        "override.jsonl",
        lines([...overrides, { method: "GET", target: "/other", headers: [[name, "PUT"]] }]),
      );
      const { stdout } = await compare(`override.jsonl --old ${side} --new ${side} --noise off`);
      expect(seen).toEqual(["GET", "GET"]);
      expect(stdout).toContain("3 not sent, because they change something: LibraryService.GetShelf, unrouted");
      expect((await compare(`override.jsonl --old ${side} --new ${side} --plan`)).stdout).toContain(
        "LibraryService.GetShelf: 2 unsafe, 1 sent",
      );
    },
  );
});

describe("an archive of a browser with several hosts", () => {
  const entry = (url: string) => ({
    request: {
      method: "GET",
      url,
      headers: [
        { name: "Cookie", value: `of=${url}` },
        { name: "Authorization", value: "Bearer x" },
        { name: "X-Kept", value: "1" },
      ],
    },
    response: { status: 0 },
  });
  const urls = [
    "https://cdn.example.net/a.js",
    "https://cdn.example.net/b.js",
    "https://API.example.com/v1/shelves/1",
    "https://stats.example.org/v1/shelves/2",
    "https://api.example.com/v1/shelves/3",
  ];

  test.each([
    ["", ["/v1/shelves/1", "/v1/shelves/3"], "3 lost their cookies and credentials"],
    ["--host stats.example.org", ["/v1/shelves/2"], "other hosts: api.example.com, cdn.example.net; --host"],
    ["--host API.example.com --host stats.example.org", ["/v1/shelves/1", "/v1/shelves/2", "/v1/shelves/3"], "2 lost"],
  ])("%s", async (flags, own, said) => {
    project.put("page.har", JSON.stringify({ log: { entries: urls.map(entry) } }));
    const seen: string[] = [];
    const side = await serve((request, response, body) => {
      const { cookie, authorization } = request.headers;
      if (cookie !== undefined && authorization !== undefined) seen.push(request.url ?? "");
      expect([cookie === undefined, request.headers["x-kept"]]).toEqual([authorization === undefined, "1"]);
      shelf(request, response, body);
    });
    const { exitCode, stdout } = await compare(`page.har --old ${side} --new ${side} --noise off ${flags}`);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(said)]);
    expect([...new Set(seen)].sort()).toEqual(own);
  });
});
