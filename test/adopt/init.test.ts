/** `init` in repositories of several kinds: what it writes, what it says, and that the next commands work. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { parse } from "yaml";
import { localDoor } from "../../src/cli/dev/local-door.js";
import { startLocalFunctions } from "../../src/cli/dev/local-functions.js";
import { functionsById } from "../../src/cli/dev/local-routes.js";
import { run } from "../../src/cli/main.js";
import { prepareOutput } from "../../src/cli/project-output.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { openProject } from "../support/local-project.js";
import { runCli } from "../support/run-cli.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

let project: TemporaryProject | undefined;
afterEach(() => project?.remove());

const repository = resolve(import.meta.dirname, "../..");

function create(files: Readonly<Record<string, string>>, isGit = true): TemporaryProject {
  project = createProject(files);
  if (isGit) execFileSync("git", ["init", "--quiet", project.root]);
  return project;
}

/** The report of `init --json`. */
async function init(root: string, ...flags: string[]): Promise<Record<string, never>> {
  const { exitCode, stdout, stderr } = await runCli(root, "init", "--json", ...flags);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

const greeterProto =
  'syntax = "proto3"; package helloworld; service Greeter { rpc SayHello(M) returns (M); rpc Chat(stream M) returns (stream M); } message M { string name = 1; }';

test.each([
  ["nice-grpc", "src/server.ts:28", '{ server: "./src/server.ts#main", bridge: true }'],
  ["connect", "src/connect.ts:100", '"./src/connect.ts#default"'],
])("a service of %s is wired with its library", async (library, place, implementation) => {
  const { root, get } = create({ "package.json": "{}" });
  cpSync(join(repository, "fixtures/servers/shop.proto"), join(root, "protos/shop.proto"));
  cpSync(join(repository, "fixtures/servers", library), join(root, "src"), { recursive: true });
  await init(root);
  expect(get("grpc2lambda.yaml")).toContain(`services:
  acme.shop.v1.ShopService:
    # ${place}
    implementation: ${implementation}
    library: ${library}
deployment:`);
  expect((await runCli(root, "generate")).exitCode).toBe(0);
});

test("an application of NestJS is wired with its main.ts and the options of its loader", async () => {
  const { root, get } = create({ "package.json": "{}" });
  cpSync(join(repository, "fixtures/servers/shop.proto"), join(root, "protos/shop.proto"));
  cpSync(join(repository, "fixtures/servers/nestjs"), root, { recursive: true });
  const { found } = await init(root);
  expect(found).toContain(
    "acme.shop.v1.ShopService: src/shop.controller.ts:24, controllers with GetItem, ListItems, AddItems, TradeItems, TalkItems",
  );
  expect(get("grpc2lambda.yaml")).toContain(`services:
  acme.shop.v1.ShopService:
    # src/shop.controller.ts:24
    implementation: { server: ./src/main.ts }
    messages: { longs: String, enums: String }
deployment:`);
  expect((await runCli(root, "generate")).exitCode).toBe(0);
});

test("a repository with one server: configuration, and the functions answer", async () => {
  const { root, get } = create({ "package.json": "{}", "protos/helloworld.proto": greeterProto });
  cpSync(join(repository, "fixtures/servers/common-js/server.js"), join(root, "src/server.js"));
  const text = get("src/server.js")
    .replace(".acme.shop.v1", ".helloworld")
    .replace(/shop\.ShopService/, "shop.Greeter");
  project?.put(
    "src/server.js",
    text.replace("getItem: getItem", "sayHello: (call, done) => done(null, { name: call.request.name })"),
  );
  const report = await init(root);
  expect(get("grpc2lambda.yaml")).toBe(`# yaml-language-server: $schema=./node_modules/grpc2lambda/schema.json
protos: [protos]
include: [protos]
unbound: bind
transcoding:
  clientStreaming: collect
services:
  helloworld.Greeter:
    # src/server.js:67
    implementation: { server: ./src/server.js }
    messages: { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true }
deployment:
  frontDoor: http-api
`);
  expect(report["found"]).toContain(
    "helloworld.Greeter: src/server.js:67, an object with sayHello, listItems, addItems, tradeItems",
  );
  expect(report["unproven"]).toContain(
    "src/server.js:67: helloworld.Greeter has no method Chat: UNIMPLEMENTED, as today",
  );
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  expect((await runCli(root, "generate")).exitCode).toBe(0);
  const served = await openProject(root, { prepareOutput, localDoor, functionsById, startLocalFunctions });
  const headers = [
    ["Host", "a"],
    ["Content-Type", "application/json"],
  ] as const;
  const target = "/helloworld.Greeter/SayHello";
  const answer = await served.send({ method: "POST", target, headers, body: Buffer.from('{"name":"Ada"}') });
  expect(answer.body.toString()).toBe('{"name":"Ada"}');
  await served.stop();
}, 60_000);

test("buf's modules, a gateway's options, and an existing template are taken over", async () => {
  const { root, get } = create({
    "package.json": '{ "type": "module", "packageManager": "pnpm@9.1.0", "devDependencies": { "typescript": "5" } }',
    "pnpm-lock.yaml": "",
    "buf.yaml": "version: v2\nmodules:\n  - path: api\ndeps:\n  - buf.build/googleapis/googleapis\n",
    "buf.gen.yaml":
      "version: v2\nplugins:\n  - remote: buf.build/grpc-ecosystem/gateway:v2.20.0\n    out: gen\n  - local: protoc-gen-grpc-gateway\n    opt: [generate_unbound_methods=true, allow_delete_body=true, grpc_api_configuration=api/rules.yaml]\n",
    "go.mod": "module x\nrequire github.com/grpc-ecosystem/grpc-gateway/v2 v2.20.0\n",
    "api/acme/library/v1/library.proto": libraryProto,
    "api/rules.yaml": "type: google.api.Service\nconfig_version: 3\n",
    "template.yaml": "Transform: AWS::Serverless-2016-10-31\n",
    "infra/main.tf": "",
  });
  const report = await init(root);
  expect(parse(get("grpc2lambda.yaml"))).toEqual({
    protos: ["api"],
    include: ["api"],
    serviceConfig: "api/rules.yaml",
    template: "template.grpc2lambda.yaml",
    unbound: "bind",
    transcoding: { allowDeleteBody: true, gateway: "2.30" },
    deployment: { frontDoor: "http-api" },
  });
  expect(report["found"]).toEqual([
    "protos: api (buf.yaml), 1 service, 2 RPCs",
    "package: pnpm, module",
    "AWS SAM: template.yaml",
    "Terraform: infra/main.tf",
    "grpc-gateway: buf.gen.yaml",
  ]);
  expect(report["unproven"]).toEqual([
    "acme.library.v1.LibraryService: no implementation was found, handlers will be scaffolded",
  ]);
  expect(report["next"]).toEqual([
    "pnpm add --save-dev grpc2lambda typescript @types/node",
    "pnpm exec grpc2lambda generate",
    "pnpm exec grpc2lambda dev",
  ]);
  expect((await runCli(root, "generate")).exitCode).toBe(0);
}, 60_000);

test("an import that is nowhere: buf.yaml's modules are named", async () => {
  const { root } = create({
    "buf.yaml": "version: v1\ndeps: [buf.build/acme/types]\n",
    "a.proto": 'syntax = "proto3"; import "acme/types.proto"; service S { rpc A(acme.T) returns (acme.T); }',
  });
  const { unproven } = await init(root);
  expect(unproven).toContainEqual(expect.stringMatching(/^a\.proto: .*acme\/types\.proto/));
  expect(unproven).toContainEqual(
    "buf.yaml depends on buf.build/acme/types: `buf export . -o proto-deps` brings them, then add --include proto-deps",
  );
});

test("every flag answers its question", async () => {
  const { root, get } = create({ "lib/a.proto": libraryProto });
  await init(
    root,
    ...["lib", "-I", "lib", "-o", "generated", "--handlers", "h", "--template", "sam.yaml", "--front-door", "alb"],
    ...["--unbound", "ignore", "--no-wire", "--ci", "none", "--no-gitattributes", "--no-tsconfig"],
  );
  expect(parse(get("grpc2lambda.yaml"))).toEqual({
    protos: ["lib"],
    include: ["lib"],
    out: "generated",
    handlers: "h",
    template: "sam.yaml",
    unbound: "ignore",
    deployment: { frontDoor: "alb" },
  });
  expect(
    [".github", ".gitattributes", "tsconfig.grpc2lambda.json"].filter((name) => existsSync(join(root, name))),
  ).toEqual([]);
});

test("on a terminal every question is asked, again if the answer is none of those offered", async () => {
  const { root, get } = create({ "a.proto": libraryProto });
  const asked: string[] = [];
  const answers = ["out", "", "", "lambda", "alb", "report", "none", "none", "no", "yes"];
  const { terminal } = captureTerminal(root);
  const ask = async (question: string): Promise<string> => {
    asked.push(question);
    return answers[asked.length - 1] ?? "";
  };
  expect(await run(["init"], { ...terminal, ask })).toBe(0);
  expect(asked).toEqual([
    "Folder for generated files [gen]: ",
    "Folder for handlers [src/handlers]: ",
    "Deployment template [template.yaml]: ",
    ...Array(2).fill("Front door, one of http-api, rest-api, alb, function-url [http-api]: "),
    "Methods without a rule, one of report, bind, ignore [report]: ",
    "Workflow for pull requests, one of github, none [github]: ",
    "Pipeline that deploys, one of github, codepipeline, none [none]: ",
    "Fold generated files in reviews (.gitattributes), one of yes, no [yes]: ",
    "Write tsconfig.grpc2lambda.json, one of yes, no [no]: ",
  ]);
  expect(parse(get("grpc2lambda.yaml"))).toMatchObject({ out: "out", deployment: { frontDoor: "alb" } });
  expect(existsSync(join(root, "tsconfig.grpc2lambda.json"))).toBe(true);
});

test("nothing is overwritten, and --dry-run writes nothing", async () => {
  const { root, get } = create({ "a.proto": libraryProto, "grpc2lambda.yaml": "mine", ".gitattributes": "mine" });
  const dry = await runCli(root, "init", "--dry-run");
  expect(dry.stdout).toContain("  .github/workflows/grpc2lambda.yml:\n    # Fails a pull request");
  expect(existsSync(join(root, ".github"))).toBe(false);
  const { stdout } = await runCli(root, "init");
  expect([get("grpc2lambda.yaml"), get(".gitattributes")]).toEqual(["mine", "mine"]);
  expect(stdout).toContain("  grpc2lambda.yaml: was there, and stays as it is\n");
  expect(stdout).toContain("  .gitattributes is there: add `gen/** linguist-generated text eol=lf` and");
});

test.each([
  ["an alias that leads nowhere", "modules: *nowhere\nplugins: *nowhere\ndirectories: *nowhere\n"],
  ["lists of nothing", "modules:\n  -\n  - foo\nplugins:\n  -\n  - foo\ndirectories:\n  -\ndeps:\n  -\n"],
  ["a list", "- modules\n"],
  ["no YAML", "modules: [\n\t- x: : :"],
  ["nothing", ""],
  [
    "aliases of aliases",
    `a: &a [x, x]\n${[..."bcdefghij"].map((name, at) => `${name}: &${name} [*${"abcdefghi"[at]}, *${"abcdefghi"[at]}]`).join("\n")}\n`,
  ],
])("settings of other tools with %s are passed over", async (_, text) => {
  const settings = { "buf.yaml": text, "buf.work.yaml": text, "buf.gen.yaml": text, "template.yaml": text };
  const { root, get } = create({ ...settings, "package.json": "[]", "proto/a.proto": libraryProto });
  await init(root);
  expect(get("grpc2lambda.yaml")).toMatch(/^protos: \[(?:proto|"\.")\]$/m);
});

const smallServer = `const grpc = require("@grpc/grpc-js");
const { acme } = grpc.loadPackageDefinition(require("@grpc/proto-loader").loadSync("a.proto"));
new grpc.Server().addService(acme.library.v1.LibraryService.service, { getShelf: () => {}, mergeShelves: () => {} });
`;

test.each([
  [["dist/server.js", "src/server.ts"], "./src/server.ts"],
  [["build/server.js", "examples/server.js", "server.js"], "./server.js"],
  [["__mocks__/server.js", "packages/a/dist/server.js", "packages/a/src/server.js"], "./packages/a/src/server.js"],
  [["dist/server.js"], "./dist/server.js"],
  [["b/server.js", "a/server.js"], "./a/server.js"],
])("of several servers the source is used: %j", async (files, expected) => {
  const servers = Object.fromEntries(files.map((path) => [path, smallServer]));
  const { root, get } = create({ ...servers, "package.json": "{}", "a.proto": libraryProto });
  await init(root);
  expect(parse(get("grpc2lambda.yaml")).services["acme.library.v1.LibraryService"].implementation.server).toBe(
    expected,
  );
});

test("code that no parser takes, and pipes, are passed over", async () => {
  const { root, get } = create({ "a.proto": libraryProto, "src/server.js": smallServer });
  project?.put("bundle.js", `addService${"(".repeat(100_000)}`);
  execFileSync(
    "mkfifo",
    ["package.json", "buf.yaml", "server.js"].map((name) => join(root, name)),
  );
  await init(root);
  expect(get("grpc2lambda.yaml")).toContain("./src/server.js");
});

test("a byte order mark is no part of a file", async () => {
  const { root } = create({ "package.json": '\uFEFF{"type": "module"}', "a.proto": `\uFEFF${libraryProto}` });
  expect((await init(root))["found"]).toContain("package: npm, module");
});

test("nothing is written through links that lead out of the repository", async () => {
  const { root } = create({ "a.proto": libraryProto });
  const outside = createProject({});
  symlinkSync(outside.root, join(root, ".github"));
  const { exitCode, stdout } = await runCli(root, "init");
  expect(exitCode).toBe(2);
  expect(stdout).toContain(
    "  .github/workflows/grpc2lambda.yml: cannot be written (a link in its path leads out of the repository)\n",
  );
  expect(existsSync(join(outside.root, "workflows"))).toBe(false);
  outside.remove();
});

test("without protos it says so and writes nothing", async () => {
  const { root } = create({ "package.json": "{}" }, false);
  const { exitCode, stdout } = await runCli(root, "init");
  expect(exitCode).toBe(2);
  expect(stdout).toContain("there are no .proto files");
  expect(existsSync(join(root, "grpc2lambda.yaml"))).toBe(false);
});

test("the tsconfig compiles what is generated, in a CommonJS package", async () => {
  const { root } = create({ "package.json": "{}", "proto/a.proto": libraryProto });
  await init(root, "--tsconfig");
  expect((await runCli(root, "generate")).exitCode).toBe(0);
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  const tsc = spawnSync(join(repository, "node_modules/.bin/tsc"), ["-p", "tsconfig.grpc2lambda.json"], {
    cwd: root,
    encoding: "utf8",
  });
  expect([tsc.status, tsc.stdout]).toEqual([0, ""]);
}, 60_000);

const shopProto =
  'syntax = "proto3";\npackage shop;\nimport "shop/item.proto";\nservice Cart { rpc Add(Item) returns (Item); } service Pay { rpc Charge(Item) returns (Item); rpc Refund(Item) returns (Item); } service Mail { rpc Send(Item) returns (Item); }';
const itemProto = 'syntax = "proto3";\npackage shop;\nmessage Item { string name = 1; }';

/** A server file of grpc-js that registers methods of shop.Pay. */
function payServer(...methods: readonly string[]): string {
  return `const grpc = require("@grpc/grpc-js"); const loader = require("@grpc/proto-loader");
const { shop } = grpc.loadPackageDefinition(loader.loadSync("pay.proto"));
const server = new grpc.Server();
server.addService(shop.Pay.service, { ${methods.map((name) => `${name}: (call, done) => done(null, call.request)`).join(", ")} });`;
}

test("a service of a larger repository: protos above it, and only the service that it implements", async () => {
  create({
    "protos/shop/pay.proto": shopProto,
    "protos/shop/item.proto": itemProto,
    "services/pay/package.json": "{}",
    "services/pay/server.js": payServer("charge"),
    "services/pay/gen/other.js": "",
  });
  const root = join(project?.root ?? "", "services/pay");
  const first = await runCli(root, "init");
  expect([first.exitCode, first.stdout]).toEqual([
    2,
    `Found:
  protos: none (nothing), 0 services, 0 RPCs
  package: npm, commonjs
Not proven:
  there are no .proto files here; the repository has some in ../../protos: name them, or read a running server with --reflect
  server.js:4 (grpc-js): the text does not tell which service of the protos it is
Next:
  grpc2lambda init ../../protos
`,
  ]);
  const report = await init(root, "../../protos");
  expect(report["unproven"]).toContain("no implementation was found of shop.Cart, shop.Mail: left out (only)");
  expect(project?.get("services/pay/grpc2lambda.yaml")).toContain(`protos: [../../protos]
include: [../../protos]
only: [shop.Pay]
out: gen-lambda
unbound: bind
services:
  shop.Pay:
    # server.js:4
`);
  expect((await runCli(root, "generate")).exitCode).toBe(0);
  const { stdout } = await runCli(root, "routes", "--json");
  expect(JSON.parse(stdout).map(({ rpc }: { rpc: string }) => rpc)).toEqual(["shop.Pay/Refund", "shop.Pay/Charge"]);
  expect(existsSync(join(root, "src/handlers"))).toBe(false);
});

test("of several servers of a service the most complete is taken, or the one that --server names", async () => {
  const { root, get } = create({
    "package.json": "{}",
    "protos/shop/pay.proto": shopProto,
    "protos/shop/item.proto": itemProto,
    "a/server.js": payServer("charge"),
    "b/server.js": payServer("charge", "refund"),
    "c/server.js": payServer("charge", "refund").replace("@grpc/grpc-js", "grpc"),
    "template.yaml": "",
  });
  const report = await init(root);
  expect(get("grpc2lambda.yaml")).toContain("{ server: ./b/server.js }");
  expect(get("grpc2lambda.yaml")).toContain("template: template.grpc2lambda.yaml\n");
  expect(report["unproven"]).toContain(
    "a/server.js:4 (shop.Pay): another implementation is used; --server a/server.js uses this one",
  );
  expect(report["unproven"]).toContain(
    "c/server.js:4 (shop.Pay): functions do not run services of grpc unchanged: call it from a handler per RPC",
  );
  const named = await runCli(
    root,
    "init",
    "--dry-run",
    "--server",
    "a/server.js",
    "--service",
    "shop.Mail",
    "--service",
    "shop.Pay",
  );
  expect(named.stdout).toContain("{ server: ./a/server.js }");
  expect(named.stdout).toContain("only: [shop.Mail, shop.Pay]");
  const scaffolded = await runCli(root, "init", "--dry-run", "--no-wire");
  expect(scaffolded.stdout).not.toContain("only:");
});

test("two folders whose workflows would have one name have a file each, and neither is written again", async () => {
  create({ "a-b/proto/a.proto": libraryProto, "a/b/proto/a.proto": libraryProto });
  const root = project?.root ?? "";
  const workflows = async (folder: string): Promise<unknown> => {
    const { files } = (await init(join(root, folder))) as unknown as { files: { path: string; state: string }[] };
    return files.flatMap(({ path, state }) => (path.includes("workflows") ? [`${path} ${state}`] : []));
  };
  expect(await workflows("a-b")).toEqual(["../.github/workflows/grpc2lambda-a-b.yml written"]);
  expect(await workflows("a/b")).toEqual(["../../.github/workflows/grpc2lambda-a-b-check.yml written"]);
  expect(await workflows("a-b")).toEqual(["../.github/workflows/grpc2lambda-a-b.yml kept"]);
  expect(await workflows("a/b")).toEqual(["../../.github/workflows/grpc2lambda-a-b-check.yml kept"]);
  expect(project?.get(".github/workflows/grpc2lambda-a-b-check.yml")).toContain('working-directory: "a/b"');
});
