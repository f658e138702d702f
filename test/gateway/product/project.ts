/** A project per set, leg and generation of the gateway, generated as a user does it, with handlers that do what a plan says. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { GatewayVersion } from "../build/go-tools.js";
import type { ProtoSet } from "../build/proto-sets.js";
import type { StyleName } from "../peers/message-objects.js";
import type { Leg } from "./leg.js";

/** Generates the project; its root is what comes back. Throws with what `generate` said when it fails. */
export function generateProject(set: ProtoSet, leg: Leg, version: GatewayVersion, protos: string): string {
  const root = resolve(".cache/gateway/projects", `${set.name} ${version} ${leg.name}`.replaceAll(" ", "-"));
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, "src"), { recursive: true });
  cpSync(join(protos, set.name), join(root, "proto"), { recursive: true });
  writeFileSync(join(root, "package.json"), '{"type":"module","private":true}');
  const services = leg.handlers === "grpc-js" ? serviceNames(set, protos) : [];
  writeFileSync(join(root, "src/services.ts"), services.map(serviceObject).join("\n"));
  // JSON is YAML.
  writeFileSync(join(root, "grpc2lambda.yaml"), JSON.stringify(configuration(set, leg, version, services), null, 2));
  generate(root);
  const handlers = join(root, "src/handlers");
  if (existsSync(handlers))
    for (const file of readdirSync(handlers, { recursive: true, encoding: "utf8" }))
      if (file.endsWith(".ts")) writeHandler(root, join(handlers, file));
  return root;
}

function generate(root: string): void {
  try {
    const cli = resolve("bin/grpc2lambda.js");
    execFileSync(process.execPath, [cli, "generate"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`generate failed in ${root}:\n${stdout ?? ""}${stderr ?? String(error)}`);
  }
}

function configuration(set: ProtoSet, leg: Leg, version: GatewayVersion, services: readonly string[]): object {
  return {
    protos: set.files.map((file) => `proto/${file}`),
    include: ["proto"],
    unbound: "bind",
    ...(set.skip.length === 0 ? {} : { skip: set.skip }),
    ...(set.anyTypes.length === 0 ? {} : { anyTypes: set.anyTypes }),
    ...implementations(leg, services),
    transcoding: { allowDeleteBody: true, clientStreaming: "collect", ...gatewaySetting(version) },
    deployment: { frontDoor: leg.door, functions: leg.functions, auth: "none" },
  };
}

/** Until the setting is there, the product is the same for both. */
function gatewaySetting(version: GatewayVersion): object {
  return readFileSync("schema.json", "utf8").includes('"2.30"') ? { gateway: version } : {};
}

function implementations({ handlers }: Leg, services: readonly string[]): object {
  if (handlers === "grpc-js") return { services: serviceSettings(services) };
  if (handlers === "proxy")
    return { implementation: "proxy", dependencies: { old: { address: "old:50051", tls: false } } };
  return { messages: messages(handlers) };
}

/** ts-proto's own default for 64-bit integers loses digits. */
function messages(style: StyleName): unknown {
  return style === "ts-proto" ? { preset: style, longs: "BigInt" } : style;
}

function serviceSettings(services: readonly string[]): object {
  const messageOptions = { keepCase: true, longs: "String", enums: "String", defaults: true, oneofs: true };
  return Object.fromEntries(
    services.map((service) => [
      service,
      { implementation: `./src/services.ts#${exportName(service)}`, messages: messageOptions },
    ]),
  );
}

function serviceNames(set: ProtoSet, protos: string): string[] {
  return set.files.flatMap((file) => {
    const text = readFileSync(join(protos, set.name, file), "utf8");
    const name = /^package ([\w.]+);/m.exec(text)?.[1];
    return [...text.matchAll(/^service (\w+)/gm)].map(([, service]) => `${name}.${service}`);
  });
}

const exportName = (service: string): string => service.replaceAll(".", "_");

/** The real object lives in the harness, which gives the same one to a grpc-js server. */
function serviceObject(service: string): string {
  const object = `(globalThis as any).gatewayTest.services["${service}"]`;
  return `export const ${exportName(service)}: any = new Proxy({}, {
  get: (_, name) => ${object}[name],
  has: (_, name) => name in ${object},
  ownKeys: () => Reflect.ownKeys(${object}),
  getOwnPropertyDescriptor: (_, name) => Object.getOwnPropertyDescriptor(${object}, name),
});
`;
}

/** Handlers by kind; what they do lives in the harness. */
const handlerTexts: Readonly<Record<string, string>> = {
  Unary: "async (request: any, context: any) => test().unary(request, context, lib)",
  ServerStreaming:
    "async function* (request: any, context: any) { yield* test().serverStream(request, context, lib); }",
  ClientStreaming: "async (requests: any, context: any) => test().clientStream(requests, context, lib)",
  BidiStreaming: "async function* (requests: any, context: any) { yield* test().bidiStream(requests, context, lib); }",
};

function writeHandler(root: string, file: string): void {
  const [, name, kind = ""] = /export const (\w+): (\w+)Handler</.exec(readFileSync(file, "utf8")) ?? [];
  if (name === undefined) throw new Error(`${file} is no handler`);
  const gen = relative(dirname(file), join(root, "gen")).replaceAll("\\", "/");
  const [rpc, metadata] = ["rpc", "metadata"].map((module) => runtimeModule(root, module));
  writeFileSync(
    file,
    `import { RpcError } from "${gen}/${rpc}";
import { Metadata } from "${gen}/${metadata}";
import { packedDetail } from "${gen}/error-details.js";
const lib = { RpcError, Metadata, packedDetail };
const test = () => (globalThis as any).gatewayTest;
export const ${name}: any = ${handlerTexts[kind]};
`,
  );
}

/** Where the runtime has a module: `runtime/rpc.js`. */
function runtimeModule(root: string, name: string): string {
  const files = readdirSync(join(root, "gen/runtime"), { recursive: true, encoding: "utf8" });
  const found = files.find((file) => file.split(/[\\/]/).at(-1) === `${name}.ts`);
  if (found === undefined) throw new Error(`the runtime has no ${name}.ts`);
  return `runtime/${found.replaceAll("\\", "/").replace(/\.ts$/, ".js")}`;
}
