/** A Go module with the code of every API, its scripted handlers, and the old system: a gateway in front of a server, over TCP. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { bufBinary } from "../../support/buf.js";
import { type GatewayVersion, type GoTools, gatewayCache, goTools, runGo } from "../../gateway/build/go-tools.js";
import type { ProtoSet } from "../../gateway/build/proto-sets.js";

/** The module. */
export interface GoServices {
  /** Absolute path of the folder with go.mod. */
  readonly root: string;
  /** Full names of services of a set, with the function that makes their implementation. */
  readonly implementations: (set: ProtoSet) => Readonly<Record<string, { readonly implementation: string }>>;
  /** The program of the old system; its argument is the name of a set. */
  readonly old: string;
}

/** Versions that are known to work together; the first one is what `generate` asks for. */
const lambdaModule = "github.com/aws/aws-lambda-go@v1.55.1";

/** Makes the module; `race` compiles the old system with the race detector. */
export function buildServices(
  version: GatewayVersion,
  sets: readonly ProtoSet[],
  protos: string,
  race: boolean,
): GoServices {
  const go = goTools(version);
  const root = join(gatewayCache(), `go-services-${version}`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  for (const file of ["go.mod", "go.sum"]) cpSync(join(go.module, file), join(root, file));
  for (const set of sets) generateGo(join(protos, set.name), root, go, set);
  cpSync(resolve("test/go/services/scripted"), join(root, "scripted"), { recursive: true });
  const stubs = sets.flatMap((set) => stubsOf(root, set));
  for (const stub of stubs) writeFileSync(join(root, stub.folder, `scripted_${stub.file}`), implementationText(stub));
  mkdirSync(join(root, "cmd/old"), { recursive: true });
  writeFileSync(join(root, "cmd/old/main.go"), oldText(stubs));
  runGo(["get", lambdaModule], root);
  runGo(["mod", "tidy"], root);
  const old = join(root, "old");
  runGo(["build", ...(race ? ["-race"] : []), "-o", old, "./cmd/old"], root);
  return { root, old, implementations: (set) => implementationsOf(stubs.filter((stub) => stub.set === set.name)) };
}

/** Every file of the set that is not in a module of Google's. */
function generateGo(protos: string, module: string, go: GoTools, set: ProtoSet): void {
  const files = readdirSync(protos, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".proto") && !/^google\/(api|rpc)\/|^protoc-gen-openapiv2\//.test(file))
    .sort();
  const plugins = ["go", "go-grpc", "grpc-gateway"].map((name) => ({
    local: join(go.bin, `protoc-gen-${name}`),
    out: module,
    strategy: "all",
    opt: [
      "module=gateways",
      ...(name === "grpc-gateway" ? ["allow_delete_body=true", "generate_unbound_methods=true"] : []),
      ...files.map((file) => `M${file}=gateways/gen/${set.goPackage(file)}`),
    ],
  }));
  const template = join(module, "buf.gen.json");
  writeFileSync(template, JSON.stringify({ version: "v2", plugins }));
  const paths = files.flatMap((file) => ["--path", file]);
  execFileSync(bufBinary(), ["generate", ".", ...paths, "--template", template], {
    cwd: protos,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** A file of server stubs. */
interface StubFile {
  readonly set: string;
  /** Relative to the module. */
  readonly folder: string;
  readonly file: string;
  readonly text: string;
  /** Names in Go, with full names. */
  readonly services: readonly { readonly goName: string; readonly fullName: string; readonly hasGateway: boolean }[];
}

function stubsOf(root: string, set: ProtoSet): StubFile[] {
  const gen = join("gen", set.name);
  return readdirSync(join(root, gen), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("_grpc.pb.go"))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, gen, path), "utf8");
      const gateway = join(root, gen, path.replace("_grpc.pb.go", ".pb.gw.go"));
      const registered = existsSync(gateway) ? readFileSync(gateway, "utf8") : "";
      const services = [...text.matchAll(/^var (\w+)_ServiceDesc = grpc\.ServiceDesc\{\s*ServiceName: "([^"]+)"/gm)];
      return {
        set: set.name,
        folder: dirname(join(gen, path)),
        file: path.split("/").at(-1) ?? "",
        text,
        services: services.map(([, goName = "", fullName = ""]) => {
          return { goName, fullName, hasGateway: registered.includes(`func Register${goName}HandlerClient(`) };
        }),
      };
    });
}

function implementationsOf(stubs: readonly StubFile[]): Record<string, { implementation: string }> {
  return Object.fromEntries(
    stubs.flatMap(({ folder, services }) =>
      services.map(({ goName, fullName }) => [fullName, { implementation: `gateways/${folder}.NewScripted${goName}` }]),
    ),
  );
}

/** Handlers that do what a plan says, for each method of the interfaces in a file of stubs. */
function implementationText({ text, services }: StubFile): string {
  const packageName = /^package (\w+)/m.exec(text)?.[1] ?? "";
  const body = services.map(({ goName }) => {
    const [, methods = ""] = new RegExp(`^type ${goName}Server interface \\{\\n([\\s\\S]*?)^\\}`, "m").exec(text) ?? [];
    return [
      `type scripted${goName} struct{ Unimplemented${goName}Server }`,
      `func NewScripted${goName}() ${goName}Server { return scripted${goName}{} }`,
      ...[...methods.matchAll(/^\t(\w+)\((.*)\) (.*)$/gm)].map(([, name = "", params = "", results = ""]) =>
        methodText(`func (scripted${goName}) ${name}`, params, results),
      ),
    ].join("\n");
  });
  const code = body.join("\n");
  const imports = [...text.matchAll(/^\t(?:(\w+) )?"([^"]+)"$/gm)].flatMap(([, alias, path = ""]) => {
    const name = alias ?? path.split("/").at(-1) ?? "";
    return new RegExp(`\\b${name}\\.`).test(code) ? [`\t${name} "${path}"`] : [];
  });
  const more = [/\bproto\./.test(code) ? '\t"google.golang.org/protobuf/proto"' : "", '\t"gateways/scripted"'];
  return `package ${packageName}\n\nimport (\n${[...imports, ...more].join("\n")}\n)\n\n${code}\n`;
}

