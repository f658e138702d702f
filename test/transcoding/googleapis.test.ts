/**
 * Properties of generated functions over APIs of Google, through the front door: a message that is mapped to a request arrives as
 * it was, exactly once; and whatever comes as an event, the answer is one that the front door can send.
 */
import { fc, runs } from "../support/property.js";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { namePlan } from "../../src/emit/names/name-plan.js";
import { readSettings } from "../../src/cli/config/settings.js";
import { routingTable } from "../../src/cli/dev/local-routes.js";
import { emitFiles } from "../../src/emit/emit-files.js";
import { jsonDecoderName, jsonModule } from "../../src/emit/objects/modules.js";
import { indexModel, type ModelIndex } from "../../src/model/model-index.js";
import type { OutputFile } from "../../src/output/output-tree.js";
import { planProject } from "../../src/pipeline.js";
import type { Plan, RoutePlan } from "../../src/plan/plan.js";
import { isWarmUp, objectOf } from "../../src/runtime/doors/event.js";
import { httpApiReader } from "../../src/runtime/doors/http-api.js";
import { isWellFormed } from "../../src/runtime/json/json-read.js";
import { chooseHttpApiRoute } from "../../src/simulator/http-api-routes.js";
import { eventFor } from "../support/example.js";
import { type EmittedModule, loadEmitted } from "../support/load-emitted.js";
import { seededRandom } from "../support/random-message.js";
import { type CarriedMessage, carryMessage, randomJson } from "./random-json.js";

/** What reached a handler. */
interface Received {
  readonly method: string;
  readonly request: unknown;
}

type Handler = (event: unknown) => Promise<Record<string, unknown>>;

/** Generated functions whose handlers note their request and fail with ABORTED. */
interface LoadedApi {
  readonly plan: Plan;
  readonly index: ModelIndex;
  readonly profile: "grpc-gateway" | "spec";
  readonly handlers: ReadonlyMap<string, Handler>;
  /** The codec's own reading of a message in JSON, by full name. */
  readonly decode: (fullName: string, json: unknown) => unknown;
}

const received: Received[] = [];

