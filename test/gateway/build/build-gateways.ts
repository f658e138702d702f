/** Builds what a run needs, once for the same inputs: proto folders, descriptor images, and a gateway of each generation in Go. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { bufBinary } from "../../support/buf.js";
import { gatewayProgram } from "./gateway-program.js";
import { type GatewayVersion, type GoTools, gatewayCache, goTools, installedGo, runGo } from "./go-tools.js";
import { type ProtoSet, type ProtoSources, protoSets } from "./proto-sets.js";

/** What is built. */
export interface BuiltGateways {
  /** A folder of protos per set, each an import root. */
  readonly protos: string;
  /** The gateway's program of each generation. */
  readonly programs: ReadonlyMap<GatewayVersion, string>;
  /** A FileDescriptorSet per set, `<set>.binpb`, and `details.binpb` of google/rpc/error_details.proto. */
  readonly images: string;
}

/** Builds, or finds what was built before; a text instead says why this machine cannot. */
export function buildGateways(
  versions: readonly GatewayVersion[],
  say: (line: string) => void,
): BuiltGateways | string {
  if (installedGo() === undefined) return "there is no Go toolchain (`go`) to build grpc-gateway with";
  // The examples of the older generation are what both can compile.
  const sources: ProtoSources = {
    repository: resolve("."),
    googleProtos: resolve("node_modules/google-proto-files"),
    gatewayModule: goTools("2.30").source,
  };
  const sets = Object.values(protoSets);
  const folder = join(gatewayCache(), `sets-${fingerprint(sources, sets)}`);
  if (!existsSync(folder)) once(folder, (staging) => buildImages(staging, sources, sets));
  const programs = versions.map((version) => {
    const program = join(folder, `gateways-${version}`);
    if (!existsSync(program)) {
      say(`building grpc-gateway ${version}, once`);
      buildProgram(folder, program, goTools(version), sets);
    }
    return [version, program] as const;
  });
  return { protos: join(folder, "protos"), images: join(folder, "images"), programs: new Map(programs) };
}

/** Of everything that the build reads: protos, and the code of the build itself. */
function fingerprint(sources: ProtoSources, sets: readonly ProtoSet[]): string {
  const hash = createHash("sha256").update(installedGo() ?? "");
  const here = join(resolve("."), "test/gateway/build");
  for (const file of readdirSync(here).sort()) hash.update(readFileSync(join(here, file)));
  for (const { root, path } of sets.flatMap((set) => filesOf(set, sources)))
    hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest("hex").slice(0, 12);
}

function filesOf(set: ProtoSet, sources: ProtoSources): { readonly root: string; readonly path: string }[] {
  const common = { root: sources.googleProtos, paths: ["google/api", "google/rpc"] };
  return [...set.from(sources), common].flatMap(({ root, paths }) =>
    paths.flatMap((path) => protosBelow(root, path).map((file) => ({ root, path: file }))),
  );
}

/** Not the folders below: google/api has whole services there. */
function protosBelow(root: string, path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .filter((name) => name.endsWith(".proto"))
    .sort()
    .map((name) => join(path, name));
}

function once(folder: string, build: (staging: string) => void): void {
  const staging = `${folder}.${process.pid}`;
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  build(staging);
  renameSync(staging, folder);
}

function buildImages(folder: string, sources: ProtoSources, sets: readonly ProtoSet[]): void {
  mkdirSync(join(folder, "images"));
  for (const set of sets) {
    const protos = join(folder, "protos", set.name);
    for (const { root, path } of filesOf(set, sources)) {
      mkdirSync(dirname(join(protos, path)), { recursive: true });
      cpSync(join(root, path), join(protos, path));
    }
    writeFileSync(join(protos, "buf.yaml"), "version: v2\nmodules:\n  - path: .\n");
    runBuf(protos, ["build", ".", ...pathFlags(set.files), "-o", join(folder, "images", `${set.name}.binpb`)]);
  }
  const details = ["build", ".", "--path", "google/rpc/error_details.proto"];
  runBuf(join(folder, "protos/vectors"), [...details, "-o", join(folder, "images/details.binpb")]);
}

function runBuf(cwd: string, args: readonly string[]): void {
  execFileSync(bufBinary(), args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
}

const pathFlags = (files: readonly string[]): string[] => files.flatMap((file) => ["--path", file]);

function buildProgram(folder: string, program: string, go: GoTools, sets: readonly ProtoSet[]): void {
  const module = join(folder, `go-${go.version}.${process.pid}`);
  mkdirSync(join(module, "gen"), { recursive: true });
  for (const file of ["go.mod", "go.sum"]) cpSync(join(go.module, file), join(module, file));
  for (const set of sets) generateGo(join(folder, "protos", set.name), module, go, set);
  writeFileSync(
    join(module, "main.go"),
    gatewayProgram(
      module,
      sets.map(({ name }) => name),
    ),
  );
  runGo(["mod", "tidy"], module);
  runGo(["build", "-o", program, "."], module);
  rmSync(module, { recursive: true });
}

/** All files of the set that are its own, those that it imports among them, each in the package that the set says. */
function generateGo(protos: string, module: string, go: GoTools, set: ProtoSet): void {
  const files = ownFiles(protos);
  const packages = files.map((file) => `M${file}=gateways/gen/${set.goPackage(file)}`);
  const plugins = ["go", "go-grpc", "grpc-gateway"].map((name) => ({
    local: join(go.bin, `protoc-gen-${name}`),
    out: module,
    strategy: "all",
    opt: [
      "module=gateways",
      ...(name === "grpc-gateway" ? ["allow_delete_body=true", "generate_unbound_methods=true"] : []),
      ...packages,
    ],
  }));
  const template = join(module, "buf.gen.json");
  writeFileSync(template, JSON.stringify({ version: "v2", plugins }));
  runBuf(protos, ["generate", ".", ...pathFlags(files), "--template", template]);
}

/** What is neither of google.api nor of google.rpc, which Go has in a module of its own. */
function ownFiles(protos: string): string[] {
  return readdirSync(protos, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".proto") && !/^google\/(api|rpc)\/|^protoc-gen-openapiv2\//.test(file))
    .sort();
}
