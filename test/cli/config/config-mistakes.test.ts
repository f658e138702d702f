/** Mistakes in grpc2lambda.yaml: every finding with its text and its place. */
import { describe, expect, test } from "vitest";
import { readSchema } from "../../settings/schema.js";
import { settingsFolder } from "./settings-folder.js";

const { put, findings } = settingsFolder();

/** The help on unknown keys: those of a definition of the schema, or of the file itself. */
function knownKeys(definition: string): string {
  const schema = readSchema();
  const { properties = {} } = definition === "" ? schema : (schema.definitions?.[definition] ?? {});
  return `  help: known keys: ${Object.keys(properties).join(", ")}\n`;
}

describe("a mistake in grpc2lambda.yaml", () => {
  const topLevelKeys = knownKeys("");
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
        knownKeys("transcoding"),
    ],
    [
      "unknown key of a service",
      "protos: [a]\nservices:\n  acme.Library:\n    implementatoin: ./a.ts#b\n",
      'grpc2lambda.yaml:4:5 error CF003: unknown key "implementatoin" in services.acme.Library (did you mean "implementation"?)\n' +
        knownKeys("service"),
    ],
    [
      "library of nothing",
      "protos: [a]\nservices:\n  acme.Library:\n    library: connect\n",
      'grpc2lambda.yaml:4:14 error CF004: services.acme.Library.library is "connect", expected an implementation beside it, as module#export\n',
    ],
    [
      "unknown proto-loader option",
      "protos: [a]\nmessages: {longss: String}\n",
      'grpc2lambda.yaml:2:12 error CF003: unknown key "longss" in messages (did you mean "longs"?)\n' +
        knownKeys("messageOptions"),
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
      "ARNs of something else",
      "protos: [a]\ndeployment:\n  kmsKey: 1234abcd\n  logKmsKey: arn:aws:kms:eu:1:alias/logs\n  layers: [arn:aws:lambda:eu:1:layer:a]\n  permissionsBoundary: arn:aws:iam::1:role/a\n",
      'grpc2lambda.yaml:3:11 error CF004: deployment.kmsKey is "1234abcd", expected the ARN of a key such as arn:aws:kms:eu-central-1:123456789012:key/…\n' +
        'grpc2lambda.yaml:4:14 error CF004: deployment.logKmsKey is "arn:aws:kms:eu:1:alias/logs", expected the ARN of a key such as arn:aws:kms:eu-central-1:123456789012:key/…, no alias\n' +
        'grpc2lambda.yaml:5:12 error CF004: deployment.layers[0] is "arn:aws:lambda:eu:1:layer:a", expected the ARN of a version of a layer such as arn:aws:lambda:eu-central-1:123456789012:layer:agent:3\n' +
        'grpc2lambda.yaml:6:24 error CF004: deployment.permissionsBoundary is "arn:aws:iam::1:role/a", expected the ARN of a policy such as arn:aws:iam::123456789012:policy/boundary\n',
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
      "an origin that would end a text of the template, and addresses that are none",
      "protos: [a]\ndeployment:\n  cors: { origins: [\"https://a'.example\"] }\n  allow: { sourceIps: [abc, 10.0.0.256, 10.0.0.0/33, '::/129', '2001:db8::/32', 192.0.2.0/24, 10.0.0.1] }\n",
      'grpc2lambda.yaml:3:21 error CF004: deployment.cors.origins[0] is "https://a\'.example", expected an origin such as https://app.example.com, or *\n' +
        'grpc2lambda.yaml:4:24 error CF004: deployment.allow.sourceIps[0] is "abc", expected addresses such as 192.0.2.0/24 or 2001:db8::/32\n' +
        'grpc2lambda.yaml:4:29 error CF004: deployment.allow.sourceIps[1] is "10.0.0.256", expected addresses such as 192.0.2.0/24 or 2001:db8::/32\n' +
        'grpc2lambda.yaml:4:41 error CF004: deployment.allow.sourceIps[2] is "10.0.0.0/33", expected addresses such as 192.0.2.0/24 or 2001:db8::/32\n' +
        'grpc2lambda.yaml:4:54 error CF004: deployment.allow.sourceIps[3] is "::/129", expected addresses such as 192.0.2.0/24 or 2001:db8::/32\n',
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
      'grpc2lambda.yaml:2:36 error CF004: services.a.B.implementation is "./a.ts", expected module#export, such as ./src/library.ts#libraryService, or in Go example.com/library/server.New, or proxy\n',
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
