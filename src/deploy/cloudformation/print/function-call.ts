/** Calls of CloudFormation's functions in template data. */
import { type Document, formOf } from "../../resources/document.js";

/** A call: `Sub` with its text. */
export interface Call {
  readonly name: string;
  readonly argument: Document;
}

/** The call that data is, `{ Ref: id }` or `{ "Fn::Sub": text }`; undefined for other data. */
export function callOf(content: Document): Call | undefined {
  const form = formOf(content);
  if (form.kind !== "entries" || form.entries.length !== 1) return undefined;
  const [[name, argument] = ["", ""]] = form.entries;
  if (name === "Ref") return { name, argument };
  return name.startsWith("Fn::") ? { name: name.slice("Fn::".length), argument } : undefined;
}
