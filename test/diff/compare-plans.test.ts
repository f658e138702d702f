/** Every kind of change, from two texts of a proto or two settings, and whether it breaks clients. */
import { describe, expect, test } from "vitest";
import { comparePlans } from "../../src/diff/compare-plans.js";
import { type PlanFromProtoOptions, planFromProto } from "../support/plan-from-proto.js";

const head =
  'syntax = "proto3";\npackage a;\nimport "google/api/annotations.proto";\nimport "google/protobuf/timestamp.proto";\n';

const shelf = `message Shelf { string name = 1; int32 size = 2; optional string theme = 3; Kind kind = 4; repeated Book books = 5; map<string, int64> count = 6; oneof owner { string person = 7; bool club = 8; } float weight = 9; }
message Book { string title = 1; Shelf shelf = 2; google.protobuf.Timestamp time = 3; }
message Ask { string name = 1; int32 page = 2; Kind kind = 3; }
enum Kind { KIND_UNSPECIFIED = 0; WOOD = 1; STEEL = 2; }
`;

function rpc(name: string, rule: string, types = "(Ask) returns (Shelf)"): string {
  return `rpc ${name}${types} { option (google.api.http) = { ${rule} }; }`;
}

const get = rpc("Get", 'get: "/v1/shelves/{name}"');
const add = rpc("Add", 'post: "/v1/shelves" body: "*"');
const service = (...rpcs: string[]): string => `service S { ${rpcs.join("\n")} }\n`;

interface Version extends PlanFromProtoOptions {
  readonly rpcs?: readonly string[];
  /** Replaced in the messages. */
  readonly edit?: readonly [string, string];
}

function plan({ rpcs = [get, add], edit = ["", ""], ...options }: Version) {
  const messages = shelf.replace(...edit);
  if (edit[0] !== "" && messages === shelf) throw new Error(`"${edit[0]}" is not in the messages`);
  return planFromProto(head + service(...rpcs) + messages, options);
}

/** Breaking changes with a `!`. */
function changes(before: Version, after: Version): string[] {
  return comparePlans(plan(before), plan(after)).map(
    ({ breaking, id, message }) => `${breaking ? "!" : " "} ${id}: ${message}`,
  );
}

test("equal versions have no changes, with another order of messages and comments neither", () => {
  expect(changes({}, {})).toEqual([]);
  expect(changes({}, { edit: ["message Ask", "// Asks.\nmessage Ask"] })).toEqual([]);
});

describe("routes", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      "added",
      [get, add, rpc("Drop", 'delete: "/v1/shelves/{name}"')],
      [
        "  function-added s-drop: the function s-drop appears, with its role",
        "  route-added DELETE /v1/shelves/*: DELETE /v1/shelves/* is new: a.S.Drop",
      ],
    ],
    [
      "removed",
      [get],
      [
        "! route-removed POST /v1/shelves: POST /v1/shelves is gone: a.S.Add",
        "  function-removed s-add: the function s-add goes, with its role",
        "  function-removed unrouted: the function unrouted goes, with its role",
      ],
    ],
    [
      "moved",
      [rpc("Get", 'get: "/v2/shelves/{name}"'), add],
      [
        "! route-moved GET /v1/shelves/*: GET /v1/shelves/* moved to GET /v2/shelves/*: a.S.Get",
        "  route-added GET /v2/shelves/*: GET /v2/shelves/* is new: a.S.Get",
      ],
    ],
    [
      "with another body",
      [get, rpc("Add", 'post: "/v1/shelves" body: "name"')],
      ['! route-body POST /v1/shelves: POST /v1/shelves has body "name", before body "*"'],
    ],
    [
      "with a response_body",
      [rpc("Get", 'get: "/v1/shelves/{name}" response_body: "books"'), add],
      ['! route-body GET /v1/shelves/*: GET /v1/shelves/* has no body and response_body "books", before no body'],
    ],
    [
      "with another variable",
      [rpc("Get", 'get: "/v1/shelves/{page}"'), add],
      [
        "  route-variables GET /v1/shelves/*: the variables of GET /v1/shelves/* are /v1/shelves/{page}, before /v1/shelves/{name}",
      ],
    ],
    [
      "shadowed by one that is declared later",
      [get, add, rpc("Top", 'get: "/v1/shelves/top"')],
      [
        "! route-answered GET /v1/shelves/top: GET /v1/shelves/top is answered by a.S.Top (/v1/shelves/top), before by a.S.Get",
        "  function-added s-top: the function s-top appears, with its role",
        "  route-added GET /v1/shelves/top: GET /v1/shelves/top is new: a.S.Top",
      ],
    ],
    [
      "answered by another RPC",
      [rpc("Find", 'get: "/v1/shelves/{name}"'), add],
      [
        "! route-answered GET /v1/shelves/*: GET /v1/shelves/* is answered by a.S.Find, before by a.S.Get",
        "  function-added s-find: the function s-find appears, with its role",
        "  function-removed s-get: the function s-get goes, with its role",
      ],
    ],
    [
      "that replies with a stream",
      [rpc("Get", 'get: "/v1/shelves/{name}"', "(Ask) returns (stream Shelf)"), add],
      ["! stream a.S.Get reply: a.S.Get replies with a stream, before with one message"],
    ],
  ])("%s", (_, rpcs, expected) => {
    expect(changes({}, { rpcs })).toEqual(expected);
  });
});

