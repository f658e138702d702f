/** The bindings of an RPC as code of this process: what would be generated, so that what is shown is what a handler gets. */
import { posix } from "node:path";
import { build, type Plugin } from "esbuild";
import { emitFiles } from "../emit/emit-files.js";
import { bindingsOf } from "../emit/http/http-bindings.js";
import type { OutputFile } from "../output/output-tree.js";
import type { MethodPlan, Plan } from "../plan/plan.js";
import type { Rpc } from "../runtime/rpc.js";

/** Emits, bundles and imports the bindings of an RPC, without a file. Undefined when that fails. */
export async function loadBindings(
  plan: Plan,
  planned: MethodPlan,
  root: string,
): Promise<Rpc<unknown, unknown> | undefined> {
  const part = { ...plan, methods: [planned], functions: [], routes: [], unrouted: { routes: [] } };
  const { module, exportName } = bindingsOf(part, planned);
  const text = await bundleText(emitFiles(part), module, root);
  if (text === undefined) return undefined;
  const url = `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
  const exported = (await import(url)) as Readonly<Record<string, Rpc<unknown, unknown>>>;
  return exported[exportName];
}

async function bundleText(files: readonly OutputFile[], module: string, root: string): Promise<string | undefined> {
  try {
    const result = await build({
      entryPoints: [module],
      absWorkingDir: root,
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      mainFields: ["module", "main"],
      logLevel: "silent",
      plugins: [fromMemory(files, root)],
    });
    return result.outputFiles[0]?.text;
  } catch {
    return undefined;
  }
}

/** Serves the emitted files under their root-relative paths; packages come from the project. */
function fromMemory(files: readonly OutputFile[], root: string): Plugin {
  const contents = new Map(files.map(({ path, content }) => [path, content]));
  return {
    name: "from-memory",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        // esbuild puts "./" in front of an entry that is on disk, too: what was generated before must not be read instead.
        const file =
          kind === "entry-point"
            ? posix.normalize(path)
            : posix.join(posix.dirname(importer), path.replace(/\.js$/, ".ts"));
        return contents.has(file) ? { path: file, namespace: "emitted" } : undefined;
      });
      onLoad({ filter: /.*/, namespace: "emitted" }, ({ path }) => ({
        contents: contents.get(path) ?? "",
        loader: "ts",
        resolveDir: root,
      }));
    },
  };
}
