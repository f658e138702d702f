/** Stacks past the limits of CloudFormation: what is where, and that every reference is answered. */
import { describe, expect, it } from "vitest";
import { renderDeployment } from "./render-deployment.js";
import type { FrontDoorId } from "../../src/front-door/front-door-id.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { services, stacks } from "./many-services.js";
import { configuredPlan, largePayloads, plan } from "./plans.js";

/** Names that a template refers to: logical ids, parameters. */
function namesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const call = value as { Ref?: string; "Fn::GetAtt"?: readonly string[]; "Fn::Sub"?: string | readonly [string] };
  const [attribute] = call["Fn::GetAtt"] ?? [];
  const text = [call["Fn::Sub"] ?? ""].flat()[0] ?? "";
  const substituted = [...text.matchAll(/\$\{(\w+)(?:\.[\w.]+)?\}/g)].map(([, name = ""]) => name);
  const own = [call.Ref, attribute, ...substituted].filter((name) => name !== undefined && !name.startsWith("AWS"));
  return [...own.map(String), ...Object.values(value).flatMap(namesIn)];
}

const targets = ["sam", "cloudformation"] as const;

const cases: [FrontDoorId, Partial<PlanOptions["deployment"]>][] = [
  ["http-api", {}],
  ["rest-api", { auth: "none" }],
  [
    "http-api",
    { vpc: true, largePayloads, environment: [{ name: "STACK", value: { kind: "text", text: "${AWS::StackName}" } }] },
  ],
];

describe.each(targets)("%s", (target) => {
  it.each(cases)("behind %s, with %j, answers every reference", (frontDoor, settings) => {
    const planned = plan(services({ Orders: 60, Stock: 90 }), { target, frontDoor, ...settings });
    const all = stacks(planned);
    expect([...all.keys()]).toEqual([
      "template.yaml",
      "template.orders.yaml",
      "template.stock1.yaml",
      "template.stock2.yaml",
    ]);
    for (const [path, template] of all) {
      const { Parameters, Resources, Outputs, Globals } = template;
      const known = new Set([...Object.keys(Parameters ?? {}), ...Object.keys(Resources), "Suffix", "Scheme"]);
      expect([path, namesIn({ Resources, Outputs, Globals }).filter((name) => !known.has(name))]).toEqual([path, []]);
      expect(Object.keys(Resources).length).toBeLessThanOrEqual(500);
      expect(Object.keys(Outputs ?? {}).length).toBeLessThanOrEqual(200);
    }
    const root = all.get("template.yaml");
    const nested = Object.values(root?.Resources ?? {}).filter(({ Type }) => Type === "AWS::CloudFormation::Stack");
    for (const { Properties } of nested) {
      const child = all.get(String(Properties.TemplateURL).replace("./", ""));
      expect(Object.keys((Properties.Parameters ?? {}) as object).sort()).toEqual(
        Object.keys(child?.Parameters ?? {}).sort(),
      );
    }
    const outputs = JSON.stringify(root?.Resources).matchAll(
      /"(\w+)Stack","Outputs\.(\w+)"|\$\{(\w+)Stack\.Outputs\.(\w+)\}/g,
    );
    for (const [, , one, , other] of outputs) {
      const name = one ?? other ?? "";
      expect([...all.values()].some((template) => name in (template.Outputs ?? {}))).toBe(true);
    }
  });

  it("moves no other function when an RPC is added", () => {
    const homes = [150, 151].map((count) => {
      const all = stacks(plan(services({ Orders: count }), { target, frontDoor: "http-api" }));
      return new Map(
        [...all].flatMap(([path, { Resources }]) => Object.keys(Resources).map((id) => [id, path] as const)),
      );
    });
    const [before = new Map(), after = new Map()] = homes;
    const moved = [...before].filter(([id, path]) => id.endsWith("Function") && after.get(id) !== path);
    expect(moved).toEqual([]);
  });

  it("gives no two stacks a log group of one name, before a split and after it", () => {
    const namesOf = (count: number): ReadonlyMap<string, string> => {
      const all = stacks(plan(services({ Orders: count }), { target, frontDoor: "http-api" }));
      const passed = Object.values(all.get("template.yaml")?.Resources ?? {}).flatMap(({ Type, Properties }) => {
        const { TemplateURL = "", Parameters = {} } = (Properties ?? {}) as Record<string, never>;
        return Type === "AWS::CloudFormation::Stack"
          ? [[String(TemplateURL).replace("./", ""), Parameters] as const]
          : [];
      });
      const given = new Map<string, Record<string, { "Fn::Sub"?: string }>>(passed);
      return new Map(
        [...all].flatMap(([path, { Resources }]) =>
          Object.entries(Resources)
            .filter(([, { Type }]) => Type === "AWS::Logs::LogGroup")
            .map(([id, { Properties }]) => {
              const { LogGroupName: group } = Properties as {
                LogGroupName: { "Fn::Sub"?: string | readonly [string] };
              };
              const [name = ""] = [group["Fn::Sub"] ?? ""].flat();
              const filled = name.replace(
                /\$\{(\w+)\}/,
                (whole, one: string) => given.get(path)?.[one]?.["Fn::Sub"] ?? whole,
              );
              return [`${path} ${id}`, filled] as const;
            }),
        ),
      );
    };
    const versions = [10, 90, 170].map(namesOf);
    const places = new Map<string, Set<string>>();
    for (const names of versions)
      for (const [place, name] of names) places.set(name, new Set([...(places.get(name) ?? []), place]));
    expect([...places].filter(([name, { size }]) => size > 1 || name === "")).toEqual([]);
    expect(places.has("/aws/lambda/${AWS::StackName}/orders-get0")).toBe(true);
    expect([...places.keys()]).toContainEqual(
      expect.stringMatching(/^\/aws\/lambda\/\$\{AWS::StackName\}\/Orders[123]\/orders-get0$/),
    );
  });

  it("keeps the user's parameters apart from its own", () => {
    const environment = ["LogFolder", "ApiStackName"].map((name) => ({
      name,
      value: { kind: "parameter" as const, name },
    }));
    const all = stacks(plan(services({ Orders: 150 }), { target, frontDoor: "http-api", environment }));
    const [nested] = [...all].filter(([path]) => path !== "template.yaml").map(([, template]) => template);
    expect(Object.keys(nested?.Parameters ?? {})).toEqual(
      expect.arrayContaining(["LogFolder", "LogFolder2", "ApiStackName"]),
    );
  });
});

it("leaves a stack that fits whole", () => {
  expect(renderDeployment(configuredPlan()).map(({ path }) => path)).toEqual(["template.yaml"]);
});
