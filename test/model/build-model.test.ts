import { describe, expect, test } from "vitest";
import { formatDiagnostics } from "../../src/cli/report/format-diagnostic.js";
import type { Binding } from "../../src/model/api-model.js";
import { type BuildModelRequest, buildModel } from "../../src/model/build-model.js";
import { readServiceConfig } from "../../src/model/service-config/service-config.js";
import type { FileDescriptor } from "../../src/proto/descriptor.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { at, file, message, method, service, wellKnownFile } from "./descriptors.js";

const shelf = message("t.Shelf", "string name; string theme; repeated Shelf parts");
const request = message("t.Request", "string id; Shelf shelf; google.protobuf.Timestamp time; string __proto__");

function library(...methods: readonly Parameters<typeof method>[]): FileDescriptor {
  const services = [
    service(
      "t.Library",
      methods.map((each) => method(...each)),
    ),
  ];
  return file("library.proto", { messages: [shelf, request], services });
}

function build(library: FileDescriptor, more: Partial<BuildModelRequest> = {}) {
  const files = [library, wellKnownFile];
  const { model, diagnostics } = buildModel({ files, targets: [library.path], unboundMethods: "report", ...more });
  const methods = model.files.flatMap((each) => each.services.flatMap((declared) => declared.methods));
  return { model, methods, text: formatDiagnostics(diagnostics) };
}

/** `0 PUT /v1/{shelf.name} body=shelf response=theme annotation`. */
function show({ index, httpMethod, template, body, responseBody, origin }: Binding): string {
  const bodyText = body.kind === "field" ? body.field.name : body.kind;
  return `${index} ${httpMethod} ${template.source} body=${bodyText} response=${responseBody?.name ?? "all"} ${origin}`;
}

function configOf(text: string): Pick<BuildModelRequest, "serviceConfigs"> {
  const { config, diagnostics } = readServiceConfig(text, "service.yaml");
  if (config === undefined || diagnostics.length > 0) throw new Error(formatDiagnostics(diagnostics));
  return { serviceConfigs: [config] };
}

describe("bindings", () => {
  test("every part of a rule, in order", () => {
    const rule =
      'put: "/v1/{shelf.name=shelves/*}" body: "shelf" response_body: "theme" ' +
      'additional_bindings { post: "/v2/shelves:update" body: "*" } ' +
      'additional_bindings { custom { kind: "*" path: "/v1/{time}" } response_body: "*" }';
    const { methods, text } = build(library(["t.Library", "Update(Request) returns (Shelf)", rule]));
    expect(text).toBe("");
    expect(methods[0]?.bindings.map(show)).toEqual([
      "0 PUT /v1/{shelf.name=shelves/*} body=shelf response=theme annotation",
      "1 POST /v2/shelves:update body=all response=all annotation",
      "2 * /v1/{time} body=none response=all annotation",
    ]);
    const params = methods[0]?.bindings[0]?.pathParams.map(({ variable, fields }) => [
      variable,
      fields.map((each) => each.fullName),
    ]);
    expect(params).toEqual([[0, ["t.Request.shelf", "t.Shelf.name"]]]);
    expect(methods[0]?.bindings[0]?.location).toEqual({
      file: "library.proto",
      line: 1,
      column: 7,
      endLine: 1,
      endColumn: 33,
    });
  });

  test("a binding with an error is left out, the others keep their index, and every mistake is reported", () => {
    const rule = 'post: "/v1/{idd}" body: "shlf" additional_bindings { get: "/v1/{id}" }';
    const { methods, text } = build(library(["t.Library", "Get(Request) returns (Shelf)", rule]));
    expect(methods[0]?.bindings.map(show)).toEqual(["1 GET /v1/{id} body=none response=all annotation"]);
    expect(text).toBe(
      'library.proto:1:13 error HR003: path variable "idd" is not a field of Request\n  help: did you mean "id"?\n' +
        'library.proto:1:26 error HR007: body "shlf" is not a field of Request\n  help: did you mean "shelf"?\n',
    );
  });

  test("a field with a name that means something to JavaScript is bound, and one that is not there is not", () => {
    const good = build(library(["t.Library", "Get(Request) returns (Shelf)", 'get: "/v1/{__proto__}"']));
    expect(good.text).toBe("");
    const bad = build(library(["t.Library", "Get(Request) returns (Shelf)", 'get: "/v1/{constructor}"']));
    expect(bad.text).toContain('error HR003: path variable "constructor" is not a field of Request\n');
  });

  test("without the source text at hand, the place is that of the whole option", () => {
    const get = method("t.Library", "Get(Request) returns (Shelf)", 'get: "/v1/{idd}"');
    const span = { line: 4, column: 5, endLine: 4, endColumn: 60 };
    const http = {
      pattern: { kind: "get", httpMethod: "GET", path: { value: "/v1/{idd}", span } },
      additionalBindings: [],
      span,
    } as const;
    const { text } = build({ ...library(), services: [service("t.Library", [{ ...get, http }])] });
    expect(text).toContain("library.proto:4:5 error HR003");
  });

  test("a method of unknown types binds nothing", () => {
    const { methods } = build(library(["t.Library", "Get(Nowhere) returns (Shelf)", 'get: "/v1/a"']));
    expect(methods[0]?.bindings).toEqual([]);
  });
});

