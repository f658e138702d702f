/** The resources of a stack, counted by CloudFormation's own validator: it refuses one stack from where it is split, and none of its parts. */
import { expect, test } from "vitest";
import { printTemplate } from "../../src/deploy/cloudformation/print/print-template.js";
import { buildTemplate } from "../../src/deploy/cloudformation/template.js";
import { buildResources } from "../../src/deploy/resources/build-resources.js";
import { samDialect } from "../../src/deploy/sam/sam-dialect.js";
import { renderDeployment } from "./render-deployment.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import { modelFromProto } from "../support/model-from-proto.js";
import { planOptions } from "../support/plan-options.js";
import { validateCloudFormation } from "../support/validate-template.js";

/** `count` RPCs with a route each. */
function manyRpcs(count: number): string {
  const rpcs = Array.from(
    { length: count },
    (_, at) => `rpc Get${at}(M) returns (M) { option (google.api.http) = { get: "/v1/kinds${at}/{name}" }; }`,
  );
  return `syntax = "proto3";
package acme.v1;
import "google/api/annotations.proto";
service Library { ${rpcs.join("\n")} }
message M { string name = 1; }
`;
}

test.each<[frontDoor: FrontDoorId, fits: number]>([
  ["http-api", 123],
  ["rest-api", 123],
])("%s: split from one RPC more than %i, as the validator refuses it whole", (frontDoor, fits) => {
  const options = planOptions();
  for (const [count, isTooMany] of [
    [fits, false],
    [fits + 1, true],
  ] as const) {
    const { plan } = planGeneration(modelFromProto({ "library.proto": manyRpcs(count) }), {
      ...options,
      deployment: { ...options.deployment, frontDoor, auth: "iam" },
    });
    const isRefused = (template: string): boolean => {
      return validateCloudFormation(template).some((finding) => finding.includes("F0007"));
    };
    const whole = printTemplate(buildTemplate(buildResources(plan), samDialect("")), []);
    const files = renderDeployment(plan).map(({ content }) => content);
    expect([count, files.length > 1, isRefused(whole)]).toEqual([count, isTooMany, isTooMany]);
    expect(files.filter(isRefused)).toEqual([]);
  }
});
