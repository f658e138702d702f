/** The start of a piece of code: importing its module, an exported function, or something that the text does not tell. */
import { Node, type SourceFile, SyntaxKind } from "ts-morph";
import type { Sources } from "./sources.js";

/** The module to import, and the function to call, so that a node's code runs. */
export type ServerStart =
  | {
      readonly kind: "module";
      readonly file: string;
      readonly start?: string;
      /** `start` is a function of a router, in place of one that starts a server. */
      readonly takesRouter?: true;
    }
  | { readonly kind: "unknown"; readonly reason: string };

/** Callers of callers; servers have two or three levels. */
const maxCalls = 10;

/** Finds the start of the code at `node`. */
export function findStart(sources: Sources, node: Node, calls = maxCalls): ServerStart {
  const file = sources.pathOf(node.getSourceFile());
  const owner = namedOwner(node);
  if (owner === undefined) {
    if (!isGuarded(node)) return { kind: "module", file };
    return {
      kind: "unknown",
      reason: `${file} registers it only under a condition, such as being the main module: export a function that does`,
    };
  }
  if (calls === 0) return { kind: "unknown", reason: "functions call one another in a circle" };
  const { name } = owner;
  const here = callsOf(node.getSourceFile(), name).map((call) => findStart(sources, call, calls - 1));
  const run = here.find(({ kind }) => kind === "module");
  if (run !== undefined) return run;
  if (isExported(node.getSourceFile(), name)) {
    const elsewhere = callsElsewhere(sources, file, name).map((call) => findStart(sources, call, calls - 1));
    const other = elsewhere.find(({ kind }) => kind === "module");
    if (other !== undefined) return other;
    if (owner.parameters === 0) return { kind: "module", file, start: name };
    return { kind: "unknown", reason: `${name} of ${file} takes parameters: export a function without that calls it` };
  }
  const [failed] = here;
  return failed ?? { kind: "unknown", reason: `nothing in ${file} calls ${name}: export a function that registers it` };
}

interface Owner {
  readonly name: string;
  /** Those that have to be given. */
  readonly parameters: number;
}

/** The innermost function with a name around a node; functions in place run with their surroundings. */
function namedOwner(node: Node): Owner | undefined {
  for (const around of node.getAncestors()) {
    if (!Node.isFunctionLikeDeclaration(around) && !Node.isFunctionExpression(around) && !Node.isArrowFunction(around))
      continue;
    const parameters = around.getParameters().filter((one) => !one.isOptional() && !one.isRestParameter()).length;
    if (Node.isFunctionDeclaration(around)) return { name: around.getName() ?? "default", parameters };
    if (Node.isMethodDeclaration(around)) return { name: around.getName(), parameters };
    if (Node.isConstructorDeclaration(around))
      return { name: around.getParentIfKind(SyntaxKind.ClassDeclaration)?.getName() ?? "default", parameters };
    const parent = around.getParent();
    if (Node.isVariableDeclaration(parent) || Node.isPropertyAssignment(parent))
      return { name: parent.getName(), parameters };
  }
  return undefined;
}

function callsOf(file: SourceFile, name: string): Node[] {
  const calls = file.getDescendantsOfKind(SyntaxKind.CallExpression).filter((call) => {
    const called = call.getExpression();
    if (called.getText() === name) return true;
    return Node.isPropertyAccessExpression(called) && called.getName() === name && !isExternal(called.getExpression());
  });
  const made = file
    .getDescendantsOfKind(SyntaxKind.NewExpression)
    .filter((one) => one.getExpression().getText() === name);
  const passed = file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .filter((call) =>
      call.getArguments().some((argument) => Node.isIdentifier(argument) && argument.getText() === name),
    );
  return [...calls, ...made, ...passed];
}

/** `grpc.start()` and the like are methods of others. */
function isExternal(node: Node): boolean {
  return /^(?:grpc|server|console|process)$/.test(node.getText());
}

function callsElsewhere(sources: Sources, file: string, name: string): Node[] {
  return sources.matching(new RegExp(`\\b${name}\\b`)).flatMap((other) => {
    if (other === file) return [];
    const opened = sources.open(other);
    const imports = opened?.getFullText().match(/(?:from|require\()\s*["'](\.[^"']*)["']/g) ?? [];
    const isUser = imports.some((text) => sources.resolve(other, /["'](.*)["']/.exec(text)?.[1] ?? "") === file);
    return opened === undefined || !isUser ? [] : callsOf(opened, name);
  });
}

/** Whether a module exports a name. */
export function isExported(file: SourceFile, name: string): boolean {
  if (file.getExportedDeclarations().has(name)) return true;
  const assigned = new RegExp(
    `\\bexports\\.${name}\\s*=|module\\.exports\\s*=\\s*(?:${name}\\b|\\{[^}]*\\b${name}\\b)`,
  );
  return assigned.test(file.getFullText());
}

/** `if (require.main === module)`, or another condition that need not hold in a function. */
function isGuarded(node: Node): boolean {
  return node.getAncestors().some((around) => Node.isIfStatement(around));
}
