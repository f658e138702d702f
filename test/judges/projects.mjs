/** Deployments to judge: the example behind every front door, with every kind of authentication and with every option. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

const cli = join(root, "bin/grpc2lambda.js");

const everything = `  vpc: true
  environment: { TABLE: { ref: TableName }, GREETING: "\${no} %{no} \\"quoted\\"" }
  policies:
    - actions: [dynamodb:GetItem]
      resources: ["arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/shelves", { ref: TableArn }]
    - "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess"
  cors: { origins: ["https://app.example.com"] }
  compression: true
  largePayloads: { responses: envelope, deleteUploads: true }
  alarms: { topic: own }
  dashboards: true
  deadLetterQueue: own
`;

/** Settings of functions and roles: for the API, for a service and for an RPC. */
const functions = `  memorySize: 256
  tracing: none
  vpc: { securityGroup: own }
  ephemeralStorage: 1024
  reservedConcurrency: 5
  throttling: { rate: 500, burst: 1000 }
  layers: ["arn:aws:lambda:eu-central-1:123456789012:layer:agent:3"]
  kmsKey: { ref: KeyArn }
  logKmsKey: { ref: LogKeyArn }
  keepLogs: all
  permissionsBoundary: "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/boundary"
  rolePath: /teams/library/
  tags: { cost centre: "4711", stage: "\${Stage}" }
  deadLetterQueue: { ref: FailedArn }
`;

/** Routes of the user's own. */
const routes = `routes:
  - { method: GET, path: /healthz, fixed: { body: ok } }
  - { method: POST, path: "/callbacks/{provider}", function: "./src/inventory.ts#inventoryService", policies: [{ actions: [dynamodb:PutItem], resources: [{ ref: CallbacksArn }] }] }
`;

/** A host name of the API's own, `more` with a comma before it. */
function domain(more) {
  const arn = "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
  return `  domain: { name: "\${Stage}.api.example.com", certificate: "${arn}", hostedZone: { ref: Zone }${more} }\n`;
}

const clients = ', mtls: { truststore: "s3://certificates-${AWS::AccountId}/clients.pem", version: "1" }';

/** Settings of releases by target. */
const releases = {
  sam: "  release: { traffic: Canary10Percent5Minutes }\n  provisionedConcurrency: 2\n",
  cloudformation: "  release: { traffic: Canary10Percent5Minutes }\n  provisionedConcurrency: 2\n",
  terraform: "  release: true\n  provisionedConcurrency: 2\n",
  cdk: "  release: { traffic: Canary10Percent5Minutes }\n  provisionedConcurrency: 2\n",
};

/** Cases that have releases as well. */
const released = new Set(["http-api-functions", "rest-api-jwt", "alb-everything", "function-url-everything"]);

