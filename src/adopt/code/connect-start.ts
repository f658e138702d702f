/** The start of services that a function of Connect's router registers: the function itself, or the server that is given it. */
import { type CallExpression, Node, SyntaxKind } from "ts-morph";
import { findStart, isExported, type ServerStart } from "./server-start.js";
import type { Sources } from "./sources.js";

/**
 * Finds how `router.service(…)` comes to run. An exported function of the router is called as it is; one whose server
 * has interceptors or context values needs that server, because they may be what keeps strangers out.
 */
export function findConnectStart(sources: Sources, call: CallExpression): ServerStart {
  const adapters = adaptersOf(sources, sources.pathOf(call.getSourceFile()));
  const guarded = adapters.find((adapter) => /\b(?:interceptors|contextValues)\b/.test(adapter.getText()));
  const routes = exportedRoutes(call);
  const file = sources.pathOf(call.getSourceFile());
  if (routes !== undefined && guarded === undefined) return { kind: "module", file, start: routes, takesRouter: true };
  const starts = (guarded === undefined ? adapters : [guarded]).map((adapter) => findStart(sources, adapter));
  return (
    starts.find(({ kind }) => kind === "module") ??
    starts[0] ?? {
      kind: "unknown",
      reason: `nothing gives the router of ${file} to a server: export the function of the router`,
    }
  );
}

const adapterNames = /\b(?:connectNodeAdapter|fastifyConnectPlugin|expressConnectMiddleware)\b/;

/** The calls that make servers of the routers of a file, in it or in a file that imports it. */
function adaptersOf(sources: Sources, file: string): CallExpression[] {
  return sources.matching(adapterNames).flatMap((path) => {
    const source = sources.open(path);
    const imports = source?.getFullText().match(/(?:from|require\()\s*["']([^"']*)["']/g) ?? [];
    const isUser = imports.some((text) => sources.resolve(path, /["'](.*)["']/.exec(text)?.[1] ?? "") === file);
    if (source === undefined || (path !== file && !isUser)) return [];
    return source.getDescendantsOfKind(SyntaxKind.CallExpression).filter(isAdapter);
  });
}

/** `connectNodeAdapter({ … })`, `server.register(fastifyConnectPlugin, { … })`. */
function isAdapter(call: CallExpression): boolean {
  const [first] = call.getArguments();
  const called = call.getExpression().getText();
  return (
    /(?:^|\.)(?:connectNodeAdapter|expressConnectMiddleware)$/.test(called) ||
    first?.getText() === "fastifyConnectPlugin"
  );
}

/** The name under which a module exports the function whose first parameter is the router of a call. */
function exportedRoutes(call: CallExpression): string | undefined {
  const router = routerName(call);
  for (const around of call.getAncestors()) {
    if (!Node.isFunctionDeclaration(around) && !Node.isArrowFunction(around) && !Node.isFunctionExpression(around))
      continue;
    if (around.getParameters()[0]?.getName() !== router) continue;
    if (Node.isExportAssignment(around.getParent())) return "default";
    if (Node.isFunctionDeclaration(around) && around.isDefaultExport()) return "default";
    const named = Node.isFunctionDeclaration(around) ? around : around.getParentIfKind(SyntaxKind.VariableDeclaration);
    const name = named?.getName();
    if (name === undefined) return undefined;
    if (isDefault(call, name)) return "default";
    return isExported(call.getSourceFile(), name) ? name : undefined;
  }
  return undefined;
}

/** `router` in `router.service(…).service(…)`. */
function routerName(call: CallExpression): string {
  let node: Node = call;
  while (Node.isCallExpression(node) || Node.isPropertyAccessExpression(node)) node = node.getExpression();
  return node.getText();
}

/** `export default routes` and `module.exports = routes`. */
function isDefault(call: CallExpression, name: string): boolean {
  return new RegExp(`\\bexport default ${name}\\b|\\bmodule\\.exports\\s*=\\s*${name}\\b`).test(
    call.getSourceFile().getFullText(),
  );
}
