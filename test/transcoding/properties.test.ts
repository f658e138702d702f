/** Properties of generated transcoding over the vectors' proto: nothing crashes it, and it inverts the mapping of google.api.http. */
import { fc, runs } from "../support/property.js";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { HttpRequest, HttpResponse } from "../../src/runtime/http.js";
import { collectBody } from "./collect-body.js";
import { isWellFormed } from "../../src/runtime/json/json-read.js";
import { indexModel } from "../../src/model/model-index.js";
import type { Plan } from "../../src/plan/plan.js";
import { seededRandom } from "../support/random-message.js";
import { type Generated, loadVectors, planVectors } from "./load-vectors.js";
import { carryMessage, randomJson } from "./random-json.js";
import { type Received, vectorEndpoints } from "./vectors-service.js";

type ProfileName = "grpc-gateway" | "spec";
type Serve = (request: HttpRequest, invocation: object) => Promise<HttpResponse>;

let sparse: Generated;
const received: Received[] = [];
const plans = { "grpc-gateway": planOf("grpc-gateway"), spec: planOf("spec") };
const generated = {} as Record<ProfileName, Generated>;
const servers = {} as Record<ProfileName, Serve>;

function planOf(profile: ProfileName): Plan {
  return planVectors({ profile, unknownFields: profile === "spec" ? "reject" : "ignore" });
}

beforeAll(async () => {
  sparse = await loadVectors(planVectors({ emitDefaults: false }));
  for (const profile of ["grpc-gateway", "spec"] as const) {
    const own = await loadVectors(plans[profile]);
    generated[profile] = own;
    servers[profile] = own.serveEndpoint(own.router(vectorEndpoints(own, received)));
  }
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

async function send(
  request: Partial<HttpRequest>,
  profile: ProfileName = "grpc-gateway",
): Promise<HttpResponse & { body: string }> {
  received.length = 0;
  const serve = servers[profile];
  const whole = { method: "GET", path: "/", pathIsDecoded: false, query: "", headers: {}, body: "", ...request };
  const response = await serve(whole, { event: {}, lambda: undefined });
  return { ...response, body: await collectBody(response) };
}

/** Text that is likely to mean something to one parser or another. */
const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  // Bytes as they are on the wire, as text that is no UTF-8, and escaped.
  fc
    .uint8Array({ maxLength: 20 })
    .chain((bytes) =>
      fc.constantFrom(
        Buffer.from(bytes).toString("latin1"),
        Buffer.from(bytes).toString("utf8"),
        Buffer.from(bytes).toString("hex").replace(/../g, "%$&"),
      ),
    ),
  fc
    .array(
      fc.constantFrom(
        ..."/%2F%zz?&=;:.[]{}\"'\\+*~\u0000\ud800é nested amount __proto__ constructor 1e5 -0 NaN null".split(
          /(?=[^a-z_])/,
        ),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);
const method = fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND", "");
const key = fc.constantFrom(
  ..."int32_value nested.child.name mapStringString[k] struct_value timestamp_value oneof_bool oneofNested.name repeated_nested.name count code".split(
    " ",
  ),
);

/** A request that would be answered, apart from what is done to it. */
const likely = fc.constantFrom(
  ["GET", "/v1/echo", ""],
  ["POST", "/v1/echo", '{"nested":{"name":"a"}}'],
  ["PUT", "/v1/echo/", "{}"],
  ["GET", "/v1/path/int32/", ""],
  ["GET", "/v1/path/nested/", ""],
  ["GET", "/v1/path/multi/a/1/b/", ""],
  ["GET", "/v1/path/repeated/", ""],
  ["GET", "/v1/path/timestamp/", ""],
  ["POST", "/v1/body/nested", "{}"],
  ["POST", "/v1/body/map", "{}"],
  ["POST", "/v1/body/none", ""],
  ["PATCH", "/v1/resources/", '{"nested":{"child":{}}}'],
  ["GET", "/v1/stream", ""],
  ["GET", "/v1/fail/", ""],
  ["POST", "/v1/upload/", "bytes"],
  ["POST", "/v1/collect", '{"name":"a"}{"name":"b"}'],
  ["POST", "/v1/headers", '{"header":{"a":"b"}}'],
  ["POST", "/v1/rb/timestamp", "{}"],
);

/** Mostly `usual`, sometimes `rare`. */
function seldom<T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: rare });
}

const headerName = fc.constantFrom("content-type", "grpc-timeout", "grpc-metadata-x-bin", "te", "accept", "__proto__");
const override = fc.record({
  "content-type": fc.constant(["application/x-www-form-urlencoded"]),
  "x-http-method-override": fc.tuple(nasty),
});
const anyName = fc.oneof(
  headerName,
  fc.stringMatching(/^[a-z-]{1,12}$/).map((name) => `grpc-metadata-${name}`),
  fc.constantFrom("authorization", "x-forwarded-for", "x-forwarded-host", "host", "cookie", "grpc-metadata-"),
  nasty.map((text) => text.toLowerCase()),
);
const strangeHeaders = fc.oneof(
  fc.dictionary(anyName, fc.array(nasty, { minLength: 1, maxLength: 2 }), { noNullPrototype: false }),
  override,
);
const strangeQuery = fc.oneof(
  nasty,
  fc
    .array(
      fc.tuple(key, nasty).map(([name, value]) => `${name}=${value}`),
      { maxLength: 4 },
    )
    .map((pairs) => pairs.join("&")),
);
const strangeBody = fc.oneof(nasty, fc.json(), fc.uint8Array({ maxLength: 200 }));

