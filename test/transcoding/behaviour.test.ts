/**
 * Single behaviours on top of each profile, in generated and bundled functions: every value of each option, and what each profile has
 * without it. The door is a Function URL, which leaves the path as it was sent and gives the function all methods.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { emitFiles } from "../../src/emit/emit-files.js";
import { emitProfile } from "../../src/emit/http/profile.js";
import { profileOf } from "../../src/plan/behaviour.js";
import type { BehaviourOptions, TranscodingOptions } from "../../src/plan/plan.js";
import type { HttpApiHandler } from "../../src/runtime/doors/http-api.js";
import { unescapeExceptSlash } from "../../src/runtime/routing/path-unescaping.js";
import { grpcGateway, spec } from "../../src/runtime/routing/profile.js";
import { loadEmitted } from "../support/load-emitted.js";
import { planFromProto } from "../support/plan-from-proto.js";
import { planOptions } from "../support/plan-options.js";
import { event, libraryProto } from "./library-functions.js";

const proto = `
syntax = "proto3";
package acme;
import "google/api/annotations.proto";
import "google/protobuf/field_mask.proto";
service Library {
  rpc Featured(Request) returns (Reply) { option (google.api.http) = { get: "/v1/shelves/featured" }; }
  rpc Shelf(Request) returns (Reply) { option (google.api.http) = { get: "/v1/{name=shelves/*}" }; }
  rpc Room(Request) returns (Reply) { option (google.api.http) = { get: "/v1/rooms/{name}" }; }
  rpc File(Request) returns (Reply) { option (google.api.http) = { get: "/v1/{name=files/**}" }; }
  rpc Search(Request) returns (Reply) { option (google.api.http) = { post: "/v1/search" body: "*" }; }
  rpc Mask(MaskRequest) returns (Reply) { option (google.api.http) = { get: "/v1/mask" }; }
  rpc List(Request) returns (stream Reply) { option (google.api.http) = { get: "/v1/list" }; }
}
message Request { string name = 1; int32 size = 2; }
message MaskRequest { google.protobuf.FieldMask mask = 1; repeated google.protobuf.FieldMask masks = 2; }
message Reply { string text = 1; }
`;

/** A handler says which it is, and what it got. */
const handlers = ["Featured", "Shelf", "Room", "File", "Search", "Mask", "List"].map((rpc) => {
  const name = rpc.toLowerCase();
  const text = rpc === "Mask" ? "JSON.stringify(request.mask?.paths)" : `\`${rpc} \${request.name} \${request.size}\``;
  const reply = `{ text: ${text} }`;
  const content = `export const ${name} = (request) => (${rpc === "List" ? `[${reply}, ${reply}]` : reply});`;
  return { path: `src/handlers/library/${name}.ts`, content, ownership: "user" as const };
});

async function load(transcoding: Partial<TranscodingOptions>): Promise<HttpApiHandler> {
  const deployment = { ...planOptions().deployment, frontDoor: "function-url", functions: { kind: "single" } } as const;
  const plan = planFromProto({ "library.proto": proto }, { transcoding, plan: { deployment } });
  // Streams are collected, so that one handler answers everything.
  const files = emitFiles(plan)
    .filter(({ path, ownership }) => ownership === "generated" && !path.includes("/runtime/"))
    .map((file) => ({
      ...file,
      content: file.content
        .replaceAll(/function-url-stream/g, "function-url")
        .replaceAll("functionUrlStream", "functionUrl"),
    }));
  expect(plan.functions).toHaveLength(1);
  const [module] = await loadEmitted([...files, ...handlers], [`gen/functions/${plan.functions[0]?.id}`]);
  return module?.handler as unknown as HttpApiHandler;
}

interface Request {
  readonly method?: string;
  readonly target: string;
  readonly headers?: object;
  readonly body?: string;
}

/** Status, and the whole body, or the text of a reply, or the message of an error. */
type Answer = readonly [statusCode: number, body: string];

type Options = BehaviourOptions & { readonly unknownFields?: "ignore" | "reject" };

interface Case {
  readonly name: string;
  readonly request: Request;
  /** Set beside the option in question, so that nothing else differs. */
  readonly beside?: Options;
  readonly values: readonly (readonly [Options, Answer])[];
  /** Which of the values the profiles have: by number. */
  readonly profiles: { readonly "grpc-gateway": number; readonly spec: number };
}

