/** The usual ways to register a service, each found with its name, its start, its methods and its messages. */
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { findImplementations } from "../../src/adopt/code/find-implementations.js";
import { listFiles } from "../../src/adopt/repository/walk.js";
import { bufBinary, googleApiFiles, withFiles } from "../support/buf.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";

let project: TemporaryProject | undefined;
afterEach(() => project?.remove());

const services = ["helloworld.Greeter", "acme.shop.v1.ShopService", "acme.v1.Users", "acme.v2.Users"];

function find(files: Readonly<Record<string, string>>): ReturnType<typeof findImplementations> {
  project = createProject(files);
  return findImplementations(project.root, listFiles(project.root).files, services);
}

/** What is found in one line: service, start, methods, messages. */
function summary(files: Readonly<Record<string, string>>): string[] {
  return find(files).map(({ file, line, service, start, methods, style }) => {
    const started =
      start.kind === "module" ? `${start.file}${start.start === undefined ? "" : `#${start.start}`}` : "?";
    const messages =
      style.kind === "messages" ? JSON.stringify(style.messages) : style.kind === "bridge" ? "bridge" : "?";
    return `${file}:${line} ${service} ${started} ${methods?.join(",") ?? "?"} ${messages}`;
  });
}

const head = `const grpc = require("@grpc/grpc-js");
const protoLoader = require("@grpc/proto-loader");
const options = { keepCase: true, longs: String, defaults: false, includeDirs: [] };
const proto = grpc.loadPackageDefinition(protoLoader.loadSync("x.proto", options)).helloworld;
const server = new grpc.Server();
`;
const messages = '{"keepCase":true,"longs":"String"}';

