/** `compare` through the command line, with real servers: what goes out, what is found, what stops it, what is written. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let project: TemporaryProject;
let servers: Server[];

beforeEach(() => {
  servers = [];
  project = createProject({
    "package.json": '{"private": true, "type": "module"}',
    "proto/library.proto": libraryProto.replace("string name = 1;\n}\n", "string name = 1;\n}\n"),
    "grpc2lambda.yaml": "protos: [proto]\ninclude: [proto]\n",
    "one.jsonl": lines([{ method: "GET", target: "/v1/shelves/1" }]),
  });
});

afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  project.remove();
});

function lines(requests: readonly object[]): string {
  return requests.map((request) => `${JSON.stringify(request)}\n`).join("");
}

/** So many reads of shelves, `/v1/shelves/1` and on. */
function reads(count: number): string {
  return lines(Array.from({ length: count }, (_, at) => ({ method: "GET", target: `/v1/shelves/${at + 1}` })));
}

async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => answer(request, response, body));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers with JSON. */
function json(value: (request: IncomingMessage) => unknown, status = 200): Answer {
  return (request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value(request)));
  };
}

const shelf = json(({ url }) => ({ name: url?.slice(4) }));

async function compare(
  line: string,
  env: Readonly<Record<string, string>> = {},
  interrupted = new Promise<void>(() => {}),
) {
  const { terminal, stdout, stderr } = captureTerminal(project.root, env);
  const exitCode = await run(["compare", ...line.split(" ").filter((word) => word !== "")], {
    ...terminal,
    interrupted: () => interrupted,
  });
  return { exitCode, stdout: stdout(), stderr: stderr() };
}

