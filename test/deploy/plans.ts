/** APIs and settings that the tests of the SAM template deploy. */
import { expect } from "vitest";
import { renderDeployment } from "./render-deployment.js";
import { parsePathTemplate } from "../../src/http-rule/parse-path-template.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import type { AuthSetting, AuthSettings, OwnHandler, Plan } from "../../src/plan/plan.js";
import type { TargetId } from "../../src/plan/deployment-target-id.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import type { DeploymentOptions, MethodOptions, OwnRouteOptions, PlanOptions } from "../../src/plan/plan-options.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";

/** An API of five RPCs that show what routes can be. */
export const small = `syntax = "proto3";
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

/** Plans a proto with settings of the deployment, and others. */
export function plan(
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

/** A function for each service, open to everybody. */
export const perService = { functions: { kind: "per-service" }, auth: "none" } as const;

/** `small` with an RPC that streams its replies. */
export const streaming = small.replace(
  "rpc Anything",
  `rpc Watch(GetShelfRequest) returns (stream Shelf) { option (google.api.http) = { get: "/v1/{name=shelves/*}/changes" }; }
  rpc Anything`,
);

/** The plan of `hostile` with a comment on its first RPC. */
export function hostilePlan(overrides: Partial<PlanOptions["deployment"]> = {}): Plan {
  const planned = plan(hostile, overrides);
  const functions = planned.functions.map((fn) => ({
    ...fn,
    methods: fn.methods.map((own) => ({ ...own, method: { ...own.method, comment } })),
  }));
  return { ...planned, functions };
}

const text = (value: string) => ({ kind: "text", text: value }) as const;
const parameter = (name: string) => ({ kind: "parameter", name }) as const;

/** A plan with environment, policies and a VPC, for all functions and for one service. */
export function configuredPlan(): Plan {
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

/** A plan with every setting of functions and roles: for the API, a service and an RPC. */
export function settingsPlan(): Plan {
  const settings = {
    memorySize: 256,
    timeout: 20,
    ephemeralStorage: 1024,
    reservedConcurrency: 5,
    layers: [text("arn:aws:lambda:eu-central-1:123456789012:layer:agent:3"), parameter("LayerArn")],
    kmsKey: parameter("KeyArn"),
    permissionsBoundary: text("arn:aws:iam::${AWS::AccountId}:policy/boundary"),
    rolePath: "/teams/library/",
    tags: [
      { name: "cost centre", value: text("4711") },
      { name: "stage", value: text("${Stage}") },
    ],
  } as const;
  return plan(small, settings, {
    serviceOptions: new Map([["acme.library.v1.LibraryService", { memorySize: 1024 }]]),
    methodOptions: new Map([
      ["acme.library.v1.LibraryService.GetShelf", { memorySize: 128, timeout: 3, reservedConcurrency: 0 }],
      ["acme.library.v1.LibraryService.OpenShelf", { memorySize: 2048, ephemeralStorage: 512 }],
    ]),
  });
}

/** Alarms with a topic of the stack. */
export const alarms = {
  topic: "own",
  serverErrors: 5,
  serverErrorRate: 1,
  throttles: 1,
  deadLetters: 1,
  concurrency: 800,
} as const;

/** A plan with alarms and dashboards. */
export function watchedPlan(frontDoor: FrontDoorId): Plan {
  const auth = frontDoor === "alb" ? "jwt" : "iam";
  const functions = { kind: frontDoor === "function-url" ? "single" : "per-rpc" } as const;
  return plan(streaming, { frontDoor, auth, functions, alarms, dashboards: true });
}

/** A queue that exists, for events that failed. */
export const failedEvents = {
  kind: "existing",
  arn: text("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-failed"),
} as const;

/** A plan with queues for events that failed: of the API, and of an RPC as a parameter, with an alarm and dashboards. */
export function deadLetterPlan(frontDoor: FrontDoorId, target: TargetId = "sam"): Plan {
  const functions = { kind: "per-rpc" } as const;
  const settings = { frontDoor, target, functions, auth: "none", alarms, dashboards: true } as const;
  const own = { deadLetterQueue: { kind: "existing", arn: parameter("FailedArn") } } as const;
  return plan(
    small,
    { ...settings, deadLetterQueue: { kind: "own" } },
    { methodOptions: new Map([["acme.library.v1.LibraryService.Download", own]]), routes: ownRoutes },
  );
}

const url = (name: string) => text(`https://login.example.com/${name}`);

