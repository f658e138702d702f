/** Stacks past the limits of CloudFormation, with hundreds and thousands of RPCs. */
import { describe, expect, it } from "vitest";
import { checkDeployment } from "../../src/deploy/targets.js";
import { renderDeployment } from "./render-deployment.js";
import { validateCloudFormation } from "../support/validate-template.js";
import { services, stacks } from "./many-services.js";
import { largePayloads, plan } from "./plans.js";

describe.each(["sam", "cloudformation"] as const)("%s", (target) => {
  it("nests permissions where the root holds no more of them", () => {
    const all = stacks(plan(services({ Orders: 600 }), { target, frontDoor: "http-api" }));
    const counts = [...all].map(([path, { Resources }]) => [path, Object.keys(Resources).length] as const);
    for (const [path, count] of counts) expect([path, count <= 500]).toEqual([path, true]);
    for (const [path, { Parameters }] of all)
      expect([path, Object.keys(Parameters ?? {}).length <= 200]).toEqual([path, true]);
    const permissions = [...all].filter(([path]) => path.startsWith("template.permissions"));
    const nested = permissions.flatMap(([, { Resources }]) => Object.keys(Resources));
    expect(nested).toHaveLength(601);
  });

  it("refuses what is too much for any stack", () => {
    const planned = plan(services({ Orders: 2500 }), { target, frontDoor: "http-api" });
    expect(checkDeployment(planned).map(({ code, severity }) => `${severity} ${code}`)).toContain("error DP002");
  });
});

it("passes CloudFormation's validator in each of its templates", { timeout: 120_000 }, () => {
  const planned = plan(services({ Orders: 60, Stock: 90 }), { frontDoor: "http-api", vpc: true, largePayloads });
  for (const { content } of renderDeployment(planned)) {
    const found = validateCloudFormation(content).filter((line) => !/W9002/.test(line));
    expect(found).toEqual([]);
  }
});
