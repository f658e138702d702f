import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { checkSam, countResources } from "../../src/deploy/sam/check-sam.js";
import { renderSam } from "../../src/deploy/sam/sam.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import type { Plan } from "../../src/plan/plan.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";
import { parseTemplate, validateCloudFormation, validateSam } from "../support/validate-template.js";
import { lintTemplate, type Operation, pathsOf } from "./template-linter.js";

const small = `syntax = "proto3";
package acme.library.v1;
import "google/api/annotations.proto";
service LibraryService {
  // Returns a shelf. Fails with NOT_FOUND when it doesn't exist.
  rpc GetShelf(GetShelfRequest) returns (Shelf) {
    option (google.api.http) = { get: "/v1/{name=shelves/*}" additional_bindings { get: "/v1/{name=rooms/*/shelves/*}" } };
  }
  rpc OpenShelf(GetShelfRequest) returns (Shelf) { option (google.api.http) = { post: "/v1/{name=shelves/*}:open" body: "*" }; }
  rpc CloseShelf(GetShelfRequest) returns (Shelf) { option (google.api.http) = { post: "/v1/{name=shelves/*}:close" body: "*" }; }
  rpc Download(GetShelfRequest) returns (Shelf) { option (google.api.http) = { get: "/v1/{name=files/**}" }; }
  rpc Anything(GetShelfRequest) returns (Shelf) { option (google.api.http) = { custom: { kind: "*" path: "/v1/anything" } }; }
}
message GetShelfRequest { string name = 1; }
message Shelf { string name = 1; }
`;

const hostile = `syntax = "proto3";
import "google/api/annotations.proto";
service Http {
  rpc Api(M) returns (M) { option (google.api.http) = { get: "/v1/caf%C3%A9/{constructor}" }; }
  rpc GetShelfRole(M) returns (M) { option (google.api.http) = { get: "/v1/a.b,c:d$e/{constructor}" }; }
  rpc GetShelf(M) returns (M) { option (google.api.http) = { get: "/v1/x" }; }
  rpc no(M) returns (M) { option (google.api.http) = { get: "/v1/y" }; }
}
service Stage { rpc Log(M) returns (M) { option (google.api.http) = { get: "/v1/z" }; } }
message M { string constructor = 1; }
`;

function plan(
  source: string,
  overrides: Partial<PlanOptions["deployment"]> = {},
  options: Partial<PlanOptions> = {},
): Plan {
  const base = planOptions(options);
  return planGeneration(modelFromProto({ "library.proto": source }), {
    ...base,
    deployment: { ...base.deployment, ...overrides },
  }).plan;
}

const comment = `"quotes" 'and' {{resolve:secretsmanager:password}} \${AWS::StackName} #: - !Ref x
 \t \u0001\u2028\ud800 {{this}} ${"long ".repeat(100)}`;

const perService = { functions: { kind: "per-service" }, auth: "none" } as const;

const streaming = small.replace(
  "rpc Anything",
  `rpc Watch(GetShelfRequest) returns (stream Shelf) { option (google.api.http) = { get: "/v1/{name=shelves/*}/changes" }; }
  rpc Anything`,
);

/** The plan of `hostile` with a comment on its first RPC. */
function hostilePlan(overrides: Partial<PlanOptions["deployment"]> = {}): Plan {
  const planned = plan(hostile, overrides);
  const functions = planned.functions.map((fn) => ({
    ...fn,
    methods: fn.methods.map((own) => ({ ...own, method: { ...own.method, comment } })),
  }));
  return { ...planned, functions };
}

const text = (value: string) => ({ kind: "text", text: value }) as const;
const parameter = (name: string) => ({ kind: "parameter", name }) as const;

function configuredPlan(): Plan {
  const settings = {
    environment: [
      { name: "TABLE", value: parameter("TableName") },
      { name: "BUCKET", value: text("books-${AWS::AccountId}-${Stage}-${other}") },
      { name: "GREETING", value: text('"${no}": !Ref x # {{this}}') },
    ],
    policies: [
      {
        kind: "statement",
        actions: ["dynamodb:GetItem", "dynamodb:PutItem"],
        resources: [text("arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/shelves"), parameter("TableArn")],
      },
    ],
    vpc: true,
  } as const;
  const own = {
    environment: [{ name: "TABLE", value: text("rooms") }],
    policies: [{ kind: "managed", arn: text("arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess") }],
  } as const;
  return plan(small, settings, { serviceOptions: new Map([["acme.library.v1.LibraryService", own]]) });
}