const form = { "content-type": "application/x-www-form-urlencoded" };
const json = { "content-type": "application/json" };
const usual = { "grpc-gateway": 0, spec: 1 };
const notAllowed: Answer = [501, "Method Not Allowed"];
const one = '{"text":"List  0"}';

const cases: readonly Case[] = [
  {
    name: "precedence",
    request: { target: "/v1/shelves/featured" },
    values: [
      [{ precedence: "lastDeclared" }, [200, "Shelf shelves/featured 0"]],
      [{ precedence: "specificity" }, [200, "Featured  0"]],
    ],
    profiles: usual,
  },
  {
    name: "pathUnescaping, many segments",
    request: { target: "/v1/files/a%2Fb%3Ac%252F" },
    values: [
      [{ pathUnescaping: "legacy" }, [200, "File files/a/b:c%2F 0"]],
      [{ pathUnescaping: "allExceptSlash" }, [200, "File files/a%2Fb:c%2F 0"]],
      [{ pathUnescaping: "allExceptReserved" }, [200, "File files/a%2Fb%3Ac%2F 0"]],
      [{ pathUnescaping: "all" }, [200, "File files/a/b:c%2F 0"]],
    ],
    profiles: usual,
  },
  {
    name: "pathUnescaping, one segment",
    request: { target: "/v1/rooms/a%2fb" },
    values: [
      [{ pathUnescaping: "legacy" }, [404, "Not Found"]],
      [{ pathUnescaping: "allExceptSlash" }, [200, "Room a/b 0"]],
      [{ pathUnescaping: "allExceptReserved" }, [200, "Room a/b 0"]],
      [{ pathUnescaping: "all" }, [404, "Not Found"]],
    ],
    profiles: usual,
  },
  {
    name: "methodNotAllowed",
    request: { method: "PUT", target: "/v1/shelves/1" },
    values: [
      [{ methodNotAllowed: "501" }, notAllowed],
      [{ methodNotAllowed: "405" }, [405, "Method Not Allowed"]],
    ],
    profiles: usual,
  },
  {
    name: "headFromGet",
    request: { method: "HEAD", target: "/v1/shelves/1" },
    beside: { methodNotAllowed: "501" },
    values: [
      [{ headFromGet: false }, [501, ""]],
      [{ headFromGet: true }, [200, ""]],
    ],
    profiles: usual,
  },
  {
    name: "optionsFromRoutes",
    request: { method: "OPTIONS", target: "/v1/shelves/1" },
    beside: { methodNotAllowed: "501" },
    values: [
      [{ optionsFromRoutes: false }, notAllowed],
      [{ optionsFromRoutes: true }, [204, ""]],
    ],
    profiles: usual,
  },
  {
    name: "formPost, fields as parameters",
    request: { method: "POST", target: "/v1/shelves/1", headers: form, body: "size=7" },
    beside: { methodNotAllowed: "501" },
    values: [
      [{ formPost: true }, [200, "Shelf shelves/1 7"]],
      [{ formPost: false }, notAllowed],
    ],
    profiles: usual,
  },
  {
    name: "formPost, method override",
    request: {
      method: "POST",
      target: "/v1/search",
      headers: { ...form, "x-http-method-override": "PUT" },
      body: "",
    },
    beside: { methodNotAllowed: "501", mediaTypes: "ignore" },
    values: [
      [{ formPost: true }, notAllowed],
      [{ formPost: false }, [200, "Search  0"]],
    ],
    profiles: usual,
  },
  {
    name: "queryWithBodyStar",
    request: { method: "POST", target: "/v1/search?size=3", headers: json, body: '{"name":"x"}' },
    values: [
      [{ queryWithBodyStar: "ignore" }, [200, "Search x 0"]],
      [{ queryWithBodyStar: "bind" }, [200, "Search x 3"]],
    ],
    profiles: usual,
  },
  {
    name: "unknownFields, body",
    request: { method: "POST", target: "/v1/search", headers: json, body: '{"name":"x","nme":"y"}' },
    values: [
      [{ unknownFields: "ignore" }, [200, "Search x 0"]],
      [{ unknownFields: "reject" }, [400, 'nme: expected a known field, found "nme"']],
    ],
    profiles: usual,
  },
  {
    name: "unknownFields, query",
    request: { target: "/v1/shelves/1?sze=3" },
    values: [
      [{ unknownFields: "ignore" }, [200, "Shelf shelves/1 0"]],
      [{ unknownFields: "reject" }, [400, 'query parameter "sze": expected the name of a field, found "sze"']],
    ],
    profiles: usual,
  },
  {
    name: "mediaTypes, of the request",
    request: { method: "POST", target: "/v1/search", headers: { "content-type": "text/plain" }, body: "{}" },
    values: [
      [{ mediaTypes: "ignore" }, [200, "Search  0"]],
      [{ mediaTypes: "check" }, [415, "the body is not application/json"]],
    ],
    profiles: usual,
  },
  {
    name: "mediaTypes, of the response",
    request: { target: "/v1/shelves/1", headers: { accept: "image/png" } },
    values: [
      [{ mediaTypes: "ignore" }, [200, "Shelf shelves/1 0"]],
      [{ mediaTypes: "check" }, [406, "the answer is application/json"]],
    ],
    profiles: usual,
  },
  {
    name: "streaming",
    request: { target: "/v1/list" },
    values: [
      [{ streaming: "resultLines" }, [200, `{"result":${one}}\n{"result":${one}}\n`]],
      [{ streaming: "ndjson" }, [200, `${one}\n${one}\n`]],
      [{ streaming: "jsonArray" }, [200, `[${one},\n${one}]`]],
      [{ streaming: "sse" }, [200, `data: ${one}\n\ndata: ${one}\n\n`]],
    ],
    profiles: { "grpc-gateway": 0, spec: 0 },
  },
  {
    name: "streamingByAccept",
    request: { target: "/v1/list", headers: { accept: "text/event-stream, application/json;q=0.5" } },
    values: [
      [{ streamingByAccept: false }, [200, `{"result":${one}}\n{"result":${one}}\n`]],
      [{ streamingByAccept: true }, [200, `data: ${one}\n\ndata: ${one}\n\n`]],
    ],
    profiles: usual,
  },
];

