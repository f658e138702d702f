/** What `compare` finds in answers, what counts, and how it is told. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  compare,
  json,
  lines,
  project,
  reads,
  results,
  serve,
  shelf,
  useComparisons,
} from "./comparison-project.js";

useComparisons();

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