function render(planned: Plan): string {
  const [file, ...others] = renderSam(planned);
  expect(others).toEqual([]);
  expect(file?.ownership).toBe("generated");
  return file?.content ?? "";
}

function pubsub(): string {
  return readFileSync("node_modules/google-proto-files/google/pubsub/v1/pubsub.proto", "utf8");
}

/**
 * The ARN of a target group that the permission has to precede is put together from region, account and stack id. The validator fills
 * these in and then takes the ARN for one that was written out.
 */
const falseAlarm =
  "WARN W9002 Properties.SourceArn: Property 'SourceArn' has a hardcoded ARN - use Ref, GetAtt, or a parameter instead";

const cors = {
  origins: ["https://app.example.com"],
  headers: ["authorization", "content-type"],
  exposeHeaders: ["etag"],
  maxAge: 600,
  credentials: true,
};

function withCors(frontDoor: FrontDoorId): Partial<PlanOptions["deployment"]> {
  return { frontDoor, auth: frontDoor === "function-url" ? "iam" : "jwt", cors };
}

const shared = {
  loadBalancer: "existing",
  hosts: ["api.example.com", "*.example.org"],
  rulePriorities: { first: 1000, last: 1999 },
} as const;

const specOptions = { transcoding: { ...planOptions().transcoding, profile: "spec" } } as const;

function single(frontDoor: FrontDoorId): Partial<PlanOptions["deployment"]> {
  return { ...withCors(frontDoor), functions: { kind: "single" } };
}

const largePayloads = {
  bucket: "own",
  responses: "redirect",
  uploads: true,
  maxBytes: 1_000_000,
  linkSeconds: 60,
  prefix: "library/v1/",
  deleteUploads: true,
} as const;

const samSchemaMissing = validateSam("") === undefined;
if (samSchemaMissing) console.log("skipped: SAM's JSON schema is not beside this checkout");

describe.each<readonly [string, () => Plan]>([
  ["a small API", () => plan(small)],
  ["a small API with tokens", () => plan(small, { auth: "jwt" })],
  [
    "an open API on the older runtime",
    () => plan(small, { auth: "none", runtime: "nodejs22.x", architecture: "x86_64" }),
  ],
  [
    "a template in a folder",
    () => plan(small, {}, { layout: { outDir: "src/gen", handlersDir: "h", template: "deploy/aws/template.yaml" } }),
  ],
  ["an API with environment, policies and a VPC", configuredPlan],
  ["pubsub", () => plan(pubsub())],
  ...(["http-api", "rest-api", "alb", "function-url"] as const).map(
    (frontDoor) =>
      [`pages of another origin through ${frontDoor}`, () => plan(streaming, withCors(frontDoor))] as const,
  ),
  ...(["http-api", "rest-api", "alb", "function-url"] as const).map(
    (frontDoor) =>
      [
        `large payloads through ${frontDoor}`,
        () => plan(streaming, { ...withCors(frontDoor), largePayloads }),
      ] as const,
  ),
  [
    "large payloads in a bucket that exists",
    () => plan(small, { largePayloads: { ...largePayloads, bucket: "existing", prefix: "" } }),
  ],
  ["a listener that exists", () => plan(streaming, { frontDoor: "alb", auth: "jwt", loadBalancer: "existing" })],
  ["a listener for some hosts", () => plan(streaming, { frontDoor: "alb", auth: "jwt", ...shared }, specOptions)],
  ...(["http-api", "rest-api", "alb"] as const).flatMap((frontDoor) => [
    [`one function, pages of another origin through ${frontDoor}`, () => plan(small, single(frontDoor))] as const,
    [
      `${frontDoor} answers requests that match no RPC, pages of another origin`,
      () => plan(streaming, { ...withCors(frontDoor), unrouted: "door" }),
    ] as const,
    [`${frontDoor}, HEAD for GET`, () => plan(streaming, { frontDoor, auth: "jwt" }, specOptions)] as const,
  ]),
  ...(["rest-api", "alb", "function-url"] as const).flatMap((frontDoor) => {
    const auths = {
      "rest-api": ["iam", "jwt", "none"],
      alb: ["jwt", "none"],
      "function-url": ["iam", "none"],
    } as const;
    return [
      ...auths[frontDoor].map((auth) => [`${frontDoor}, ${auth}`, () => plan(streaming, { frontDoor, auth })] as const),
      [`${frontDoor}, pubsub per service`, () => plan(pubsub(), { frontDoor, ...perService })] as const,
      [`${frontDoor}, hostile names`, () => hostilePlan({ frontDoor, auth: "none" })] as const,
    ];
  }),
  ["hostile names and comments", hostilePlan],
])("%s", (_, make) => {
  const template = render(make());

  it("passes CloudFormation's validator without a warning", () => {
    expect(validateCloudFormation(template).filter((finding) => finding !== falseAlarm)).toEqual([]);
  });

  it.skipIf(samSchemaMissing)("passes SAM's schema", () => {
    expect(validateSam(template)).toEqual([]);
  });

  it("passes the linter", () => {
    expect(lintTemplate(parseTemplate(template))).toEqual([]);
  });

  it("is rendered the same again", () => {
    expect(render(make())).toBe(template);
  });
});

