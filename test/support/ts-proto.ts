/** Runs what ts-proto generates, the peer of the style that is named after it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** A message type of ts-proto; messages are plain objects. */
export interface TsProtoType {
  fromJSON(json: unknown): unknown;
  toJSON(message: unknown): unknown;
  decode(bytes: Uint8Array): unknown;
  encode(message: unknown): { finish(): Uint8Array };
}

/**
 * Generates a .proto file with ts-proto's options (`forceLong=bigint`), bundles it and gives its types by name, or those of a file that it
 * imports (`google/protobuf/struct`).
 */
export async function loadTsProto(
  source: string,
  options: readonly string[],
  file = "types",
): Promise<Record<string, TsProtoType>> {
  const folder = mkdtempSync(join(tmpdir(), "ts-proto-"));
  try {
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    const plugin = { local: resolve("node_modules/.bin/protoc-gen-ts_proto"), out: "out", opt: options };
    const plugins = [{ ...plugin, include_wkt: true, include_imports: true }];
    write("types.proto", source);
    write("buf.yaml", "version: v2\n");
    write("buf.gen.yaml", JSON.stringify({ version: "v2", plugins }));
    execFileSync(resolve("node_modules/.bin/buf"), ["generate"], { cwd: folder, stdio: "pipe" });
    const outfile = join(folder, "types.mjs");
    await build({
      entryPoints: [join(folder, "out", `${file}.ts`)],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      nodePaths: [resolve("node_modules")],
    });
    return (await import(pathToFileURL(outfile).href)) as Record<string, TsProtoType>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
