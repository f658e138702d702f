/** The origin of a value: through variables, members, imports and `require`, as far as the text alone tells. */
import { type BindingElement, type Expression, Node, SyntaxKind, type VariableDeclaration } from "ts-morph";
import type { Sources } from "./sources.js";

/** An expression that is not traced further, and the names of the members that were read from its value. */
export interface Origin {
  readonly root: Node;
  /** Outermost last: `["helloworld", "Greeter", "service"]`. */
  readonly names: readonly string[];
}

/** Chains of variables are short; this ends circles. */
const maxSteps = 30;

/** Follows an expression to what made its value: a call, a literal, a class, or the import of a package. */
export function trace(sources: Sources, expression: Node, names: readonly string[] = [], steps = maxSteps): Origin {
  const node = unwrap(expression);
  const here = { root: node, names };
  if (steps === 0) return here;
  const on = (next: Node, added: readonly string[] = []): Origin =>
    trace(sources, next, [...added, ...names], steps - 1);
  if (Node.isPropertyAccessExpression(node)) return on(node.getExpression(), [node.getName()]);
  if (Node.isElementAccessExpression(node)) {
    const index = node.getArgumentExpression();
    return Node.isStringLiteral(index) ? on(node.getExpression(), [index.getLiteralText()]) : here;
  }
  if (Node.isIdentifier(node)) {
    const declared = lookUp(node, node.getText());
    return declared === undefined ? here : fromDeclaration(sources, declared, names, steps - 1);
  }
  const returned = returnedValue(node);
  if (returned !== undefined) return on(returned);
  const required = requiredModule(node);
  return required === undefined ? here : (fromModule(sources, node, required, names, steps - 1) ?? here);
}

/** Takes off what does not change a value: parentheses, `await`, and types. */
export function unwrap(wrapped: Node): Node {
  let node = wrapped;
  while (
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node) ||
    Node.isTypeAssertion(node) ||
    Node.isAwaitExpression(node)
  )
    node = node.getExpression();
  return node;
}

