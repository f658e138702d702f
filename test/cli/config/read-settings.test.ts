import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Flags } from "../../../src/cli/config/flags.js";
import { readSettings, type Settings } from "../../../src/cli/config/settings.js";
import { formatDiagnostics } from "../../../src/cli/report/format-diagnostic.js";
import { idiomaticStyle, protobufEsStyle, protoLoaderDefaults, tsProtoStyle } from "../../../src/emit/message-style.js";

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "g2l-config-"));
});

afterEach(() => {
  rmSync(cwd, { recursive: true });
});

function put(path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

async function findings(config: string | Uint8Array, flags: Flags = {}): Promise<string> {
  put("grpc2lambda.yaml", config);
  const { settings, diagnostics } = await readSettings([], flags, cwd);
  expect(settings === undefined).toBe(diagnostics.some((diagnostic) => diagnostic.severity === "error"));
  return formatDiagnostics(diagnostics);
}

async function settle(protos: readonly string[], flags: Flags = {}, folder = cwd): Promise<Settings> {
  const { settings, diagnostics } = await readSettings(protos, flags, folder);
  expect(formatDiagnostics(diagnostics)).toBe("");
  if (settings === undefined) throw new Error("no settings");
  return settings;
}

describe("a mistake in grpc2lambda.yaml", () => {
  const topLevelKeys =
    "  help: known keys: protos, include, descriptorSet, serviceConfig, out, handlers, template, zips, language, go, only, skip, unbound, anyTypes, messages, interceptors, errorMapper, headers, methods, services, observability, transcoding, deployment, build, compare\n";
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "unknown key with a near one",
      "protos: [a]\nhandler: x\n",
      `grpc2lambda.yaml:2:1 error CF003: unknown key "handler" (did you mean "handlers"?)\n${topLevelKeys}`,
    ],
    ["unknown key", "protos: [a]\nzzz: 1\n", `grpc2lambda.yaml:2:1 error CF003: unknown key "zzz"\n${topLevelKeys}`],
    [
      "__proto__",
      "protos: [a]\n__proto__: {out: x}\n",
      `grpc2lambda.yaml:2:1 error CF003: unknown key "__proto__"\n${topLevelKeys}`,
    ],
    [
      "unknown key below",
      "protos: [a]\ntranscoding:\n  profil: spec\n",
      'grpc2lambda.yaml:3:3 error CF003: unknown key "profil" in transcoding (did you mean "profile"?)\n' +
        "  help: known keys: profile, gateway, emitDefaults, originalNames, enumsAsNumbers, unknownFields, allowDeleteBody, binary, formBodies, precedence, pathUnescaping, methodNotAllowed, headFromGet, optionsFromRoutes, formPost, grpcMetadata, queryWithBodyStar, mediaTypes, httpBodyRequests, httpBodyStreams, streaming, streamingByAccept, clientStreaming\n",
    ],
    [
      "unknown key of a service",
      "protos: [a]\nservices:\n  acme.Library:\n    implementatoin: ./a.ts#b\n",
      'grpc2lambda.yaml:4:5 error CF003: unknown key "implementatoin" in services.acme.Library (did you mean "implementation"?)\n' +
        "  help: known keys: implementation, interceptors, auth, messages, environment, policies, sampleSuccesses, memorySize, timeout, ephemeralStorage, reservedConcurrency, provisionedConcurrency, throttling\n",
    ],
    [
      "unknown proto-loader option",
      "protos: [a]\nmessages: {longss: String}\n",
      'grpc2lambda.yaml:2:12 error CF003: unknown key "longss" in messages (did you mean "longs"?)\n' +
        "  help: known keys: preset, keepCase, longs, enums, bytes, defaults, arrays, objects, oneofs\n",
    ],
    [
      "wrong choice",
      "protos: [a]\ntranscoding: { profile: grpc-gatewy }\n",
      'grpc2lambda.yaml:2:25 error CF004: transcoding.profile is "grpc-gatewy", expected "grpc-gateway" or "spec" (did you mean "grpc-gateway"?)\n',
    ],
    [
      "wrong preset",
      "protos: [a]\nmessages: protoloader\n",
      'grpc2lambda.yaml:2:11 error CF004: messages is "protoloader", expected "idiomatic", "proto-loader", "ts-proto" or "protobuf-es" (did you mean "proto-loader"?)\n',
    ],
    [
      "text for a list",
      "protos: proto\n",
      'grpc2lambda.yaml:1:9 error CF004: protos is "proto", expected a list\n  help: write it as a list: [proto]\n',
    ],
    ["empty value", "protos: [a]\nout:\n", "grpc2lambda.yaml:2:5 error CF004: out is empty, expected text\n"],
    ["empty text", 'protos: [a]\nout: ""\n', 'grpc2lambda.yaml:2:6 error CF004: out is "", expected some text\n'],
    [
      "empty list",
      "protos: []\n",
      "grpc2lambda.yaml:1:9 error CF004: protos is an empty list, expected at least one entry\n",
    ],
    ["wrong entry", "protos: [a, 1]\n", "grpc2lambda.yaml:1:13 error CF004: protos[1] is 1, expected text\n"],
    [
      "twice the same",
      "protos: [a]\nonly: [a.B, a.B]\n",
      'grpc2lambda.yaml:2:7 error CF004: only holds "a.B" twice, expected each entry once\n',
    ],
    [
      "yaml 1.1 boolean",
      "protos: [a]\ntranscoding: { emitDefaults: yes }\n",
      'grpc2lambda.yaml:2:30 error CF004: transcoding.emitDefaults is "yes", expected true or false\n',
    ],
    [
      "too small",
      "protos: [a]\ndeployment: { memorySize: 64 }\n",
      "grpc2lambda.yaml:2:27 error CF004: deployment.memorySize is 64, expected at least 128\n",
    ],
    [
      "too large",
      "protos: [a]\ndeployment: { timeout: 901 }\n",
      "grpc2lambda.yaml:2:24 error CF004: deployment.timeout is 901, expected at most 900\n",
    ],
    [
      "broken number",
      "protos: [a]\ndeployment: { timeout: 2.5 }\n",
      "grpc2lambda.yaml:2:24 error CF004: deployment.timeout is 2.5, expected a whole number\n",
    ],
    [
      "API name",
      "protos: [a]\ndeployment: { apiName: My API }\n",
      'grpc2lambda.yaml:2:24 error CF004: deployment.apiName is "My API", expected lower-case words joined by hyphens, such as library-api\n',
    ],
    [
      "variable that Lambda sets",
      "protos: [a]\ndeployment:\n  environment:\n    AWS_REGION: eu\n    A-B: c\n    A: c\n",
      'grpc2lambda.yaml:4:5 error CF004: "AWS_REGION" is not the name of a variable, expected a letter and at least one more letter, digit or underscore, and none that Lambda sets itself\n' +
        'grpc2lambda.yaml:5:5 error CF004: "A-B" is not the name of a variable, expected a letter and at least one more letter, digit or underscore, and none that Lambda sets itself\n' +
        'grpc2lambda.yaml:6:5 error CF004: "A" is not the name of a variable, expected a letter and at least one more letter, digit or underscore, and none that Lambda sets itself\n',
    ],
    [
      "variable of a service that is no text",
      "protos: [a]\nservices:\n  a.B: { environment: { PORT: 80, TABLE: { rf: Table } } }\n",
      "grpc2lambda.yaml:3:31 error CF004: services.a.B.environment.PORT is 80, expected text or a map\n" +
        'grpc2lambda.yaml:3:42 error CF004: services.a.B.environment.TABLE is a map, expected a key "ref"\n' +
        'grpc2lambda.yaml:3:44 error CF003: unknown key "rf" in services.a.B.environment.TABLE (did you mean "ref"?)\n' +
        "  help: known keys: ref\n",
    ],
    [
      "unknown front door, and groups that are none",
      "protos: [a]\ndeployment:\n  frontDoor: rest\n  functions:\n    Reads: [a.B]\n    writes: a.B\n",
      'grpc2lambda.yaml:3:14 error CF004: deployment.frontDoor is "rest", expected "http-api", "rest-api", "alb" or "function-url"\n' +
        'grpc2lambda.yaml:5:5 error CF004: "Reads" is not the name of a function, expected lower-case words joined by hyphens, such as library-reads\n' +
        'grpc2lambda.yaml:6:13 error CF004: deployment.functions.writes is "a.B", expected a list\n  help: write it as a list: [a.B]\n',
    ],
    [
      "origins that are none",
      "protos: [a]\ndeployment:\n  cors: { origins: [app.example.com], maxAge: -1 }\n",
      'grpc2lambda.yaml:3:21 error CF004: deployment.cors.origins[0] is "app.example.com", expected an origin such as https://app.example.com, or *\n' +
        "grpc2lambda.yaml:3:47 error CF004: deployment.cors.maxAge is -1, expected at least 0\n",
    ],
    [
      "large payloads with a path, a link for ever and no answer",
      "protos: [a]\ndeployment:\n  largePayloads: { prefix: ../x, linkSeconds: 604801, responses: link }\n",
      'grpc2lambda.yaml:3:28 error CF004: deployment.largePayloads.prefix is "../x", expected names that end with a slash, such as library/\n' +
        "grpc2lambda.yaml:3:47 error CF004: deployment.largePayloads.linkSeconds is 604801, expected at most 604800\n" +
        'grpc2lambda.yaml:3:66 error CF004: deployment.largePayloads.responses is "link", expected "redirect", "envelope" or "refuse"\n',
    ],
    [
      "limits, tags and paths that are none",
      "protos: [a]\ndeployment:\n  tags: { aws:x: y }\n  rolePath: teams\n  ephemeralStorage: 100\nservices: { a.B: { memorySize: 64 } }\nmethods: { a.B.C: { reservedConcurrency: -1, timeout: 901 } }\n",
      'grpc2lambda.yaml:3:11 error CF004: "aws:x" is not the name of a tag, expected up to 128 letters, digits, spaces and _.:/=+-@, and none that begins with aws:\n' +
        'grpc2lambda.yaml:4:13 error CF004: deployment.rolePath is "teams", expected a path that begins and ends with a slash, such as /teams/library/\n' +
        "grpc2lambda.yaml:5:21 error CF004: deployment.ephemeralStorage is 100, expected at least 512\n" +
        "grpc2lambda.yaml:6:32 error CF004: services.a.B.memorySize is 64, expected at least 128\n" +
        "grpc2lambda.yaml:7:42 error CF004: methods.a.B.C.reservedConcurrency is -1, expected at least 0\n" +
        "grpc2lambda.yaml:7:55 error CF004: methods.a.B.C.timeout is 901, expected at most 900\n",
    ],
    [
      "policies that are none",
      "protos: [a]\ndeployment:\n  policies:\n    - AdministratorAccess\n    - { actions: [GetItem], resources: [table] }\n    - { actions: [s3:GetObject] }\n",
      'grpc2lambda.yaml:4:7 error CF004: deployment.policies[0] is "AdministratorAccess", expected the ARN of a managed policy, or actions and resources\n' +
        'grpc2lambda.yaml:5:19 error CF004: deployment.policies[1].actions[0] is "GetItem", expected an action such as dynamodb:GetItem\n' +
        'grpc2lambda.yaml:5:41 error CF004: deployment.policies[1].resources[0] is "table", expected an ARN or *\n' +
        'grpc2lambda.yaml:6:7 error CF004: deployment.policies[2] is a map, expected a key "resources"\n',
    ],
    [
      "implementation without export",
      "protos: [a]\nservices: { a.B: { implementation: ./a.ts } }\n",
      'grpc2lambda.yaml:2:36 error CF004: services.a.B.implementation is "./a.ts", expected module#export, such as ./src/library.ts#libraryService, or in Go example.com/library/server.New\n',
    ],
    [
      "service name",
      "protos: [a]\nservices: { a/B: {} }\n",
      'grpc2lambda.yaml:2:13 error CF004: "a/B" is not a service name, expected a full name such as acme.library.v1.LibraryService\n',
    ],
    ["a list", "- a\n", "grpc2lambda.yaml:1:1 error CF004: the configuration is a list, expected a map\n"],
    [
      "several at once, in order",
      "outt: gen\nprotos: a\n",
      `grpc2lambda.yaml:1:1 error CF003: unknown key "outt" (did you mean "out"?)\n${topLevelKeys}` +
        'grpc2lambda.yaml:2:9 error CF004: protos is "a", expected a list\n  help: write it as a list: [a]\n',
    ],
    [
      "duplicate key",
      "protos: [a]\nout: a\nout: b\n",
      "grpc2lambda.yaml:3:1 error CF002: not valid YAML: map keys must be unique\n",
    ],
    [
      "two documents",
      "protos: [a]\n---\nout: b\n",
      "grpc2lambda.yaml:2:1 error CF002: not valid YAML: the file holds several documents\n",
    ],
    [
      "alias bomb",
      `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[..."bcdefghij"].map((name, at) => `${name}: &${name} [${`*${"abcdefghij"[at]}, `.repeat(10)}]`).join("\n")}\n`,
      "grpc2lambda.yaml:1:1 error CF002: not valid YAML: excessive alias count indicates a resource exhaustion attack\n",
    ],
    [
      "no protos",
      "out: gen\n",
      "grpc2lambda.yaml:1:1 error CF005: no .proto files are named, expected some as arguments, under protos: in grpc2lambda.yaml, or --descriptor-set\n" +
        "  help: for example: grpc2lambda generate proto/ -I proto\n",
    ],
    [
      "status of an error",
      "protos: [a]\nmethods: { a.B.Make: { status: 404 } }\n",
      "grpc2lambda.yaml:2:32 error CF004: methods.a.B.Make.status is 404, expected at most 299\n",
    ],
    [
      "missing error mapper",
      "protos: [a]\nerrorMapper: ./src/errors.ts#map\n",
      "grpc2lambda.yaml:2:14 error CF006: there is no module ./src/errors.ts, expected a .ts or .js file\n" +
        "  help: the part before # is relative to the configuration file; a package is written without ./\n",
    ],
    [
      "a server that is a package",
      "protos: [a]\nservices: { a.B: { implementation: { server: server.js } } }\n",
      'grpc2lambda.yaml:2:46 error CF004: services.a.B.implementation.server is "server.js", expected a module such as ./server.js, or ./server.js#main with the function that starts it\n',
    ],
    [
      "a missing server",
      "protos: [a]\nservices: { a.B: { implementation: { server: ./src/libary.ts } } }\n",
      'grpc2lambda.yaml:2:46 error CF006: there is no module ./src/libary.ts, expected a .ts or .js file (did you mean "./src/library.ts"?)\n' +
        "  help: the part before # is relative to the configuration file; a package is written without ./\n",
    ],
    [
      "missing implementation",
      "protos: [a]\nservices: { a.B: { implementation: ./src/libary.ts#b } }\n",
      'grpc2lambda.yaml:2:36 error CF006: there is no module ./src/libary.ts, expected a .ts or .js file (did you mean "./src/library.ts"?)\n' +
        "  help: the part before # is relative to the configuration file; a package is written without ./\n",
    ],
    [
      "implementation outside",
      "protos: [a]\nservices: { a.B: { implementation: ../x.ts#b } }\n",
      "grpc2lambda.yaml:2:36 error CF006: ../x.ts is outside the project folder, expected a .ts or .js file\n" +
        "  help: the part before # is relative to the configuration file; a package is written without ./\n",
    ],
    [
      "handlers inside out",
      "protos: [a]\nout: gen\nhandlers: gen/handlers\n",
      "grpc2lambda.yaml:3:11 error CF007: handlers is gen/handlers, inside the output folder gen, expected a folder beside it: only generated files live there\n",
    ],
    [
      "out outside, and the project itself",
      "protos: [a]\nout: ../gen\nhandlers: .\n",
      'grpc2lambda.yaml:2:6 error CF008: out is "../gen", outside the project folder, expected a path inside it\n' +
        "  help: the project folder is that of grpc2lambda.yaml, or the working directory without one\n" +
        'grpc2lambda.yaml:3:11 error CF008: handlers is ".", the project folder itself, expected a path inside it\n' +
        "  help: the project folder is that of grpc2lambda.yaml, or the working directory without one\n",
    ],
    [
      "a template where folders go",
      "protos: [a]\nout: build/gen\nhandlers: src/Handlers\ntemplate: build\n",
      "grpc2lambda.yaml:4:11 error CF007: template is build, above the output folder build/gen, expected a path for a file\n",
    ],
    [
      "a template that is a folder, in another spelling",
      "protos: [a]\nhandlers: src/Handlers\ntemplate: SRC/handlers\n",
      "grpc2lambda.yaml:3:11 error CF007: template is SRC/handlers, the handlers folder src/Handlers, expected a path for a file\n",
    ],
    [
      "places of version control, CI and Windows",
      "protos: [a]\nout: .git/hooks\nhandlers: aux\ntemplate: .github/workflows/ci.yml\n",
      'grpc2lambda.yaml:2:6 error CF008: out is ".git/hooks" (.git is not for generated files), expected another path inside the project folder\n' +
        "  help: the project folder is that of grpc2lambda.yaml, or the working directory without one\n" +
        'grpc2lambda.yaml:3:11 error CF008: handlers is "aux" ("aux" is a device on Windows), expected another path inside the project folder\n' +
        "  help: the project folder is that of grpc2lambda.yaml, or the working directory without one\n" +
        'grpc2lambda.yaml:4:11 error CF008: template is ".github/workflows/ci.yml" (.github is not for generated files), expected another path inside the project folder\n' +
        "  help: the project folder is that of grpc2lambda.yaml, or the working directory without one\n",
    ],
    [
      "missing service configuration",
      "protos: [a]\nserviceConfig: x.yaml\n",
      "grpc2lambda.yaml:2:16 error CF001: cannot read the service configuration x.yaml (ENOENT), expected a YAML file\n",
    ],
  ];
  test.each(cases)("%s", async (_, config, expected) => {
    put("src/library.ts", "");
    expect(await findings(config)).toBe(expected);
  });

  test.each([
    ["syntax", "protos: [a\n", /^grpc2lambda\.yaml:\d+:\d+ error CF002: not valid YAML: .+\n$/],
    ["tab", "protos:\n\t- a\n", /^grpc2lambda\.yaml:2:\d+ error CF002: not valid YAML: .+\n/],
    ["nested too deeply", `protos: ${"[".repeat(100_000)}`, /^grpc2lambda\.yaml:\d+:\d+ error CF002: not valid YAML: /],
    ["not UTF-8", new Uint8Array([0xff, 0xfe, 0x61]), /^error CF001: .* it is not UTF-8 text, expected a YAML file\n/],
    ["too large", "#".repeat(1024 * 1024 + 1), /^error CF001: .* it has 1048577 bytes, more than 1 MB, expected/],
  ])("%s", async (_, config, expected) => {
    expect(await findings(config)).toMatch(expected);
  });

  test("a place behind an alias is the alias' target", async () => {
    expect(await findings("protos: [a]\nmessages: &m { longs: Int }\nservices: { a.B: { messages: *m } }\n")).toBe(
      'grpc2lambda.yaml:2:23 error CF004: messages.longs is "Int", expected "BigInt", "String", "Number" or "Long"\n' +
        'grpc2lambda.yaml:2:23 error CF004: services.a.B.messages.longs is "Int", expected "BigInt", "String", "Number" or "Long"\n',
    );
  });
});

