/** Runs the code that would be generated for a binding, so that what is shown is what a handler gets. */
import { posix } from "node:path";
import { build, type Plugin } from "esbuild";
import { emitFiles } from "../../emit/emit-files.js";
import { bindingsOf } from "../../emit/http/http-bindings.js";
import type { OutputFile } from "../../output/output-tree.js";
import type { Plan, RoutePlan } from "../../plan/plan.js";
import type { QueryPair } from "../../runtime/http.js";
import type { Rpc } from "../../runtime/rpc.js";
import { showMessage } from "./show-message.js";

/** A request message, or the message of the 400 that a client gets. `differs`: the query has an effect on it. */
export type DecodedRequest =
  | { readonly kind: "decoded"; readonly request: unknown; readonly differs: boolean }
  | { readonly kind: "refused"; readonly message: string };

/** Decodes a request with an empty body and these parameters. */
export type DecodeQuery = (query: string | readonly QueryPair[]) => DecodedRequest;

/** Bundles the binding in memory. Undefined when that fails, as without a package that the message style needs. */
export async function loadDecoder(
  plan: Plan,
  route: RoutePlan,
  captures: readonly string[],
  root: string,
): Promise<DecodeQuery | undefined> {
  const rpc = await loadRpc(plan, route, root);
  const binding = rpc?.bindings[route.binding.index];
  if (binding === undefined) return undefined;
  const decode = (query: string | readonly QueryPair[]): unknown =>
    binding.decode({ query, contentType: "", body: "" }, ...captures);
  return (query) => {
    try {
      const request = decode(query);
      return {
        kind: "decoded",
        request,
        differs: query.length > 0 && showMessage(request) !== showMessage(decode("")),
      };
    } catch (error) {
      if (error instanceof Error && error.name === "DecodeError") return { kind: "refused", message: error.message };
      throw error;
    }
  };
}

/** Bundles and imports the bindings of an RPC. Undefined when that fails. */
export async function loadRpc(plan: Plan, route: RoutePlan, root: string): Promise<Rpc<unknown, unknown> | undefined> {
  const part = { ...plan, methods: [route.method], functions: [], routes: [], unrouted: { routes: [] } };
  const { module, exportName } = bindingsOf(part, route.method);
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