test.each<[string, Readonly<Record<string, string>>, string]>([
  [
    "an object in place",
    { "a.js": `${head}server.addService(proto.Greeter.service, { sayHello: sayHello, sayBye(call, callback) {} });` },
    `a.js:6 helloworld.Greeter a.js sayHello,sayBye ${messages}`,
  ],
  [
    "an object in a variable, within main() that is called",
    {
      "a.js": `${head}const impl = { sayHello };\nfunction main() { server.addService(proto.Greeter.service, impl); }\nmain();`,
    },
    `a.js:7 helloworld.Greeter a.js sayHello ${messages}`,
  ],
  [
    "an exported function behind require.main",
    {
      "a.js": `${head}function getServer() { server.addService(proto.Greeter.service, { sayHello }); return server; }
if (require.main === module) { getServer(); }
exports.getServer = getServer;`,
    },
    `a.js:6 helloworld.Greeter a.js#getServer sayHello ${messages}`,
  ],
  [
    "a function that another module calls",
    {
      "lib/a.js": `${head}exports.start = start;\nfunction start() { server.addService(proto.Greeter.service, { sayHello }); }`,
      "index.js": 'const { start } = require("./lib/a");\nstart();',
    },
    `lib/a.js:7 helloworld.Greeter index.js sayHello ${messages}`,
  ],
  [
    "a class whose instance listens",
    {
      "a.ts": `import * as grpc from "@grpc/grpc-js"; import { loadSync } from "@grpc/proto-loader";
class Api { constructor() { this.server = new grpc.Server(); this.register(); }
  register() { const { helloworld } = grpc.loadPackageDefinition(loadSync("x")) as unknown as P; this.server.addService(helloworld.Greeter.service, new Hello()); } }
class Base { sayBye() {} }
class Hello extends Base { sayHello = () => {}; }
new Api();`,
    },
    "a.ts:3 helloworld.Greeter a.ts sayBye,sayHello {}",
  ],
  [
    "imports, a spread, a factory, and a promise of the definition",
    {
      "a.ts": `import { load } from "@grpc/proto-loader"; import { loadPackageDefinition, Server } from "@grpc/grpc-js"; import { make } from "./make.js";
load("x", { longs: Number, enums: String, arrays: true }).then(() => {});
async function main() {
  const definition = await load("x", { longs: Number, enums: String, arrays: true });
  const shop = (loadPackageDefinition(definition) as any)["acme"].shop.v1;
  new Server().addService(shop.ShopService.service, { ...make(), buy });
}
main().catch(console.error);`,
      "make.ts": "export const make = () => ({ getItem, listItems });",
    },
    'a.ts:6 acme.shop.v1.ShopService a.ts getItem,listItems,buy {"longs":"Number","enums":"String","arrays":true}',
  ],
  [
    "static code of grpc-tools",
    {
      "a.js":
        'const services = require("./x_grpc_pb");\nnew grpc.Server().addService(services.GreeterService, { sayHello });',
      "x_grpc_pb.js":
        "// GENERATED CODE -- DO NOT EDIT!\nvar GreeterService = exports.GreeterService = {\n  sayHello: { path: '/helloworld.Greeter/SayHello' } };",
    },
    "a.js:2 helloworld.Greeter a.js sayHello bridge",
  ],
  [
    "code of ts-proto",
    {
      "a.ts":
        'import { GreeterService } from "./gen/x";\nexport const start = () => new Server().addService(GreeterService, { sayHello });',
      "gen/x.ts":
        '// Code generated by protoc-gen-ts_proto. DO NOT EDIT.\nimport Long from "long";\nexport const GreeterService = { sayHello: { path: "/helloworld.Greeter/SayHello", s: (v: X) => Buffer.from(v) } };\nexport interface X { b: Buffer }',
    },
    'a.ts:2 helloworld.Greeter a.ts#start sayHello {"preset":"ts-proto","longs":"Long","bytes":"Buffer"}',
  ],
  [
    "a proto-loader definition without loadPackageDefinition",
    {
      "a.js":
        'const pd = require("@grpc/proto-loader").loadSync("x");\nserver.addService(pd["helloworld.Greeter"], { sayHello });',
    },
    "a.js:2 helloworld.Greeter a.js sayHello {}",
  ],
  ["a name that two packages have", { "a.js": "server.addService(unknown.Users, impl);" }, "a.js:1 undefined a.js ? ?"],
  [
    "a function with parameters that nothing calls",
    {
      "a.js": `${head}exports.register = register;\nfunction register(server) { server.addService(proto.Greeter.service, { sayHello }); }`,
    },
    `a.js:7 helloworld.Greeter ? sayHello ${messages}`,
  ],
  [
    "a class that another module makes, with packages in its properties",
    {
      "server.js": `const grpc = require("@grpc/grpc-js"); const protoLoader = require("@grpc/proto-loader");
class Api { constructor(path) { this.packages = { hello: this.loadProto(path) }; this.server = new grpc.Server(); this.register(); }
  loadProto(path) { return grpc.loadPackageDefinition(protoLoader.loadSync(path, { keepCase: true })); }
  register() { this.server.addService(this.packages.hello.helloworld.Greeter.service, { sayHello: Api.hello.bind(this) }); } }
module.exports = Api;`,
      "index.js": 'const Api = require("./server");\nnew Api("x.proto").listen();',
    },
    'server.js:4 helloworld.Greeter index.js sayHello {"keepCase":true}',
  ],
  [
    "a function that loads any proto",
    {
      "a.js": `const proto = load("x").helloworld, health = load("h").grpc.health.v1;
function load(path) { const definition = protoLoader.loadSync(path, { enums: String }); return grpc.loadPackageDefinition(definition); }
server.addService(proto.Greeter.service, { sayHello });`,
    },
    'a.js:3 helloworld.Greeter a.js sayHello {"enums":"String"}',
  ],
  [
    "options that the text does not tell",
    {
      "a.js": `const pd = protoLoader.loadSync("x", { ...config });\nserver.addService(grpc.loadPackageDefinition(pd).helloworld.Greeter.service, api);`,
    },
    "a.js:2 helloworld.Greeter a.js ? ?",
  ],
])("%s", (_, files, expected) => {
  expect(summary(files)).toEqual([expected]);
});