it.each<[string, Partial<PlanOptions["deployment"]>]>([
  ["small", {}],
  ["rest-api", { frontDoor: "rest-api" }],
  ["alb", { frontDoor: "alb", auth: "jwt" }],
  ["function-url", { frontDoor: "function-url" }],
])("is the template in the golden file %s.yaml", async (name, deployment) => {
  await expect(render(plan(name === "small" ? small : streaming, deployment))).toMatchFileSnapshot(
    `expected/${name}.yaml`,
  );
});

it.each<[title: string, from: string, to: string, expected: RegExp]>([
  ["an unknown property", "RetentionInDays: !Ref", "RetentionDays: !Ref", /RetentionDays/],
  ["a dangling reference", "!GetAtt ApiAccessLogs.Arn", "!GetAtt ApiLogs.Arn", /ApiLogs/],
  ["a runtime that is gone", "nodejs24.x", "nodejs16.x", /nodejs16/],
])("the validators see %s", (_, from, to, expected) => {
  const template = render(plan(small));
  expect(template).toContain(from);
  const broken = template.replaceAll(from, to);
  expect([...validateCloudFormation(broken), ...(validateSam(broken) ?? [])].join("\n")).toMatch(expected);
});

it.each<[title: string, from: string | RegExp, to: string, expected: string]>([
  ["wildcards", "Action: [logs:CreateLogStream, logs:PutLogEvents]", 'Action: "logs:*"', "action logs:*"],
  ["resources", /Resource: !GetAtt \w+LogGroup.Arn/, 'Resource: "*"', "logs:CreateLogStream,logs:PutLogEvents on *"],
  ["a shared role", "!GetAtt LibraryServiceDownloadRole.Arn", "!GetAtt LibraryServiceAnythingRole.Arn", "shares"],
  ["logs for ever", "RetentionInDays: !Ref LogRetentionDays", "RetentionInDays: 1", "kept for ever"],
  [
    "a second permission",
    "FunctionName: !Ref LibraryServiceDownloadFunction",
    "FunctionName: !Ref LibraryServiceAnythingFunction",
    "2 permissions",
  ],
  ["equal routes", '"/v1/files":', '"/v1/shelves/{other}":', "twice"],
  ["a route to nowhere", "{LibraryServiceDownloadFunction.Arn}", "{Nothing.Arn}", "no function"],
  ["sources in maps", 'SourcesContent: "false"', "SourcesContent: false", "sources in its map"],
])("the linter sees %s", (_, from, to, expected) => {
  const template = render(plan(small));
  const broken = template.replace(from, () => to);
  expect(broken).not.toBe(template);
  expect(lintTemplate(parseTemplate(broken)).join("\n")).toContain(expected);
});

it.each([
  ["a second stage", '      OpenApiVersion: "3.0.1"\n', "", "a second stage"],
  ["calls from any stage", "${RestApi}/${Stage}/*", "${RestApi}/*/*", "every stage may call"],
])("the linter sees %s of a REST API", (_, from, to, expected) => {
  const template = render(plan(small, { frontDoor: "rest-api" }));
  const broken = template.replaceAll(from, () => to);
  expect(broken).not.toBe(template);
  expect(lintTemplate(parseTemplate(template))).toEqual([]);
  expect(lintTemplate(parseTemplate(broken)).join("\n")).toContain(expected);
});