describe("without a configuration", () => {
  test("a named one that is missing is an error", async () => {
    const { settings, diagnostics } = await readSettings([], { config: "conf/x.yaml" }, cwd);
    expect(settings).toBeUndefined();
    expect(formatDiagnostics(diagnostics)).toBe(
      "error CF001: cannot read the configuration conf/x.yaml: there is no such file, expected a YAML file\n" +
        "  help: name it with --config, or leave the option out to use grpc2lambda.yaml\n",
    );
  });

  test("defaults apply", async () => {
    const { root, request } = await settle(["a.proto"]);
    expect(root).toBe(cwd);
    expect(request).toEqual({
      load: { cwd, protos: ["a.proto"], includePaths: ["."] },
      skip: [],
      unboundMethods: "report",
      allowDeleteBody: false,
      plan: {
        layout: { outDir: "gen", handlersDir: "src/handlers", template: "template.yaml", zips: "build/lambda" },
        transcoding: {
          profile: "grpc-gateway",
          emitDefaults: true,
          originalNames: false,
          enumsAsNumbers: false,
          unknownFields: "ignore",
          binary: false,
          formBodies: false,
          clientStreaming: "refuse",
        },
        deployment: {},
        messages: idiomaticStyle,
        places: new Map(),
        customization: {},
        observability: { requests: true, sampleSuccesses: 1, failedRequests: true, metrics: "none", redact: [] },
        serviceOptions: new Map(),
      },
    });
  });

  test("nothing to read is an error", async () => {
    const { diagnostics } = await readSettings([], {}, cwd);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["CF005"]);
  });

  test("a place outside the working directory is an error", async () => {
    const { diagnostics } = await readSettings(["a.proto"], { out: "../gen", template: "/template.yaml" }, cwd);
    expect(diagnostics.map((diagnostic) => diagnostic.message)).toEqual([
      'out is "../gen", outside the project folder, expected a path inside it',
      'template is "/template.yaml", outside the project folder, expected a path inside it',
    ]);
  });
});