const nestMain = (call: string): string => `import { NestFactory } from "@nestjs/core";
import { Transport } from "@nestjs/microservices";
async function bootstrap() { ${call} }
bootstrap();`;
const greeter = `@Controller() export class GreeterController { @GrpcMethod("Greeter") sayHello() {} }`;
const loader =
  'transport: Transport.GRPC, options: { package: "helloworld", protoPath: "x.proto", loader: { longs: String } }';

test.each<[string, Readonly<Record<string, string>>, string]>([
  [
    "a microservice",
    {
      "src/main.ts": nestMain(`const app = await NestFactory.createMicroservice<Options>(AppModule, { ${loader} });`),
      "src/greeter.controller.ts": greeter,
    },
    'src/greeter.controller.ts:1 helloworld.Greeter src/main.ts SayHello {"longs":"String"}',
  ],
  [
    "a hybrid application with options of another module, and two controllers",
    {
      "src/main.ts": `import { grpcOptions } from "./grpc.options";\n${nestMain("const app = await NestFactory.create(AppModule); app.connectMicroservice<Options>(grpcOptions, { inheritAppConfig: true });")}`,
      "src/grpc.options.ts": `const PACKAGE = "helloworld"; export const grpcOptions: Options = { transport: Transport.GRPC, options: { package: ["other", PACKAGE], url: process.env.URL } };`,
      "src/a.controller.ts": greeter,
      "src/b.controller.ts": `const SERVICE = "Greeter"; export class B { @GrpcStreamCall(SERVICE, "Chat") talk() {} @GrpcStreamMethod(SERVICE) stream() {} }`,
    },
    "src/a.controller.ts:1 helloworld.Greeter src/main.ts SayHello,Chat,Stream {}",
  ],
  [
    "a factory of options, and a controller with a decorator of ts-proto",
    {
      "src/main.ts": nestMain(
        `await NestFactory.createMicroservice(AppModule, { useFactory: (config) => ({ ${loader} }), inject: [] });`,
      ),
      "src/greeter.ts": `@Controller() @GreeterControllerMethods() export class G implements GreeterController { sayHello() {} private load() {} }`,
    },
    'src/greeter.ts:1 helloworld.Greeter src/main.ts sayHello {"longs":"String"}',
  ],
  [
    "the nearest of two applications with the package",
    {
      "apps/a/src/main.ts": nestMain(
        `await NestFactory.createMicroservice(A, { ${loader.replace("longs", "enums")} });`,
      ),
      "apps/b/src/main.ts": nestMain(`await NestFactory.createMicroservice(B, { ${loader} });`),
      "apps/c/src/main.ts": nestMain(
        `await NestFactory.createMicroservice(C, { ${loader.replace("helloworld", "acme")} });`,
      ),
      "apps/b/src/greeter/greeter.controller.ts": greeter,
    },
    'apps/b/src/greeter/greeter.controller.ts:1 helloworld.Greeter apps/b/src/main.ts SayHello {"longs":"String"}',
  ],
  [
    "a loader that the text does not tell",
    {
      "main.ts": nestMain(
        `await NestFactory.createMicroservice(A, { transport: Transport.GRPC, options: { ...shared, package: "helloworld" } });`,
      ),
      "a.ts": greeter,
    },
    "a.ts:1 helloworld.Greeter main.ts SayHello ?",
  ],
  [
    "a controller without a gRPC server",
    { "main.ts": nestMain("await NestFactory.createMicroservice(A, { transport: Transport.TCP });"), "a.ts": greeter },
    "a.ts:1 helloworld.Greeter ? SayHello ?",
  ],
])("NestJS: %s", (_, files, expected) => {
  expect(summary(files)).toEqual([expected]);
});