it.each<[Plan["deployment"]["auth"], Partial<Operation>]>([
  ["iam", { "x-amazon-apigateway-auth": { type: "AWS_IAM" } }],
  ["jwt", { security: [{ jwt: [] }] }],
  ["none", {}],
])("every route asks for %s", (auth, expected) => {
  const template = parseTemplate(render(plan(small, { auth })));
  const operations = Object.values(pathsOf(template)).flatMap((path) => Object.values(path));
  expect(operations).toHaveLength(7);
  for (const operation of operations) {
    const { "x-amazon-apigateway-auth": iam, security } = operation;
    expect(JSON.parse(JSON.stringify({ "x-amazon-apigateway-auth": iam, security }))).toEqual(expected);
  }
});

it("leads routes that the door cannot tell apart to one function, and ANY to every method", () => {
  const template = parseTemplate(render(plan(small)));
  const routes = Object.entries(pathsOf(template)).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, operation]) =>
        `${method} ${path} -> ${/\$\{(\w+)\.Arn\}\/invocations$/.exec(operation["x-amazon-apigateway-integration"].uri["Fn::Sub"])?.[1]}`,
    ),
  );
  expect(routes).toEqual([
    "get /v1/shelves/{name} -> LibraryServiceGetShelfFunction",
    "post /v1/shelves/{name} -> LibraryServicePostV1ShelvesFunction",
    "get /v1/rooms/{name1}/shelves/{name2} -> LibraryServiceGetShelfFunction",
    "get /v1/files/{name+} -> LibraryServiceDownloadFunction",
    "get /v1/files -> LibraryServiceDownloadFunction",
    "x-amazon-apigateway-any-method /v1/anything -> LibraryServiceAnythingFunction",
    "x-amazon-apigateway-any-method /$default -> UnroutedFunction",
  ]);
});

it("writes environment and policies of the configuration, and declares the parameters they name", () => {
  const { Parameters: parameters, Resources: resources, Globals: globals } = parseTemplate(render(configuredPlan()));
  expect(Object.keys(parameters).slice(-4)).toEqual(["SubnetIds", "SecurityGroupIds", "TableArn", "TableName"]);
  expect(globals.Function).toMatchObject({
    Environment: {
      Variables: {
        STAGE: { Ref: "Stage" },
        TABLE: { Ref: "TableName" },
        BUCKET: { "Fn::Sub": "books-${AWS::AccountId}-${Stage}-${!other}" },
        GREETING: '"${no}": !Ref x # {{this}}',
      },
    },
    VpcConfig: { SubnetIds: { Ref: "SubnetIds" }, SecurityGroupIds: { Ref: "SecurityGroupIds" } },
  });
  expect(resources.LibraryServiceGetShelfFunction?.Properties.Environment).toEqual({ Variables: { TABLE: "rooms" } });
  const { Policies: policies, ManagedPolicyArns: managed } = resources.LibraryServiceGetShelfRole?.Properties ?? {};
  expect(managed).toEqual(["arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess"]);
  expect((policies as object[])[1]).toEqual({
    PolicyName: "configured",
    PolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
          Resource: [
            { "Fn::Sub": "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/shelves" },
            { Ref: "TableArn" },
          ],
        },
      ],
    },
  });
});

it("is the template of a configured API in the golden file", async () => {
  await expect(render(configuredPlan())).toMatchFileSnapshot("expected/configured.yaml");
});

