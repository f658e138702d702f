/** Reasons for which `compare` stops, and how it goes on. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  compare,
  json,
  project,
  reads,
  results,
  serve,
  shelf,
  useComparisons,
} from "./comparison-project.js";

useComparisons();

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
