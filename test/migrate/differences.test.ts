/** Differences of two answers: classes, paths of fields, rules. */
import { expect, test } from "vitest";
import { toObservation } from "../../src/migrate/comparison/to-observation.js";
import { compareAnswers } from "../../src/migrate/differences/compare-answers.js";
import type { Header } from "../../src/migrate/requests/recorded-request.js";
import type { RequestLabel } from "../../src/migrate/requests/request-label.js";
import type { SideAnswer } from "../../src/migrate/sides/side.js";
import { createRedactor } from "../../src/migrate/redaction/redactor.js";
import { type ComparisonRule, rulesFor } from "../../src/migrate/rules/comparison-rules.js";
import { overlookedHeaders } from "../../src/migrate/rules/header-rules.js";
import { indexModel } from "../../src/model/model-index.js";
import { modelFromProto } from "../support/model-from-proto.js";

const proto = `syntax = "proto3";
package acme.v1;
import "google/protobuf/timestamp.proto";
import "google/protobuf/struct.proto";
message Book {
  string name = 1;
  repeated string tags = 2;
  google.protobuf.Timestamp create_time = 3;
  map<string, Price> prices = 4;
  string password = 5 [debug_redact = true];
  google.protobuf.Struct extra = 6;
}
message Price { int64 cents = 1; double rate = 2; }
message Books { repeated Book books = 1; int32 total_size = 2; }
`;
const index = indexModel(modelFromProto({ "books.proto": proto }));
const redactor = createRedactor({ names: [], salt: "s" }, index);

interface Options {
  readonly rule?: Partial<ComparisonRule>;
  readonly status?: readonly [number, number];
  readonly headers?: readonly [readonly Header[], readonly Header[]];
  readonly streams?: boolean;
  readonly responseBody?: string;
  readonly type?: string;
}

/** Differences of two bodies, each `class path old -> new`. */
function differences(old: string | Buffer, changed: string | Buffer, options: Options = {}): string[] {
  const {
    rule = {},
    status: [left, right] = [200, 200],
    headers: [before, after] = [[], []],
    type = "application/json",
  } = options;
  const rules = [{ rpc: "*", ignore: [], unordered: [], tolerance: [], headers: [], status: [], ...rule }];
  const answer = (status: number, body: string | Buffer, headers: readonly Header[]) =>
    ({
      kind: "answer",
      status,
      headers: [["Content-Type", type], ...headers],
      body: { kind: "bytes", bytes: Buffer.from(body) },
      ms: 1,
    }) as const;
  const found = compareAnswers(answer(left, old, before), answer(right, changed, after), {
    index,
    rules: rulesFor("x", rules, overlookedHeaders([])),
    label: {
      rpc: "x",
      binding: "",
      safe: true,
      functionId: "x",
      method: { output: "acme.v1.Books", serverStreaming: options.streams ?? false },
      ...(options.responseBody === undefined ? {} : { responseBody: options.responseBody }),
    },
    redactor,
    method: "GET",
    albCookies: true,
    hasHeaders: true,
  });
  return found.map((each) => `${each.class} ${each.path} ${each.old} -> ${each.new}`);
}

const books = (...list: unknown[]): string => JSON.stringify({ books: list });