function results(): Record<string, unknown>[] {
  const text = readFileSync(join(project.root, "compare/results.jsonl"), "utf8");
  return text
    .split("\n")
    .slice(1)
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

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

describe("finding", () => {
  test("the example of a finding is the shortest request, with its bodies whatever came before", async () => {
    const [old, changed] = [await serve(shelf), await serve(json(() => ({ name: "other" })))];
    const long = Array.from({ length: 30 }, (_, at) => ({
      method: "GET",
      target: `/v1/shelves/1?name=${"x".repeat(200 - at)}`,
    }));
    project.put(
      "long.jsonl",
      lines([...long, { method: "GET", target: "/v1/shelves/2" }, { method: "GET", target: "/v1/shelves/3" }]),
    );
    const { stdout } = await compare(`long.jsonl --old ${old} --new ${changed}`);
    expect(stdout).toContain(`      curl ${old}/v1/shelves/2\n`);
    const summary = JSON.parse(readFileSync(join(project.root, "compare/summary.json"), "utf8"));
    expect(summary.findings[0].example).toMatchObject({
      target: "/v1/shelves/2",
      bodies: { old: '{\n  "name": "shelves/2"\n}' },
    });
  });

  test("a difference is one line with RPC, field path, values and a command; exit 1", async () => {
    const [old, changed] = [await serve(shelf), await serve(json(() => ({ name: "other" })))];
    const { exitCode, stdout } = await compare(`one.jsonl --old ${old} --new ${changed}`);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("1 of 1 request answered differently");
    expect(stdout).toContain(
      `    1  value  LibraryService.GetShelf  name  "shelves/1" -> "other"\n      curl ${old}/v1/shelves/1`,
    );
    expect(results()).toMatchObject([
      {
        rpc: "acme.library.v1.LibraryService.GetShelf",
        old: { status: 200 },
        bodies: { new: '{\n  "name": "other"\n}' },
      },
    ]);
  });

  test("what the old side does to itself is noise, listed with a rule, exit 0", async () => {
    let number = 0;
    const moving = json(() => ({ name: String(number++) }));
    const [old, changed] = [await serve(moving), await serve(moving)];
    project.put("many.jsonl", reads(8));
    const { exitCode, stdout } = await compare(`many.jsonl --old ${old} --new ${changed}`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("the old side differs from itself in 8; a rule: ignore: [name]");
    expect(stdout).toContain("changes with every call");
  });

  test("noise in a few requests does not hide a difference in all", async () => {
    let number = 0;
    const [old, changed] = [
      await serve(json(() => ({ name: number++ % 7 === 6 ? "x" : "y" }))),
      await serve(json(() => ({ name: "z" }))),
    ];
    project.put("many.jsonl", reads(20));
    expect((await compare(`many.jsonl --old ${old} --new ${changed} --concurrency 1`)).exitCode).toBe(1);
  });

  test("a status is never noise", async () => {
    let number = 0;
    const flaky: Answer = (request, response, body) =>
      json(() => ({}), number++ % 2 === 0 ? 200 : 404)(request, response, body);
    const [old, changed] = [await serve(flaky), await serve(json(() => ({}), 403))];
    expect((await compare(`one.jsonl --old ${old} --new ${changed}`)).exitCode).toBe(1);
  });

  test("wording and headers are shown and do not count, unless they are asked for", async () => {
    const error = (message: string): Answer => json(() => ({ code: 5, message, details: [] }), 404);
    const [old, changed] = [await serve(error("a")), await serve(error("b"))];
    const plain = await compare(`one.jsonl --old ${old} --new ${changed}`);
    expect([plain.exitCode, plain.stdout]).toEqual([0, expect.stringContaining("wording (does not count)")]);
    expect((await compare(`one.jsonl --old ${old} --new ${changed} --fail-on wording`)).exitCode).toBe(1);
    expect(await compare(`one.jsonl --old ${old} --new ${changed} --fail-on words`)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('"words" is no class'),
    });
  });

  test("rules of the configuration apply, and typos in them are found with their place", async () => {
    const [old, changed] = [await serve(shelf), await serve(json(() => ({ name: "other" })))];
    const rule = (text: string): void =>
      project.put(
        "grpc2lambda.yaml",
        `protos: [proto]\ninclude: [proto]\ncompare:\n  old: ${old}\n  rules:\n    - ${text}\n`,
      );
    rule("{ rpc: acme.library.v1.LibraryService.GetShelf, ignore: [name] }");
    expect((await compare(`one.jsonl --new ${changed}`)).exitCode).toBe(0);
    rule("{ rpc: acme.library.v1.LibraryService.GetShelf, ignore: [nam] }");
    const typo = await compare(`one.jsonl --new ${changed}`);
    expect(typo.exitCode).toBe(2);
    expect(typo.stderr).toContain(
      'grpc2lambda.yaml:6:64 error CF031: "nam": there is no field "nam" in acme.library.v1.Shelf',
    );
    expect(typo.stderr).toContain('did you mean "name"?');
    rule("{ rpc: acme.library.v1.LibraryService.GetShelfs, ignore: [name] }");
    expect((await compare(`one.jsonl --new ${changed}`)).stderr).toContain(
      "CF030: there is no RPC acme.library.v1.LibraryService.GetShelfs",
    );
    rule('{ rpc: "*", tolerance: { name: soon } }');
    expect((await compare(`one.jsonl --new ${changed}`)).stderr).toContain('CF032: the tolerance of "name" is "soon"');
  });

  test("accepted differences do not count, and entries that no longer occur are named", async () => {
    const [old, changed] = [await serve(shelf), await serve(json(() => ({ name: "other" })))];
    expect((await compare(`one.jsonl --old ${old} --new ${changed} --accept`)).exitCode).toBe(0);
    expect((await compare(`one.jsonl --old ${old} --new ${changed}`)).exitCode).toBe(0);
    const mended = await compare(`one.jsonl --old ${old} --new ${old}`);
    expect([mended.exitCode, mended.stdout]).toEqual([
      0,
      expect.stringMatching(/accepted\.json has \w{12}, which did not occur/),
    ]);
    project.put("compare/accepted.json", "{}");
    expect((await compare(`one.jsonl --old ${old} --new ${old}`)).stderr).toContain(
      "is not a list of accepted differences",
    );
  });

  test("annotations name the RPC's place, and --json has the findings", async () => {
    const [old, changed] = [await serve(shelf), await serve(json(() => ({ name: "other" })))];
    const annotated = await compare(`one.jsonl --old ${old} --new ${changed}`, { GITHUB_ACTIONS: "true" });
    expect(annotated.stdout).toMatch(
      /^::error file=proto\/library\.proto,line=10,col=7,title=grpc2lambda compare::acme\.library/m,
    );
    const document = JSON.parse((await compare(`one.jsonl --old ${old} --new ${changed} --json`)).stdout);
    expect(document).toMatchObject({
      requests: 1,
      different: 1,
      findings: [{ class: "value", path: "name", verdict: "difference" }],
    });
    expect(document.missing).toEqual(["acme.library.v1.LibraryService.MergeShelves"]);
  });

  test("compressed answers are inflated, HEAD has no body, 50 MB are compared by hash", async () => {
    const packed: Answer = (_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(gzipSync('{"name":"shelves/1"}'));
    };
    const [old, changed] = [await serve(shelf), await serve(packed)];
    expect((await compare(`one.jsonl --old ${old} --new ${changed}`)).exitCode).toBe(0);
    const large =
      (byte: number): Answer =>
      (_, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(Buffer.alloc(50_000_000, byte));
      };
    const [a, b, c] = [await serve(large(0x31)), await serve(large(0x31)), await serve(large(0x32))];
    expect((await compare(`one.jsonl --old ${a} --new ${b}`)).exitCode).toBe(0);
    const differs = await compare(`one.jsonl --old ${a} --new ${c}`);
    expect([differs.exitCode, differs.stdout]).toEqual([1, expect.stringContaining("50000000 bytes, sha256")]);
  });

  test("a redirect to a large payload is followed on the new side, any other is compared", async () => {
    const bucket = await serve(json(() => ({ name: "shelves/1" })));
    const to =
      (location: string): Answer =>
      (_, response) =>
        response.writeHead(303, { location }).end();
    const [old, linked, other] = [
      await serve(shelf),
      await serve(to(`${bucket}/x?X-Amz-Signature=1`)),
      await serve(to(`${bucket}/x`)),
    ];
    expect((await compare(`one.jsonl --old ${old} --new ${linked}`)).exitCode).toBe(0);
    expect((await compare(`one.jsonl --old ${old} --new ${other}`)).stdout).toContain(
      "status  LibraryService.GetShelf  status  200 -> 303",
    );
  });

  test("the recording is a side, too", async () => {
    project.put(
      "answered.jsonl",
      lines([
        {
          method: "GET",
          target: "/v1/shelves/1",
          answer: { status: 200, headers: [["content-type", "application/json"]], body: '{"name":"shelves/1"}' },
        },
        { method: "GET", target: "/v1/shelves/2" },
      ]),
    );
    const { exitCode, stdout } = await compare(`answered.jsonl --old recorded --new ${await serve(shelf)}`);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("1 not compared: the recording has no answer")]);
  });
});