/** What RPCs ask for behind each door: everything that it can check. */
const auths = {
  "http-api": {
    GetShelf: { kind: "jwt", scopes: ["shelves.read"] },
    OpenShelf: { kind: "jwt", issuer: url("staff"), audience: [text("staff"), parameter("StaffClient")] },
    CloseShelf: { kind: "jwt", issuer: url("staff"), audience: [text("staff"), parameter("StaffClient")] },
    Download: { kind: "lambda", identitySources: ["header.X-Key", "query.key"], cacheSeconds: 60 },
    Anything: "none",
  },
  "rest-api": {
    GetShelf: { kind: "cognito", scopes: ["shelves/read"] },
    OpenShelf: {
      kind: "lambda",
      function: text("arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:staff"),
    },
    CloseShelf: {
      kind: "lambda",
      function: text("arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:staff"),
    },
    Download: { kind: "lambda", identitySources: ["header.X-Key", "query.key"], cacheSeconds: 60 },
    Anything: "none",
  },
  alb: {
    GetShelf: { kind: "jwt", scopes: ["shelves.read"] },
    OpenShelf: { kind: "oidc", scopes: ["email"] },
    CloseShelf: { kind: "cognito", unauthenticated: "deny" },
    Download: {
      kind: "oidc",
      issuer: url(""),
      authorizationEndpoint: url("authorize"),
      tokenEndpoint: url("token"),
      userInfoEndpoint: url("user"),
      clientId: text("library"),
      clientSecret: text("arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:library-AbCdEf"),
    },
    Anything: "none",
  },
} as const satisfies Partial<Record<FrontDoorId, Readonly<Record<string, AuthSetting>>>>;

/** A plan whose RPCs ask callers for different things. */
export function authPlan(frontDoor: keyof typeof auths): Plan {
  const own = Object.entries<AuthSetting>(auths[frontDoor]);
  return plan(
    small,
    { frontDoor, auth: frontDoor === "alb" ? "jwt" : "iam" },
    {
      methodOptions: new Map(own.map(([name, auth]) => [`acme.library.v1.LibraryService.${name}`, { auth }])),
    },
  );
}

/** An authorizer of the user's own. */
export const authorizer: OwnHandler = {
  kind: "function",
  name: "authorizer",
  handler: { module: "src/authorizer.ts", exportName: "handler" },
  bundle: { format: "esm", captures: [] },
  environment: [{ name: "KEYS", value: parameter("KeysTable") }],
  policies: [{ kind: "statement", actions: ["dynamodb:GetItem"], resources: [parameter("KeysTableArn")] }],
  limits: { memorySize: 128 },
};

/** A plan whose RPCs are checked by it, but one. */
export function authorizerPlan(settings: DeploymentOptions, auth: AuthSettings = {}): Plan {
  return plan(
    small,
    { ...settings, auth: { kind: "lambda", function: authorizer, ...auth } },
    { methodOptions: new Map([["acme.library.v1.LibraryService.Anything", { auth: "none" }]]) },
  );
}

/** A REST API with a cache for two RPCs, whose callers an authorizer tells apart by a parameter; one has limits of its own. */
export function cachedPlan(settings: DeploymentOptions, methods?: Readonly<Record<string, MethodOptions>>): Plan {
  const cached = methods ?? {
    GetShelf: { cache: { seconds: 60 } },
    Download: { cache: { seconds: 30 }, throttling: { rate: 5, burst: 10 } },
  };
  return plan(
    small,
    { frontDoor: "rest-api", auth: { kind: "lambda", identitySources: ["query.token"] }, cacheSize: 1.6, ...settings },
    {
      methodOptions: new Map(
        Object.entries(cached).map(([name, own]) => [`acme.library.v1.LibraryService.${name}`, own]),
      ),
    },
  );
}

/** A REST API that asks for API keys: with signatures, for one RPC alone, and for one RPC not at all. */
export function keyedPlan(settings: DeploymentOptions): Plan {
  return plan(
    small,
    { frontDoor: "rest-api", auth: { kind: "iam", apiKey: true }, ...settings },
    {
      methodOptions: new Map<string, { auth: AuthSetting }>([
        ["acme.library.v1.LibraryService.Download", { auth: { kind: "none", apiKey: true } }],
        ["acme.library.v1.LibraryService.Anything", { auth: "none" }],
      ]),
    },
  );
}

