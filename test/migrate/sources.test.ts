/** Recordings in every format, whole and damaged, become requests byte for byte. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readGor } from "../../src/migrate/requests/gor.js";
import { readHar } from "../../src/migrate/requests/har.js";
import { readJsonLine, writeJsonLine } from "../../src/migrate/requests/json-lines.js";
import { readSource, SourceError } from "../../src/migrate/requests/read-source.js";
import type { RecordedRequest, SourceItem } from "../../src/migrate/requests/recorded-request.js";
import { fc, runs } from "../support/property.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "g2l-sources-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(
  name: string,
  content: string | Uint8Array,
  format?: Parameters<typeof readSource>[1],
): Promise<SourceItem[]> {
  writeFileSync(join(folder, name), content);
  return collect(readSource(join(folder, name), format));
}

async function collect(items: AsyncIterable<SourceItem>): Promise<SourceItem[]> {
  const found: SourceItem[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** A request in one line, or the reason why there is none. */
function short(item: SourceItem): string {
  if (item.kind === "skipped") return item.reason;
  const { id, method, target, headers, body, answer } = item.request;
  const answered =
    answer === undefined ? "" : ` => ${answer.status} ${Buffer.from(answer.body).toString()} ${answer.ms}`;
  const shown = headers.map(([name, value]) => `${name}=${value}`).join(",");
  return `${id} ${method} ${target} [${shown}] ${Buffer.from(body).toString()}${answered}`;
}

const gorSeparator = "\n🐵🙈🙉\n";
const gor = [
  "1 aa 1700000000000000000\nGET /v1/books?q=%2F%e4 HTTP/1.1\r\nHost: x\r\nA: 1\r\na: 2\r\n\r\n",
  "2 aa 1700000000000000001 12300000\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
  '1 bb 1700000000000000002\nPOST /v1/books HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n3\r\n:1}\r\n0\r\n\r\n',
].join(gorSeparator);

const har = {
  log: {
    version: "1.2",
    pages: [{ title: '{"entries":[' }],
    entries: [
      {
        time: 5,
        request: {
          method: "get",
          url: "https://api.example.com/v1/a%20b?x=1#part",
          headers: [
            { name: ":authority", value: "x" },
            { name: "X-A", value: "}]" },
          ],
        },
        response: { status: 200, headers: [], content: { text: "e30=", encoding: "base64" } },
        _initiator: { type: "script" },
      },
      {
        request: { method: "POST", url: "https://x/v1", headers: [], postData: { text: "ä" } },
        response: { status: 0 },
      },
      { request: { method: "POST" } },
    ],
  },
};

test.each([
  [
    "a.har",
    JSON.stringify(har),
    ["a.har:1 GET /v1/a%20b?x=1 [X-A=}]]  => 200 {} 5", "a.har:2 POST /v1 [] ä", "malformed"],
  ],
  [
    "b.har",
    JSON.stringify(har, undefined, 2),
    ["b.har:1 GET /v1/a%20b?x=1 [X-A=}]]  => 200 {} 5", "b.har:2 POST /v1 [] ä", "malformed"],
  ],
  [
    "c.gor",
    gor,
    [
      "c.gor:1 GET /v1/books?q=%2F%e4 [Host=x,A=1,a=2]  => 200 {} 12.3",
      'c.gor:2 POST /v1/books [Transfer-Encoding=chunked] {"a":1}',
    ],
  ],
  ["d.gor", gor.slice(0, -12), ["d.gor:1 GET /v1/books?q=%2F%e4 [Host=x,A=1,a=2]  => 200 {} 12.3", "truncated"]],
  [
    "e.log",
    'https 2026-01-02T00:00:00.000000Z app/lb/1 1.2.3.4:5 10.0.0.1:80 0.000 0.012 0.000 200 200 34 366 "GET https://api.example.com:443/v1/x?a=%20b HTTP/2.0" "curl" - - tg "Root=1"\nhttps 2026-01-02T00:00:00.000000Z app/lb/1 1.2.3.4:5 - -1 -1 -1 502 - 34 366 "POST https://a:443/v1/x HTTP/1.1" "c"\nhttps nonsense\n',
    ["e.log:1 GET /v1/x?a=%20b []  => 200  12", "noBody", "malformed"],
  ],
  [
    "f.log",
    '1.2.3.4 - - [10/Oct/2026:13:55:36 +0000] "GET /v1/x?q=\\x22 HTTP/1.1" 404 12 "-" "curl \\"8\\"" 0.250\n1.2.3.4 - ada [10/Oct/2026:13:55:36 +0000] "HEAD /v1/y HTTP/1.1" 200 0 "-" "curl"\n',
    ['f.log:1 GET /v1/x?q=" []  => 404  250', "f.log:2 HEAD /v1/y []  => 200  undefined"],
  ],
  [
    "g.log",
    '[2026-01-02T00:00:00.000Z] "GET /v1/x HTTP/1.1" 200 - 0 12 34 30 "-" "curl" "id" "host" "1.2.3.4:80"\n',
    ["g.log:1 GET /v1/x []  => 200  34"],
  ],
  [
    "h.log",
    '{"request_method":"GET","request_uri":"/v1/x?a=1","status":"200","request_time":"0.015"}\n',
    ["h.log:1 GET /v1/x?a=1 []  => 200  15"],
  ],
  [
    "i.jsonl",
    '{"method":"GET","target":"/a/../b//c?%zz","headers":[["A","1"],["a","2"]]}\r\n\n{"method":"GET"}\nnonsense\n{"method":"GET","target":"/a b"}\n{"method":"GET","target":"/","headers":[["a","b\\nc"]]}',
    ["i.jsonl:1 GET /a/../b//c?%zz [A=1,a=2] ", "malformed", "malformed", "unsendable", "unsendable"],
  ],
  ["empty.jsonl", "", []],
])("%s", async (name, content, expected) => {
  const found = (await read(name, content)).map(short);
  expect(found).toEqual(expected);
  const packed = (await read(`${name}.gz`, gzipSync(content))).map(short);
  expect(packed.map((text) => text.replace(".gz", ""))).toEqual(found);
});

