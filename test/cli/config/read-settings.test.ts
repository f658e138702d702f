/** Settings as they come from the configuration, the command line and defaults. */
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Flags } from "../../../src/cli/config/flags.js";
import { readSettings } from "../../../src/cli/config/settings.js";
import { formatDiagnostics } from "../../../src/cli/report/format-diagnostic.js";
import { idiomaticStyle, protobufEsStyle, protoLoaderDefaults, tsProtoStyle } from "../../../src/emit/message-style.js";
import { settingsFolder } from "./settings-folder.js";

const folder = settingsFolder();
const { put, settle } = folder;

describe("without a configuration", () => {
  test("a named one that is missing is an error", async () => {
    const { settings, diagnostics } = await readSettings([], { config: "conf/x.yaml" }, folder.cwd);
    expect(settings).toBeUndefined();
    expect(formatDiagnostics(diagnostics)).toBe(
      "error CF001: cannot read the configuration conf/x.yaml: there is no such file, expected a YAML file\n" +
        "  help: name it with --config, or leave the option out to use grpc2lambda.yaml\n",
    );
  });

  test("defaults apply", async () => {
    const { root, request } = await settle(["a.proto"]);
    expect(root).toBe(folder.cwd);
    expect(request).toEqual({
      load: { cwd: folder.cwd, protos: ["a.proto"], includePaths: ["."] },
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
        observability: {
          requests: true,
          sampleSuccesses: 1,
          failedRequests: true,
          correlationIds: [],
          metrics: "none",
          redact: [],
        },
        serviceOptions: new Map(),
      },
    });
  });

  test("nothing to read is an error", async () => {
    const { diagnostics } = await readSettings([], {}, folder.cwd);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual(["CF005"]);
  });

  test("a place outside the working directory is an error", async () => {
    const { diagnostics } = await readSettings(["a.proto"], { out: "../gen", template: "/template.yaml" }, folder.cwd);
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
    expect(root).toBe(join(folder.cwd, "api"));
    expect(request.load).toEqual({
      cwd: folder.cwd,
      protos: ["api/proto"],
      includePaths: ["api/proto", "third-party"],
    });
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
    const { diagnostics } = await readSettings([], {}, folder.cwd);
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
    const link = `${folder.cwd}-link`;
    symlinkSync(folder.cwd, link);
    const linked = await settle([], {}, link);
    rmSync(link);
    const { request } = await settle([]);
    expect({ ...linked.request, load: { ...linked.request.load, cwd: folder.cwd } }).toEqual(request);
  });

  test("arguments replace its protos, and --descriptor-set needs none", async () => {
    put("grpc2lambda.yaml", "protos: [proto]\n");
    expect((await settle(["b.proto"])).request.load.protos).toEqual(["b.proto"]);
    put("sets/grpc2lambda.yaml", "descriptorSet: image.binpb\nprotos: [acme/a.proto]\n");
    const set = { cwd: folder.cwd, includePaths: ["sets"], descriptorSet: "sets/image.binpb" };
    const config = "sets/grpc2lambda.yaml";
    expect((await settle([], { config })).request.load).toEqual({ ...set, protos: ["acme/a.proto"] });
    expect((await settle(["acme/b.proto"], { config })).request.load).toEqual({ ...set, protos: ["acme/b.proto"] });
    expect((await settle([], { descriptorSet: "image.binpb" })).request.load).toEqual({
      cwd: folder.cwd,
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
    const { diagnostics } = await readSettings([], {}, folder.cwd);
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
