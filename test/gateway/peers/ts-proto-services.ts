/** The message types that ts-proto generates for RPCs, with 64-bit integers as bigints. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bufBinary } from "../../support/buf.js";
import type { Api } from "../requests/api.js";

/** A message type of ts-proto. */
export interface TsProtoMessage {
  encode(message: unknown): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
  fromPartial(message: unknown): unknown;
}

/** The types of one RPC. */
export interface TsProtoMethod {
  readonly requestType: TsProtoMessage;
  readonly responseType: TsProtoMessage;
}

interface TsProtoDefinition {
  readonly fullName: string;
  readonly methods: Readonly<Record<string, TsProtoMethod & { readonly name: string }>>;
}

/** Generates, bundles and imports them, by `/package.Service/Method`. */
export async function loadTsProtoMethods(api: Api, protos: string): Promise<ReadonlyMap<string, TsProtoMethod>> {
  const folder = mkdtempSync(join(tmpdir(), "ts-proto-services-"));
  try {
    const out = join(folder, "out");
    const opt = ["forceLong=bigint", "outputServices=generic-definitions", "esModuleInterop=true"];
    const plugin = { local: resolve("node_modules/.bin/protoc-gen-ts_proto"), out, opt };
    const template = join(folder, "buf.gen.json");
    const plugins = [{ ...plugin, include_wkt: true, include_imports: true }];
    writeFileSync(template, JSON.stringify({ version: "v2", plugins }));
    const paths = api.set.files.flatMap((file) => ["--path", file]);
    execFileSync(bufBinary(), ["generate", ".", ...paths, "--template", template], {
      cwd: join(protos, api.set.name),
      stdio: ["ignore", "ignore", "pipe"],
    });
    return await importMethods(api, folder, out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importMethods(api: Api, folder: string, out: string): Promise<ReadonlyMap<string, TsProtoMethod>> {
  const entry = join(folder, "services.ts");
  const modules = api.set.files.map((file) => join(out, file.replace(/\.proto$/, ".ts")));
  const exports = modules.flatMap((module) =>
    [...readFileSync(module, "utf8").matchAll(/^export const (\w+Definition) = \{/gm)].map(
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
    nodePaths: [resolve("node_modules")],
    logLevel: "error",
  });
  // Its code says `nan` and `inf` where a field of proto2 has such a default.
  Object.assign(globalThis, { nan: Number.NaN, inf: Number.POSITIVE_INFINITY });
  const loaded = (await import(pathToFileURL(outfile).href)) as Record<string, TsProtoDefinition>;
  return new Map(
    Object.values(loaded).flatMap(({ fullName, methods }) =>
      Object.values(methods).map((method) => [`/${fullName}/${method.name}`, method] as const),
    ),
  );
}
