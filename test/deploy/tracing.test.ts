/** Traces in X-Ray: what they need is there where they are wanted, and only there. */
import { describe, expect, it } from "vitest";
import { parseTemplate } from "../support/validate-template.js";
import { plan, render, small } from "./plans.js";

type Tracing = "none" | "lambda" | "calls";

const rendered = (target: "sam" | "cloudformation" | "terraform", tracing?: Tracing, vpc = false): string =>
  render(plan(small, { target, frontDoor: "rest-api", vpc, ...(tracing === undefined ? {} : { tracing }) }));

describe.each(["sam", "cloudformation", "terraform"] as const)("%s", (target) => {
  it.each([undefined, "lambda", "calls"] as const)("traces calls of functions with tracing: %s", (tracing) => {
    const template = rendered(target, tracing);
    expect(template.match(/xray:PutTraceSegments/g)).toHaveLength(5);
    expect(template).toMatch(/"mode": "Active"|Mode: Active|Tracing: Active/);
    expect(template).toMatch(/TracingEnabled: true|"xray_tracing_enabled": true/);
    expect(template).not.toContain("deployment.tracing is none");
  });

  it("has nothing of it with none, and tells scanners so", () => {
    const template = rendered(target, "none");
    expect(template).not.toMatch(/Active|xray|TracingEnabled/);
    expect(template).not.toContain("no ARN to name");
    if (target === "terraform") return;
    expect(template).toContain("Not traced: deployment.tracing is none.");
    expect(rendered(target, "none", true)).toContain("Network interfaces have no ARN to name.");
  });
});

it("permissions to write logs stay", () => {
  const { Resources: resources } = parseTemplate(rendered("sam", "none"));
  const role = resources.LibraryServiceGetShelfRole?.Properties as { Policies: readonly object[] };
  expect(JSON.stringify(role.Policies)).toContain("logs:PutLogEvents");
});
