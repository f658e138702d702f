/** Go, and the protoc plugins of one generation of the gateway, built by the Go module proxy's pinned versions into the cache. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The two generations: the newest, and the last before the defaults changed (2.31 to 2.33). */
export const gatewayVersions = ["2.33", "2.30"] as const;

/** A generation, by the name that `transcoding.gateway` has for it. */
export type GatewayVersion = (typeof gatewayVersions)[number];

const gatewayModule = "github.com/grpc-ecosystem/grpc-gateway/v2";
const pinned: Readonly<Record<GatewayVersion, string>> = { "2.33": "v2.33.0", "2.30": "v2.30.0" };
const tools = (version: GatewayVersion): string[] => [
  `${gatewayModule}/protoc-gen-grpc-gateway@${pinned[version]}`,
  "google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.12",
  "google.golang.org/grpc/cmd/protoc-gen-go-grpc@v1.6.2",
];

/** Where one generation's tools are. */
export interface GoTools {
  readonly version: GatewayVersion;
  /** Folder of the three plugins. */
  readonly bin: string;
  /** A Go module that requires what generated code imports: its go.mod and go.sum are the start of a program's. */
  readonly module: string;
  /** Sources of the gateway, its example protos with them. */
  readonly source: string;
}

/** The folder of everything that this suite builds. */
export function gatewayCache(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "grpc2lambda", "gateway");
}

/** The version of the installed Go; undefined without one. */
export function installedGo(): string | undefined {
  try {
    return execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

/** Runs `go`; its output is what it printed. Throws with its errors. */
export function runGo(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  return execFileSync("go", args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, GOFLAGS: "-mod=mod -buildvcs=false", GOWORK: "off", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Builds the plugins of a generation once. */
export function goTools(version: GatewayVersion): GoTools {
  const folder = join(gatewayCache(), `tools-${pinned[version]}-${installedGo()}`);
  if (!existsSync(join(folder, "go.mod"))) installTools(version, folder);
  const source = runGo(["list", "-m", "-f", "{{.Dir}}", gatewayModule], folder).trim();
  return { version, bin: join(folder, "bin"), module: folder, source };
}

/** Into a folder of its own that is renamed when it is complete. */
function installTools(version: GatewayVersion, folder: string): void {
  const staging = `${folder}.${process.pid}`;
  mkdirSync(join(staging, "bin"), { recursive: true });
  writeFileSync(join(staging, "go.mod"), "module gateways\n\ngo 1.25\n");
  runGo(["get", "-tool", ...tools(version)], staging);
  runGo(["install", "tool"], staging, { GOBIN: join(staging, "bin") });
  rmSync(folder, { recursive: true, force: true });
  renameSync(staging, folder);
}
