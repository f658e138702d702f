/** The construct for the CDK: its file, its names, nested stacks. `test:judges` has the CDK itself judge it, and compares it with the plain template. */
import { transform } from "esbuild";
import { describe, expect, it } from "vitest";
import { propertyName } from "../../src/deploy/cdk/property-name.js";
import { checkDeployment } from "../../src/deploy/targets.js";
import type { Plan } from "../../src/plan/plan.js";
import { formatChanges } from "../support/format-emitted.js";
import { parseTemplate } from "../support/validate-template.js";
import { deployedPlans } from "./deployed-plans.js";
import { services } from "./many-services.js";
import { forCloudFormation, largePayloads, plan, render, small, streaming, withCors } from "./plans.js";

function forCdk(planned: Plan): Plan {
  const { deployment, layout } = planned;
  return { ...planned, deployment: { ...deployment, target: "cdk" }, layout: { ...layout, template: "cdk/api.ts" } };
}

/** Logical ids, with the construct that each is made in. */
function constructs(text: string): [id: string, scope: string][] {
  return [...text.matchAll(/new Cfn(?!Output)\w+\(\s*(\w+),\s*"(\w+)"/g)].map(([, scope = "", id = ""]) => [id, scope]);
}

describe.each(deployedPlans)("%s", (_, make) => {
  const planned = make();
  const text = render(forCdk(planned));

  it("has a construct for each resource of the plain template, made before it is named", async () => {
    const { Resources: resources } = parseTemplate(render(forCloudFormation(planned)));
    expect(
      constructs(text)
        .map(([id]) => id)
        .sort(),
    ).toEqual(Object.keys(resources).sort());
    await expect(transform(text, { loader: "ts" })).resolves.toMatchObject({ warnings: [] });
    const declared = new Set<string>();
    for (const line of text.split("\n")) {
      for (const [, name = ""] of line.matchAll(/(?<![.\w])(\w+)\.(?:ref|attr\w+)/g))
        if (!["role", "fn", "logGroup"].includes(name)) expect(declared).toContain(name);
      const [, name] = /^ {4}const (\w+) =/.exec(line) ?? [];
      if (name !== undefined) declared.add(name);
    }
  });
});

it("is the file in the golden file cdk-http-api.ts.txt", async () => {
  await expect(render(forCdk(plan(streaming)))).toMatchFileSnapshot("expected/cdk-http-api.ts.txt");
});

it("is laid out as the formatter has it", () => {
  const doors = [
    { frontDoor: "alb", auth: "jwt" },
    { frontDoor: "rest-api", ...withCors("rest-api"), largePayloads },
    { frontDoor: "function-url" },
  ] as const;
  const files = doors.map((settings) => ({
    path: `${settings.frontDoor}.ts`,
    content: render(forCdk(plan(small, settings))),
  }));
  expect(formatChanges(files.map((file) => ({ ...file, ownership: "generated" })))).toEqual([]);
});

it.each([
  ["KmsKeyId", "kmsKeyId"],
  ["SSEAlgorithm", "sseAlgorithm"],
  ["WebACLArn", "webAclArn"],
  ["DNSName", "dnsName"],
  ["CaCertificatesBundleS3Bucket", "caCertificatesBundleS3Bucket"],
  ["VpcEndpointIds", "vpcEndpointIds"],
])("calls %s %s", (name, expected) => expect(propertyName(name)).toBe(expected));

it.each([["TableName", "tableName"], ["Zips"], ["AlarmTopic"], ["LibraryServiceGetShelfRole"]])(
  "refuses parameters of one name: %s",
  (...names) => {
    const environment = names.map((name, at) => ({ name: `V${at}`, value: { kind: "parameter", name } as const }));
    const codes = checkDeployment(forCdk(plan(small, { environment }))).map(({ code }) => code);
    expect(codes.filter((code) => code === "DP006")).toHaveLength(names.length);
  },
);

it("puts the functions of large APIs into nested stacks, by service", () => {
  const text = render(forCdk(plan(services({ Orders: 60, Stock: 90 }))));
  const made = constructs(text);
  const scopes = [...new Set(made.map(([, scope]) => scope))].sort();
  expect(scopes).toEqual(["ordersStack", "stock1Stack", "stock2Stack", "this"]);
  for (const scope of scopes) expect(made.filter((each) => each[1] === scope).length).toBeLessThanOrEqual(480);
  expect(text).toContain("suppressTemplateIndentation: true");
  expect(text).toContain("const ordersLogFolder = `${stackName}/Orders`;");
  expect(text).toContain("logGroupName: `/aws/lambda/${ordersLogFolder}/orders-");
});