beforeAll(() => {
  vi.stubGlobal("noteReceived", (method: string, request: unknown) => received.push({ method, request }));
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterAll(() => vi.unstubAllGlobals());

async function loadApi(folder: string, profile: "grpc-gateway" | "spec"): Promise<LoadedApi> {
  const include = ["node_modules/google-proto-files"];
  const { settings } = await readSettings(
    [`node_modules/google-proto-files/${folder}`],
    { include, profile },
    process.cwd(),
  );
  const planned = settings && planProject(settings.request).plan;
  if (planned === undefined) throw new Error(`${folder} cannot be planned`);
  const plan = withDecoders(planned);
  const files = emitFiles(plan).map(withRecorder);
  const modules = namePlan(plan).modules.filter(({ messages }) => messages.length > 0);
  const paths = [
    ...plan.functions.map(({ id }) => `gen/functions/${id}`),
    ...modules.map((module) => jsonModule(plan.layout, module)),
  ];
  const loaded = await loadEmitted(files, paths);
  const codecs = loaded.slice(plan.functions.length);
  return {
    plan,
    index: indexModel(plan.model),
    profile,
    handlers: new Map(plan.functions.map(({ id }, at) => [id, loaded[at]?.handler as unknown as Handler])),
    decode: (fullName, json) => decodeWith(plan, codecs, fullName, json),
  };
}

/** Decoders for all messages, also for those that only a query reaches. */
function withDecoders(plan: Plan): Plan {
  const files = plan.files.map((file) => ({
    ...file,
    messages: file.messages.map((message) => ({ ...message, decodeJson: true })),
    enums: file.enums.map((planned) => ({ ...planned, decodeJson: true })),
  }));
  return { ...plan, files };
}

/** The scaffolds throw UNIMPLEMENTED; these tell what they got. */
function withRecorder(file: OutputFile): OutputFile {
  const name = /export const (\w+)/.exec(file.content)?.[1];
  if (file.ownership !== "user" || name === undefined) return file;
  const content = `export const ${name} = (request, context) => {
    noteReceived(context.method, request);
    throw Object.assign(new Error("noted"), { code: 10, details: "noted" });
  };`;
  return { ...file, content };
}

function decodeWith(plan: Plan, codecs: readonly EmittedModule[], fullName: string, json: unknown): unknown {
  const modules = namePlan(plan).modules.filter(({ messages }) => messages.length > 0);
  for (const [at, { messages }] of modules.entries()) {
    const planned = messages.find(({ message }) => message.fullName === fullName);
    if (planned !== undefined) return codecs[at]?.[jsonDecoderName(planned)]?.(json);
  }
  throw new Error(fullName);
}

/** Ids that pass an HTTP API whole; a colon could be taken for a verb. */
const segmentText = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .filter((text) => isWellFormed(text) && !/[/:%?#\\]|^\.+$/.test(text));

describe.each([
  { folder: "google/example/library/v1", profile: "grpc-gateway", bindings: 11, shadowed: [] },
  { folder: "google/example/library/v1", profile: "spec", bindings: 11, shadowed: [] },
  // DeleteSchema is declared later and takes ids with a colon, as in grpc-gateway.
  { folder: "google/pubsub/v1", profile: "grpc-gateway", bindings: 34, shadowed: ["DeleteSchemaRevision"] },
  { folder: "google/pubsub/v1", profile: "spec", bindings: 34, shadowed: [] },
  // Messages with times and repeated enums in the query. Under the other profile a {name=**} declared later takes many of its paths.
  { folder: "google/monitoring/v3", profile: "spec", bindings: 53, shadowed: [] },
] as const)("$folder, $profile", ({ folder, profile, bindings, shadowed }) => {
  let api: LoadedApi;

  beforeAll(async () => {
    api = await loadApi(folder, profile);
  });

  test("a message that is mapped to a request arrives as it was, once", async () => {
    expect(api.plan.routes).toHaveLength(bindings);
    const routes = api.plan.routes.filter(({ method }) => !shadowed.some((name) => name === method.method.name));
    expect(routes).toHaveLength(bindings - shadowed.length);
    const reached = new Set<RoutePlan>();
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.nat(),
        fc.array(segmentText, { minLength: 8, maxLength: 8 }),
        async (seed, at, ids) => {
          const route = routes[at % routes.length];
          if (route === undefined) return;
          const carried = carry(api, route, seed, ids);
          const answer = await send(api, carried);
          expect(answer).toMatchObject({ statusCode: 409 });
          expect(received.map(({ method }) => method)).toEqual([route.method.method.name]);
          expect(received[0]?.request).toEqual(api.decode(route.method.method.input, carried.message));
          reached.add(route);
        },
      ),
      { numRuns: runs(40 * bindings) },
    );
    expect(reached.size).toBe(routes.length);
  });

  test("whatever the event, the answer is one that the front door can send, or an error for one of no front door", async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), anyEvent, async (at, change) => {
        const route = api.plan.routes[at % bindings];
        const handler = route && api.handlers.get(route.functionId);
        if (route === undefined || handler === undefined) throw new Error("no function");
        const usual = eventFor({ method: route.binding.httpMethod, target: carry(api, route, at, ["a"]).target });
        received.length = 0;
        const event = change(usual);
        if (isForeign(event)) {
          await expect(handler(event)).rejects.toThrow("the event does not come from an HTTP API");
          return;
        }
        const result = await handler(event);
        expect(received.length).toBeLessThanOrEqual(1);
        answered += received.length;
        checkResult(result);
      }),
      { numRuns: runs(1000) },
    );
    expect(answered).toBeGreaterThan(runs(50));
  });
});

/** Tells whether the function's door finds no event of its own; warm-ups are answered all the same. */
function isForeign(event: unknown): boolean {
  const object = objectOf(event);
  return !isWarmUp(object) && httpApiReader.read(object, "") === undefined;
}