test("servers of other libraries are found, too", () => {
  const found = find({
    "nice.ts": `import { createServer } from "nice-grpc";\nimport { GreeterDefinition } from "./gen/x.js";\nconst server = createServer();\nserver.add(GreeterDefinition, { sayHello });`,
    "gen/x.ts":
      '// protoc-gen-ts_proto\nexport const GreeterDefinition = { name: "Greeter", fullName: "helloworld.Greeter" };',
    "connect.ts": `import type { ConnectRouter } from "@connectrpc/connect";\nimport { ShopService } from "./gen/shop_pb.js";\nexport default (router: ConnectRouter) => router.service(ShopService, { getItem });`,
    "gen/shop_pb.ts":
      "// @generated by protoc-gen-es v2\n/**\n * @generated from service acme.shop.v1.ShopService\n */\nexport const ShopService: GenService<{}> = serviceDesc(file, 0);",
    "nest.ts": `@Controller() export class Greeter { @GrpcMethod("Greeter", "SayHello") hello() {} @GrpcStreamMethod("Greeter") sayBye() {} }`,
  });
  expect(found.map(({ file, library, service, methods }) => [file, library, service, methods])).toEqual([
    ["connect.ts", "connect", "acme.shop.v1.ShopService", ["getItem"]],
    ["nest.ts", "nestjs", "helloworld.Greeter", ["SayHello", "SayBye"]],
    ["nice.ts", "nice-grpc", "helloworld.Greeter", ["sayHello"]],
  ]);
});

test("RPCs that Connect's router gets one by one are those of their service", () => {
  const head = `import type { ConnectRouter } from "@connectrpc/connect";\nimport { ShopService } from "./gen/shop_pb.js";\n`;
  const found = find({
    "two.ts": `${head}export default (router: ConnectRouter) => {
  router.rpc(ShopService.method.getItem, getItem);
  router.rpc(ShopService.method.listItems, async function* () {}, { interceptors: [] });
};`,
    "one.ts": `${head}export const routes = (router: ConnectRouter) =>
  router.rpc(ShopService, ShopService.methods.getItem, getItem).rpc(ShopService, ShopService.methods.addItem, addItem);`,
    "client.ts": `${head}await transport.rpc(request, options); queue.rpc(ShopService.method);`,
    "gen/shop_pb.ts": shopPb,
  });
  expect(
    found.map(({ file, line, library, service, form, start }) => [file, line, library, service, form, start]),
  ).toEqual([
    [
      "one.ts",
      4,
      "connect",
      "acme.shop.v1.ShopService",
      "functions for getItem, addItem",
      { kind: "module", file: "one.ts", start: "routes", takesRouter: true },
    ],
    [
      "two.ts",
      4,
      "connect",
      "acme.shop.v1.ShopService",
      "functions for getItem, listItems",
      { kind: "module", file: "two.ts", start: "default", takesRouter: true },
    ],
  ]);
});

const shopPb =
  "// @generated by protoc-gen-es v2\n/**\n * @generated from service acme.shop.v1.ShopService\n */\nexport const ShopService: GenService<{}> = serviceDesc(file, 0);";
const head2 =
  'import type { ConnectRouter } from "@connectrpc/connect";\nimport { ShopService } from "./gen/shop_pb.js";\n';
const adapter = 'import { connectNodeAdapter } from "@connectrpc/connect-node";\n';

