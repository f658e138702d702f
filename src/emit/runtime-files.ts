/** The runtime: the modules of `src/runtime` that emitted files import, and what those import, copied as they are. */
import { readFileSync } from "node:fs";
import { compareText } from "../diagnostics.js";
import type { OutputFile } from "../output/output-tree.js";
import type { Layout, Plan } from "../plan/plan.js";
import { abiVersion } from "../runtime/abi.js";

/** The copies of `usedModules` (names without extension) and everything they import, sorted by path. */
export function emitRuntime(plan: Pick<Plan, "layout">, usedModules: Iterable<string>): OutputFile[] {
  const sources = new Map<string, string>();
  const pending = [...usedModules];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (sources.has(name)) continue;
    const source = readFileSync(new URL(`../../src/runtime/${name}.ts`, import.meta.url), "utf8");
    sources.set(name, source);
    pending.push(...importedModules(source, "./"));
  }
  return [...sources]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, source]) => runtimeFile(plan.layout, name, source));
}

/** Names of the runtime modules that files import. */
export function usedRuntimeModules(files: readonly OutputFile[]): string[] {
  const used = new Set(files.flatMap(({ content }) => importedModules(content, "runtime/")));
  return [...used].sort();
}

/** The module names in the import and export statements of a source whose specifiers have `folder` before the name. */
function importedModules(source: string, folder: "./" | "runtime/"): string[] {
  const specifiers = source.matchAll(/^(?:import|export|\}) .*?from "([^"]+)\.js";$/gm);
  return [...specifiers].flatMap(([, specifier = ""]) => {
    const at = specifier.lastIndexOf("/") + 1;
    return specifier.slice(0, at).endsWith(folder) ? [specifier.slice(at)] : [];
  });
}

function runtimeFile(layout: Layout, name: string, source: string): OutputFile {
  const banner = `// Runtime of grpc2lambda, ABI ${abiVersion}, copied from the package. DO NOT EDIT.\n`;
  return { path: `${layout.outDir}/runtime/${name}.ts`, content: banner + source, ownership: "generated" };
}