/** The declaration of a name that is visible at a node. */
export function lookUp(at: Node, name: string): Node | undefined {
  for (const scope of at.getAncestors()) {
    if (Node.isFunctionLikeDeclaration(scope)) {
      const parameter = scope.getParameters().find((one) => one.getName() === name);
      if (parameter !== undefined) return parameter;
    }
    if (!Node.isStatemented(scope)) continue;
    const found = declarationIn(scope.getStatements(), name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function declarationIn(statements: readonly Node[], name: string): Node | undefined {
  for (const statement of statements) {
    if (Node.isVariableStatement(statement)) {
      for (const declaration of statement.getDeclarations()) {
        const found = nameIn(declaration, name);
        if (found !== undefined) return found;
      }
    } else if (Node.isFunctionDeclaration(statement) || Node.isClassDeclaration(statement)) {
      if (statement.getName() === name) return statement;
    } else if (Node.isImportDeclaration(statement)) {
      if (statement.getDefaultImport()?.getText() === name) return statement.getDefaultImport();
      if (statement.getNamespaceImport()?.getText() === name) return statement.getNamespaceImport();
      const named = statement
        .getNamedImports()
        .find((one) => (one.getAliasNode()?.getText() ?? one.getName()) === name);
      if (named !== undefined) return named;
    }
  }
  return undefined;
}

function nameIn(declaration: VariableDeclaration, name: string): VariableDeclaration | BindingElement | undefined {
  if (declaration.getName() === name) return declaration;
  return declaration
    .getNameNode()
    .getDescendantsOfKind(SyntaxKind.BindingElement)
    .find((one) => one.getName() === name);
}

function fromDeclaration(sources: Sources, declared: Node, names: readonly string[], steps: number): Origin {
  const here = { root: declared, names };
  if (Node.isVariableDeclaration(declared)) {
    const value = declared.getInitializer() ?? assignedValue(declared);
    return value === undefined ? here : trace(sources, value, names, steps);
  }
  if (Node.isBindingElement(declared)) {
    const variable = declared.getFirstAncestorByKind(SyntaxKind.VariableDeclaration);
    const value = variable?.getInitializer();
    const name = declared.getPropertyNameNode()?.getText() ?? declared.getName();
    return value === undefined ? here : trace(sources, value, [...pathOf(declared), name, ...names], steps);
  }
  if (Node.isImportSpecifier(declared)) {
    const specifier = declared.getImportDeclaration().getModuleSpecifierValue();
    return fromModule(sources, declared, specifier, [declared.getName(), ...names], steps) ?? here;
  }
  const imported = declared.getFirstAncestorByKind(SyntaxKind.ImportDeclaration);
  if (imported !== undefined) {
    const specifier = imported.getModuleSpecifierValue();
    const isDefault = imported.getDefaultImport() === declared;
    return fromModule(sources, declared, specifier, isDefault ? ["default", ...names] : names, steps) ?? here;
  }
  return here;
}

/** `let proto; … proto = load();`: the only value that is assigned. */
function assignedValue(declared: VariableDeclaration): Expression | undefined {
  const assignments = declared
    .getSourceFile()
    .getDescendantsOfKind(SyntaxKind.BinaryExpression)
    .filter((one) => one.getOperatorToken().getText() === "=" && one.getLeft().getText() === declared.getName());
  return assignments.length === 1 ? assignments[0]?.getRight() : undefined;
}

/** Names of the patterns around a binding element: `a` for `c` in `{ a: { b: c } }`. */
function pathOf(declared: BindingElement): string[] {
  const outer = declared.getParentOrThrow().getParent();
  if (!Node.isBindingElement(outer)) return [];
  return [...pathOf(outer), outer.getPropertyNameNode()?.getText() ?? outer.getName()];
}

/** The value of a call of a function of the same file that returns in one place: `loadProto(path)`. */
function returnedValue(node: Node): Node | undefined {
  if (!Node.isCallExpression(node)) return undefined;
  const called = node.getExpression();
  const declared = Node.isIdentifier(called) ? lookUp(called, called.getText()) : undefined;
  const made = Node.isVariableDeclaration(declared) ? declared.getInitializer() : declared;
  if (Node.isArrowFunction(made) && !Node.isBlock(made.getBody())) return made.getBody();
  if (!Node.isFunctionDeclaration(made) && !Node.isFunctionExpression(made) && !Node.isArrowFunction(made))
    return undefined;
  const returns = made
    .getDescendantsOfKind(SyntaxKind.ReturnStatement)
    .filter(
      (one) =>
        one.getFirstAncestor(
          (around) => Node.isFunctionLikeDeclaration(around) || Node.isFunctionExpression(around),
        ) === made,
    );
  return returns.length === 1 ? returns[0]?.getExpression() : undefined;
}

/** The specifier of `require("…")`. */
function requiredModule(node: Node): string | undefined {
  if (!Node.isCallExpression(node) || node.getExpression().getText() !== "require") return undefined;
  const [argument] = node.getArguments();
  return Node.isStringLiteral(argument) ? argument.getLiteralText() : undefined;
}

/** Goes on in a file of the repository; undefined for packages, and for generated files, which are origins themselves. */
function fromModule(
  sources: Sources,
  at: Node,
  specifier: string,
  names: readonly string[],
  steps: number,
): Origin | undefined {
  const path = sources.resolve(sources.pathOf(at.getSourceFile()), specifier);
  const file = path === undefined ? undefined : sources.open(path);
  if (file === undefined) return undefined;
  const [name = "default", ...rest] = names;
  const exported = isGenerated(file.getFullText()) ? undefined : exportedValue(file, name);
  return exported === undefined ? { root: file, names } : trace(sources, exported, rest, steps);
}

/** Whether a tool wrote the text. */
export function isGenerated(text: string): boolean {
  return /^\s*(?:\/\/|\/?\*).*(?:\bGENERATED CODE\b|Code generated by|@generated\b|protoc-gen-)/m.test(
    text.slice(0, 2000),
  );
}

/** The value that a module exports under a name. */
export function exportedValue(file: Node, name: string): Node | undefined {
  if (!Node.isSourceFile(file)) return undefined;
  const [declaration] = file.getExportedDeclarations().get(name) ?? [];
  if (Node.isVariableDeclaration(declaration)) return declaration.getInitializer() ?? declaration;
  if (declaration !== undefined) return declaration;
  const values = file.getDescendantsOfKind(SyntaxKind.BinaryExpression).flatMap((one) => {
    const target = one.getLeft().getText();
    if (target === `exports.${name}` || target === `module.exports.${name}`) return [one.getRight()];
    if (target !== "module.exports") return [];
    return name === "default" ? [one.getRight()] : memberOf(one.getRight(), name);
  });
  return values[0];
}

function memberOf(node: Node, name: string): Node[] {
  const literal = unwrap(node);
  if (!Node.isObjectLiteralExpression(literal)) return [];
  const member = literal.getProperty(name);
  if (Node.isPropertyAssignment(member)) return [member.getInitializer() ?? member];
  if (Node.isShorthandPropertyAssignment(member)) return [member.getNameNode()];
  return member === undefined ? [] : [member];
}
