/** `report`: one static page, deterministic, bounded, and safe whatever the answers said. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { run } from "../../src/cli/main.js";
import { difference } from "../../src/migrate/differences/difference.js";
import { escapeHtml } from "../../src/migrate/page/html.js";
import { type PageData, pageData } from "../../src/migrate/page/page-data.js";
import { renderPage } from "../../src/migrate/page/page.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";
import { comparison, hostile, largePage, observation, sourcesOf } from "./page-fixtures.js";

let project: TemporaryProject;

beforeEach(() => {
  project = createProject({ "library.proto": libraryProto, "grpc2lambda.yaml": "protos: [library.proto]\n" });
});
afterEach(() => project.remove());

async function report(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = { SOURCE_DATE_EPOCH: "1767225600" },
) {
  const { terminal, stdout, stderr } = captureTerminal(project.root, env);
  const exitCode = await run(["report", ...args], terminal);
  return { exitCode, stdout: stdout(), stderr: stderr() };
}

const page = (): string => readFileSync(join(project.root, "compare/page.html"), "utf8");

test("without a comparison it shows routes and says what to run", async () => {
  expect(await report()).toEqual({ exitCode: 0, stdout: "compare/page.html\n", stderr: "" });
  expect(page()).toContain("nothing compared yet: run grpc2lambda compare");
  expect(page()).toContain("<code>GET /v1/{name=shelves/*}</code>");
  expect(page()).toContain("migration, 2026-01-01T00:00:00Z");
});

test("the number comes first, rows are in the order of risk, and the same input makes the same page", async () => {
  const difference = { class: "value", path: "name", old: '"a"', new: '"b"', types: "string" } as const;
  const seen = [observation(1, { differences: [difference], bodies: { old: "OLD", new: "NEW" } }), observation(2)];
  project.put("compare/summary.json", JSON.stringify({ version: 1, ...comparison(seen) }));
  await report();
  const first = page();
  expect(first).toMatch(/<b class="bad">1 of 2<\/b>requests answered differently/);
  expect(first).toContain('<p>old</p><pre tabindex="0">OLD</pre></div><div><p>new</p><pre tabindex="0">NEW</pre>');
  expect(first.indexOf("shelves/*}</code>")).toBeLessThan(first.indexOf(":merge</code>"));
  expect(first).toContain('aria-label="p50, p95, p99 in ms: old 10, 10, 10; new 20, 20, 20"');
  await report();
  expect(page()).toBe(first);
  const data: PageData = JSON.parse((await report(["--json"])).stdout);
  expect(data.rows.map(({ state }) => state)).toEqual(["differs", "never compared"]);
});

test("the page is the data of --json: functions with size and budget, cost against the old service, who answers, and how it was measured", async () => {
  const run = { version: "0.1.0", sources: ["a.har", "generated:200:7"], noise: true };
  project.put("compare/summary.json", JSON.stringify({ version: 1, ...comparison([observation(1)]), run }));
  project.put(
    "build/lambda/functions.json",
    JSON.stringify({ functions: [{ id: "library-service-get-shelf", zipBytes: 21_050 }] }),
  );
  project.put(
    "grpc2lambda.yaml",
    `protos: [library.proto]
build: { maxZipBytes: 20000 }
dependencies: { old: { address: { ref: OldAddress }, tls: false } }
implementation: proxy
methods: { acme.library.v1.LibraryService.GetShelf: { implementation: handlers } }
`,
  );
  const cost = "--requests 100000 --duration 178 --architecture x86_64 --payload 0 --logs 0 --old-monthly 25.2".split(
    " ",
  );
  expect(await report(cost)).toMatchObject({ exitCode: 0, stderr: "" });
  const text = page();
  const data: PageData = JSON.parse((await report([...cost, "--json"])).stdout);
  expect(renderPage(data)).toBe(text);
  expect(data.rows.map(({ traffic }) => traffic)).toEqual([{ kind: "proxied", old: "old" }, { kind: "moved" }]);
  expect(data.cost).toMatchObject({ oldMonthly: 25.2, usage: { requests: 100_000, duration: 178 } });
  expect(text).toContain('<td data-name="answered by">old (proxy)</td>');
  expect(text).toContain('<b class="soft">1 of 2</b>RPCs answered by new code alone');
  expect(text).toContain('<td data-name="zip" class="number bad">21.0 kB, over budget</td>');
  expect(text).toContain("The budget of a zip is 20.0 kB.");
  expect(text).toContain('<b class="soft">$0.2683</b>a month, $25.20 for the old service');
  expect(text).toContain("<code>grpc2lambda compare a.har --generate 200 --seed 7 --old https://old --new dev</code>");
});

test("costs that cannot be estimated are refused", async () => {
  expect(await report(["--requests", "5"])).toMatchObject({
    exitCode: 2,
    stderr: "error: there is no duration: give --duration, or compare first\n",
  });
});

test("nothing is loaded and nothing runs, whatever the answers said", async () => {
  const difference = { class: "shape", path: hostile, old: hostile, new: hostile, types: "string" } as const;
  const seen = [
    observation(1, { target: `/v1/${hostile}`, differences: [difference], bodies: { old: hostile, new: hostile } }),
  ];
  project.put(
    "compare/summary.json",
    JSON.stringify({ version: 1, ...comparison(seen), old: hostile, stopped: hostile }),
  );
  await report();
  const text = page();
  expect(text).not.toMatch(/<(?:script|img|link|iframe|object|base|form)\b/i);
  const tags = text.replaceAll(/&lt;|&gt;/g, "").match(/<[a-z][^>]*>/gi) ?? [];
  const loading = /\s(?:src|href|on\w+|action|data)\s*=/i;
  expect(tags.filter((tag) => loading.test(tag.replaceAll(/"[^"]*"/g, "")))).toEqual([]);
  expect(tags.length).toBeGreaterThan(20);
  for (const hidden of ["\u202e", "\u0000"]) expect(text).not.toContain(hidden);
  expect(text).toContain("default-src 'none'; style-src 'unsafe-inline'");
  expect(text).toContain(
    "&lt;/pre&gt;&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\\u{202e}\\u{0}xxx",
  );
  expect(text.length).toBeLessThan(60_000);
});

test("1,000 routes and 10,000 differences stay under 5 MB", () => {
  const text = renderPage(largePage());
  expect(text.match(/<tr><td><code>GET /g)).toHaveLength(1000);
  expect(text).toContain("and 7,700 more kinds, in results.jsonl");
  expect(text.length).toBeLessThan(5_000_000);
});

test("a summary of any other form is refused, and markup in it is text", async () => {
  const markup = { markup: "<script>alert(1)</script>", length: 1 };
  const good = { version: 1, ...comparison([observation(1, { differences: [difference("value", "name", 1, 2)] })]) };
  const put = (value: unknown): void => project.put("compare/summary.json", JSON.stringify(value));
  put(good);
  expect(await report()).toMatchObject({ exitCode: 0 });
  const [found] = good.findings;
  const others: readonly object[] = [
    { old: markup },
    { requests: "<script>" },
    { rpcs: [null] },
    { rpcs: [{ ...good.rpcs[0], old: { count: 1, p50: markup, p95: 1, p99: 1 } }] },
    { findings: [{ ...found, path: markup }] },
    { findings: [{ ...found, example: { ...found?.example, bodies: { old: markup, new: "" } } }] },
    { stopped: markup },
  ];
  for (const other of others) {
    put({ ...good, ...other });
    expect(await report()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("is not a summary") });
  }
  const data = { ...comparison([]), old: markup as unknown as string };
  const plan = planFromProto(libraryProto);
  expect(renderPage(pageData(plan, sourcesOf(data)))).not.toContain("<script>");
});

test("results of another kind are refused", async () => {
  project.put("compare/summary.json", "{}");
  expect(await report()).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("is not a summary of this version"),
  });
  project.put("compare/summary.json", "[");
  expect(await report()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("is not JSON") });
  project.put("folder", "a file");
  expect(await report(["--results", "none", "--page", "folder/page.html"])).toMatchObject({ exitCode: 4 });
});

test.each([
  ['<a href="x">\'&', "&lt;a href=&quot;x&quot;&gt;&#39;&amp;"],
  ["a\tb\nc", "a\tb\nc"],
  ["\u001b[31m\ud800", "\\u{1b}[31m\\u{d800}"],
  ["😀ä", "😀ä"],
])("%j is escaped", (text, escaped) => expect(escapeHtml(text)).toBe(escaped));
