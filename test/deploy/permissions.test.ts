/** The list of permissions: golden files for reviewers, and nothing that a template allows is missing in it. */
import { describe, expect, it, test } from "vitest";
import type { Plan } from "../../src/plan/plan.js";
import { parseTemplate } from "../support/validate-template.js";
import { deployedPlans } from "./deployed-plans.js";
import { plan, small, streaming } from "./plans.js";
import { renderDeployment } from "./render-deployment.js";

function listOf(planned: Plan): string {
  const deployment = { ...planned.deployment, permissionList: true };
  return (
    renderDeployment({ ...planned, deployment }).find(({ path }) => path.endsWith(".permissions.txt"))?.content ?? ""
  );
}

it.each<[name: string, deployment: Parameters<typeof plan>[1]]>([
  ["http-api", {}],
  ["rest-api", { frontDoor: "rest-api", vpc: true, accessLogs: { accountRole: true, bucket: "own" } }],
  ["alb", { frontDoor: "alb", auth: "jwt", accessLogs: { accountRole: false, bucket: "own" } }],
  ["function-url", { frontDoor: "function-url", auth: "none", functions: { kind: "single" } }],
])("is the list in the golden file permissions-%s.txt", async (name, deployment) => {
  await expect(listOf(plan(streaming, deployment))).toMatchFileSnapshot(`expected/permissions-${name}.txt`);
});

test("is the same for every target", () => {
  const [sam, ...others] = (["sam", "cloudformation", "terraform", "cdk"] as const).map((target) =>
    listOf(plan(small, { target })),
  );
  expect(sam).toContain("its role may do logs:PutLogEvents on <its log group>");
  for (const list of others) expect(list).toBe(sam);
});

test("is not written unless asked for", () => {
  expect(renderDeployment(plan(small)).map(({ path }) => path)).toEqual(["template.yaml"]);
});

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
}

/** Every policy document in a template, wherever it is. */
function statementsIn(content: unknown): Statement[] {
  if (typeof content !== "object" || content === null) return [];
  const own = "Statement" in content && Array.isArray(content.Statement) ? (content.Statement as Statement[]) : [];
  return [...own, ...Object.values(content).flatMap(statementsIn)];
}

describe.each(deployedPlans)("%s", (_, make) => {
  it("has every action that its template allows, and every caller of a function", () => {
    const planned = make();
    const list = listOf(planned);
    const deployment = { ...planned.deployment, target: "cloudformation" } as const;
    const templates = renderDeployment({ ...planned, deployment }).map(({ content }) => parseTemplate(content));
    const allowed = templates
      .flatMap(({ Resources }) => Object.values(Resources))
      .flatMap(({ Type, Properties }) => {
        if (Type === "AWS::Lambda::Permission") return [String((Properties as { Action: unknown }).Action)];
        return statementsIn(Properties)
          .filter(({ Effect }) => Effect === "Allow")
          .flatMap(({ Action }) => Action);
      });
    const missing = [...new Set(allowed)].filter((action) => !list.includes(action));
    // Who may take a role is said by whose role it is; the policy of a REST API says whom it lets in.
    expect(missing.filter((action) => action !== "sts:AssumeRole" && action !== "execute-api:Invoke")).toEqual([]);
  });
});
