/** Runs emitted code: bundles it with the runtime that it imports, from memory, and imports the result. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { OutputFile } from "../../src/output/output-tree.js";

/** What an emitted module exports: the codec functions by name. */
export type EmittedModule = Readonly<Record<string, (...parameters: unknown[]) => unknown>>;

/** Imports emitted modules (`gen/acme/library.binary`), in the order asked for. Packages resolve from this repository. */
export async function loadEmitted(files: readonly OutputFile[], modules: readonly string[]): Promise<EmittedModule[]> {
  const contents = modules.map((path, index) => `export * as module${index} from "./${path}.js";`).join("\n");
  const bundle = await build({
    stdin: { contents, resolveDir: process.cwd(), sourcefile: "entry.ts", loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "silent",
    plugins: [inMemory(files)],
  });
  const folder = mkdtempSync(join(tmpdir(), "emitted-"));
  try {
    const path = join(folder, "bundle.mjs");
    writeFileSync(path, bundle.outputFiles[0]?.text ?? "");
    const loaded = (await import(pathToFileURL(path).href)) as Record<string, EmittedModule>;
    return modules.map((_, index) => loaded[`module${index}`] ?? {});
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resolves emitted files from memory and their `runtime/` folder to the runtime's source. */
export function inMemory(files: readonly OutputFile[]): Plugin {
  const contents = new Map(files.map((file) => [resolve(file.path), file.content]));
  return {
    name: "in-memory",
    setup({ onResolve, onLoad, resolve: find }) {
      onResolve({ filter: /^[^.]/, namespace: "emitted" }, ({ path, kind }) => {
        return find(path, { kind, resolveDir: process.cwd() });
      });
      onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) => {
        const file = resolve(resolveDir, path).replace(/\.js$/, ".ts");
        const runtime = /[\\/]runtime[\\/]((?:[\w-]+[\\/])?[\w-]+\.ts)$/.exec(file)?.[1];
        if (contents.has(file)) return { path: file, namespace: "emitted" };
        return runtime === undefined || file.startsWith(resolve("src"))
          ? undefined
          : { path: resolve("src/runtime", runtime) };
      });
      onLoad({ filter: /.*/, namespace: "emitted" }, ({ path }) => ({
        contents: contents.get(path) ?? "",
        loader: "ts",
        resolveDir: resolve(path, ".."),
      }));
    },
  };
}
