/** The resources of a stack, counted by CloudFormation's own validator: it refuses from where DP002 warns. */
import { expect, test } from "vitest";
import { checkDeployment, renderDeployment } from "../../src/deploy/targets.js";
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
])("%s: refused from one RPC more than %i, as the warning says", (frontDoor, fits) => {
  const options = planOptions();
  for (const [count, isTooMany] of [
    [fits, false],
    [fits + 1, true],
  ] as const) {
    const { plan, diagnostics } = planGeneration(modelFromProto({ "library.proto": manyRpcs(count) }), {
      ...options,
      deployment: { ...options.deployment, frontDoor, auth: "iam" },
    });
    const warnings = [...diagnostics, ...checkDeployment(plan)].filter(({ code }) => code === "DP002");
    const found = validateCloudFormation(renderDeployment(plan)[0]?.content ?? "");
    expect([count, warnings.length > 0]).toEqual([count, isTooMany]);
    expect([count, found.some((finding) => finding.includes("F0007"))]).toEqual([count, isTooMany]);
  }
});
