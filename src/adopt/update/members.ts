/** The members of an object or a class, as implementations of RPCs. */
import { type ClassMemberTypes, Node, type ObjectLiteralElementLike } from "ts-morph";
import type { MethodPlace } from "../code/methods.js";
import { lookUp } from "../code/trace.js";

/** A node in a literal or a class. */
export type Member = ObjectLiteralElementLike | ClassMemberTypes;

/** The members of a place, in the order of the text. */
export function membersIn(place: MethodPlace): readonly Member[] {
  return Node.isObjectLiteralExpression(place) ? place.getProperties() : place.getMembers();
}

/** The name of a member without its quotes; "" for one that has none. */
export function memberName(member: Member): string {
  if (Node.isSpreadAssignment(member) || !("getName" in member)) return "";
  return (member.getName() ?? "").replace(/^["']|["']$/g, "");
}

/** A function that is written out: where its parameters are, and its body. */
export interface WrittenFunction {
  readonly node: Node;
  readonly parameters: readonly Node[];
  readonly body: Node;
  readonly isArrow: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
}

/** The function that a member is, or that it names in the same file; undefined for one that is made elsewhere. */
export function functionOf(member: Member): WrittenFunction | undefined {
  if (Node.isMethodDeclaration(member)) return written(member);
  if (Node.isShorthandPropertyAssignment(member)) return namedFunction(member.getNameNode());
  if (!Node.isPropertyAssignment(member) && !Node.isPropertyDeclaration(member)) return undefined;
  const value = member.getInitializer();
  if (value === undefined) return undefined;
  return Node.isIdentifier(value) ? namedFunction(value) : written(value);
}

function namedFunction(name: Node): WrittenFunction | undefined {
  const declared = lookUp(name, name.getText());
  return written(Node.isVariableDeclaration(declared) ? declared.getInitializer() : declared);
}

function written(node: Node | undefined): WrittenFunction | undefined {
  const isArrow = Node.isArrowFunction(node);
  if (!isArrow && !Node.isMethodDeclaration(node) && !Node.isFunctionExpression(node)) {
    if (!Node.isFunctionDeclaration(node)) return undefined;
  }
  const body = node.getBody();
  if (body === undefined) return undefined;
  const isGenerator = !isArrow && node.isGenerator();
  return { node, parameters: node.getParameters(), body, isArrow, isAsync: node.isAsync(), isGenerator };
}

/** Tells whether a function is written in the member itself, not elsewhere in the file. */
export function isInline(member: Member, { node }: WrittenFunction): boolean {
  return node === member || node.getParent() === member;
}