test("a gzip that is cut off gives what was there, and says so", async () => {
  const lines = Array.from({ length: 5000 }, (_, at) => `{"method":"GET","target":"/v1/${at}/${Math.sin(at)}"}`).join(
    "\n",
  );
  const found = await read("cut.jsonl.gz", gzipSync(lines).subarray(0, 20_000));
  expect(found.filter(({ kind }) => kind === "request").length).toBeGreaterThan(100);
  expect(found.at(-1)).toEqual({ kind: "skipped", reason: "truncated" });
});

test("a truncated archive gives its whole entries, and says so", async () => {
  const text = JSON.stringify(har);
  const found = await read("cut.har", text.slice(0, text.indexOf("postData")));
  expect(found.map(short)).toEqual(["cut.har:1 GET /v1/a%20b?x=1 [X-A=}]]  => 200 {} 5", "truncated"]);
});

test("an unknown format and a missing file are said in words", async () => {
  await expect(read("x.txt", "hello\n")).rejects.toThrow(SourceError);
  await expect(collect(readSource(join(folder, "missing.har")))).rejects.toThrow("missing.har cannot be read (ENOENT)");
});

/** A stream that counts what was taken from it. */
async function* endless(head: string, part: string, taken: { chunks: number }): AsyncGenerator<Buffer> {
  yield Buffer.from(head);
  for (; taken.chunks < 100_000; taken.chunks++) yield Buffer.from(part);
}

test("archives and recordings of any size are read as they come", async () => {
  const taken = { chunks: 0 };
  const entry = JSON.stringify(har.log.entries[0]);
  for await (const item of readHar(endless('{"log":{"entries":[', `${entry},`, taken), "big.har")) {
    expect(item.kind).toBe("request");
    if (taken.chunks >= 100) break;
  }
  expect(taken.chunks).toBeLessThan(110);
  taken.chunks = 0;
  for await (const item of readGor(endless("", gor + gorSeparator, taken), "big.gor")) {
    expect(item.kind).toBe("request");
    if (taken.chunks >= 3000) break;
  }
  expect(taken.chunks).toBeLessThan(3100);
});

test("entries are cut the same wherever the chunks end", async () => {
  const text = Buffer.from(JSON.stringify(har));
  const whole = (await collect(readHar(chunked(text, text.length), "a"))).map(short);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (size) => {
      expect((await collect(readHar(chunked(text, size), "a"))).map(short)).toEqual(whole);
      const cut = (await collect(readGor(chunked(Buffer.from(gor), size), "a"))).map(short);
      expect(cut).toHaveLength(2);
    }),
    { numRuns: runs(60) },
  );
});

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("a line that is written reads back as the same request", () => {
  const latin1 = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
  fc.assert(
    fc.property(latin1, latin1, fc.uint8Array(), fc.uint8Array(), (name, value, body, reply) => {
      const request: RecordedRequest = {
        id: "x",
        method: "POST",
        target: `/${encodeURIComponent(name)}`,
        headers: [["X-A", value]],
        body,
        answer: { status: 200, headers: [["X-B", value]], body: reply, ms: 1 },
      };
      const item = readJsonLine(writeJsonLine(request), "x");
      if (item.kind !== "request") throw new Error(item.reason);
      expect({ ...item.request, body: [...item.request.body], answer: [...(item.request.answer?.body ?? [])] }).toEqual(
        {
          ...request,
          body: [...body],
          answer: [...reply],
        },
      );
    }),
    { numRuns: runs(200) },
  );
});