/** Settings of the deployment by the name of the case, as lines of YAML. */
const cases = {
  "http-api": "  frontDoor: http-api\n",
  "http-api-jwt": "  frontDoor: http-api\n  auth: jwt\n",
  "http-api-everything": `  frontDoor: http-api\n${everything}`,
  "http-api-domain": `  frontDoor: http-api\n${domain(", basePath: /library/v1")}`,
  "rest-api-domain": `  frontDoor: rest-api\n${domain(`, basePath: /library, minimumTls: "1.3"${clients}`)}`,
  "rest-api-private": `  frontDoor: rest-api
  endpoint: private
  allow: { vpcEndpoints: [vpce-0123456789abcdef0, { ref: Endpoint }], sourceIps: [10.1.0.0/16], accounts: ["123456789012"] }
  waf: { ref: WebAclArn }
`,
  "http-api-routes": `  frontDoor: http-api\n${routes}`,
  "alb-routes": `  frontDoor: alb\n  auth: jwt\n${routes}`,
  "alb-waf": "  frontDoor: alb\n  auth: none\n  waf: { ref: WebAclArn }\n",
  "alb-domain": `  frontDoor: alb\n  auth: jwt\n${domain(`, basePath: /library${clients}`)}`,
  "alb-existing-domain": `  frontDoor: alb\n  auth: none\n  loadBalancer: existing\n${domain("")}`,
  "http-api-functions": `  frontDoor: http-api\n${functions}`,
  "rest-api": "  frontDoor: rest-api\n",
  "rest-api-ipv6": `  frontDoor: rest-api\n  ipv6: true\n${domain("")}`,
  "alb-ipv6": `  frontDoor: alb\n  auth: jwt\n  ipv6: true\n${domain("")}`,
  "rest-api-cache": "  frontDoor: rest-api\n  auth: none\n  cacheSize: 1.6\n",
  "rest-api-keys": `  frontDoor: rest-api
  auth: { apiKey: true }
  usagePlan: { throttling: { rate: 5, burst: 10 }, quota: { requests: 1000, per: month } }
`,
  "rest-api-jwt": "  frontDoor: rest-api\n  auth: jwt\n  unrouted: door\n",
  "rest-api-everything": `  frontDoor: rest-api\n  functions: per-service\n  accessLogs: { accountRole: true }\n${everything}`,
  alb: "  frontDoor: alb\n  auth: jwt\n",
  "alb-existing":
    "  frontDoor: alb\n  auth: jwt\n  loadBalancer: existing\n  hosts: [api.example.com]\n  alarms: true\n  dashboards: true\n",
  "alb-everything": `  frontDoor: alb\n  auth: jwt\n  unrouted: rpcs\n  accessLogs: true\n${everything}`,
  "function-url": "  frontDoor: function-url\n",
  "function-url-everything": `  frontDoor: function-url\n  functions: single\n${everything}`,
};

/** What one service asks callers for, by the name of the case: every kind, with scopes and without. */
const auths = {
  "http-api-jwt": "{ kind: lambda, identitySources: [header.X-Key, query.key], cacheSeconds: 60 }",
  "http-api-domain":
    '{ kind: jwt, issuer: "https://login.example.com", audience: [{ ref: Audience }], scopes: [stock] }',
  "http-api-routes":
    "{ kind: lambda, function: { handler: ./src/authorizer.ts#handler, memorySize: 128 }, cacheSeconds: 60 }",
  "rest-api-jwt": "{ kind: lambda }",
  "rest-api":
    "{ kind: lambda, asks: token, function: { handler: ./src/authorizer.ts#handler, policies: [{ actions: [dynamodb:GetItem], resources: [{ ref: KeysArn }] }] } }",
  "rest-api-domain": "{ kind: cognito, scopes: [stock/read] }",
  alb: "{ kind: oidc, scopes: [email] }",
  "alb-existing": "{ kind: cognito, unauthenticated: deny }",
  "alb-domain": "{ scopes: [stock.read] }",
};