test.each<[string, Readonly<Record<string, string>>, unknown]>([
  [
    "a default export",
    { "connect.ts": `${head2}export default (router: ConnectRouter) => router.service(ShopService, shop);` },
    { kind: "module", file: "connect.ts", start: "default", takesRouter: true },
  ],
  [
    "a function with several services",
    { "c.ts": `${head2}export function routes(r: ConnectRouter) { r.service(Other, o).service(ShopService, shop); }` },
    { kind: "module", file: "c.ts", start: "routes", takesRouter: true },
  ],
  [
    "a variable that is exported as default",
    {
      "c.ts": `${head2}const routes = (router: ConnectRouter) => { router.service(ShopService, shop); };\nexport default routes;`,
    },
    { kind: "module", file: "c.ts", start: "default", takesRouter: true },
  ],
  [
    "a server with interceptors, which needs the server",
    {
      "c.ts": `${head2}export default (router: ConnectRouter) => router.service(ShopService, shop);`,
      "server.ts": `${adapter}import routes from "./c.js";\ncreateServer(connectNodeAdapter({ routes, interceptors: [auth] })).listen(8080);`,
    },
    { kind: "module", file: "server.ts" },
  ],
  [
    "a server with context values in an exported function",
    {
      "c.ts": `${head2}export default (router: ConnectRouter) => router.service(ShopService, shop);`,
      "server.ts": `import routes from "./c.js";\nexport async function main() { await server.register(fastifyConnectPlugin, { routes, contextValues }); }`,
    },
    { kind: "module", file: "server.ts", start: "main" },
  ],
  [
    "a function in place, in the options of the adapter",
    {
      "server.ts": `${adapter}${head2}const app = express(); app.use(expressConnectMiddleware({ routes(router) { router.service(ShopService, shop); } }));`,
    },
    { kind: "module", file: "server.ts" },
  ],
  [
    "a function that nothing uses",
    { "c.ts": `${head2}const routes = (router: ConnectRouter) => router.service(ShopService, shop);` },
    {
      kind: "unknown",
      reason: "nothing gives the router of c.ts to a server: export the function of the router",
    },
  ],
])("services of Connect start with %s", (_, files, start) => {
  const found = find({ ...files, "gen/shop_pb.ts": shopPb }).filter(({ service }) => service !== undefined);
  expect(found).toMatchObject([{ service: "acme.shop.v1.ShopService", library: "connect", style: { kind: "bridge" } }]);
  expect(found[0]?.start).toEqual(start);
});

test.each([
  ["common-js", "server.js", '{"keepCase":true,"longs":"String","enums":"String","defaults":true,"oneofs":true}'],
  ["es-module", "server.js", '{"defaults":true}'],
  ["typescript", "server.ts", "{}"],
])("the server of fixtures/servers/%s is wired as its test does it", (name, file, expected) => {
  project = createProject({});
  cpSync(resolve(import.meta.dirname, "../../fixtures/servers", name), project.root, { recursive: true });
  const [found] = findImplementations(project.root, listFiles(project.root).files, services);
  expect(found).toMatchObject({ service: "acme.shop.v1.ShopService", file, library: "grpc-js" });
  expect(JSON.stringify(found?.style.kind === "messages" && found.style.messages)).toBe(expected);
  expect(found?.start).toEqual({ kind: "module", file, ...(name === "typescript" ? { start: "main" } : {}) });
});

test.each([
  ["nice-grpc", "server.ts:28", { kind: "module", file: "server.ts", start: "main" }],
  ["connect", "connect.ts:100", { kind: "module", file: "connect.ts", start: "default", takesRouter: true }],
])("the server of fixtures/servers/%s, whose messages are not in the repository, is wired", (library, place, start) => {
  project = createProject({});
  cpSync(resolve(import.meta.dirname, "../../fixtures/servers", library), project.root, { recursive: true });
  const [found] = findImplementations(project.root, listFiles(project.root).files, services);
  expect(found).toMatchObject({ service: "acme.shop.v1.ShopService", library, style: { kind: "bridge" }, start });
  expect(`${found?.file}:${found?.line}`).toBe(place);
  expect(found?.methods).toContain("getItem");
});

const niceServer = (made: string): string =>
  `import { createServer } from "nice-grpc";\nimport { GreeterDefinition } from "./gen/x.js";\nconst server = ${made};\nserver.add(GreeterDefinition, { sayHello });`;

test.each([
  ["createServer()", "nice-grpc"],
  ["createServer().use(logging).use(auth)", "nice-grpc"],
  ["createServer().with(auth)", "nice-grpc"],
  ["createStore()", undefined],
  ["server.use(auth)", undefined],
])("server.add of `const server = %s` is of %s", (made, library) => {
  expect(find({ "nice.ts": niceServer(made) }).map((found) => found.library)).toEqual(
    library === undefined ? [] : [library],
  );
});

