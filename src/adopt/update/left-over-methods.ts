/** Methods of a service object that answer no RPC: their RPC was removed or renamed. */
import { Node } from "ts-morph";
import type { MethodPlace } from "../code/methods.js";
import { functionOf, type Member, memberName, membersIn } from "./members.js";

/**
 * Members that look like the methods of RPCs beside them and have the name of none. In a literal that is every function; in
 * a class a public one with the same parameters that nothing in the file calls.
 */
export function leftOverMethods(place: MethodPlace, isDeclared: (name: string) => boolean): Member[] {
  const members = membersIn(place).filter((member) => memberName(member) !== "");
  const served = members.filter((member) => isDeclared(memberName(member)));
  const shapes = new Set(served.flatMap((member) => shapeOf(member) ?? []));
  const rest = members.filter((member) => !isDeclared(memberName(member)) && shapeOf(member) !== undefined);
  if (served.length === 0) return [];
  if (Node.isObjectLiteralExpression(place)) return rest;
  return rest.filter((member) => shapes.has(shapeOf(member) ?? "") && isPublic(member) && !isUsed(member));
}

/** Names of the parameters; undefined for what is no function in this file. */
function shapeOf(member: Member): string | undefined {
  return functionOf(member)
    ?.parameters.map((one) => (Node.isParameterDeclaration(one) ? one.getName() : one.getText()))
    .join();
}

function isPublic(member: Member): boolean {
  const isHidden = Node.isModifierable(member) && /\b(?:private|protected|static)\b/.test(modifiersOf(member));
  return !isHidden && !memberName(member).startsWith("#") && !memberName(member).startsWith("_");
}

function modifiersOf(member: Member): string {
  return Node.isModifierable(member)
    ? member
        .getModifiers()
        .map((one) => one.getText())
        .join(" ")
    : "";
}

function isUsed(member: Member): boolean {
  return new RegExp(`\\.${memberName(member).replace(/\W/g, "\\$&")}\\b`).test(member.getSourceFile().getFullText());
}
