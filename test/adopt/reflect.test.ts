/** `init --reflect` against real gRPC servers: with descriptors of buf, of @grpc/reflection, without reflection, and with odd answers. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type handleBidiStreamingCall,
  loadPackageDefinition,
  type Metadata,
  Server,
  ServerCredentials,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { ReflectionService } from "@grpc/reflection";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { bytesOf, readRecord, textOf } from "../../src/proto/descriptor-set/wire-record.js";
import { bytesField, varintField } from "../../src/proto/descriptor-set/write-fields.js";
import { run } from "../../src/cli/main.js";
import { bufBinary } from "../support/buf.js";
import { captureTerminal } from "../support/capture-terminal.js";
import { runCli } from "../support/run-cli.js";
import { createProject, type TemporaryProject } from "../support/temporary-project.js";
import { api } from "./buf-generate.js";

const protos = {
  ...api,
  "proto/acme/common.proto":
    'syntax = "proto3"; package acme; message Item { string item_name = 1; map<string, int64> counts = 2; }',
  "proto/acme/shop.proto": `syntax = "proto3"; package acme;
import "google/api/annotations.proto"; import "google/protobuf/timestamp.proto"; import "acme/common.proto";
service Shop { rpc GetItem(GetItemRequest) returns (Item) { option (google.api.http) = { get: "/v1/{item_name=items/*}" additional_bindings { post: "/v1:get" body: "*" } }; } }
message GetItemRequest { string item_name = 1; google.protobuf.Timestamp at = 2; Kind kind = 3; Inner inner = 4; enum Kind { ANY = 0; } message Inner { Kind kind = 1; } }`,
};

let project: TemporaryProject;
afterEach(() => project.remove());

function create(): void {
  project = createProject(protos);
}

/** The files of the protos, encoded by buf. */
function descriptors(): Uint8Array[] {
  const set = join(project.root, "image.binpb");
  execFileSync(bufBinary(), ["build", "proto", "-o", set, "--exclude-source-info", "--path", "proto/acme"], {
    cwd: project.root,
  });
  return bytesOf(readRecord(readFileSync(set)), 1);
}

/** Answers questions of reflection with encoded files, one file an answer, as servers in Go do. */
function reflectWith(files: readonly Uint8Array[]): (question: Uint8Array) => Buffer {
  const byName = new Map(files.map((bytes) => [textOf(readRecord(bytes), 1) ?? "", bytes]));
  return (question) => {
    const record = readRecord(question);
    if (record.numbers.includes(7)) {
      const names = ["acme.Shop", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"];
      return bytesField(6, Buffer.concat(names.map((name) => bytesField(1, bytesField(1, Buffer.from(name))))));
    }
    const name = record.numbers.includes(4) ? "acme/shop.proto" : (textOf(record, 3) ?? "");
    const found = byName.get(name);
    if (found !== undefined) return bytesField(4, bytesField(1, found));
    return bytesField(7, Buffer.concat([varintField(1, 5), bytesField(2, Buffer.from(`no ${name}`))]));
  };
}

interface Served {
  readonly address: string;
  /** Metadata of every call. */
  readonly calls: Metadata[];
}

/** A server of one version of reflection. */
async function serve(
  version: "v1" | "v1alpha",
  answer: (question: Uint8Array) => Buffer | "error",
  credentials = ServerCredentials.createInsecure(),
): Promise<Served> {
  const server = new Server();
  const calls: Metadata[] = [];
  const bytes = (value: Buffer): Buffer => value;
  const talk: handleBidiStreamingCall<Buffer, Buffer> = (call) => {
    calls.push(call.metadata);
    call.on("data", (question: Buffer) => {
      const found = answer(question);
      if (found === "error") call.emit("error", { code: 16, details: "who are you?" });
      else call.write(found);
    });
    call.on("end", () => call.end());
    call.on("error", () => {});
  };
  const codec = {
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  };
  const path = `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`;
  server.addService({ talk: { path, requestStream: true, responseStream: true, ...codec } }, { talk });
  return { address: await listen(server, credentials), calls };
}

async function listen(server: Server, credentials = ServerCredentials.createInsecure()): Promise<string> {
  onTestFinished(() => server.forceShutdown());
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", credentials, (error, port) =>
      error === null ? resolve(`localhost:${port}`) : reject(error),
    );
  });
}

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function init(address: string, ...flags: string[]): Promise<Outcome> {
  const { terminal, stdout, stderr } = captureTerminal(folder(), { TOKEN: "Bearer s3cr3t" });
  const exitCode = await run(["init", "--yes", "--reflect", address, ...flags], terminal);
  return { exitCode, stdout: stdout(), stderr: stderr() };
}

/** An empty project: the protos are elsewhere. */
function folder(): string {
  project.put("here/package.json", "{}");
  return join(project.root, "here");
}

