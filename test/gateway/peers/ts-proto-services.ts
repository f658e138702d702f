/** Service definitions for grpc-js that ts-proto generates, with 64-bit integers as bigints. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bufBinary } from "../../support/buf.js";
import type { Api } from "../requests/api.js";
import type { ServiceDefinitions } from "./message-objects.js";

/** Generates, bundles and imports them. */
export async function loadTsProtoServices(api: Api, protos: string): Promise<ServiceDefinitions> {
  const folder = mkdtempSync(join(tmpdir(), "ts-proto-services-"));
  try {
    const out = join(folder, "out");
    const opt = ["forceLong=bigint", "outputServices=grpc-js", "esModuleInterop=true"];
    const plugin = { local: resolve("node_modules/.bin/protoc-gen-ts_proto"), out, opt };
    const template = join(folder, "buf.gen.json");
    const plugins = [{ ...plugin, include_wkt: true, include_imports: true }];
    writeFileSync(template, JSON.stringify({ version: "v2", plugins }));
    const paths = api.set.files.flatMap((file) => ["--path", file]);
    execFileSync(bufBinary(), ["generate", ".", ...paths, "--template", template], {
      cwd: join(protos, api.set.name),
      stdio: ["ignore", "ignore", "pipe"],
    });
    return await importServices(api, folder, out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importServices(api: Api, folder: string, out: string): Promise<ServiceDefinitions> {
  const entry = join(folder, "services.ts");
  const modules = api.set.files.map((file) => join(out, file.replace(/\.proto$/, ".ts")));
  const exports = modules.flatMap((module) =>
    [...readFileSync(module, "utf8").matchAll(/^export const (\w+Service) = \{/gm)].map(
      ([, name]) => `export { ${name} } from ${JSON.stringify(module)};`,
    ),
  );
  writeFileSync(entry, exports.join("\n"));
  const outfile = resolve(`.cache/gateway/ts-proto-${api.set.name}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["@grpc/grpc-js"],
    nodePaths: [resolve("node_modules")],
    logLevel: "error",
  });
  const loaded = (await import(pathToFileURL(outfile).href)) as Record<string, ServiceDefinitions[string]>;
  return Object.fromEntries(Object.values(loaded).map((definition) => [serviceName(definition), definition]));
}

function serviceName(definition: ServiceDefinitions[string]): string {
  return Object.values(definition)[0]?.path.split("/")[1] ?? "";
}