describe("methods that stream their requests", () => {
  const chat = (rule: string): ReturnType<typeof library> =>
    library(["t.Library", "Chat(stream Request) returns (Shelf)", rule]);
  const one = (collects: boolean) => ({ byDefault: !collects, methods: new Map([["t.Library.Chat", collects]]) });
  const codes = (text: string): string[] => text.match(/HR\d+/g) ?? [];

  test("are refused, with everything else that is wrong in their rules", () => {
    const { methods, text } = build(chat('post: "/v1/{nope}" body: "*"'));
    expect(methods[0]?.bindings).toEqual([]);
    expect(codes(text)).toEqual(["HR015", "HR003"]);
    expect(text).toContain("methods: { t.Library.Chat: { clientStreaming: collect } }");
    expect(codes(build(chat('post: "/v1/a" body: "*"'), { collectRequests: one(false) }).text)).toEqual(["HR015"]);
  });

  test.each<[string, string, string[], string[]]>([
    ["one", 'post: "/v1/a" body: "*"', [], ["0 POST /v1/a body=all response=all annotation"]],
    [
      "several",
      'post: "/v1/a" body: "*" additional_bindings { put: "/v1/b" body: "*" response_body: "name" }',
      [],
      ["0 POST /v1/a body=all response=all annotation", "1 PUT /v1/b body=all response=name annotation"],
    ],
    ["one with a field", 'post: "/v1/a" body: "id"', ["HR031"], ["0 POST /v1/a body=all response=all annotation"]],
    ["one without a body", 'get: "/v1/a"', ["HR030"], ["0 GET /v1/a body=all response=all annotation"]],
    ["one without a body for POST", 'post: "/v1/a"', ["HR030"], ["0 POST /v1/a body=all response=all annotation"]],
    [
      "one with a variable",
      'post: "/v1/{id}" body: "*"',
      ["HR031"],
      ["0 POST /v1/{id} body=all response=all annotation"],
    ],
  ])("are bound by their rules where that is asked for: %s", (_, rule, found, bindings) => {
    const { methods, text } = build(chat(rule), { collectRequests: one(true) });
    expect(codes(text)).toEqual(found);
    expect(methods[0]?.bindings.map(show)).toEqual(bindings);
  });
});