test.each<[string, string | Buffer, string | Buffer, Options, string[]]>([
  ["white space is nothing", '{"totalSize":1}', '{"totalSize": 1}\n', {}, []],
  [
    "both spellings are one member each",
    books({ name: "a" }),
    books({ name: "b" }),
    {},
    ['value books[].name "a" -> "b"'],
  ],
  ["a member gone", books({ name: "a" }), books({}), {}, ['shape books[].name "a" -> (absent)']],
  ["a member new, in proto's spelling", "{}", '{"total_size":0}', {}, ["shape total_size (absent) -> 0"]],
  [
    "another JSON type",
    books({ prices: { eur: { cents: "1" } } }),
    books({ prices: { eur: { cents: 1 } } }),
    {},
    ['shape books[].prices{}.cents "1" -> 1'],
  ],
  [
    "another length, once",
    books({ tags: ["a"] }),
    books({ tags: ["b", "c"] }),
    {},
    ["shape books[].tags.length 1 -> 2"],
  ],
  [
    "another order",
    books({ tags: ["a", "b"] }),
    books({ tags: ["b", "a"] }),
    {},
    ['order books[].tags ["a","b"] -> ["b","a"]'],
  ],
  [
    "an order that does not count",
    books({ tags: ["a", "b"] }),
    books({ tags: ["b", "a"] }),
    { rule: { unordered: [{ path: "books[].tags" }] } },
    [],
  ],
  [
    "items matched by a field",
    books({ name: "a", password: "1" }, { name: "b" }),
    books({ name: "b", tags: ["x"] }, { name: "a", password: "1" }),
    { rule: { unordered: [{ path: "books", by: "name" }] } },
    ['shape books[].tags (absent) -> ["x"]'],
  ],
  [
    "an ignored field and all below it",
    books({ prices: { a: { cents: "1" } } }),
    books({ prices: { a: { cents: "2" } } }),
    { rule: { ignore: ["books.prices"] } },
    [],
  ],
  [
    "times within a tolerance",
    books({ createTime: "2026-01-01T00:00:00Z" }),
    books({ createTime: "2026-01-01T00:00:01.5Z" }),
    { rule: { tolerance: [{ path: "books[].create_time", within: 2000 }] } },
    [],
  ],
  [
    "times beyond it",
    books({ createTime: "2026-01-01T00:00:00Z" }),
    books({ createTime: "2026-01-01T00:00:03Z" }),
    { rule: { tolerance: [{ path: "books[].create_time", within: 2000 }] } },
    ['value books[].create_time "2026-01-01T00:00:00Z" -> "2026-01-01T00:00:03Z"'],
  ],
  [
    "numbers within a tolerance",
    books({ prices: { a: { rate: 1 } } }),
    books({ prices: { a: { rate: 1.005 } } }),
    { rule: { tolerance: [{ path: "books.prices.rate", within: 0.01 }] } },
    [],
  ],
  [
    "members that no schema has",
    books({ extra: { a: { b: 1 } } }),
    books({ extra: { a: { b: 2 } } }),
    {},
    ["value books[].extra.a.b 1 -> 2"],
  ],
  [
    "a status hides what follows from it",
    '{"books":[]}',
    '{"code":5,"message":"x"}',
    { status: [200, 404], headers: [[["A", "1"]], []] },
    ["status status 200 -> 404"],
  ],
  ["an accepted pair of statuses", "{}", "{}", { status: [200, 201], rule: { status: [{ old: 200, new: 201 }] } }, []],
  [
    "the message of an error is wording",
    '{"code":5,"message":"a","details":[]}',
    '{"code":5,"message":"b","details":[]}',
    { status: [404, 404] },
    ['wording error.message "a" -> "b"'],
  ],
  ["the code of an error is a value", '{"code":5}', '{"code":3}', { status: [404, 404] }, ["value error.code 5 -> 3"]],
  [
    "headers without case and without those of servers",
    "{}",
    "{}",
    {
      headers: [
        [
          ["ETag", "1"],
          ["Date", "x"],
          ["X-Amzn-Trace-Id", "1"],
        ],
        [
          ["etag", "2"],
          ["Set-Cookie", "AWSALB=1"],
        ],
      ],
    },
    ['header header:etag "1" -> "2"'],
  ],
  [
    "a header by a rule",
    "{}",
    "{}",
    { headers: [[["X-Request-Id", "1"]], [["X-Request-Id", "2"]]], rule: { headers: ["x-request-id"] } },
    [],
  ],
  [
    "a stream, whatever stands between its messages",
    '{"result":{"totalSize":1}}\n{"result":{"totalSize":2}}\n',
    '{"result":{"totalSize":1}} {"result":{"totalSize":3}}',
    { streams: true },
    ["value [].total_size 2 -> 3"],
  ],
  [
    "streams of different length",
    '{"result":{}}',
    '{"result":{}}{"result":{}}',
    { streams: true },
    ["shape stream.length 1 -> 2"],
  ],
  [
    "a field that is the whole body",
    '[{"name":"a"}]',
    '[{"name":"b"}]',
    { responseBody: "books" },
    ['value books[].name "a" -> "b"'],
  ],
  ["bytes by their text", "<a>", "<b>", { type: "text/html" }, ['value body "<a>" -> "<b>"']],
  [
    "bytes that are no UTF-8 by their hash",
    Buffer.from([0xff, 0x7b]),
    "{}",
    {},
    [expect.stringMatching(/^shape body "2 bytes, sha256 b26f99\w{58}" -> "\{\}"$/) as unknown as string],
  ],
  ["equal bytes that are no UTF-8", Buffer.from([0xff, 0x7b]), Buffer.from([0xff, 0x7b]), {}, []],
  [
    "a secret of the schema",
    books({ password: "one" }),
    books({ password: "two" }),
    {},
    [
      expect.stringMatching(
        /^value books\[\]\.password "redacted-sha256-\w{8}" -> "redacted-sha256-\w{8}"$/,
      ) as unknown as string,
    ],
  ],
  ["a member named __proto__", '{"__proto__":1}', '{"__proto__":2}', {}, ["value __proto__ 1 -> 2"]],
  ["equal empty bodies", "", "", {}, []],
])("%s", (_, old, changed, options, expected) => {
  expect(differences(old, changed, options)).toEqual(expected);
});

