/** Who called, as handlers see it: from the part of the event that the front door writes, whatever headers a client sends. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import { frontDoorOf } from "../../src/front-door/front-doors.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import type { AuthSetting } from "../../src/plan/plan.js";
import {
  authorizedCaller,
  bearerCaller,
  type Caller,
  type CallerReader,
  loginCaller,
  signingCaller,
  tokenCaller,
  uncheckedCaller,
} from "../../src/runtime/caller.js";
import { plan, small } from "../deploy/plans.js";

interface Event {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly requestContext: Readonly<Record<string, unknown>>;
}

/** Captured events of the doors as templates set them up. */
const events: Readonly<Record<FrontDoorId, string>> = {
  "http-api": "http-api-2.0",
  "rest-api": "rest-api",
  alb: "alb-multi-value",
  "function-url": "function-url",
};

/** An event as it was captured, with what the door adds, and what a client sends. */
function eventOf(door: FrontDoorId, context: object, headers: Readonly<Record<string, readonly string[]>> = {}): Event {
  const captured: Event = JSON.parse(readFileSync(`fixtures/events/${events[door]}.json`, "utf8"));
  const single = Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join(",")]));
  const lists = captured.multiValueHeaders && { multiValueHeaders: { ...captured.multiValueHeaders, ...headers } };
  const requestContext = { ...captured.requestContext, ...context };
  return {
    ...captured,
    ...(captured.headers && { headers: { ...captured.headers, ...single } }),
    ...lists,
    requestContext,
  };
}

function callerOf(reader: CallerReader, door: FrontDoorId, event: Event): Caller {
  const http = frontDoorOf(door).reader.read({ ...event }, "");
  if (http === undefined) throw new Error("no event of this door");
  return reader({ event, http });
}

const encoded = (claims: unknown): string => Buffer.from(JSON.stringify(claims)).toString("base64url");
const token = (claims: unknown): string => `e30.${encoded(claims)}.c2ln`;

const arn = "arn:aws:sts::123456789012:assumed-role/orders/session";
const signed = { kind: "iam", arn, account: "123456789012", userId: "AROA:session" };
const claims = { sub: "ada", scope: "read write" };
const known = { kind: "token", subject: "ada", claims, scopes: ["read", "write"] };

test.each<[string, CallerReader, FrontDoorId, object, Readonly<Record<string, readonly string[]>>, unknown]>([
  [
    "a signature",
    signingCaller,
    "http-api",
    { authorizer: { iam: { userArn: arn, accountId: "123456789012", userId: "AROA:session" } } },
    {},
    signed,
  ],
  [
    "a signature",
    signingCaller,
    "function-url",
    { authorizer: { iam: { userArn: arn, accountId: "123456789012", userId: "AROA:session" } } },
    {},
    signed,
  ],
  [
    "a signature",
    signingCaller,
    "rest-api",
    { identity: { userArn: arn, accountId: "123456789012", user: "AROA:session" } },
    {},
    signed,
  ],
  ["no signature", signingCaller, "rest-api", { identity: { userArn: null } }, {}, { kind: "none" }],
  ["no signature", signingCaller, "http-api", {}, { authorization: [`Bearer ${token(claims)}`] }, { kind: "none" }],
  ["a token", tokenCaller, "http-api", { authorizer: { jwt: { claims, scopes: ["read"] } } }, {}, known],
  [
    "a token with a list made text",
    tokenCaller,
    "http-api",
    { authorizer: { jwt: { claims: { sub: "ada", scp: "[read write]" } } } },
    {},
    { ...known, claims: { sub: "ada", scp: "[read write]" } },
  ],
  ["a token", tokenCaller, "rest-api", { authorizer: { claims } }, {}, known],
  [
    "a token that nobody checked",
    tokenCaller,
    "http-api",
    {},
    { authorization: [`Bearer ${token(claims)}`] },
    { kind: "none" },
  ],
  [
    "claims of a forged header",
    tokenCaller,
    "rest-api",
    {},
    { "x-amzn-oidc-data": [token(claims)], authorizer: ["x"] },
    { kind: "none" },
  ],
  [
    "what an authorizer said",
    authorizedCaller,
    "http-api",
    { authorizer: { lambda: { tenant: "a" } } },
    {},
    { kind: "authorizer", context: { tenant: "a" } },
  ],
  [
    "what an authorizer said",
    authorizedCaller,
    "rest-api",
    { authorizer: { principalId: "ada", tenant: "a" } },
    {},
    { kind: "authorizer", context: { principalId: "ada", tenant: "a" } },
  ],
  ["nothing of an authorizer", authorizedCaller, "http-api", {}, {}, { kind: "none" }],
  ["nothing of an authorizer", authorizedCaller, "rest-api", {}, {}, { kind: "none" }],
  ["a token", bearerCaller, "alb", {}, { authorization: [`Bearer ${token(claims)}`] }, known],
  [
    "two tokens, of which one was checked",
    bearerCaller,
    "alb",
    {},
    { authorization: [`Bearer ${token(claims)}`, `Bearer ${token({ sub: "eve" })}`] },
    { kind: "none" },
  ],
  [
    "two tokens in one header",
    bearerCaller,
    "alb",
    {},
    { authorization: [`Bearer ${token(claims)}, Bearer ${token({ sub: "eve" })}`] },
    { kind: "none" },
  ],
  ["a token that is none", bearerCaller, "alb", {}, { authorization: ["Bearer e30.e30"] }, { kind: "none" }],
  [
    "claims that are a list",
    bearerCaller,
    "alb",
    {},
    { authorization: [`Bearer ${token(["ada"])}`] },
    { kind: "none" },
  ],
  ["a login's header for a token", bearerCaller, "alb", {}, { "x-amzn-oidc-data": [token(claims)] }, { kind: "none" }],
  ["a login", loginCaller, "alb", {}, { "x-amzn-oidc-data": [token(claims)] }, known],
  [
    "a login beside a forged one",
    loginCaller,
    "alb",
    {},
    { "x-amzn-oidc-data": [token({ sub: "eve" }), token(claims)] },
    { kind: "none" },
  ],
  [
    "a login beside a forged one in one header",
    loginCaller,
    "alb",
    {},
    { "x-amzn-oidc-data": [`${token({ sub: "eve" })},${token(claims)}`] },
    { kind: "none" },
  ],
  ["a token for a login", loginCaller, "alb", {}, { authorization: [`Bearer ${token(claims)}`] }, { kind: "none" }],
  [
    "an open RPC, whatever is sent",
    uncheckedCaller,
    "alb",
    {},
    { authorization: [`Bearer ${token(claims)}`], "x-amzn-oidc-data": [token(claims)] },
    { kind: "none" },
  ],
])("%s: %o, %s", (_, reader, door, context, headers, expected) => {
  expect(callerOf(reader, door, eventOf(door, context, headers))).toEqual(expected);
});