describe("methods without a rule", () => {
  const unbound = library(
    ["t.Library", "Get(Request) returns (stream Shelf)"],
    ["t.Library", "Chat(stream Request) returns (Shelf)"],
  );

  test("are reported", () => {
    const { text } = build(unbound);
    expect(text).toContain("library.proto:1:1 info HR017: Get has no google.api.http rule");
    expect(text).toContain("library.proto:1:1 info HR016: Chat streams its requests");
  });

  test("are one note for each reason, and none where the configuration ignores them", () => {
    const many = library(
      ...Array.from({ length: 60 }, (_, i): [string, string] => ["t.Library", `Get${i}(Request) returns (Shelf)`]),
      ["t.Library", "Chat(stream Request) returns (Shelf)"],
      ["t.Library", "Talk(stream Request) returns (Shelf)"],
      ["t.Library", "Old(Request) returns (Shelf)", 'get: "/v1/{id}"'],
    );
    const skip = [{ name: "t.Library.Old" }];
    expect(build(many, { skip }).text.match(/(?<=info ).*/g)).toEqual([
      "HR016: 2 methods stream their requests: no HTTP request reaches them, and no Lambda function is made for them: Library.Chat, Library.Talk",
      "HR017: 60 methods have no google.api.http rule, and no HTTP request reaches them: Library.Get0, Library.Get1, Library.Get2, Library.Get3 and 56 more",
      "HR029: Old is skipped: no HTTP request reaches it, and no Lambda function is made for it",
    ]);
    expect(build(many, { skip, unboundMethods: "ignore" }).text).toBe("");
    expect(build(many, { skip, unboundMethods: "ignore" }).methods.flatMap(({ bindings }) => bindings)).toEqual([]);
  });

  test("or bound the way gRPC itself names them, unless they stream requests", () => {
    const { methods, text } = build(unbound, { unboundMethods: "bind" });
    expect(methods.map((each) => each.bindings.map(show))).toEqual([
      ["0 POST /t.Library/Get body=all response=all unbound"],
      [],
    ]);
    expect(methods[0]?.bindings[0]?.template.segments.map((each) => each.kind === "literal" && each.text)).toEqual([
      "t.Library",
      "Get",
    ]);
    expect(text).not.toContain("HR017");
    expect(text).toContain("HR016");
  });

  test("or so bound all the same where their messages are collected", () => {
    const collectRequests = { byDefault: true, methods: new Map() };
    const { methods, text } = build(unbound, { unboundMethods: "bind", collectRequests });
    expect(methods[1]?.bindings.map(show)).toEqual(["0 POST /t.Library/Chat body=all response=all unbound"]);
    expect(text).not.toContain("HR016");
    expect(build(unbound, { collectRequests }).text).toContain(
      "HR017: 2 methods have no google.api.http rule, and no HTTP request reaches them: Library.Get, Library.Chat",
    );
  });

  test("a rule without a pattern is reported as such, once", () => {
    const { text } = build(library(["t.Library", "Get(Request) returns (Shelf)", 'body: "*"']));
    expect(text.match(/HR\d+/g)).toEqual(["HR011"]);
  });
});

describe("files", () => {
  test("imports come first, otherwise by path, whatever the order of the input; a cycle does no harm", () => {
    const plain = (path: string): FileDescriptor["imports"][number] => ({ path, kind: "plain", span: at });
    const files = [
      file("b.proto", { imports: [plain("z.proto"), plain("missing.proto")] }),
      file("a.proto", {}),
      file("z.proto", { imports: [plain("y.proto")] }),
      file("y.proto", { imports: [plain("z.proto")] }),
    ];
    for (const order of [files, [...files].reverse()]) {
      const { model } = buildModel({ files: order, targets: ["a.proto"], unboundMethods: "report" });
      expect(model.files.map(({ path, target }) => [path, target])).toEqual([
        ["a.proto", true],
        ["y.proto", false],
        ["z.proto", false],
        ["b.proto", false],
      ]);
    }
  });

  test("what is wrong in a file that is only imported is not reported", () => {
    const faulty = library(["t.Library", "Get(Request) returns (Shelf)", 'get: "/v1/{idd}"']);
    expect(build(faulty, { targets: [] }).text).toBe("");
    expect(build(faulty).text).toContain("HR003");
  });

  test("the model is plain data", () => {
    const rule = 'put: "/v1/{shelf.name=shelves/*}" body: "shelf"';
    const { model } = build(library(["t.Library", "Update(Request) returns (Shelf)", rule]));
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });
});