/** By what they were generated with. */
const loaded = new Map<string, HttpApiHandler>();
const lambda = { awsRequestId: "id", getRemainingTimeInMillis: () => 28_000 };

async function answer(profile: TranscodingOptions["profile"], options: Options, request: Request): Promise<Answer> {
  // What the command line makes of the profile.
  const { unknownFields = profile === "spec" ? "reject" : "ignore", ...behaviour } = options;
  const nameOf = (_: string, value: unknown): unknown => (typeof value === "function" ? value.name : value);
  const { queryWithBodyStar, streaming, streamingByAccept } = behaviour;
  const made = [
    profile,
    unknownFields,
    profileOf({ profile, behaviour }),
    queryWithBodyStar,
    streaming,
    streamingByAccept,
  ];
  const key = JSON.stringify(made, nameOf);
  const handler = await (loaded.get(key) ?? load({ profile, unknownFields, behaviour }));
  loaded.set(key, handler);
  const { method = "GET", target, ...more } = request;
  const { statusCode, body = "" } = await handler(event(method, target, more), lambda);
  return [statusCode, textOf(body)];
}

function textOf(body: string): string {
  if (!/^\{[^\n]*\}$/.test(body)) return body;
  const { message, text } = JSON.parse(body);
  return message ?? text;
}

describe.each(["grpc-gateway", "spec"] as const)("on top of %s", (profile) => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", async (_, { request, beside, values, profiles }) => {
    for (const [options, expected] of values) {
      expect([options, await answer(profile, { ...beside, ...options }, request)]).toEqual([options, expected]);
    }
    expect(await answer(profile, beside ?? {}, request)).toEqual(values[profiles[profile]]?.[1]);
  });
});