const anyRequest = fc
  .record({
    likely,
    method: seldom(fc.constant(""), method),
    rest: fc.oneof(nasty, fc.constantFrom("1", "a", "2020-01-01T00:00:00Z")),
    path: seldom(fc.constant(""), nasty),
    pathIsDecoded: fc.boolean(),
    query: fc.oneof(fc.constant(""), strangeQuery),
    headers: seldom(fc.constant({}), strangeHeaders),
    body: fc.oneof(fc.constant(""), strangeBody),
  })
  .map(({ likely: [usualMethod = "", prefix = "", usualBody = ""], method: other, rest, path, body, ...more }) => ({
    ...more,
    method: other || usualMethod,
    path: path || (prefix.endsWith("/") ? prefix + rest : prefix),
    body: body === "" ? usualBody : body,
  }));

/** What a client reads of an error: a status, or the line of a stream that ends with one. */
function errorOf(body: string): unknown {
  const json = JSON.parse(body.trimEnd().split("\n").at(-1) ?? "");
  return json.error ?? json;
}

const someStatus = { code: expect.any(Number), message: expect.any(String), details: expect.any(Array) };

test.each(["grpc-gateway", "spec"] as const)(
  "whatever the request, the answer is well-formed and no bug is behind it: %s",
  async (profile) => {
    let reached = 0;
    await fc.assert(
      fc.asyncProperty(anyRequest, async (input) => {
        const { status, headers, body } = await send(input, profile);
        expect(received.length).toBeLessThanOrEqual(1);
        reached += received.length;
        for (const [name, value] of headers) expect(name + value).toMatch(/^[ -~]*$/);
        expect(Number.isInteger(status) && status >= 200 && status <= 599).toBe(true);
        if (status >= 400 && !(body === "" && input.method === "HEAD")) expect(errorOf(body)).toEqual(someStatus);
        if (received.length === 0 && status !== 501 && status !== 504) expect(status).toBeLessThan(500);
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      }),
      { numRuns: runs(3000) },
    );
    expect(reached).toBeGreaterThan(runs(300));
  },
);

const bindingsOf = (plan: Plan) =>
  plan.methods.flatMap((planned) => planned.method.bindings.map((binding) => ({ planned, binding })));

describe.each(["grpc-gateway", "spec"] as const)("%s", (profile) => {
  const bindings = bindingsOf(plans[profile]);
  const index = indexModel(plans[profile].model);
  const id = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter(isWellFormed);

  test.each(bindings.map((each) => [`${each.binding.httpMethod} ${each.binding.template.source}`, each] as const))(
    "a message that is mapped to %s arrives as it was, once",
    async (_, { planned, binding }) => {
      const input = index.messages.get(planned.method.input);
      if (input === undefined) throw new Error(planned.method.input);
      const decode = generated[profile][`decode${input.name}`];
      await fc.assert(
        fc.asyncProperty(fc.integer(), fc.array(id, { minLength: 6, maxLength: 6 }), async (seed, ids) => {
          const random = seededRandom(seed);
          let next = 0;
          // Legacy decoding splits at escaped slashes, and `**` keeps them.
          const nextId = (isWhole: boolean): string => {
            const text = ids[next++ % ids.length] ?? "a";
            return isWhole && profile === "spec" ? text : text.replaceAll("/", "_");
          };
          // A stream has nothing from the query.
          const isStream = planned.method.clientStreaming;
          const mapping = {
            index,
            binding,
            input,
            profile: isStream ? "grpc-gateway" : profile,
            random,
            nextId,
          } as const;
          const message = randomJson(index, input, random);
          // The implementation streams as many.
          if (message.count !== undefined) message.count = 2;
          const carried = carryMessage(mapping, message);
          const [path = "", query = ""] = carried.target.split("?");
          const body = carried.raw?.data ?? (carried.body === undefined ? "" : JSON.stringify(carried.body));
          const type = carried.raw?.contentType ?? "application/json";
          const method = carried.method === "*" ? "PURGE" : carried.method;
          const answer = await send({ method, path, query, headers: { "content-type": [type] }, body }, profile);
          expect({ ...carried, body: answer.body, rpcs: received.map(({ rpc }) => rpc) }).toMatchObject({
            rpcs: [planned.method.name],
          });
          if (decode === undefined) return;
          const expected = decode(carried.message);
          expect(received[0]?.request).toEqual(isStream ? [expected] : expected);
        }),
        { numRuns: 60 },
      );
    },
  );
});