describe("a service configuration", () => {
  const annotated = library(["t.Library", "Get(Request) returns (Shelf)", 'get: "/v1/{id}"']);

  test("its bindings come before the annotation's, and both apply", () => {
    const config = configOf(
      "http:\n  rules:\n  - selector: t.Library.Get\n    get: /v2/{id}\n    additional_bindings:\n    - get: /v3/{id}\n" +
        "  - selector: t.Library.Get\n    post: /v4/{id}\n    body: '*'\n",
    );
    const { methods, text } = build(annotated, config);
    expect(text).toBe("");
    expect(methods[0]?.bindings.map(show)).toEqual([
      "0 GET /v2/{id} body=none response=all serviceConfig",
      "1 GET /v3/{id} body=none response=all serviceConfig",
      "2 POST /v4/{id} body=all response=all serviceConfig",
      "3 GET /v1/{id} body=none response=all annotation",
    ]);
  });

  test("several apply in their order, and each mistake is reported in its own file", () => {
    const reading = (file: string, path: string) =>
      readServiceConfig(`http:\n  rules:\n  - selector: t.Library.Get\n    get: ${path}\n`, file).config ?? [];
    const files = [reading("a.yaml", "/v2/{id}"), reading("b.yaml", "/v3/{idd}"), reading("c.yaml", "/v4/{id}")].flat();
    const { methods, text } = build(annotated, { serviceConfigs: files });
    expect(methods[0]?.bindings.map(({ template }) => template.source)).toEqual(["/v2/{id}", "/v4/{id}", "/v1/{id}"]);
    expect(text).toMatch(/^b\.yaml:4:\d+ error HR003: /);
  });

  test("mistakes are reported where they stand in it", () => {
    const config = configOf('http:\n  rules:\n  - selector: t.Library.Get\n    get: "/v2/{idd}"\n');
    expect(build(annotated, config).text).toBe(
      'service.yaml:4:16 error HR003: path variable "idd" is not a field of Request\n  help: did you mean "id"?\n',
    );
  });

  test.each([
    ["t.Library.Gett", 'did you mean "t.Library.Get"?'],
    ["Library.Get", 'did you mean "t.Library.Get"?'],
    ["other.Thing.Get", "write the full name, package.Service.Method, of a method that is loaded"],
  ])("a selector that matches nothing: %s", (selector, help) => {
    const config = configOf(`http:\n  rules:\n  - selector: ${selector}\n    get: /v2/{id}\n`);
    expect(build(annotated, config).text).toBe(
      `service.yaml:3:15 error HR025: selector "${selector}" matches no method\n  help: ${help}\n`,
    );
  });

  test("the annotation repeated is a duplicate, with both places", () => {
    const config = configOf("http:\n  rules:\n  - selector: t.Library.Get\n    get: /v1/{id}\n");
    expect(build(annotated, config).text).toBe(
      "library.proto:1:7 error HR020: GET /v1/{id} is bound twice, expected one RPC for GET /v1/1\n" +
        "  help: remove one of the two, or change its path or method; --skip t.Library.Get leaves the RPC out\n" +
        "  service.yaml:4:10: first bound here, to t.Library.Get\n",
    );
  });
});

test("a body on DELETE is accepted on request", () => {
  const faulty = library(["t.Library", "Get(Request) returns (Shelf)", 'delete: "/v1/{id}" body: "*"']);
  expect(build(faulty).text).toContain("error HR010");
  const allowed = build(faulty, { allowDeleteBody: true });
  expect(allowed.text).toBe("");
  expect(allowed.methods[0]?.bindings.map(show)).toEqual(["0 DELETE /v1/{id} body=all response=all annotation"]);
});

describe("routes that share paths", () => {
  const shared = library(
    ["t.Library", "Get(Request) returns (Shelf)", 'get: "/v1/shelves/{id}"'],
    ["t.Library", "Find(Request) returns (Shelf)", 'get: "/v1/{id=**}"'],
  );
  const finding = `library.proto:1:7 warning HR021: GET /v1/shelves/{id} is shadowed by GET /v1/{id=**}: both match /v1/shelves/1
  help: the last declared answers, as in grpc-gateway; declare the more specific one last, or set transcoding.profile: spec
  library.proto:1:7: declared later, by t.Library.Find
`;

  test("are a finding where the last declared answers, which is the default", () => {
    expect(build(shared).text).toBe(finding);
    expect(build(shared, { precedence: "lastDeclared" }).text).toBe(finding);
  });

  test("are none where the more specific one answers", () => {
    expect(build(shared, { precedence: "specificity" }).text).toBe("");
  });

  test("may not be the same for either", () => {
    const twice = library(
      ["t.Library", "Get(Request) returns (Shelf)", 'get: "/v1/{id}"'],
      ["t.Library", "Find(Request) returns (Shelf)", 'get: "/v1/{id=*}"'],
    );
    expect(build(twice, { precedence: "specificity" }).text).toContain("error HR020");
  });
});