it("makes a private bucket for large payloads, and lets each function do there what it has to", () => {
  const planned = plan(streaming, { ...withCors("function-url"), functions: { kind: "per-rpc" }, largePayloads });
  const { Globals: globals, Resources: resources } = parseTemplate(render(planned));
  expect(globals.Function).toMatchObject({
    Environment: { Variables: { GRPC2LAMBDA_PAYLOAD_BUCKET: { Ref: "PayloadBucket" } } },
  });
  const bucket = resources.PayloadBucket?.Properties ?? {};
  expect(Object.values(bucket.PublicAccessBlockConfiguration as object)).toEqual([true, true, true, true]);
  expect(bucket.LifecycleConfiguration).toMatchObject({
    Rules: [
      { Prefix: "library/v1/responses/", ExpirationInDays: 1, Status: "Enabled" },
      { Prefix: "library/v1/uploads/", ExpirationInDays: 1, Status: "Enabled" },
    ],
  });
  expect(bucket.CorsConfiguration).toMatchObject({
    CorsRules: [
      { AllowedMethods: ["GET", "HEAD"], AllowedOrigins: ["*"] },
      { AllowedMethods: ["PUT"], AllowedOrigins: ["https://app.example.com"] },
    ],
  });
  const allowed = (role: string) =>
    ((resources[role]?.Properties.Policies ?? []) as RolePolicy[])
      .filter(({ PolicyName: name }) => name === "large-payloads")
      .flatMap(({ PolicyDocument: { Statement: statements } }) => statements)
      .map(({ Action: actions, Resource: [resource] }) => `${actions.join(" ")} on ${resource?.["Fn::Sub"]}`);
  const arn = "arn:${AWS::Partition}:s3:::${PayloadBucket}/library/v1";
  const responses = `s3:GetObject s3:PutObject on ${arn}/responses/*`;
  const uploads = `s3:GetObject s3:PutObject s3:DeleteObject on ${arn}/uploads/*`;
  expect(allowed("LibraryServiceGetShelfRole")).toEqual([responses]);
  expect(allowed("LibraryServiceOpenShelfRole")).toEqual([responses, uploads]);
  expect(allowed("LibraryServiceWatchRole")).toEqual([]);
  const behindAlb = parseTemplate(render(plan(streaming, { ...withCors("alb"), largePayloads }))).Resources;
  const ownRoles = Object.entries(behindAlb).filter(([name]) => name.endsWith("Role") && !name.startsWith("Library"));
  expect(JSON.stringify(ownRoles)).not.toContain("s3:");
  const urlCors = resources.LibraryServiceOpenShelfUrl?.Properties.Cors;
  expect(urlCors).toMatchObject({ AllowHeaders: expect.arrayContaining(["x-upload-content-length", "x-upload-id"]) });
});

interface RolePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: {
    readonly Statement: readonly {
      readonly Action: readonly string[];
      readonly Resource: readonly { readonly "Fn::Sub": string }[];
    }[];
  };
}

it("takes a bucket for large payloads as a parameter", () => {
  const settings = { ...largePayloads, bucket: "existing", responses: "refuse", deleteUploads: false } as const;
  const template = parseTemplate(render(plan(small, { largePayloads: settings })));
  expect(template.Parameters).toHaveProperty("PayloadBucketName");
  expect(Object.keys(template.Resources).filter((name) => name.startsWith("Payload"))).toEqual([]);
  expect(render(plan(small, { largePayloads: settings }))).not.toMatch(/responses\/|DeleteObject/);
});

it("is the template of an API with large payloads in the golden file", async () => {
  const planned = plan(streaming, { ...withCors("alb"), largePayloads });
  await expect(render(planned)).toMatchFileSnapshot("expected/large-payloads.yaml");
});

it("keeps a comment from becoming anything but a description", () => {
  const template = parseTemplate(render(hostilePlan()));
  const description = String(template.Resources.HttpApiFunction?.Properties.Description);
  expect(description).toMatch(
    /^"quotes" 'and' \{resolve:secretsmanager:password\} \{AWS::StackName\} #: - !Ref x \ufffd \{this\} long/,
  );
  expect([...description]).toHaveLength(256);
});

it("points at the project's root from the template's folder", () => {
  const layout = { outDir: "src/gen", handlersDir: "h", template: "deploy/aws/template.yaml" };
  const planned = plan(small, {}, { layout });
  expect(renderSam(planned).map((file) => file.path)).toEqual(["deploy/aws/template.yaml"]);
  const { Resources: resources } = parseTemplate(render(planned));
  const { Properties: properties, Metadata: metadata } = resources.LibraryServiceGetShelfFunction ?? {};
  expect(properties).toMatchObject({ CodeUri: "../../", Handler: "library-service-get-shelf.handler" });
  expect(metadata).toMatchObject({
    BuildMethod: "esbuild",
    BuildProperties: { EntryPoints: ["src/gen/functions/library-service-get-shelf.ts"], Format: "esm" },
  });
});

