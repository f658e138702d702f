/** APIs of many RPCs, and the stacks that they come to. */
import { renderDeployment } from "./render-deployment.js";
import type { Plan } from "../../src/plan/plan.js";
import { parseTemplate, type Template } from "../support/validate-template.js";

/** An API with services of so many RPCs each. */
export function services(counts: Readonly<Record<string, number>>): string {
  const declared = Object.entries(counts).map(([name, count]) => {
    const rpcs = Array.from({ length: count }, (_, at) => {
      return `  rpc Get${at}(M) returns (M) { option (google.api.http) = { get: "/v1/${name.toLowerCase()}/kinds${at}/{name}" }; }`;
    });
    return `service ${name} {\n${rpcs.join("\n")}\n}`;
  });
  return `syntax = "proto3";\npackage acme.v1;\nimport "google/api/annotations.proto";\n${declared.join("\n")}\nmessage M { string name = 1; }\n`;
}

/** The templates of a plan by path. */
export function stacks(planned: Plan): Map<string, Template> {
  return new Map(renderDeployment(planned).map(({ path, content }) => [path, parseTemplate(content)]));
}