describe("skipped methods", () => {
  const rules = library(
    ["t.Library", "Get(Request) returns (Shelf)", 'get: "/v1/{id}"'],
    ["t.Library", "Find(Request) returns (Shelf)", 'get: "/v1/{idd}"'],
    ["t.Library", "Unbound(Request) returns (Shelf)"],
  );
  const skipping = (...names: readonly string[]) => ({ skip: names.map((name) => ({ name })) });

  test("have no binding, whatever is wrong with their rules, and others keep theirs", () => {
    const { methods, text } = build(rules, {
      ...skipping("t.Library.Find", "t.Library.Unbound"),
      unboundMethods: "bind",
    });
    expect(methods.map(({ name, bindings }) => `${name} ${bindings.length}`)).toEqual(["Get 1", "Find 0", "Unbound 0"]);
    expect(text).toBe(
      "library.proto:1:1 info HR029: 2 methods are skipped: no HTTP request reaches them, and no Lambda function is made for them: Library.Find, Library.Unbound\n" +
        "  help: the configuration's skip, or --skip, names what to leave out; `unbound: ignore` silences this\n",
    );
  });

  test("do not take the path of another", () => {
    const twice = library(
      ["t.Library", "Get(Request) returns (Shelf)", 'get: "/v1/{id}"'],
      ["t.Library", "Find(Request) returns (Shelf)", 'get: "/v1/{id}"'],
    );
    expect(build(twice).text).toContain("error HR020");
    expect(build(twice, skipping("t.Library.Get")).text).not.toContain("error");
  });

  test("are found among the target files only, and named in full", () => {
    const location = { file: "grpc2lambda.yaml", line: 3, column: 4, endLine: 3, endColumn: 9 };
    const { text } = build(rules, { skip: [{ name: "__proto__", location }], targets: ["library.proto"] });
    expect(text).toContain(
      'grpc2lambda.yaml:3:4 error HR028: skip names "__proto__", expected a method of the given files\n',
    );
    expect(build(rules, { ...skipping("t.Library.Find"), targets: [] }).text).toContain("error HR028");
  });
});

test("of two services with one route the last declared answers, and nothing comes to the other", () => {
  const get = method(
    "t.Library",
    "Get(Request) returns (Shelf)",
    'get: "/v1/{id}" additional_bindings { get: "/v2/{id}" }',
  );
  const find = method("t.Archive", "Find(Request) returns (Shelf)", 'get: "/v1/{id}"');
  const services = [service("t.Library", [get]), service("t.Archive", [find])];
  const two = file("library.proto", { messages: [shelf, request], services });
  const { methods, text } = build(two);
  expect(text).toMatch(
    /^library\.proto:1:\d+ warning HR020: GET \/v1\/\{id\} is bound twice: t\.Archive\.Find answers/,
  );
  expect(methods.map(({ bindings }) => bindings.map(({ template }) => template.source))).toEqual([
    ["/v2/{id}"],
    ["/v1/{id}"],
  ]);
  expect(build(two, { precedence: "specificity" }).text).toContain("error HR020");
});

test("services that are left out are not spoken of, and take no path of another", () => {
  const get = method("t.Library", "Get(Request) returns (Shelf)", 'get: "/v1/{id}"');
  const find = method("t.Archive", "Find(Request) returns (Shelf)", 'get: "/v1/{id}"');
  const broken = method("t.Archive", "Broken(Request) returns (Shelf)", 'get: "/v1/{idd}"');
  const services = [service("t.Library", [get]), service("t.Archive", [find, broken])];
  const two = file("library.proto", { messages: [shelf, request], services });
  expect(build(two).text).toContain("error HR003");
  expect(build(two).text).toContain("warning HR020");
  expect(build(two, { only: ["t.Library"] }).text).toBe("");
});

test("RPCs without side effects and fields that logs must not have are known", () => {
  const { files } = modelFromProto({
    "a.proto": `syntax = "proto3";
package acme;
service S {
  rpc Read(M) returns (M) { option idempotency_level = NO_SIDE_EFFECTS; }
  rpc Again(M) returns (M) { option idempotency_level = IDEMPOTENT; }
}
message M { string a = 1 [debug_redact = true]; string b = 2 [debug_redact = false]; string c = 3; }
`,
  });
  const file = files.find(({ path }) => path === "a.proto");
  expect(file?.services[0]?.methods.map(({ noSideEffects }) => noSideEffects)).toEqual([true, undefined]);
  expect(file?.messages[0]?.fields.map(({ redacted }) => redacted)).toEqual([true, undefined, undefined]);
});
