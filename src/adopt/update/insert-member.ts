/** The place of a new method in an object or a class, and the change that puts it there. */
import { Node, SyntaxKind } from "ts-morph";
import type { MethodPlace } from "../code/methods.js";
import { type Member, membersIn } from "./members.js";
import type { NewMember } from "./new-member.js";
import { afterComment, beginsLine, indentationAt, type TextEdit, type TextForm } from "./text-form.js";

/** Puts a method after `last`, the last method of an RPC; without one after the last member. */
export function insertMember(place: MethodPlace, last: Member | undefined, made: NewMember, form: TextForm): TextEdit {
  const members = membersIn(place);
  const after = last ?? members.at(-1);
  return after === undefined ? intoEmpty(place, made, form) : afterMember(place, after, made, form);
}

function afterMember(place: MethodPlace, after: Member, made: NewMember, form: TextForm): TextEdit {
  const text = place.getSourceFile().getFullText();
  const { lineEnd } = form;
  const isLiteral = Node.isObjectLiteralExpression(place);
  const comma = after.getNextSiblingIfKind(SyntaxKind.CommaToken);
  const isMultiline = beginsLine(text, after.getStart(true));
  const indentation = isMultiline ? indentationAt(text, after.getStart(true)) : inner(place, text);
  const gap = isLiteral ? (comma === undefined ? "," : "") : "";
  const lines = linesOf(made, indentation, unitOf(place, text, indentation), lineEnd);
  const blank = isSpaced(place, after, text) ? lineEnd : "";
  const tail = isLiteral && comma !== undefined ? "," : "";
  const end = comma?.getEnd() ?? after.getEnd();
  if (isMultiline) {
    const at = afterComment(text, end);
    const comment = text.slice(end, at);
    return { start: end, end: at, text: `${gap}${comment}${lineEnd}${blank}${lines}${tail}` };
  }
  const isLast = membersIn(place).at(-1) === after;
  const close = isLast ? lineEnd + indentationAt(text, place.getStart()) : "";
  const white = /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
  return { start: end, end: end + (isLast ? white : 0), text: `${gap}${lineEnd}${lines}${tail}${close}` };
}

function intoEmpty(place: MethodPlace, made: NewMember, { lineEnd }: TextForm): TextEdit {
  const text = place.getSourceFile().getFullText();
  const close = place.getEnd() - 1;
  const open = text.lastIndexOf("{", close) + 1;
  const lines = linesOf(made, inner(place, text), "  ", lineEnd);
  const comma = Node.isObjectLiteralExpression(place) ? "," : "";
  const kept = text.slice(open, close).trim();
  const before = kept === "" ? "" : `${lineEnd}${inner(place, text)}${kept}`;
  const outer = indentationAt(text, place.getStart());
  return { start: open, end: close, text: `${before}${lineEnd}${lines}${comma}${lineEnd}${outer}` };
}

function linesOf({ head, statement, end }: NewMember, indentation: string, unit: string, lineEnd: string): string {
  return [`${indentation}${head}`, `${indentation}${unit}${statement}`, `${indentation}}${end}`].join(lineEnd);
}

function inner(place: MethodPlace, text: string): string {
  const outer = indentationAt(text, place.getStart());
  return outer + (outer.includes("\t") || /\n\t/.test(text) ? "\t" : "  ");
}

/** One step of indentation: from the line of the place to its members. */
function unitOf(place: MethodPlace, text: string, indentation: string): string {
  const outer = indentationAt(text, place.getStart());
  return indentation.startsWith(outer) && indentation.length > outer.length ? indentation.slice(outer.length) : "  ";
}

/** Tells whether members have a blank line between them; classes do, where there is only one. */
function isSpaced(place: MethodPlace, after: Member, text: string): boolean {
  const members = membersIn(place);
  const at = members.indexOf(after);
  const neighbour = members[at - 1] ?? members[at + 1];
  if (neighbour === undefined) return !Node.isObjectLiteralExpression(place);
  const [first, second] = at > 0 ? [neighbour, after] : [after, neighbour];
  return /\n[ \t]*\r?\n/.test(text.slice(first.getEnd(), second.getStart(true)));
}