it("builds with the properties that the template gives to esbuild, CommonJS packages included", async () => {
  const root = mkdtempSync(join(tmpdir(), "sam-build-"));
  try {
    const resource = parseTemplate(render(plan(small))).Resources.LibraryServiceGetShelfFunction;
    const properties = resource?.Metadata?.BuildProperties as BuildProperties;
    mkdirSync(join(root, "gen/functions"), { recursive: true });
    writeFileSync(join(root, "gen/common.cjs"), 'module.exports = { eol: require("node:os").EOL };');
    for (const entry of properties.EntryPoints)
      writeFileSync(join(root, entry), 'import common from "../common.cjs"; export const handler = () => common.eol;');
    await build({
      absWorkingDir: root,
      entryPoints: [...properties.EntryPoints],
      outdir: "out",
      bundle: true,
      platform: "node",
      format: properties.Format,
      target: properties.Target,
      minify: properties.Minify,
      mainFields: properties.MainFields.split(","),
      outExtension: Object.fromEntries(properties.OutExtension.map(keyAndValue)),
      banner: Object.fromEntries(properties.Banner.map(keyAndValue)),
      logLevel: "error",
    });
    const [module = "", name = ""] = String(resource?.Properties.Handler).split(".");
    const bundle = await import(pathToFileURL(join(root, "out", `${module}.mjs`)).href);
    expect(bundle[name]()).toBe("\n");
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

interface BuildProperties {
  readonly EntryPoints: readonly string[];
  readonly Format: "esm";
  readonly Target: string;
  readonly Minify: boolean;
  readonly MainFields: string;
  readonly OutExtension: readonly string[];
  readonly Banner: readonly string[];
}

/** `js=text`, as SAM takes it. */
function keyAndValue(pair: string): [string, string] {
  const at = pair.indexOf("=");
  const key = pair.slice(0, at);
  return [key, pair.slice(at + 1)];
}

it.each<[FrontDoorId, auth: Plan["deployment"]["auth"], bySam: number]>([
  ["http-api", "iam", 1], // the stage
  ["rest-api", "iam", 2], // the stage and its deployment
  ["alb", "jwt", 0],
  ["function-url", "iam", 0],
  ["function-url", "none", 0],
])("counts what SAM makes of the template of %s, %s", (frontDoor, auth, bySam) => {
  for (const more of [{}, { largePayloads }]) {
    const planned = plan(small, { frontDoor, auth, ...more });
    const written = Object.keys(parseTemplate(render(planned)).Resources).length;
    expect(countResources(planned)).toBe(written + bySam);
  }
});

it("has nothing to say of a plan that fits", () => {
  expect(checkSam(plan(small))).toEqual([]);
});

it.each([
  [33_554_432, []],
  [33_554_433, ["set deployment.compression.maxBytes to 33554432, or deployment.memorySize to 129"]],
])("compares what bodies inflate to, %s bytes, with the memory", (maxBytes, expected) => {
  const found = checkSam(plan(small, { memorySize: 128, compression: { maxBytes } }));
  expect(found.map(({ code, help }) => (code === "DP015" ? help : code))).toEqual(expected);
});

it("sends responses of a REST API in parts where an RPC streams, and whole elsewhere", () => {
  const template = parseTemplate(render(plan(streaming, { frontDoor: "rest-api", timeout: 20 })));
  const integrations = Object.entries(pathsOf(template)).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const { responseTransferMode, timeoutInMillis, uri } = operation["x-amazon-apigateway-integration"];
      const target = /functions\/\$\{(\w+)\.Arn\}\/(.*)$/.exec(uri["Fn::Sub"]);
      return [`${method} ${path}`, responseTransferMode, timeoutInMillis, target?.[1], target?.[2]];
    }),
  );
  expect(integrations.filter(([route]) => String(route).startsWith("get /v1/shelves"))).toEqual([
    ["get /v1/shelves/{name}", undefined, undefined, "LibraryServiceGetShelfFunction", "invocations"],
    [
      "get /v1/shelves/{name}/changes",
      "STREAM",
      20_000,
      "LibraryServiceWatchFunction",
      "response-streaming-invocations",
    ],
  ]);
});

it("leads each rule of a load balancer to the function, with its conditions", () => {
  const { Resources: resources } = parseTemplate(render(plan(small, { frontDoor: "alb", auth: "none" })));
  const rules = Object.values(resources).filter(({ Type: type }) => type.endsWith("::ListenerRule"));
  const shown = rules.map(({ Properties: { Conditions: conditions, Actions: actions } }) => {
    const values = (conditions as RuleCondition[]).map(
      ({ HttpRequestMethodConfig: methods, PathPatternConfig: paths }) =>
        (methods?.Values ?? paths?.Values ?? paths?.RegexValues ?? []).join(" "),
    );
    return `${values.join(" ")} -> ${(actions as { TargetGroupArn: { Ref: string } }[])[0]?.TargetGroupArn.Ref}`;
  });
  expect(shown.sort()).toEqual([
    "/* -> UnroutedTargetGroup",
    "/v1/anything -> LibraryServiceAnythingTargetGroup",
    "GET ^/v1/files(/.*)?$ -> LibraryServiceDownloadTargetGroup",
    "GET ^/v1/rooms/[^/]*/shelves/[^/]*$ ^/v1/shelves/[^/]*$ -> LibraryServiceGetShelfTargetGroup",
    "POST ^/v1/shelves/[^/]+(:|%3[Aa])close$ -> LibraryServiceCloseShelfTargetGroup",
    "POST ^/v1/shelves/[^/]+(:|%3[Aa])open$ -> LibraryServiceOpenShelfTargetGroup",
  ]);
});

