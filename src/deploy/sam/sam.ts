/**
 * AWS SAM: one `template.yaml` with a front door and a function, role, log group and permission per FunctionPlan.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
 */
import { readFileSync } from "node:fs";
import Handlebars from "handlebars";
import type { OutputFile } from "../../output/output-tree.js";
import type { Plan } from "../../plan/plan.js";
import { samView } from "./sam-view.js";

/** Writes the template. The same plan gives the same bytes. */
export function renderSam(plan: Plan): OutputFile[] {
  const handlebars = Handlebars.create();
  handlebars.registerPartial("template", readTemplate("template.yaml"));
  const render = handlebars.compile(readTemplate(plan.deployment.frontDoor), { noEscape: true, strict: true });
  return [{ path: plan.layout.template, content: render(samView(plan)), ownership: "generated" }];
}

/** Reads a template. The common part is in `template.yaml.hbs`; each door's file fills its parts in. */
function readTemplate(name: string): string {
  return readFileSync(new URL(`../../../templates/sam/${name}.hbs`, import.meta.url), "utf8");
}
