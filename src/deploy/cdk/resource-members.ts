/** Members of resources, whatever remarks are in front of them. */
import { type Document, formOf } from "../resources/document.js";

/** The members of data by name; none where it has no members. */
export function membersOf(content: Document | undefined): readonly (readonly [name: string, content: Document])[] {
  const form = content === undefined ? undefined : formOf(withoutNotes(content));
  return form?.kind === "entries" ? form.entries : [];
}

/** The member of a name; undefined where there is no such one. */
export function memberOf(content: Document, name: string): Document | undefined {
  return membersOf(content).find(([key]) => key === name)?.[1];
}

/** The remarks in front of data. */
export function notesOf(content: Document): string[] {
  const notes: string[] = [];
  for (let form = formOf(content); form.kind === "noted"; form = formOf(form.content)) notes.push(form.note);
  return notes;
}

function withoutNotes(content: Document): Document {
  let plain = content;
  for (let form = formOf(content); form.kind === "noted"; form = formOf(plain)) plain = form.content;
  return plain;
}