test("claims named as members of objects are read as claims", () => {
  const hostile = '{"sub":"ada","__proto__":{"scope":"admin"},"constructor":"x"}';
  const event = eventOf(
    "alb",
    {},
    { authorization: [`Bearer e30.${Buffer.from(hostile).toString("base64url")}.c2ln`] },
  );
  const caller = callerOf(bearerCaller, "alb", event);
  expect(caller).toMatchObject({ kind: "token", subject: "ada", scopes: [] });
});

/** The readers of RPCs in `gen/caller.ts`; undefined where the file is not there. */
function readers(auth: AuthSetting, frontDoor: FrontDoorId, own: AuthSetting = auth): string[] | undefined {
  const planned = plan(
    small,
    { auth, frontDoor },
    { methodOptions: new Map([["acme.library.v1.LibraryService.GetShelf", { auth: own }]]) },
  );
  const content = emitFiles(planned).find(({ path }) => path === "gen/caller.ts")?.content;
  return content === undefined
    ? undefined
    : [...content.matchAll(/LibraryService\.(GetShelf|Download)": (\w+)/g)].map(
        ([, rpc, reader]) => `${rpc} ${reader}`,
      );
}

test.each<[AuthSetting, FrontDoorId, AuthSetting, string[] | undefined]>([
  ["iam", "http-api", "none", ["GetShelf uncheckedCaller", "Download signingCaller"]],
  ["jwt", "http-api", { kind: "lambda" }, ["GetShelf authorizedCaller", "Download tokenCaller"]],
  ["jwt", "rest-api", "iam", ["GetShelf signingCaller", "Download tokenCaller"]],
  ["jwt", "alb", "oidc", ["GetShelf loginCaller", "Download bearerCaller"]],
  ["none", "alb", "cognito", ["GetShelf loginCaller", "Download uncheckedCaller"]],
  ["none", "http-api", "none", undefined],
])("an API with %s behind %s, one RPC with %o", (auth, door, own, expected) => {
  expect(readers(auth, door, own)).toEqual(expected);
});

test("the generated function finds the caller", async () => {
  const download = new Map([["acme.library.v1.LibraryService.Download", { auth: "iam" as const }]]);
  const mixed = plan(small, { auth: "jwt" }, { methodOptions: download });
  const content = emitFiles(mixed).find(({ path }) => path === "gen/caller.ts")?.content ?? "";
  const folder = mkdtempSync(join(tmpdir(), "caller-"));
  try {
    const file = join(folder, "caller.ts");
    writeFileSync(
      file,
      content.replace(
        'from "./runtime/caller.js"',
        `from ${JSON.stringify(join(process.cwd(), "src/runtime/caller.js"))}`,
      ),
    );
    const { callerOf: generated } = (await import(file)) as { callerOf: (context: object) => Caller };
    const event = eventOf("http-api", { authorizer: { jwt: { claims } } });
    const context = { event, http: { headers: {} }, service: "acme.library.v1.LibraryService" };
    expect(generated({ ...context, method: "GetShelf" })).toEqual(known);
    expect(generated({ ...context, method: "constructor" })).toEqual({ kind: "none" });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