describe("a configuration", () => {
  test("is relative to itself, flags to the working directory, and flags win", async () => {
    put(
      "api/grpc2lambda.yaml",
      "protos: [proto]\ninclude: [proto, ../third-party]\nout: generated\nserviceConfig: api.yaml\ntemplate: sam.yaml\n",
    );
    put("api/api.yaml", "type: google.api.Service\n");
    const { root, request } = await settle([], { config: "api/grpc2lambda.yaml", out: "api/gen" });
    expect(root).toBe(join(cwd, "api"));
    expect(request.load).toEqual({ cwd, protos: ["api/proto"], includePaths: ["api/proto", "third-party"] });
    expect(request.serviceConfigs).toEqual([{ file: "api/api.yaml", text: "type: google.api.Service\n" }]);
    expect(request.plan.layout).toEqual({
      outDir: "gen",
      handlersDir: "src/handlers",
      template: "sam.yaml",
      zips: "build/lambda",
    });
  });

  test("names several service configurations, which flags replace; each that cannot be read is reported", async () => {
    put("grpc2lambda.yaml", "protos: [proto]\nserviceConfig: [a.yaml, b.yaml]\n");
    for (const name of ["a", "b", "c", "d"]) put(`${name}.yaml`, `name: ${name}\n`);
    const files = async (flags: Flags) => (await settle([], flags)).request.serviceConfigs?.map(({ file }) => file);
    expect(await files({})).toEqual(["a.yaml", "b.yaml"]);
    expect(await files({ serviceConfig: ["d.yaml", "c.yaml"] })).toEqual(["d.yaml", "c.yaml"]);
    put("grpc2lambda.yaml", "protos: [proto]\nserviceConfig: [a.yaml, lost.yaml, gone.yaml]\n");
    const { diagnostics } = await readSettings([], {}, cwd);
    expect(diagnostics.map(({ code, location }) => `${code} ${location?.line}:${location?.column}`)).toEqual([
      "CF001 2:25",
      "CF001 2:36",
    ]);
  });

  test("brings environment and policies to the planner's form", async () => {
    put(
      "grpc2lambda.yaml",
      `protos: [a]
deployment:
  environment: { TABLE: { ref: TableName }, PLACE: "\${AWS::Region}" }
  policies:
    - arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess
    - { actions: [s3:GetObject], resources: ["*", { ref: BucketArn }] }
  vpc: true
services:
  a.B: { environment: { TABLE: rooms }, policies: [{ actions: [sqs:SendMessage], resources: [{ ref: Queue }] }] }
`,
    );
    const { deployment, serviceOptions } = (await settle([])).request.plan;
    expect(deployment).toMatchObject({
      environment: [
        { name: "TABLE", value: { kind: "parameter", name: "TableName" } },
        { name: "PLACE", value: { kind: "text", text: "${AWS::Region}" } },
      ],
      policies: [
        { kind: "managed", arn: { kind: "text", text: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess" } },
        {
          kind: "statement",
          actions: ["s3:GetObject"],
          resources: [
            { kind: "text", text: "*" },
            { kind: "parameter", name: "BucketArn" },
          ],
        },
      ],
      vpc: true,
    });
    expect(serviceOptions.get("a.B")).toEqual({
      environment: [{ name: "TABLE", value: { kind: "text", text: "rooms" } }],
      policies: [
        { kind: "statement", actions: ["sqs:SendMessage"], resources: [{ kind: "parameter", name: "Queue" }] },
      ],
    });
  });

  test.each([
    ["functions: per-service", { kind: "per-service" }],
    [
      "functions: { reads: [a.B.Get, a.C] }",
      { kind: "groups", groups: [{ name: "reads", members: ["a.B.Get", "a.C"] }] },
    ],
  ])("%s", async (line, expected) => {
    put("grpc2lambda.yaml", `protos: [a]\ndeployment:\n  frontDoor: alb\n  ${line}\n`);
    expect((await settle([])).request.plan.deployment).toMatchObject({ frontDoor: "alb", functions: expected });
    const flags = { frontDoor: "rest-api", functions: "single" } as const;
    const overridden = (await settle([], flags)).request.plan.deployment;
    expect(overridden).toMatchObject({ frontDoor: "rest-api", functions: { kind: "single" } });
  });

  test("fills in what cors leaves out", async () => {
    put("grpc2lambda.yaml", "protos: [a]\ndeployment: { cors: { origins: ['*'] } }\n");
    expect((await settle([])).request.plan.deployment.cors).toEqual({
      origins: ["*"],
      headers: ["authorization", "content-type"],
      exposeHeaders: [],
      maxAge: 600,
      credentials: false,
    });
  });

  test("leaves to the runtime what compression leaves out", async () => {
    const settled = async (setting: string) => {
      put("grpc2lambda.yaml", `protos: [a]\ndeployment: { compression: ${setting} }\n`);
      return (await settle([])).request.plan.deployment.compression;
    };
    expect(await settled("false")).toBeUndefined();
    expect(await settled("true")).toEqual({});
    expect(await settled("{ minBytes: 9000 }")).toEqual({ minBytes: 9000 });
  });

  test.each([
    ["compression: true, memorySize: 512", {}],
    ["compression: true, memorySize: 511", { maxBytes: 66_977_792 }],
    ["compression: true, memorySize: 128", { maxBytes: 16_777_216 }],
    ["compression: { maxBytes: 20000000 }, memorySize: 128", { maxBytes: 20_000_000 }],
  ])("bounds what requests inflate to by the memory: %s", async (deployment, expected) => {
    put("grpc2lambda.yaml", `protos: [a]\ndeployment: { ${deployment} }\n`);
    expect((await settle([])).request.plan.deployment.compression).toEqual(expected);
  });

  test("fills in what largePayloads leaves out", async () => {
    const settled = async (setting: string) => {
      put("grpc2lambda.yaml", `protos: [a]\ndeployment: { largePayloads: ${setting} }\n`);
      return (await settle([])).request.plan.deployment.largePayloads;
    };
    const defaults = {
      bucket: "own",
      responses: "redirect",
      uploads: true,
      maxBytes: 33_554_432,
      linkSeconds: 900,
      prefix: "",
      deleteUploads: false,
    };
    expect(await settled("false")).toBeUndefined();
    expect(await settled("true")).toEqual(defaults);
    expect(await settled("{ uploads: false, prefix: a/b/ }")).toEqual({ ...defaults, uploads: false, prefix: "a/b/" });
  });

  test("gives the same settings through a link to the working directory", async () => {
    put("grpc2lambda.yaml", "protos: [proto]\n");
    const link = `${cwd}-link`;
    symlinkSync(cwd, link);
    const linked = await settle([], {}, link);
    rmSync(link);
    const { request } = await settle([]);
    expect({ ...linked.request, load: { ...linked.request.load, cwd } }).toEqual(request);
  });

  test("arguments replace its protos, and --descriptor-set needs none", async () => {
    put("grpc2lambda.yaml", "protos: [proto]\n");
    expect((await settle(["b.proto"])).request.load.protos).toEqual(["b.proto"]);
    put("sets/grpc2lambda.yaml", "descriptorSet: image.binpb\nprotos: [acme/a.proto]\n");
    const set = { cwd, includePaths: ["sets"], descriptorSet: "sets/image.binpb" };
    const config = "sets/grpc2lambda.yaml";
    expect((await settle([], { config })).request.load).toEqual({ ...set, protos: ["acme/a.proto"] });
    expect((await settle(["acme/b.proto"], { config })).request.load).toEqual({ ...set, protos: ["acme/b.proto"] });
    expect((await settle([], { descriptorSet: "image.binpb" })).request.load).toEqual({
      cwd,
      protos: [],
      includePaths: ["."],
      descriptorSet: "image.binpb",
    });
  });

  test("single behaviours on top of a profile", async () => {
    put(
      "grpc2lambda.yaml",
      "protos: [p]\ntranscoding: { profile: spec, binary: true, formBodies: true, methodNotAllowed: 501, streaming: sse, headFromGet: false, queryWithBodyStar: ignore }\n",
    );
    const { transcoding } = (await settle([])).request.plan;
    expect([transcoding.binary, transcoding.formBodies]).toEqual([true, true]);
    expect(transcoding.behaviour).toEqual({
      methodNotAllowed: "501",
      streaming: "sse",
      headFromGet: false,
      queryWithBodyStar: "ignore",
    });
  });

  test.each([
    ['"2.30"', "2.30"],
    ["2.30", "2.30"],
    ['"2.33"', "2.33"],
    ["2.33", "2.33"],
  ])("gateway: %s", async (text, version) => {
    put("grpc2lambda.yaml", `protos: [p]\ntranscoding: { gateway: ${text} }\n`);
    expect((await settle([])).request.plan.transcoding.gateway).toBe(version);
    const flagged = await settle([], { gateway: version === "2.30" ? "2.33" : "2.30" });
    expect(flagged.request.plan.transcoding.gateway).not.toBe(version);
  });

  test("streams of requests", async () => {
    const write = (own: string, all: string): void =>
      put(
        "grpc2lambda.yaml",
        `protos: [p]\nmethods: { a.B.Add: { clientStreaming: ${own} } }\ntranscoding: { clientStreaming: ${all} }\n`,
      );
    write("{ maxMessages: 50000 }", "collect");
    const { plan } = (await settle([])).request;
    expect(plan.transcoding.clientStreaming).toBe("collect");
    expect(plan.methodOptions).toEqual(new Map([["a.B.Add", { clientStreaming: { maxMessages: 50_000 } }]]));
    write("colect", "{ maxMessages: 0 }");
    const { diagnostics } = await readSettings([], {}, cwd);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'CF004 methods.a.B.Add.clientStreaming is "colect", expected "refuse" or "collect" (did you mean "collect"?)',
      "CF004 transcoding.clientStreaming.maxMessages is 0, expected at least 1",
    ]);
  });

  test("selects services and their code", async () => {
    put("src/b.ts", "");
    put("src/c.js", "");
    put("src/d.mts", "");
    put("package.json", '{ "type": "module" }');
    put("old/package.json", "{}");
    put("old/server.js", "");
    put(
      "grpc2lambda.yaml",
      `protos: [p]
only: [a.B]
skip: [a.B.Chat, a.B.Upload]
unbound: bind
interceptors: ./src/b.ts#around
errorMapper: ./src/c#errors
headers: "@acme/headers#headers"
methods: { a.B.Make: { status: 201 } }
services:
  a.B: { implementation: ./src/b.ts#b, messages: { longs: String, oneofs: true, keepCase: true } }
  a.C: { implementation: ./src/c#c, interceptors: ./src/c.js#inner }
  a.D: { implementation: "@acme/d#d", messages: idiomatic }
  a.E: { messages: { longs: String, oneofs: false, keepCase: true } }
  a.F: { messages: { preset: ts-proto, longs: BigInt } }
  a.G: { messages: protobuf-es }
  a.H: { implementation: { server: ./old/server.js#main } }
  a.I: { implementation: { server: ./src/d.mts } }
  a.J: { implementation: ./src/d.mts#d }
  __proto__: { messages: proto-loader }
`,
    );
    const { request } = await settle([]);
    expect(request.unboundMethods).toBe("bind");
    expect(request.skip?.map(({ name, location }) => `${name} ${location?.line}:${location?.column}`)).toEqual([
      "a.B.Chat 3:8",
      "a.B.Upload 3:18",
    ]);
    expect((await settle([], { skip: ["a.B.Other"] })).request.skip).toEqual([{ name: "a.B.Other" }]);
    expect(request.plan.services).toEqual(["a.B"]);
    expect(request.plan.interceptors).toEqual({ module: "src/b.ts", exportName: "around" });
    expect(request.plan.methodOptions).toEqual(new Map([["a.B.Make", { status: 201 }]]));
    expect(request.plan.customization).toEqual({
      errorMapper: { module: "src/c.js", exportName: "errors" },
      headers: { module: "npm:@acme/headers", exportName: "headers" },
    });
    expect([...request.plan.serviceOptions]).toEqual([
      [
        "a.B",
        {
          grpcJs: { module: "src/b.ts", exportName: "b" },
          system: "esm",
          messages: { ...protoLoaderDefaults, longs: "String", oneofs: "virtual", names: "proto" },
        },
      ],
      [
        "a.C",
        {
          grpcJs: { module: "src/c.js", exportName: "c" },
          system: "esm",
          interceptors: { module: "src/c.js", exportName: "inner" },
          messages: protoLoaderDefaults,
        },
      ],
      ["a.D", { grpcJs: { module: "npm:@acme/d", exportName: "d" }, messages: idiomaticStyle }],
      ["a.E", { messages: { ...idiomaticStyle, longs: "String", oneofs: "flat", names: "proto" } }],
      ["a.F", { messages: { ...tsProtoStyle, longs: "BigInt" } }],
      ["a.G", { messages: protobufEsStyle }],
      ["a.H", { server: { file: "old/server.js", start: "main" }, system: "commonjs", messages: protoLoaderDefaults }],
      ["a.I", { server: { file: "src/d.mts" }, system: "esm", messages: protoLoaderDefaults }],
      ["a.J", { grpcJs: { module: "src/d.mts", exportName: "d" }, system: "esm", messages: protoLoaderDefaults }],
      ["__proto__", { messages: protoLoaderDefaults }],
    ]);
    expect((await settle([], { service: ["a.C"] })).request.plan.services).toEqual(["a.C"]);
  });

  test("flags win over every key they name", async () => {
    put(
      "grpc2lambda.yaml",
      `protos: [p]
transcoding: { profile: spec, emitDefaults: true, originalNames: false, allowDeleteBody: false }
deployment: { runtime: nodejs24.x, memorySize: 128, auth: jwt, timeout: 3, apiName: one }
messages: idiomatic
`,
    );
    const configured = (await settle([])).request.plan;
    expect(configured.transcoding.unknownFields).toBe("reject");
    expect(configured.deployment).toMatchObject({ auth: { kind: "jwt" }, memorySize: 128, apiName: "one" });
    const { request } = await settle([], {
      profile: "grpc-gateway",
      emitDefaults: false,
      originalNames: true,
      allowDeleteBody: true,
      runtime: "nodejs22.x",
      memorySize: 256,
      auth: "none",
      timeout: 4,
      apiName: "two",
      messages: "proto-loader",
    });
    expect(request.allowDeleteBody).toBe(true);
    expect(request.plan.messages).toEqual(protoLoaderDefaults);
    expect(request.plan.transcoding).toMatchObject({
      profile: "grpc-gateway",
      emitDefaults: false,
      originalNames: true,
    });
    expect(request.plan.deployment).toMatchObject({
      runtime: "nodejs22.x",
      memorySize: 256,
      auth: { kind: "none" },
      timeout: 4,
      apiName: "two",
    });
  });
});
