/** Types of resources and parameters of a template. */
import { type Document, formOf } from "../resources/document.js";

/** The member `Type`; "" for data without one. */
export function typeOf(content: Document): string {
  const form = formOf(content);
  if (form.kind === "noted") return typeOf(form.content);
  const type = form.kind === "entries" ? form.entries.find(([name]) => name === "Type")?.[1] : undefined;
  return typeof type === "string" ? type : "";
}