function carry(
  { index, profile }: Pick<LoadedApi, "index" | "profile">,
  route: RoutePlan,
  seed: number,
  ids: readonly string[],
): CarriedMessage {
  const random = seededRandom(seed);
  const input = index.messages.get(route.method.method.input);
  if (input === undefined) throw new Error(route.method.method.input);
  let next = 0;
  const nextId = (): string => ids[next++ % ids.length] ?? "a";
  return carryMessage(
    { index, binding: route.binding, input, profile, random, nextId },
    randomJson(index, input, random),
  );
}

/** Through the door's choice of the function. */
async function send(api: LoadedApi, { method, target, body }: CarriedMessage): Promise<Record<string, unknown>> {
  received.length = 0;
  const event = eventFor({ method, target, ...(body === undefined ? {} : { body }) });
  const choice = chooseHttpApiRoute(routingTable(api.plan).routes, method, event.rawPath);
  const handler = api.handlers.get(choice?.target.id ?? "");
  if (handler === undefined) throw new Error(`no function for ${method} ${target}`);
  return handler(event);
}

/** Text of any kind, most of it with a meaning somewhere. */
const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.stringMatching(/^[%&=+;[\]{}".,:/\\ A-F0-9]{0,20}$/),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "%",
    "%zz",
    "%ff",
    "name=%00",
    "a[b][c]=d",
    "page_size=1e3",
    "{",
    "[[[[",
    '{"__proto__":1}',
    "\ud800",
  ),
);

type Change = (event: object) => unknown;

/** Changes to an event that would reach the handler, or something else altogether. */
const anyEvent: fc.Arbitrary<Change> = fc.oneof(
  fc.anything().map(
    (value): Change =>
      () =>
        value,
  ),
  nasty.map(
    (rawQueryString): Change =>
      (event) => ({ ...event, rawQueryString }),
  ),
  nasty.map(
    (rest): Change =>
      (event) => ({ ...event, rawPath: `${(event as { rawPath: string }).rawPath}${rest}` }),
  ),
  nasty.map(
    (rawPath): Change =>
      (event) => ({ ...event, rawPath }),
  ),
  fc.tuple(nasty, fc.boolean()).map(
    ([body, isBase64Encoded]): Change =>
      (event) => ({ ...event, body, isBase64Encoded }),
  ),
  fc.uint8Array({ maxLength: 30 }).map(
    (bytes): Change =>
      (event) => ({ ...event, body: Buffer.from(bytes).toString("base64"), isBase64Encoded: true }),
  ),
  fc.json().map(
    (body): Change =>
      (event) => ({ ...event, body, isBase64Encoded: false }),
  ),
  fc
    .dictionary(fc.constantFrom("content-type", "grpc-timeout", "te", "x-a", "grpc-metadata-a-bin", "__proto__"), nasty)
    .map(
      (headers): Change =>
        (event) => ({ ...event, headers }),
    ),
  fc
    .tuple(
      fc.constantFrom("body", "headers", "rawPath", "rawQueryString", "cookies", "requestContext", "version"),
      fc.anything(),
    )
    .map(
      ([member, value]): Change =>
        (event) => ({ ...event, [member]: value }),
    ),
);

function checkResult(result: Record<string, unknown>): void {
  const { statusCode, headers, multiValueHeaders, body } = result;
  expect(Number.isInteger(statusCode)).toBe(true);
  expect(typeof body).toBe("string");
  for (const value of Object.values({ ...(headers as object), ...(multiValueHeaders as object) }).flat()) {
    expect(value).toMatch(/^[ -~]*$/);
  }
  if (Number(statusCode) < 400) return;
  // Without a handler only a method that is not there is the server's doing: grpc-gateway's 501.
  if (received.length === 0 && statusCode !== 501 && statusCode !== 504) expect(statusCode).toBeLessThan(500);
  const status = body === "" ? { code: 0, message: "", details: [] } : JSON.parse(String(body));
  expect(status).toEqual({ code: expect.any(Number), message: expect.any(String), details: [] });
}