it("asks for the hosts in every rule, within the priorities, and joins HEAD to GET", () => {
  const planned = plan(streaming, { frontDoor: "alb", auth: "none", ...shared }, specOptions);
  const rules = Object.values(parseTemplate(render(planned)).Resources).filter(({ Type: type }) =>
    type.endsWith("::ListenerRule"),
  );
  const shown = rules.map(({ Properties: { Conditions: conditions, Priority: priority } }) => {
    expect(Number(priority) >= 1000 && Number(priority) <= 1999).toBe(true);
    const [hosts, ...others] = conditions as RuleCondition[];
    expect(hosts?.HostHeaderConfig?.Values).toEqual(["api.example.com", "*.example.org"]);
    return others.map(({ HttpRequestMethodConfig: methods, PathPatternConfig: paths }) =>
      (methods?.Values ?? paths?.Values ?? paths?.RegexValues ?? []).join(" "),
    );
  });
  expect(shown.map((values) => values.join(" ")).sort()).toEqual([
    "/*",
    "/v1/anything",
    "GET HEAD ^/v1/files(/.*)?$",
    "GET HEAD ^/v1/shelves/[^/]*/changes$",
    "GET ^/v1/rooms/[^/]*/shelves/[^/]*$ ^/v1/shelves/[^/]*$",
    "HEAD ^/v1/rooms/[^/]*/shelves/[^/]*$ ^/v1/shelves/[^/]*$",
    "POST ^/v1/shelves/[^/]+(:|%3[Aa])close$",
    "POST ^/v1/shelves/[^/]+(:|%3[Aa])open$",
  ]);
});

/** What each operation asks for: route, function, credentials. */
function operationsOf(planned: Plan): string[] {
  return Object.entries(pathsOf(parseTemplate(render(planned)))).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { security, "x-amazon-apigateway-integration": integration }]) => {
      const [, target] = /\$\{(\w+)Function\.Arn\}/.exec(integration.uri["Fn::Sub"]) ?? [];
      const verb = method.replace("x-amazon-apigateway-any-method", "any");
      return `${verb} ${path} -> ${target}${security === undefined ? ", open" : ""}`;
    }),
  );
}

const rest = [
  "any /v1/anything -> Library",
  "any /$default -> Library",
  "options / -> Unrouted, open",
  "options /v1/anything -> Unrouted, open",
  "options /{proxy+} -> Unrouted, open",
];

it("lets preflights past the credentials, to a function without RPCs and to no other", () => {
  const isOther = (line: string): boolean => !/^(?:get|post) /.test(line);
  expect(
    operationsOf(plan(small, single("http-api")))
      .filter(isOther)
      .sort(),
  ).toEqual([...rest].sort());
  const open = operationsOf(plan(streaming, withCors("rest-api"))).filter((line) => line.endsWith("open"));
  expect(open.every((line) => line.startsWith("options ") && line.endsWith("-> Unrouted, open"))).toBe(true);
  expect(open).toContain("options /v1/anything -> Unrouted, open");
  const closed = operationsOf(plan(streaming, { frontDoor: "rest-api", auth: "jwt" }));
  expect(closed.filter((line) => line.endsWith("open"))).toEqual([]);
  expect(closed).toContain("any /v1/shelves/{name} -> Unrouted");
  expect(closed).toContain("any /{proxy+} -> Unrouted");
});

it("leaves the rest to the door where that is wanted", () => {
  expect(operationsOf(plan(small, { auth: "jwt", unrouted: "door" })).join()).not.toMatch(/Unrouted|default/);
  const preflights = operationsOf(plan(small, { ...withCors("rest-api"), unrouted: "door" }));
  expect(preflights.filter((line) => line.includes("Unrouted")).every((line) => line.startsWith("options "))).toBe(
    true,
  );
});