const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter(isWellFormed);
const nested = fc.record(
  {
    name: word,
    amount: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    color: fc.constantFrom("RED", "GREEN"),
    tags: fc.array(word, { minLength: 1, maxLength: 3 }),
    labels: fc.dictionary(word, word, { minKeys: 1, maxKeys: 3 }),
  },
  { requiredKeys: [] },
);
const allTypes = fc.record(
  {
    doubleValue: fc.double({ noNaN: true }).filter((number) => number !== 0 && Number.isFinite(number)),
    int64Value: fc
      .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
      .filter((number) => number !== 0n)
      .map(String),
    uint64Value: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String),
    fixed32Value: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    boolValue: fc.constant(true),
    bytesValue: fc.uint8Array({ minLength: 1, maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString("base64")),
    enumValue: fc.constantFrom("RED", "GREEN", "NEGATIVE"),
    nested,
    optionalString: fc.oneof(word, fc.constant("")),
    repeatedString: fc.array(fc.oneof(word, fc.constant("")), { minLength: 1, maxLength: 3 }),
    repeatedEnum: fc.array(fc.constantFrom("RED", "GREEN"), { minLength: 1, maxLength: 3 }),
    mapInt32String: fc.dictionary(fc.integer({ min: -99, max: 99 }).map(String), word, { minKeys: 1, maxKeys: 3 }),
    mapBoolString: fc.dictionary(fc.constantFrom("true", "false"), word, { minKeys: 1, maxKeys: 2 }),
    oneofString: word,
    timestampValue: fc
      .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
      .map((date) => date.toISOString().replace(".000", "")),
    wrapperInt64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    wrapperBool: fc.boolean(),
    structValue: fc.dictionary(word, fc.oneof(word, fc.boolean(), fc.integer(), fc.constant(null)), { maxKeys: 3 }),
  },
  { requiredKeys: [] },
);

/** The inverse of query binding: JSON to `a.b=c&m[k]=v`. */
function toQuery(json: object, prefix = ""): string[] {
  return Object.entries(json).flatMap(([name, value]: [string, unknown]) => {
    const path = prefix + name;
    if (name === "structValue") return [pair(path, JSON.stringify(value))];
    if (Array.isArray(value)) return value.map((item) => pair(path, String(item)));
    if (typeof value !== "object" || value === null) return [pair(path, String(value))];
    if (path === "nested") return toQuery(value, `${path}.`);
    return Object.entries(value).map(([entry, text]) => pair(`${path}[${entry}]`, String(text)));
  });
}

function pair(name: string, value: string): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}

/** What the RPC received, as JSON without defaults. */
function receivedJson(): unknown {
  return JSON.parse(sparse.encodeAllTypes(received[0]?.request));
}

/** An empty message that no parameter names cannot be expressed in a query. */
function withoutEmptyNested(message: { nested?: object }): object {
  const { nested: inner, ...rest } = message;
  return inner === undefined || Object.keys(inner).length === 0 ? rest : { ...rest, nested: inner };
}

/** `amount: 0` and the like are not printed. */
function withoutZeros(message: { nested?: { amount?: number } }): object {
  const { nested: inner, ...rest } = message;
  if (inner === undefined) return rest;
  const { amount, ...others } = inner;
  return { ...rest, nested: amount === 0 || amount === undefined ? others : inner };
}

test("a message as query arrives as it was, in every order", async () => {
  await fc.assert(
    fc.asyncProperty(allTypes, fc.infiniteStream(fc.nat()), async (message, dice) => {
      const pairs = toQuery(message).filter((text) => text.includes("="));
      const single = pairs
        .filter((text) => !/^repeated|^nested\.tags/.test(text))
        .sort(() => ((dice.next().value ?? 0) % 2 === 0 ? 1 : -1));
      const repeated = pairs.filter((text) => /^repeated|^nested\.tags/.test(text));
      const { status } = await send({ path: "/v1/echo", query: [...single, ...repeated].join("&") });
      expect(status).toBe(200);
      expect(receivedJson()).toEqual(withoutZeros(withoutEmptyNested(message)));
    }),
    { numRuns: runs(300) },
  );
});

test("a message as body arrives as it was; the path wins over the body", async () => {
  await fc.assert(
    fc.asyncProperty(allTypes, word, async (message, name) => {
      fc.pre(!name.includes("/"));
      const path = `/v1/echo/${encodeURIComponent(name)}`;
      const { status } = await send({ method: "PUT", path, body: JSON.stringify({ ...message, stringValue: "body" }) });
      expect(status).toBe(200);
      expect(receivedJson()).toEqual({ ...withoutZeros(message), stringValue: name });
    }),
    { numRuns: runs(300) },
  );
});

test("a path variable of several segments arrives as it was", async () => {
  const segment = word.filter((text) => !/[/:]/.test(text));
  await fc.assert(
    fc.asyncProperty(segment, fc.array(segment, { minLength: 1, maxLength: 3 }), async (first, rest) => {
      const value = ["a", first, "b", ...rest];
      const { status } = await send({ path: `/v1/path/multi/${value.map(encodeURIComponent).join("/")}` });
      expect(status).toBe(200);
      expect(received[0]?.request.stringValue).toBe(value.join("/"));
    }),
    { numRuns: 200 },
  );
});