/** Generates the cases with a name that `chosen` matches for a target below `folder`; gives the case and the path of the target's file. */
export function generateProjects(target, folder, chosen = /./) {
  rmSync(folder, { recursive: true, force: true });
  const example = readFileSync(join(root, "fixtures/example/grpc2lambda.yaml"), "utf8");
  const service = "  acme.library.v1.InventoryService:\n";
  const limited = example.replace(service, `${service}    throttling: { rate: 5, burst: 10 }\n`);
  const wanted = Object.entries(cases).filter(([name]) => chosen.test(name));
  return wanted.map(([name, settings]) => {
    const project = join(folder, name);
    const auth = auths[name] === undefined ? "" : `    auth: ${auths[name]}\n`;
    const configuration = (/^(http|rest)-api/.test(name) ? limited : example)
      .replace(service, `${service}${auth}`)
      .replace("methods:\n", `methods:\n${rpcs[name] ?? ""}`);
    mkdirSync(project, { recursive: true });
    cpSync(join(root, "fixtures/example/proto"), join(project, "proto"), { recursive: true });
    writeFileSync(join(project, "package.json"), '{ "type": "module" }\n');
    mkdirSync(join(project, "src"));
    cpSync(join(root, "fixtures/example/src/inventory.ts"), join(project, "src/inventory.ts"));
    cpSync(join(root, "fixtures/example/src/inventory.ts"), join(project, "src/authorizer.ts"));
    const more = released.has(name) ? releases[target] : "";
    const deployment = `deployment:\n  target: ${target}\n${settings}${more}`;
    writeFileSync(join(project, "grpc2lambda.yaml"), `${configuration}${deployment}`);
    const { status, stderr, stdout } = spawnSync(process.execPath, [cli, "generate"], {
      cwd: project,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${target} ${name}: generate ended with ${status}\n${stdout}${stderr}`);
    return { name, project, file: join(project, files[target]) };
  });
}

/** Settings of RPCs by the name of the case, as lines of YAML. */
const rpcs = {
  "rest-api-cache": "  acme.library.v1.InventoryService.GetStock: { cache: { seconds: 60 } }\n",
};

const files = {
  sam: "template.yaml",
  cloudformation: "template.yaml",
  terraform: "terraform/main.tf.json",
  cdk: "cdk/api.ts",
};

/** Generates an API of 150 RPCs, whose construct has nested stacks; gives the case and the path of the target's file. */
export function generateLarge(target, folder) {
  const rpcs = (service, count) =>
    Array.from({ length: count }, (_, at) => {
      const path = `/v1/${service.toLowerCase()}/kinds${at}/{name}`;
      return `  rpc Get${at}(M) returns (M) { option (google.api.http) = { get: "${path}" }; }\n`;
    }).join("");
  const services = Object.entries({ Orders: 60, Stock: 90 }).map(
    ([service, count]) => `service ${service} {\n${rpcs(service, count)}}\n`,
  );
  const head = 'syntax = "proto3";\npackage acme.v1;\nimport "google/api/annotations.proto";\n';
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "api.proto"), `${head}${services.join("")}message M { string name = 1; }\n`);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  const deployment = `deployment:\n  target: ${target}\n  frontDoor: rest-api\n${everything}${releases[target]}`;
  writeFileSync(join(folder, "grpc2lambda.yaml"), `protos: [api.proto]\n${deployment}`);
  const { status, stderr } = spawnSync(process.execPath, [cli, "generate"], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`generate of a large API ended with ${status}\n${stderr}`);
  return { name: "large", file: join(folder, files[target]) };
}

/** Writes each pipeline for each target below `folder`; gives workflows and templates. */
export function generatePipelines(folder) {
  const targets = Object.keys(files);
  const made = targets.flatMap((target) => ["github", "codepipeline"].map((pipeline) => ({ target, pipeline })));
  const projects = made.map(({ target, pipeline }) => {
    const project = join(folder, `${target}-${pipeline}`);
    mkdirSync(join(project, ".git"), { recursive: true });
    cpSync(join(root, "fixtures/example/proto"), join(project, "proto"), { recursive: true });
    writeFileSync(join(project, "package.json"), "{}");
    writeFileSync(join(project, "grpc2lambda.yaml"), `protos: [proto]\ndeployment: { target: ${target} }\n`);
    const flags = ["init", "--yes", "--pipeline", pipeline];
    const { status, stderr, stdout } = spawnSync(process.execPath, [cli, ...flags], { cwd: project, encoding: "utf8" });
    if (status !== 0) throw new Error(`init --pipeline ${pipeline} ended with ${status}\n${stdout}${stderr}`);
    return { project, pipeline };
  });
  const [github, codepipeline] = ["github", "codepipeline"].map(
    (wanted) => projects.find(({ pipeline }) => pipeline === wanted).project,
  );
  return {
    workflows: projects
      .filter(({ pipeline }) => pipeline === "github")
      .map(({ project }) => join(project, ".github/workflows/deploy.yml")),
    templates: [
      join(github, "deploy/roles.yaml"),
      join(github, "deploy/github-role.yaml"),
      join(codepipeline, "deploy/pipeline.yaml"),
    ],
  };
}