test.each([50, 150, 300, 3000, 200_000])("nesting of %i levels is compared, and does not overflow", (levels) => {
  const deep = (leaf: string): string => `{"books":[{"extra":${'{"a":'.repeat(levels)}${leaf}${"}".repeat(levels)}}]}`;
  expect(differences(deep("1"), deep("1"))).toEqual([]);
  const found = differences(deep('"secret-1"'), deep('"secret-2"'));
  expect(found).toHaveLength(1);
  if (levels > 200) expect(found.join()).not.toContain("secret-");
});

test("a hundred thousand equal items without an order take no time to speak of", () => {
  const many = (last: string): string => JSON.stringify({ books: [...Array<string>(100_000).fill("a"), last] });
  const rule = { unordered: [{ path: "books" }] };
  expect(differences(many("b"), many("b"), { rule })).toEqual([]);
  expect(differences(many("b"), many("c"), { rule })).toEqual(['value books[] "b" -> "c"']);
});

const secret = (value: string): object => ({ name: "a", password: value });
test.each<[string, string, Options]>([
  ["one message of a stream", JSON.stringify({ result: secret("hunter2") }), { streams: true }],
  ["messages of a stream", `{"result":{}}${JSON.stringify({ result: secret("hunter2") })}`, { streams: true }],
  ["messages of a stream as a list", JSON.stringify([{ result: secret("hunter2") }]), { streams: true }],
  ["a field that is the whole body", JSON.stringify([secret("hunter2")]), { responseBody: "books" }],
  ["fields of a stream", JSON.stringify({ result: [secret("hunter2")] }), { responseBody: "books", streams: true }],
  ["a member that nobody declared", JSON.stringify({ books: [{ extra: { clientSecret: "hunter2" } }] }), {}],
  ["a parameter of a link", JSON.stringify({ books: [{ name: "https://x/y?a=1&access_token=hunter2" }] }), {}],
  ["a password with signs in a link", JSON.stringify({ books: [{ name: "https://me:a@hunter2@x/y" }] }), {}],
  ["bytes", `\u{0}Bearer hunter2hunter2hunter2`, { type: "application/octet-stream" }],
])("no secret is in differences and results: %s", (_, body, options) => {
  const message = index.messages.get(options.streams === true ? "acme.v1.Book" : "acme.v1.Books");
  const output = options.responseBody === undefined ? (message?.fullName ?? "") : "acme.v1.Books";
  const answer = (text: string): SideAnswer => ({
    kind: "answer",
    status: 200,
    headers: [["content-type", options.type ?? "application/json"]],
    body: { kind: "bytes", bytes: Buffer.from(text) },
    ms: 1,
  });
  const label: RequestLabel = {
    rpc: "x",
    binding: "",
    safe: true,
    functionId: "x",
    input: "acme.v1.Book",
    method: { output, serverStreaming: options.streams ?? false },
    ...(options.responseBody === undefined ? {} : { responseBody: options.responseBody }),
  };
  const comparison = { rules: rulesFor("x", [], () => true), label, method: "GET", albCookies: true, hasHeaders: true };
  const [old, changed] = [answer(body), answer(body.replaceAll("hunter2", "hunter3"))];
  if (old.kind !== "answer" || changed.kind !== "answer") throw new Error("both are answers");
  const found = compareAnswers(old, changed, { index, redactor, ...comparison });
  expect(found).not.toEqual([]);
  const request = {
    id: "1",
    method: "GET",
    target: "/v1/books?accessToken=hunter2&pass%77ord=hunter2&a.clientSecret=hunter2",
    headers: [],
    body: Buffer.from(""),
  };
  const seen = { request, label, old, new: changed, cold: false, differences: found, noise: undefined };
  const observation = toObservation({ ...seen, keepBodies: true }, { redactor, index });
  expect(JSON.stringify(observation)).not.toMatch(/hunter/);
});

test("headers of credentials are redacted in every spelling, others are not", () => {
  const names = ["Grpc-Metadata-Authorization", "x-access-token", "X-Session-Id", "x-forwarded-client-cert", "cookie"];
  const kept = ["x-next-page-token", "etag", "x-request-id", "idempotency-key", "grpc-metadata-tenant"];
  const redacted = redactor.headers([...names, ...kept].map((name) => [name, "hunter2"]));
  expect(redacted.filter(([, value]) => value === "hunter2").map(([name]) => name)).toEqual(kept);
});

test("an answer of many differences is bounded", () => {
  const many = (value: number): string =>
    books({ extra: Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, value])) });
  expect(differences(many(1), many(2))).toHaveLength(200);
});
