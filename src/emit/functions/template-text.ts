/** Path templates of other functions as `runtime/unrouted.ts` reads them. */
import type { TemplateRef } from "../../plan/plan.js";
import { segmentTexts } from "../http/http-bindings.js";

/** `POST /v1/shelves/* merge`. Neither methods nor templates hold spaces. */
export function templateText({ httpMethod, template }: TemplateRef): string {
  const path = `/${segmentTexts(template).join("/")}`;
  return [httpMethod, path, ...(template.verb === "" ? [] : [template.verb])].join(" ");
}
