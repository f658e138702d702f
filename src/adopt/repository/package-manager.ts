/** The package of a project: its manager, module system, and the gRPC libraries that it depends on. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { readJson } from "../read-text.js";

/** The manager that installs the project's packages. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** The project's package.json and lock file, as far as they matter. */
export interface ProjectPackage {
  readonly manager: PackageManager;
  /** There is a lock file, so that an installation in CI can be held to it. */
  readonly isLocked: boolean;
  /** Undefined without a package.json. */
  readonly type: "module" | "commonjs" | undefined;
  /** Names of packages that speak gRPC, as the manifest has them. */
  readonly libraries: readonly string[];
  readonly usesTypeScript: boolean;
}

const lockFiles: Readonly<Record<string, PackageManager>> = {
  "pnpm-lock.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun",
  "bun.lockb": "bun",
  "package-lock.json": "npm",
  "npm-shrinkwrap.json": "npm",
};

/** Packages by which a project shows how it speaks gRPC. */
const grpcLibraries: readonly string[] = [
  "@grpc/grpc-js",
  "@grpc/proto-loader",
  "google-protobuf",
  "grpc-tools",
  "ts-proto",
  "@bufbuild/protobuf",
  "nice-grpc",
  "@nestjs/microservices",
  "@connectrpc/connect",
  "mali",
  "grpc",
];

/** Reads the package of a project; the lock file may be in a folder above, as in workspaces. */
export function readPackage(root: string): ProjectPackage {
  const manifest = readJson(root, "package.json");
  const names = new Set(
    ["dependencies", "devDependencies", "peerDependencies"].flatMap((key) => namesIn(manifest?.[key])),
  );
  const found = findLock(root);
  const named = String(manifest?.["packageManager"] ?? "").split("@")[0];
  return {
    manager: managers.find((manager) => manager === named) ?? found ?? "npm",
    isLocked: found !== undefined,
    type: manifest === undefined ? undefined : manifest["type"] === "module" ? "module" : "commonjs",
    libraries: grpcLibraries.filter((name) => names.has(name)),
    usesTypeScript: names.has("typescript") || existsSync(join(root, "tsconfig.json")),
  };
}

const managers: readonly PackageManager[] = ["npm", "pnpm", "yarn", "bun"];

function namesIn(dependencies: unknown): string[] {
  return typeof dependencies === "object" && dependencies !== null ? Object.keys(dependencies) : [];
}

function findLock(folder: string): PackageManager | undefined {
  for (const [file, manager] of Object.entries(lockFiles)) if (existsSync(join(folder, file))) return manager;
  const above = dirname(folder);
  return above === folder || existsSync(join(folder, ".git")) ? undefined : findLock(above);
}