function methodText(head: string, params: string, results: string): string {
  const make = (type: string): string => `func() proto.Message { return new(${type}) }`;
  const [, kind, types = ""] = /grpc\.(Client|Server|Bidi)Streaming(?:Server|Client)?\[(.*)\]/.exec(params) ?? [];
  const [first = "", second = ""] = types.split(", ");
  switch (kind) {
    case "Client":
      return `${head}(stream ${params}) error { return scripted.ClientStream(stream, ${make(first)}, new(${second})) }`;
    case "Bidi":
      return `${head}(stream ${params}) error { return scripted.BidiStream(stream, ${make(first)}, ${make(second)}) }`;
    case "Server": {
      const [request = "", stream = ""] = params.split(", ");
      return `${head}(in ${request}, stream ${stream}) error { return scripted.ServerStream(stream, in, ${make(first)}) }`;
    }
    default: {
      const [, request = ""] = params.split(", ");
      const [, reply = ""] = /^\(\*(.*), error\)$/.exec(results) ?? [];
      return `${head}(ctx context.Context, in ${request}) ${results} {\n\tout := new(${reply})\n\treturn out, scripted.Unary(ctx, in, out)\n}`;
    }
  }
}

function oldText(stubs: readonly StubFile[]): string {
  const folders = [...new Set(stubs.map(({ folder }) => folder))];
  const alias = (folder: string): string => `p${folders.indexOf(folder)}`;
  const sets = [...new Set(stubs.map(({ set }) => set))].map((set) => {
    const lines = stubs
      .filter((stub) => stub.set === set)
      .flatMap(({ folder, services }) =>
        services.flatMap(({ goName, hasGateway }) => [
          `\t\t${alias(folder)}.Register${goName}Server(server, ${alias(folder)}.NewScripted${goName}())`,
          ...(hasGateway ? [`\t\tmust(${alias(folder)}.Register${goName}Handler(ctx, mux, conn))`] : []),
        ]),
      );
    return `\tcase "${set}":\n${lines.join("\n")}`;
  });
  const imports = folders.map((folder) => `\t${alias(folder)} "gateways/${folder}"`).join("\n");
  return readFileSync(resolve("test/go/services/old.go.txt"), "utf8")
    .replace("\t// imports", () => imports)
    .replace("\t// sets", () => sets.join("\n"));
}