test("a server of nice-grpc may be a parameter, and a definition of an unknown generator goes through the bridge", () => {
  const text = `import type { Server } from "nice-grpc";\nimport { GreeterDefinition } from "@acme/protos";\nexport function add(server: Server) { server.add(GreeterDefinition, { sayHello }); }`;
  expect(find({ "nice.ts": text })).toMatchObject([{ library: "nice-grpc", style: { kind: "bridge" } }]);
});

/** Options of ts-proto with the style that its code gets. */
const tsProtoStyles: Readonly<Record<string, unknown>> = {
  "": "ts-proto",
  "esModuleInterop=true": "ts-proto",
  "useOptionals=all": "ts-proto",
  "outputServices=nice-grpc,outputServices=generic-definitions": "ts-proto",
  "outputServices=grpc-js": "ts-proto",
  "forceLong=long": { preset: "ts-proto", longs: "Long" },
  "forceLong=bigint": { preset: "ts-proto", longs: "BigInt" },
  "forceLong=string": { preset: "ts-proto", longs: "String" },
  "oneof=unions": "bridge",
  "oneof=unions-value": "bridge",
  "stringEnums=true": "bridge",
  "outputTypeRegistry=true": "bridge",
  "useMapType=true": "bridge",
  "useNullAsOptional=true": "bridge",
  "useDate=false": "bridge",
  "useDate=string": "bridge",
  "snakeToCamel=false": "bridge",
};

const protosOfOptions = {
  "buf.yaml": "version: v2\n",
  ...googleApiFiles(),
  "shop.proto": readFileSync(resolve(import.meta.dirname, "../../fixtures/servers/shop.proto"), "utf8"),
  "times.proto":
    'syntax = "proto3"; import "google/protobuf/timestamp.proto"; message Times { google.protobuf.Timestamp at = 1; }',
};

/** What ts-proto writes with each set of options. */
function tsProtoCode(): string[] {
  return withFiles(protosOfOptions, (folder) => {
    const local = resolve("node_modules/.bin/protoc-gen-ts_proto");
    const plugins = Object.keys(tsProtoStyles).map((opt, index) => ({ local, out: `out/${index}`, opt }));
    const template = JSON.stringify({ version: "v2", plugins });
    execFileSync(bufBinary(), ["generate", "--template", template], { cwd: folder, stdio: "pipe" });
    return plugins.map(({ out }) =>
      ["shop", "times"].map((name) => readFileSync(join(folder, out, `${name}.ts`), "utf8")).join(""),
    );
  });
}

test("the options of ts-proto are known by what it writes", { timeout: 60_000 }, () => {
  const definition = '\nexport const GreeterDefinition = { fullName: "helloworld.Greeter" };';
  const styles = tsProtoCode().map((code) => {
    const [found] = find({ "nice.ts": niceServer("createServer()"), "gen/x.ts": code + definition });
    project?.remove();
    project = undefined;
    return found?.style.kind === "messages" ? found.style.messages : found?.style.kind;
  });
  expect(Object.fromEntries(Object.keys(tsProtoStyles).map((option, index) => [option, styles[index]]))).toEqual(
    tsProtoStyles,
  );
});

test("tests and generated files are not servers", () => {
  expect(summary({ "test/a.js": `${head}server.addService(proto.Greeter.service, {});`, "b.test.ts": head })).toEqual(
    [],
  );
});

test("circles in the code end", () => {
  const text = `${head}const a = { ...b, x() {} }; const b = { ...a };
class C extends D {} class D extends C {}
let p = q, q = p;
server.addService(p.Greeter, a);
server.addService(proto.Greeter.service, new C());
function f() { g(); server.addService(proto.Greeter.service, make()); } function g() { f(); } function make() { return make(); }`;
  expect(summary({ "a.js": text }).map((line) => line.split(" ").slice(1).join(" "))).toEqual([
    `helloworld.Greeter a.js ? ${messages}`,
    `helloworld.Greeter a.js ? ${messages}`,
    `helloworld.Greeter ? ? ${messages}`,
  ]);
});
