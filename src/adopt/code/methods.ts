/** The methods of a service object, as far as the text tells. */
import { type ClassDeclaration, type ClassExpression, Node, type ObjectLiteralExpression, SyntaxKind } from "ts-morph";
import type { Sources } from "./sources.js";
import { lookUp, trace } from "./trace.js";

/** The form of an object, for the report, and its methods; undefined if they cannot be listed. */
export interface FoundObject {
  readonly form: "object" | "class" | "factory" | "other";
  readonly methods: readonly string[] | undefined;
  /** The literal or the class that a further method would be written into; undefined if there is none in the repository. */
  readonly place?: MethodPlace | undefined;
}

/** A node that holds methods. */
export type MethodPlace = ObjectLiteralExpression | ClassDeclaration | ClassExpression;

/** Spreads of spreads and classes of classes; this ends circles. */
const maxDepth = 20;

/** Reads the second argument of `addService`. */
export function readObject(sources: Sources, implementation: Node, depth = maxDepth): FoundObject {
  if (depth === 0) return { form: "other", methods: undefined };
  const { root, names } = trace(sources, implementation);
  if (names.length > 0) return { form: "other", methods: undefined };
  if (Node.isObjectLiteralExpression(root))
    return { form: "object", methods: membersOf(sources, root, depth - 1), place: root };
  if (Node.isNewExpression(root)) {
    const made = root.getExpression();
    return { form: "class", methods: methodsOfClass(sources, made, depth - 1), place: classOf(sources, made) };
  }
  if (Node.isCallExpression(root)) {
    const { methods, place } = returnedObject(sources, root.getExpression(), depth - 1);
    return { form: "factory", methods, place };
  }
  return { form: "other", methods: undefined };
}

function classOf(sources: Sources, name: Node): ClassDeclaration | ClassExpression | undefined {
  const declared = trace(sources, name).root;
  return Node.isClassDeclaration(declared) || Node.isClassExpression(declared) ? declared : undefined;
}

function membersOf(sources: Sources, literal: Node, depth: number): readonly string[] | undefined {
  if (!Node.isObjectLiteralExpression(literal)) return undefined;
  const names: string[] = [];
  for (const member of literal.getProperties()) {
    if (Node.isSpreadAssignment(member)) {
      const spread = readObject(sources, member.getExpression(), depth).methods;
      if (spread === undefined) return undefined;
      names.push(...spread);
    } else names.push(member.getName().replace(/^["']|["']$/g, ""));
  }
  return names;
}

function methodsOfClass(sources: Sources, name: Node, depth: number): readonly string[] | undefined {
  if (depth === 0) return undefined;
  const declared = classOf(sources, name);
  if (declared === undefined) return undefined;
  const base = declared.getExtends()?.getExpression();
  const inherited = base === undefined ? [] : methodsOfClass(sources, base, depth - 1);
  if (inherited === undefined) return undefined;
  const own = [...declared.getInstanceMethods(), ...declared.getInstanceProperties()].map((one) => one.getName());
  return [...inherited, ...own];
}

function returnedObject(sources: Sources, name: Node, depth: number): FoundObject {
  const declared = Node.isIdentifier(name) ? (lookUp(name, name.getText()) ?? name) : name;
  const made = Node.isFunctionDeclaration(declared) ? declared : trace(sources, name).root;
  const returns = made.getDescendantsOfKind(SyntaxKind.ReturnStatement).flatMap((one) => one.getExpression() ?? []);
  const body = Node.isArrowFunction(made) ? made.getBody() : undefined;
  const results = body === undefined || Node.isBlock(body) ? returns : [body];
  const [only, ...others] = results;
  return only === undefined || others.length > 0
    ? { form: "other", methods: undefined }
    : readObject(sources, only, depth);
}