describe("what the profiles alone decide", () => {
  const paths = "expected field paths in lowerCamelCase, found";
  const decided: readonly (readonly [string, Request, Answer, Answer])[] = [
    [
      "text after the JSON of a body",
      { method: "POST", target: "/v1/search", headers: json, body: '{"name":"x"} more' },
      [200, "Search x 0"],
      [400, expect.stringContaining("expected the end")],
    ],
    [
      "field masks in a query: lowerCamelCase",
      { target: "/v1/mask?mask=fooBar,baz.quxQuux" },
      [200, '["fooBar","baz.quxQuux"]'],
      [200, '["foo_bar","baz.qux_quux"]'],
    ],
    [
      "field masks in a query: proto names",
      { target: "/v1/mask?mask=foo_bar" },
      [200, '["foo_bar"]'],
      [400, expect.stringContaining(`${paths} "foo_bar"`)],
    ],
    ["field masks in a query: no path", { target: "/v1/mask?mask=" }, [200, "[]"], [200, "[]"]],
    [
      "field masks in a query: none",
      { target: "/v1/mask?mask=a b" },
      [200, '["a b"]'],
      [400, expect.stringContaining(`${paths} "a b"`)],
    ],
    [
      "escapes in a variable of several segments",
      { target: "/v1/shelves/a%20b%3Ac" },
      [200, "Shelf shelves/a b:c 0"],
      [200, "Shelf shelves/a b:c 0"],
    ],
    [
      "an escaped slash in a variable of several segments",
      { target: "/v1/shelves/a%2fb%20c" },
      [404, "Not Found"],
      [200, "Shelf shelves/a%2fb c 0"],
    ],
    [
      "field masks in a query: path by path",
      { target: "/v1/mask?mask.paths=foo_bar&mask.paths=b" },
      [200, '["foo_bar","b"]'],
      [200, '["foo_bar","b"]'],
    ],
  ];

  test.each(decided)("%s", async (_, request, gateway, specification) => {
    expect(await answer("grpc-gateway", {}, request)).toEqual(gateway);
    expect(await answer("spec", {}, request)).toEqual(specification);
  });
});

test.each([
  ["grpc-gateway", "allExceptSlash", "Shelf shelves/a/b:c 0"],
  ["grpc-gateway", "allExceptReserved", "Shelf shelves/a/b:c 0"],
  ["spec", "allExceptSlash", "Shelf shelves/a%2Fb:c 0"],
  ["spec", "allExceptReserved", "Shelf shelves/a%2Fb%3Ac 0"],
] as const)("a variable of several segments: %s, %s", async (profile, pathUnescaping, text) => {
  expect(await answer(profile, { pathUnescaping }, { target: "/v1/shelves/a%2Fb%3Ac" })).toEqual([200, text]);
});

describe("profile.ts", () => {
  let emit: (profile: "grpc-gateway" | "spec", behaviour: BehaviourOptions) => string | undefined;
  beforeAll(() => {
    emit = (profile, behaviour) =>
      emitProfile(planFromProto(libraryProto, { transcoding: { profile, behaviour } }))[0]?.content;
  });

  test("is there only where something differs", () => {
    expect(emit("grpc-gateway", {})).toBe(undefined);
    expect(emit("grpc-gateway", { methodNotAllowed: "501", formPost: true })).toBe(undefined);
    expect(emit("spec", { queryWithBodyStar: "ignore" })).toBe(undefined);
    expect(
      emit("spec", { methodNotAllowed: "501", formPost: true }),
    ).toBe(`// Code generated by grpc2lambda. DO NOT EDIT.

import { mediaType } from "./runtime/http.js";
import { type Profile, spec } from "./runtime/routing/profile.js";

/** How requests are routed and read, as configured. */
export const profile: Profile = { ...spec, methodNotAllowed: "501", formPost: mediaType };
`);
  });

  test("every member of a profile can be set", () => {
    const opposite: BehaviourOptions = {
      precedence: "specificity",
      pathUnescaping: "allExceptSlash",
      methodNotAllowed: "405",
      headFromGet: true,
      optionsFromRoutes: true,
      formPost: false,
      mediaTypes: "check",
    };
    expect(profileOf({ profile: "grpc-gateway", behaviour: opposite })).toEqual({
      ...spec,
      endsSearch: false,
      pathUnescaping: unescapeExceptSlash,
    });
    expect(profileOf({ profile: "spec", behaviour: { precedence: "lastDeclared" } })).toEqual({
      ...spec,
      precedence: "lastDeclared",
      order: "reverse",
    });
    expect(profileOf({ profile: "grpc-gateway" })).toEqual(grpcGateway);
  });
});