interface RuleCondition {
  readonly HostHeaderConfig?: { readonly Values: readonly string[] };
  readonly HttpRequestMethodConfig?: { readonly Values: readonly string[] };
  readonly PathPatternConfig?: { readonly Values?: readonly string[]; readonly RegexValues?: readonly string[] };
}

it.each<[Plan["deployment"]["auth"], streams: boolean, expected: object[]]>([
  ["iam", true, [{ AuthType: "AWS_IAM", InvokeMode: "RESPONSE_STREAM" }]],
  [
    "none",
    false,
    [
      { AuthType: "NONE", InvokeMode: "BUFFERED" },
      { Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE", Principal: "*" },
      { Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true, Principal: "*" },
    ],
  ],
])("permits a Function URL with auth %s", (auth, streams, expected) => {
  const source = streams ? streaming : small;
  const { Resources: resources } = parseTemplate(render(plan(source, { frontDoor: "function-url", auth })));
  const ofUrl = Object.values(resources).filter(({ Type: type }) => /Url|Permission/.test(type));
  expect(ofUrl.map(({ Properties: properties }) => properties)).toMatchObject(expected);
});

const albRules = { frontDoor: "alb", auth: "none" } as const;

it.each<
  [title: string, deployment: Partial<PlanOptions["deployment"]>, from: string | RegExp, to: string, expected: string]
>([
  ["equal priorities", albRules, /Priority: \d+/g, "Priority: 7", "priority 7 twice"],
  [
    "many paths",
    albRules,
    "            RegexValues:",
    "            RegexValues: [a, b, c, d]\n            Old:",
    "4 paths",
  ],
  ["long paths", albRules, "^/v1/files", `^/v1/${"f".repeat(130)}`, "142 characters"],
  ["a pattern with regex characters", albRules, '"/v1/anything"', '"/v1/[any]"', "characters"],
  [
    "single values",
    albRules,
    'multi_value_headers.enabled, Value: "true"',
    'multi_value_headers.enabled, Value: "false"',
    "single values",
  ],
  [
    "a target before its permission",
    albRules,
    /DependsOn: \w+/,
    "UpdateReplacePolicy: Delete",
    "before its permission",
  ],
  [
    "two variables below a resource",
    { frontDoor: "rest-api" },
    '"/v1/files/{name+}"',
    '"/v1/shelves/{other+}"',
    "two variables",
  ],
  ["an open URL", { frontDoor: "function-url" }, "AuthType: AWS_IAM", "AuthType: NONE", "0 permissions"],
])("the linter sees %s", (_, deployment, from, to, expected) => {
  const template = render(plan(small, deployment));
  const broken = template.replace(from, () => to);
  expect(broken).not.toBe(template);
  expect(lintTemplate(parseTemplate(broken)).join("\n")).toContain(expected);
});

it("lets the door answer browsers where it can", () => {
  const http = parseTemplate(render(plan(small, withCors("http-api")))).Resources.HttpApi?.Properties.DefinitionBody;
  expect(http).toMatchObject({
    "x-amazon-apigateway-cors": {
      allowOrigins: ["https://app.example.com"],
      allowMethods: ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"],
      allowHeaders: ["authorization", "content-type"],
      exposeHeaders: ["etag"],
      maxAge: 600,
      allowCredentials: true,
    },
  });
  const url = parseTemplate(render(plan(small, withCors("function-url")))).Resources.LibraryServiceUrl;
  expect(url?.Properties.Cors).toMatchObject({ AllowOrigins: ["https://app.example.com"], AllowCredentials: true });
});

it("leads preflights to a function, without credentials, where the door does not answer browsers", () => {
  const rest = pathsOf(parseTemplate(render(plan(small, withCors("rest-api")))));
  for (const [path, operations] of Object.entries(rest)) {
    expect([path, Object.keys(operations)]).toEqual([path, expect.arrayContaining(["options"])]);
    for (const [method, { security }] of Object.entries(operations))
      expect([path, method, security]).toEqual([path, method, method === "options" ? undefined : [{ userPool: [] }]]);
  }
  const alb = parseTemplate(render(plan(small, withCors("alb")))).Resources.ListenerRule1;
  expect(alb?.Properties).toMatchObject({
    Conditions: [{ HttpRequestMethodConfig: { Values: ["OPTIONS"] } }, { PathPatternConfig: { Values: ["/*"] } }],
    Actions: [{ Type: "forward" }],
  });
});
