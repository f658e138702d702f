/** Values of the template in the configuration. */
import type { TemplateValue } from "../../plan/plan.js";
import type { TemplateValueConfig } from "./config.js";

/** A value of the configuration; undefined where there is none. */
export function settleOptional(value: TemplateValueConfig | undefined): TemplateValue | undefined {
  return value === undefined ? undefined : settleValue(value);
}

/** A value of the configuration. */
export function settleValue(value: TemplateValueConfig): TemplateValue {
  return typeof value === "string" ? { kind: "text", text: value } : { kind: "parameter", name: value.ref };
}
