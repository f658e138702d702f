/** Types of emitted code as documents. */
import { commaSeparated, type Document, group, ifBroken, indent, line, softLine } from "./document.js";

/** `name<A, B>`, with an argument a line where that does not fit. */
export function genericType(name: string, ...types: readonly Document[]): Document {
  return [name, group(["<", indent([softLine, commaSeparated(types)]), softLine, ">"])];
}

/** `{ a: A; b: B }`, or a member a line; members are without their semicolons. */
export function objectType(...members: readonly Document[]): Document {
  const separated = members.flatMap((member): Document[] => [line, member, ";"]).slice(0, -1);
  return group(["{", indent([separated, ifBroken(";")]), line, "}"]);
}

/** ` A | B` behind what it is the type of, or below it with a type a line. */
export function unionType([first = "", ...others]: readonly Document[]): Document {
  const bar = others.length === 0 ? "" : ifBroken("| ");
  return group(indent([line, bar, indent(first), others.map((type) => [line, "| ", indent(type)])]));
}