async function routes(cwd: string, ...argv: string[]): Promise<string[]> {
  const { exitCode, stdout, stderr } = await runCli(cwd, "routes", "--json", ...argv);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return (JSON.parse(stdout) as Record<string, string>[]).map(({ httpMethod, template, body, rpc }) =>
    [httpMethod, template, body, rpc].join(" "),
  );
}

describe("a server with descriptors of a compiler", () => {
  test.each(["v1", "v1alpha"] as const)(
    "%s: the rules of the protos arrive, imports are asked for one by one",
    async (version) => {
      create();
      const { address } = await serve(version, reflectWith(descriptors()));
      const { exitCode, stdout, stderr } = await init(address);
      expect([exitCode, stderr]).toEqual([0, ""]);
      expect(stdout).toBe(`Found:
  protos: acme/shop.proto (${address}, grpc.reflection.${version}), 1 service, 1 RPC
  package: npm, commonjs
Files:
  grpc2lambda.yaml: written
  api.binpb: written
Not proven:
  reflection has no comments: generated types have none until .proto files replace the descriptor set
  acme.Shop: no implementation was found, handlers will be scaffolded
  this is no git repository: no workflow and no .gitattributes were written
Next:
  npm install --save-dev grpc2lambda
  npx --no-install grpc2lambda generate
  npx --no-install grpc2lambda dev
`);
      expect(project.get("here/grpc2lambda.yaml")).toContain("descriptorSet: api.binpb\nprotos: [acme/shop.proto]\n");
      const own = await routes(project.root, "proto/acme/shop.proto", "-I", "proto");
      expect(await routes(folder())).toEqual(own);
      expect(own).toEqual(["POST /v1:get * acme.Shop/GetItem", "GET /v1/{item_name=items/*}  acme.Shop/GetItem"]);
      expect((await runCli(folder(), "generate")).exitCode).toBe(0);
      const again = await init(address);
      expect(again.stdout).toContain("api.binpb is there: remove it first to read the server anew");
    },
  );

  test("a file that the server lacks is named, and so is who imports it", async () => {
    create();
    const files = descriptors().filter((bytes) => textOf(readRecord(bytes), 1) !== "acme/common.proto");
    const { stdout } = await init((await serve("v1", reflectWith(files))).address);
    expect(stdout).toContain("  the server does not know acme/common.proto, which acme/shop.proto imports\n");
  });

  test("--dry-run and --json write nothing, --descriptor-set names the file", async () => {
    create();
    const { address } = await serve("v1", reflectWith(descriptors()));
    const { stdout } = await init(address, "--dry-run", "--json", "--descriptor-set", "protos/shop.binpb");
    const { files } = JSON.parse(stdout) as { files: { path: string; text: string }[] };
    expect(files.map(({ path }) => path)).toEqual(["grpc2lambda.yaml", "protos/shop.binpb"]);
    expect(files[0]?.text).toContain("descriptorSet: protos/shop.binpb\n");
    expect(existsSync(join(folder(), "grpc2lambda.yaml"))).toBe(false);
  });
});

test("a server of @grpc/reflection: what protobufjs leaves out is said, and its RPCs are bound", async () => {
  create();
  const definition = loadSync("acme/shop.proto", { includeDirs: [join(project.root, "proto")] });
  const server = new Server();
  const loaded = loadPackageDefinition(definition) as never as { acme: { Shop: { service: never } } };
  server.addService(loaded.acme.Shop.service, {});
  new ReflectionService(definition).addToServer(server);
  const { exitCode, stdout } = await init(await listen(server));
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    "  the server loads its protos with protobufjs (@grpc/proto-loader), which passes on no HTTP rules and no other options: its .proto files are better\n",
  );
  expect(await routes(folder())).toEqual(["POST /acme.Shop/GetItem * acme.Shop/GetItem"]);
  expect((await runCli(folder(), "generate")).exitCode).toBe(0);
  const types = readFileSync(join(folder(), "gen/acme.ts"), "utf8");
  expect(types).toContain("  kind: GetItemRequest_Kind;");
  expect(types).toContain("  inner?: GetItemRequest_Inner | undefined;");
  expect(types).toContain("  counts: { [key: string]: bigint };");
});

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
if (!hasOpenssl) console.log("skipped: there is no openssl to make a certificate with");