/** A plan with alarms and dashboards of the metrics that functions make. */
export function countedPlan(): Plan {
  const observability = {
    requests: true,
    sampleSuccesses: 1,
    failedRequests: true,
    metrics: "emf",
    redact: [],
    correlationIds: [],
  } as const;
  return plan(small, { alarms, dashboards: true }, { observability });
}

/** The text of the one file of a deployment. */
export function render(planned: Plan): string {
  const [file, ...others] = renderDeployment(planned);
  expect(others.filter(({ path }) => !/\.(?:versions\.tf|checkov\.yaml)$/.test(path))).toEqual([]);
  expect(file?.ownership).toBe("generated");
  return file?.content ?? "";
}

/** The plan with plain CloudFormation as its target. */
export function forCloudFormation(planned: Plan): Plan {
  return { ...planned, deployment: { ...planned.deployment, target: "cloudformation" } };
}

/** Pages of one origin that may read a header. */
export const cors = {
  origins: ["https://app.example.com"],
  headers: ["authorization", "content-type"],
  exposeHeaders: ["etag"],
  maxAge: 600,
  credentials: true,
};

/** A front door that pages of another origin call through. */
export function withCors(frontDoor: FrontDoorId): Partial<PlanOptions["deployment"]> {
  return { frontDoor, auth: frontDoor === "function-url" ? "iam" : "jwt", cors };
}

/** A listener that others use. */
export const shared = {
  loadBalancer: "existing",
  hosts: ["api.example.com", "*.example.org"],
  rulePriorities: { first: 1000, last: 1999 },
} as const;

/** Profile `spec`. */
export const specOptions = { transcoding: { ...planOptions().transcoding, profile: "spec" } } as const;

/** `withCors` with one function. */
export function single(frontDoor: FrontDoorId): Partial<PlanOptions["deployment"]> {
  return { ...withCors(frontDoor), functions: { kind: "single" } };
}

/** Large payloads with a bucket of the stack. */
export const largePayloads = {
  bucket: "own",
  responses: "redirect",
  uploads: true,
  maxBytes: 1_000_000,
  linkSeconds: 60,
  prefix: "library/v1/",
  deleteUploads: true,
} as const;

/** A host name of the API's own, with everything that a domain can have. */
export const domain = {
  name: text("${Stage}.api.example.com"),
  certificate: parameter("DomainCertificateArn"),
  basePath: "/library",
  hostedZone: text("Z0123456789ABCDEFGHIJ"),
  minimumTls: "1.2",
  mtls: { truststore: "s3://certificates-${AWS::AccountId}/clients/authorities.pem", version: "7" },
  only: true,
} as const;

/** A private REST API behind a web ACL. */
export const privateApi = {
  frontDoor: "rest-api",
  endpoint: "private",
  allow: {
    vpcEndpoints: [text("vpce-0123456789abcdef0"), parameter("Endpoint")],
    sourceIps: [text("10.1.0.0/16")],
    accounts: [text("123456789012")],
  },
  waf: parameter("WebAclArn"),
} as const;

/** Fixed answers, a callback with permissions of its own, and paths in the middle of the API's. */
export const ownRoutes: readonly OwnRouteOptions[] = [
  ownRoute("GET", "/healthz", {
    kind: "fixed",
    fixed: { status: 200, headers: [["Content-Type", "text/plain"]], body: "ok" },
  }),
  ownRoute("GET", "/v1/shelves/all", { kind: "fixed", fixed: { status: 410, headers: [], body: "" } }),
  ownRoute("POST", "/callbacks/{provider}", {
    kind: "function",
    name: "callback",
    handler: { module: "src/callback.ts", exportName: "handler" },
    bundle: { format: "esm", captures: [] },
    environment: [{ name: "TABLE", value: parameter("CallbackTable") }],
    policies: [{ kind: "statement", actions: ["dynamodb:PutItem"], resources: [parameter("CallbackTableArn")] }],
  }),
];

function ownRoute(httpMethod: string, path: string, answer: OwnRouteOptions["answer"]): OwnRouteOptions {
  const parsed = parsePathTemplate(path);
  if (parsed.kind === "error") throw new Error(`${path} is no template`);
  const location = { file: "grpc2lambda.yaml", line: 1, column: 1, endLine: 1, endColumn: 2 };
  return { httpMethod, template: parsed.template, location, answer };
}
