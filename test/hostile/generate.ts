/** Generates the API that is attacked, as users do, and bundles its functions. */
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { createProject } from "../support/temporary-project.js";
import { hostileApi, hostileHandlers } from "./api.js";

/** The ways of generating that read requests differently. */
export const variants = {
  gateway: { messages: "idiomatic", profile: "grpc-gateway", frontDoor: "http-api" },
  spec: { messages: "idiomatic", profile: "spec", frontDoor: "alb" },
  "proto-loader": {
    messages: { preset: "proto-loader", longs: "String", defaults: true },
    profile: "grpc-gateway",
    frontDoor: "http-api",
  },
} as const;

/** The name of a variant. */
export type Variant = keyof typeof variants;

/** Generates a variant with all RPCs in one function; gives the paths of the bundle and of what removes it. */
export async function generateHostile(
  variant: Variant,
): Promise<{ readonly bundle: string; readonly remove: () => void }> {
  const { messages, profile, frontDoor } = variants[variant];
  const config = {
    protos: ["proto/hostile.proto"],
    anyTypes: ["hostile.v1.All", "hostile.v1.Small", "google.protobuf.Value"],
    messages,
    transcoding: { profile, binary: true, formBodies: true, clientStreaming: "collect" },
    deployment: { frontDoor, auth: "none", functions: "single", compression: true },
  };
  const handlers = Object.entries(hostileHandlers).map(([file, text]) => [`src/handlers/hostile/${file}`, text]);
  const project = createProject({
    "package.json": '{"private": true, "type": "module"}',
    "proto/hostile.proto": hostileApi,
    "grpc2lambda.yaml": JSON.stringify(config),
    ...Object.fromEntries(handlers),
  });
  execFileSync(process.execPath, [resolve("bin/grpc2lambda.js"), "generate"], { cwd: project.root, stdio: "pipe" });
  const bundle = join(project.root, ".build/hostile.mjs");
  await build({
    absWorkingDir: project.root,
    stdin: { contents: 'export * from "./gen/functions/hostile.ts";', resolveDir: project.root },
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
  return { bundle, remove: project.remove };
}