describe("stopping", () => {
  test("an old side that is not there: exit 4, and why", async () => {
    project.put("many.jsonl", reads(30));
    const { exitCode, stdout } = await compare(`many.jsonl --old http://127.0.0.1:1 --new ${await serve(shelf)}`);
    expect(exitCode).toBe(4);
    expect(stdout).toContain("stopped: the old side failed 10 of the last 10 times (nothing listens there)");
    expect(results().length).toBeLessThan(16);
  });

  test("a new side that fails in half of the calls is found, not stopped; one that is not there is missing", async () => {
    let number = 0;
    const half: Answer = (request, response, body) =>
      (number++ % 2 === 0 ? json(() => ({ message: "Bad Gateway" }), 502) : shelf)(request, response, body);
    project.put("many.jsonl", reads(20));
    const old = await serve(shelf);
    const { exitCode, stdout } = await compare(`many.jsonl --old ${old} --new ${await serve(half)}`);
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringContaining("   10  status  LibraryService.GetShelf  status  200 -> 502"),
    ]);
    const gone = await compare(`many.jsonl --old ${old} --new http://127.0.0.1:1`);
    expect([gone.exitCode, gone.stdout]).toEqual([
      1,
      expect.stringContaining("   20  missing  LibraryService.GetShelf  answer  200 -> nothing listens there"),
    ]);
  });

  test("a side that switches to another protocol has no answer", async () => {
    const server = createSocketServer((socket) =>
      socket.once("data", () => socket.write("HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")),
    );
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    const { stdout } = await compare(`one.jsonl --old ${await serve(shelf)} --new http://127.0.0.1:${port} --wait 5`);
    server.close();
    expect(stdout).toContain("missing  LibraryService.GetShelf  answer  200 -> it switched to another protocol");
  });

  test("an old side that breaks in the middle: exit 4", async () => {
    let number = 0;
    const breaking: Answer = (request, response, body) =>
      (number++ < 30 ? shelf : json(() => ({}), 503))(request, response, body);
    project.put("many.jsonl", reads(200));
    const { exitCode, stdout } = await compare(
      `many.jsonl --old ${await serve(breaking)} --new ${await serve(shelf)} --noise off`,
    );
    expect([exitCode, stdout]).toEqual([
      4,
      expect.stringMatching(/stopped: the old side failed \d+ of the last \d+ times/),
    ]);
  });

  test("a token that expires in the middle: exit 4 with a hint", async () => {
    let number = 0;
    const expiring: Answer = (request, response, body) =>
      (number++ < 20 ? shelf : json(() => ({}), 401))(request, response, body);
    project.put("many.jsonl", reads(60));
    const { exitCode, stdout } = await compare(
      `many.jsonl --old ${await serve(expiring)} --new ${await serve(json(() => ({}), 401))} --noise off`,
    );
    expect([exitCode, stdout]).toEqual([4, expect.stringContaining("the credentials have expired")]);
  });

  test("a clock that is off is a remark", async () => {
    const late: Answer = (request, response, body) => {
      response.setHeader("date", new Date(Date.now() - 600_000).toUTCString());
      shelf(request, response, body);
    };
    const { stdout } = await compare(`one.jsonl --old ${await serve(shelf)} --new ${await serve(late)}`);
    expect(stdout).toMatch(/the clock of the new side is (599|600|601) s behind this machine's/);
  });

  test("an interrupt ends it, and what is there is written", async () => {
    project.put("many.jsonl", reads(2000));
    let interrupt = (): void => {};
    const interrupted = new Promise<void>((resolve) => {
      interrupt = resolve;
    });
    let number = 0;
    const old = await serve((request, response, body) => {
      if (number++ === 20) interrupt();
      shelf(request, response, body);
    });
    await compare(`many.jsonl --old ${old} --new ${await serve(shelf)}`, {}, interrupted);
    expect(results().length).toBeGreaterThan(5);
    expect(results().length).toBeLessThan(1000);
    expect(existsSync(join(project.root, "compare/summary.json"))).toBe(true);
  });

  test("--resume goes on after a kill in the middle of a line, and asks nothing twice", async () => {
    project.put("many.jsonl", reads(12));
    const seen: (string | undefined)[] = [];
    const old = await serve((request, response, body) => {
      seen.push(request.url);
      shelf(request, response, body);
    });
    const line = `many.jsonl --old ${old} --new ${await serve(json(({ url }) => ({ name: url === "/v1/shelves/2" ? "x" : url?.slice(4) })))} --noise off --concurrency 1`;
    expect((await compare(line)).exitCode).toBe(1);
    const path = join(project.root, "compare/results.jsonl");
    const whole = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, `${whole.slice(0, 6).join("\n")}\n${whole[6]?.slice(0, 30)}`);
    seen.length = 0;
    const { exitCode, stdout } = await compare(`${line} --resume`);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining("1 of 12 requests answered differently")]);
    expect(seen).toEqual(Array.from({ length: 7 }, (_, at) => `/v1/shelves/${at + 6}`));
    expect(results().length).toBe(12);
    const other = await compare(`one.jsonl --old ${old} --new ${old} --resume`);
    expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining("--resume: the results are of")]);
  });

  test("--resume with other rules is refused: neither differences nor secrets of both runs would agree", async () => {
    const side = await serve(shelf);
    await compare(`one.jsonl --old ${side} --new ${side}`);
    project.put("grpc2lambda.yaml", 'protos: [proto]\ninclude: [proto]\ncompare:\n  redact: ["body:name"]\n');
    const { exitCode, stderr } = await compare(`one.jsonl --old ${side} --new ${side} --resume`);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("other rules or redactions")]);
  });

  test("a folder that cannot be written: exit 4", async () => {
    project.put("compare", "a file where the folder should be");
    const { exitCode, stderr } = await compare(`one.jsonl --old ${await serve(shelf)} --new ${await serve(shelf)}`);
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining("cannot be written")]);
  });

  test("a full disk: exit 4", async () => {
    if (!existsSync("/dev/full")) return;
    const { openResults, ResultsError } = await import("../../src/migrate/results/results-file.js");
    expect(() =>
      openResults("/dev/full", { version: 1, old: "a", new: "b", sources: [], rules: "", salt: "" }, false),
    ).toThrow(ResultsError);
  });

  test.each([
    ["", "there are no requests"],
    ["one.jsonl", "there is no old side"],
    ["missing.jsonl --old recorded --new http://127.0.0.1:1", "missing.jsonl cannot be read (ENOENT)"],
    ["one.jsonl --old ftp://x", "--old: expected https://"],
    ["one.jsonl --old http://127.0.0.1:1/?a --new dev", "expected a URL without query"],
    ["one.jsonl --old http://%zz:x@127.0.0.1:1", "expected %25"],
    ["one.jsonl --old http://127.0.0.1:1 --header x", "expected a header such as"],
    [
      "one.jsonl --old recorded --new http://127.0.0.1:1 --sign new=execute-api:eu-west-1",
      "--sign needs AWS_ACCESS_KEY_ID",
    ],
  ])("compare %s: exit 2", async (line, message) => {
    const { exitCode, stderr } = await compare(line.trim());
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("redaction", () => {
  test("no secret is in any file or output, and equal ones stay equal", async () => {
    project.put(
      "proto/library.proto",
      libraryProto.replace(
        "message Shelf {\n  string name = 1;",
        "message Shelf {\n  string name = 1;\n  string pin = 2 [debug_redact = true];\n  string note = 3;",
      ),
    );
    const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.abcdefghijk";
    const secrets = ["hunter2", "hunter3", jwt, "AKIAABCDEFGHIJKLMNOP", "q-secret", "cookie-secret", "body-secret"];
    const reply =
      (pin: string): Answer =>
      (request, response, body) => {
        response.setHeader("set-cookie", "cookie-secret");
        json(() => ({ name: "a", pin, note: `${jwt} AKIAABCDEFGHIJKLMNOP`, own: "body-secret" }))(
          request,
          response,
          body,
        );
      };
    project.put("grpc2lambda.yaml", 'protos: [proto]\ninclude: [proto]\ncompare:\n  redact: ["body:own"]\n');
    project.put(
      "secret.jsonl",
      lines([{ method: "GET", target: "/v1/shelves/1?access_token=q-secret&sessionId=q-secret" }]),
    );
    const differs = await compare(
      `secret.jsonl --old ${await serve(reply("hunter2"))} --new ${await serve(reply("hunter3"))}`,
    );
    expect([differs.exitCode, differs.stdout]).toEqual([1, expect.stringContaining("pin")]);
    const written = ["results.jsonl", "summary.json"].map((name) =>
      readFileSync(join(project.root, "compare", name), "utf8"),
    );
    for (const secret of secrets) expect([...written, differs.stdout].join("\n")).not.toContain(secret);
    expect(
      (await compare(`secret.jsonl --old ${await serve(reply("hunter2"))} --new ${await serve(reply("hunter2"))}`))
        .exitCode,
    ).toBe(0);
  });
});

test("dev is the generated functions behind the simulated door, with generated requests that repeat themselves", async () => {
  project.put(
    "src/handlers/library-service/get-shelf.ts",
    "export const getShelf = async ({ name }: { name: string }) => ({ name });\n",
  );
  project.put(
    "src/handlers/library-service/merge-shelves.ts",
    "export const mergeShelves = async ({ name }: { name: string }) => ({ name });\n",
  );
  const { terminal } = captureTerminal(project.root);
  expect(await run(["generate"], terminal)).toBe(0);
  const seen: (string | undefined)[] = [];
  const old = await serve((request, response, body) => {
    seen.push(request.url);
    json(({ url }) => ({ name: decodeURIComponent(url?.split("?")[0]?.slice(4) ?? "") }))(request, response, body);
  });
  const line = `--generate 30 --seed 5 --old ${old} --new dev --noise off`;
  const first = await compare(line);
  expect([first.exitCode, first.stderr]).toEqual([0, ""]);
  expect(first.stdout).toContain("0 of 15 requests answered differently");
  const targets = seen.splice(0).sort();
  await compare(line);
  expect(seen.sort()).toEqual(targets);
  expect((await compare(`${line} --require-all`)).exitCode).toBe(4);
  project.put(
    "proto/library.proto",
    libraryProto.replace("string other = 2;", "string other = 2;\n  string more = 3;"),
  );
  const outdated = await compare(line);
  expect([outdated.exitCode, outdated.stderr]).toEqual([
    2,
    expect.stringMatching(
      /^error: gen\/ is not what generate would write \(\d+ files, .*: run grpc2lambda generate first\n$/,
    ),
  ]);
}, 60_000);

test("why a function gave no result is told once", async () => {
  project.put(
    "src/handlers/library-service/get-shelf.ts",
    'export const getShelf = async () => ({ name: "a" });\nthrow new Error("no table \\u001b[31m");\n',
  );
  project.put(
    "src/handlers/library-service/merge-shelves.ts",
    "export const mergeShelves = async ({ name }: { name: string }) => ({ name });\n",
  );
  expect(await run(["generate"], captureTerminal(project.root).terminal)).toBe(0);
  project.put("two.jsonl", reads(2));
  const { stdout, stderr } = await compare(`two.jsonl --old ${await serve(shelf)} --new dev`);
  expect(stdout).toContain("200 -> 500");
  expect(stderr).toMatch(/^function \S+ failed: Error: no table \\u\{1b\}\[31m \(at .*get-shelf.ts:2:7\)\n$/);
}, 60_000);