describe("the way to the server", () => {
  test.skipIf(!hasOpenssl)("TLS, its own certificate, another name, and headers", async () => {
    create();
    const [cert, key] = certificate("shop.test");
    const secured = ServerCredentials.createSsl(cert, [{ cert_chain: cert, private_key: key }], true);
    const { address, calls } = await serve("v1", reflectWith(descriptors()), secured);
    const own = ["--reflect-ca", "../cert.pem", "--reflect-cert", "../cert.pem", "--reflect-key", "../key.pem"];
    const named = [...own, "--reflect-authority", "shop.test", "--reflect-header", "authorization: env:TOKEN"];
    const { exitCode, stdout, stderr } = await init(`grpcs://${address}`, ...named);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(calls.map((metadata) => metadata.get("authorization"))).toEqual([["Bearer s3cr3t"]]);
    expect(stdout).not.toContain("s3cr3t");
    const without = await init(`grpcs://${address}`, "--reflect-ca", "../cert.pem", "--reflect-authority", "shop.test");
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringMatching(/ cannot be reached with TLS: /)]);
  });

  function certificate(name: string): [Buffer, Buffer] {
    const args = [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "key.pem",
      "-out",
      "cert.pem",
      "-days",
      "2",
    ];
    const names = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
    execFileSync("openssl", [...args, ...names], { cwd: project.root, stdio: "ignore" });
    return [readFileSync(join(project.root, "cert.pem")), readFileSync(join(project.root, "key.pem"))];
  }

  test.each([
    ["localhost", [], 'found "localhost", expected host:port, grpc://host:port or grpcs://host:port'],
    ["http://localhost:1", [], 'found "http://localhost:1", expected host:port'],
    ["localhost:70000", [], 'found "localhost:70000", expected host:port'],
    ["localhost:1", ["--reflect-cert", "x.pem"], "--reflect-cert and --reflect-key go together"],
    ["localhost:1", ["--reflect-ca", "none.pem"], "--reflect-ca: the file cannot be read (ENOENT)"],
    ["grpc://localhost:1", ["--reflect-ca", "x.pem"], "grpc:// is without TLS, and a certificate is named"],
    ["localhost:1", ["--reflect-header", "authorization"], "expected a header such as"],
    ["localhost:1", ["--reflect-header", "x: env:NONE"], "header x: the variable NONE is not set"],
    ["localhost:1", ["--reflect-header", "x: ü"], "header x: its value has characters that gRPC does not send"],
    ["localhost:1", ["x.proto"], "--reflect reads the protos of a server, and .proto files are named as well"],
    ["localhost:1", [], "localhost:1 cannot be reached without TLS: "],
  ])("%s %j", async (address, flags, expected) => {
    create();
    const { exitCode, stdout, stderr } = await init(address, ...flags);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(expected);
    expect(existsSync(join(folder(), "grpc2lambda.yaml"))).toBe(false);
  });
});

describe("a server that cannot be read", () => {
  test.each([
    [
      "without reflection",
      () => listen(new Server()),
      /has no reflection, neither grpc\.reflection\.v1 nor grpc\.reflection\.v1alpha: add it to the server/,
    ],
    [
      "that refuses",
      async () => (await serve("v1", () => "error")).address,
      /refuses reflection: who are you\?; --reflect-header/,
    ],
    [
      "that answers nonsense",
      async () => (await serve("v1", () => Buffer.from([255]))).address,
      /answer is no message of reflection: /,
    ],
    [
      "that answers something else",
      async () => (await serve("v1", () => bytesField(4, Buffer.alloc(0)))).address,
      /asked for the list of services, the server answered with something else/,
    ],
    [
      "whose service has no file",
      async () => (await serve("v1", reflectWith([]))).address,
      /asked for the file of acme\.Shop, the server answered with code 5: no acme\/shop\.proto/,
    ],
    [
      "whose files never end",
      async () => (await serve("v1", endless())).address,
      /the server describes more than 10000 files or 64 MB/,
    ],
  ] as const)(
    "%s",
    async (_, open, expected) => {
      create();
      const { exitCode, stdout, stderr } = await init(await open());
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(expected);
    },
    60_000,
  );

  /** Every file imports another one. */
  function endless(): (question: Uint8Array) => Buffer {
    const padding = Buffer.alloc(1_000_000);
    let number = 0;
    const next = (): Buffer => {
      const texts = [bytesField(1, Buffer.from(`${number}.proto`)), bytesField(3, Buffer.from(`${++number}.proto`))];
      return bytesField(4, bytesField(1, Buffer.concat([...texts, bytesField(999, padding)])));
    };
    const known = reflectWith([]);
    return (question) => (readRecord(question).numbers.includes(7) ? known(question) : next());
  }
});

test("a descriptor set on disk is an answer, too", async () => {
  create();
  writeFileSync(join(folder(), "image.binpb"), Buffer.concat(descriptors().map((bytes) => bytesField(1, bytes))));
  const { exitCode, stdout } = await runCli(folder(), "init", "--descriptor-set", "image.binpb");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("(image.binpb), 1 service, 1 RPC");
  expect(await routes(folder())).toContain("POST /v1:get * acme.Shop/GetItem");
});