describe("messages", () => {
  test.each<[string, string, readonly string[]]>([
    ["string name = 1; int32 size", "int32 size", ["! reply a.Shelf.name: a.Shelf.name is gone, in replies"]],
    [
      "int32 size = 2;",
      "int32 width = 2;",
      [
        "! reply a.Shelf.size: a.Shelf.size is gone, in replies",
        "  reply a.Shelf.width new: a.Shelf.width is new, in replies",
      ],
    ],
    ["int32 size = 2;", "sint32 size = 12;", []],
    [
      "int32 size = 2;",
      "int64 size = 2;",
      ["! reply a.Shelf.size type: a.Shelf.size is int64, before int32, in replies"],
    ],
    ["float weight", "double weight", []],
    [
      "repeated Book books",
      "Book books",
      [
        "! reply a.Shelf.books presence: a.Shelf.books is null when it is not set, before it holds its default when it is not set, in replies",
        "! reply a.Shelf.books type: a.Shelf.books is a.Book, before a list of a.Book, in replies",
      ],
    ],
    [
      "optional string theme",
      "string theme",
      [
        "! reply a.Shelf.theme presence: a.Shelf.theme holds its default when it is not set, before it is left out when it is not set, in replies",
      ],
    ],
    [
      "google.protobuf.Timestamp time",
      "Book time",
      ["! reply a.Book.time type: a.Book.time is a.Book, before google.protobuf.Timestamp, in replies"],
    ],
    ["int32 page = 2;", "", ["! request a.Ask.page: a.Ask.page is gone, in requests"]],
    ["int32 page = 2;", "int64 page = 2;", []],
    [
      "int32 page = 2;",
      "int32 page = 2; string token = 4;",
      ["  request a.Ask.token new: a.Ask.token is new, in requests"],
    ],
    [
      "STEEL = 2;",
      "STEEL = 2; GLASS = 3;",
      [
        "  reply a.Kind.GLASS new: a.Kind.GLASS is new, in replies",
        "  request a.Kind.GLASS new: a.Kind.GLASS is new, in requests",
      ],
    ],
    [
      "STEEL = 2;",
      "",
      [
        "! request a.Kind.STEEL: a.Kind.STEEL is gone, in requests",
        "  reply a.Kind.STEEL: a.Kind.STEEL is gone, in replies",
      ],
    ],
    [
      "string title = 1;",
      'string title = 1 [json_name = "t"];',
      [
        "! reply a.Book.title: a.Book.title is gone, in replies",
        "  reply a.Book.title new: a.Book.title is new, in replies",
      ],
    ],
  ])("%s -> %s", (from, to, expected) => {
    expect(changes({}, { edit: [from, to] })).toEqual(expected);
  });

  test("a message with another name is the same on the wire", () => {
    const renamed = planFromProto((head + service(get, add) + shelf).replaceAll("Book", "Volume"));
    expect(comparePlans(plan({}), renamed)).toEqual([]);
  });

  test("numbers matter where bodies may be binary", () => {
    const transcoding = { binary: true };
    expect(changes({ transcoding }, { transcoding, edit: ["int32 size = 2;", "int32 size = 12;"] })).toEqual([
      "! reply a.Shelf.size number: a.Shelf.size has number 12, before 2, in replies",
    ]);
  });
});

describe("settings", () => {
  const statement = (actions: readonly string[]) =>
    ({ kind: "statement", actions, resources: [{ kind: "text", text: "arn:aws:s3:::b/*" }] }) as const;
  test.each<[string, PlanFromProtoOptions, readonly string[]]>([
    [
      "a setting of transcoding",
      { transcoding: { originalNames: true } },
      ["! setting transcoding.originalNames: transcoding.originalNames is true, before false"],
    ],
    [
      "no authentication",
      { plan: { deployment: { auth: "none" } } },
      ["! access auth: callers are checked by none, before by iam: everybody may call"],
    ],
    [
      "another door",
      { plan: { deployment: { frontDoor: "alb", auth: "iam" } } },
      ["! api-replaced front door: the front door is alb, before http-api: the API gets another address"],
    ],
    [
      "one function for all",
      { plan: { deployment: { functions: { kind: "single" }, auth: "iam" } } },
      ["  function-added a: the function a appears, with its role"],
    ],
    [
      "a permission",
      { plan: { deployment: { auth: "iam", policies: [statement(["s3:GetObject"])] } } },
      [
        "! permission-added s-add s3:GetObject on arn:aws:s3:::b/*: the role of s-add may do s3:GetObject on arn:aws:s3:::b/*",
      ],
    ],
  ])("%s", (_, after, expected) => {
    const found = changes(
      { plan: { deployment: { auth: "iam" } } },
      { plan: { deployment: { auth: "iam" } }, ...after },
    );
    for (const one of expected) expect(found).toContain(one);
  });

  test("a permission that goes breaks nothing", () => {
    const policies = [statement(["s3:GetObject", "s3:PutObject"])];
    const found = changes(
      { plan: { deployment: { auth: "iam", policies } } },
      { plan: { deployment: { auth: "iam", policies: [statement(["s3:GetObject"])] } } },
    );
    expect(found).toHaveLength(2);
    expect(found.every((one) => one.startsWith("  permission-removed"))).toBe(true);
  });
});
