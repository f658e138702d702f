/** A target whose files are templates of CloudFormation, in a dialect. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { TargetId } from "../../plan/deployment-target-id.js";
import type { Layout } from "../../plan/plan.js";
import { stackPerService } from "../../plan/functions/check-functions.js";
import type { DeploymentTarget } from "../deployment-target.js";
import { formOf } from "../resources/document.js";
import type { ResourceModel } from "../resources/resource-model.js";
import type { Dialect } from "./dialect.js";
import { printTemplate } from "./print-template.js";
import { buildTemplate, type Template } from "./template.js";

/** Makes the target of a dialect. */
export function stackTarget(id: TargetId, title: string, dialectOf: (layout: Layout) => Dialect): DeploymentTarget {
  const anyLayout: Layout = { outDir: "", handlersDir: "", template: "", zips: "" };
  return {
    id,
    title,
    names: (model) => new Set(buildTemplate(model, dialectOf(anyLayout)).resources.map(([name]) => name)),
    check: (model, layout) => checkResources(model, dialectOf(layout)),
    render: (model, layout) => {
      const dialect = dialectOf(layout);
      const content = printTemplate(buildTemplate(model, dialect), dialect.commands(model));
      return [{ path: layout.template, content, ownership: "generated" }];
    },
  };
}

/** Resources of a stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxResources = 500;

/** The number of resources in the stack, those that the dialect's types make included. */
export function countResources({ resources }: Template, { additional }: Dialect): number {
  return resources.reduce((count, [, content]) => count + 1 + (additional[typeOf(content)] ?? 0), 0);
}

function typeOf(content: Parameters<typeof formOf>[0]): string {
  const form = formOf(content);
  if (form.kind === "noted") return typeOf(form.content);
  const type = form.kind === "entries" ? form.entries.find(([name]) => name === "Type")?.[1] : undefined;
  return typeof type === "string" ? type : "";
}

function checkResources(model: ResourceModel, dialect: Dialect): Diagnostic[] {
  const count = countResources(buildTemplate(model, dialect), dialect);
  if (count <= maxResources) return [];
  return [
    diagnostic(
      "DP002",
      `${count} resources for ${model.functions.length} functions: a CloudFormation stack holds ${maxResources}`,
      { help: `${stackPerService}, or let RPCs share functions with deployment.functions` },
    ),
  ];
}

/** The project's root as seen from the template, in whose folder paths begin: `""`, or `../../`. */
export function rootFrom(template: Layout["template"]): string {
  return "../".repeat(template.split("/").length - 1);
}
