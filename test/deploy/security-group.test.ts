/** A security group of the functions' own: where they are let out to, and that nothing asks for one in addition. */
import { describe, expect, it, test } from "vitest";
import type { DependencyPlan } from "../../src/plan/plan.js";
import type { DeploymentOptions } from "../../src/plan/plan-options.js";
import { parseTemplate } from "../support/validate-template.js";
import { plan, render, small } from "./plans.js";

const service = (name: string, text: string): DependencyPlan => ({
  name,
  tls: true,
  protocol: "grpc",
  address: { kind: "text", text },
});
const dependencies = [
  service("stock", "stock.internal:50051"),
  service("prices", "prices.internal:50051"),
  service("web", "api.example:443"),
  service("zone", "db.${Zone}:5432"),
];
const parameterized: DependencyPlan = {
  name: "old",
  tls: true,
  protocol: "grpc",
  address: { kind: "parameter", name: "Old" },
};

const rendered = (settings: DeploymentOptions, services: readonly DependencyPlan[] = dependencies): string =>
  render(plan(small, { frontDoor: "http-api", vpc: true, ...settings }, { dependencies: services }));

const egress = (from: number, to: number, description: string) => ({
  IpProtocol: "tcp",
  FromPort: from,
  ToPort: to,
  CidrIp: "0.0.0.0/0",
  Description: description,
});

describe.each(["sam", "cloudformation"] as const)("%s", (target) => {
  it("lets functions out to HTTPS and the ports of services, once each", () => {
    const { Resources: resources, Parameters: parameters } = parseTemplate(rendered({ target, securityGroup: "own" }));
    expect(resources.FunctionSecurityGroup?.Properties).toEqual({
      GroupDescription: "What functions may reach",
      VpcId: { Ref: "VpcId" },
      SecurityGroupEgress: [egress(443, 443, "HTTPS"), egress(50_051, 50_051, "stock"), egress(5432, 5432, "zone")],
    });
    expect(parameters).toMatchObject({ VpcId: { Type: "AWS::EC2::VPC::Id" }, SubnetIds: {} });
    expect(parameters).not.toHaveProperty("SecurityGroupIds");
    const template = rendered({ target, securityGroup: "own" });
    expect(template).toMatch(/SecurityGroupIds:\s+(?:- |\[)!GetAtt FunctionSecurityGroup\.GroupId/);
  });

  it("lets them out to every port where the address is said when deploying", () => {
    const { Resources: resources } = parseTemplate(rendered({ target, securityGroup: "own" }, [parameterized]));
    const all = egress(0, 65_535, "old");
    expect(resources.FunctionSecurityGroup?.Properties.SecurityGroupEgress).toEqual([egress(443, 443, "HTTPS"), all]);
  });

  it("makes none otherwise", () => {
    for (const settings of [{}, { securityGroup: "existing" }, { vpc: false, securityGroup: "own" }] as const)
      expect(rendered({ target, ...settings })).not.toContain("FunctionSecurityGroup");
  });
});

test("the VPC is one parameter with a load balancer", () => {
  const { Parameters: parameters } = parseTemplate(rendered({ frontDoor: "alb", auth: "none", securityGroup: "own" }));
  expect(Object.keys(parameters).filter((name) => name === "VpcId")).toHaveLength(1);
});

test("Terraform has a rule for each range", () => {
  const { resource, variable } = JSON.parse(rendered({ target: "terraform", securityGroup: "own" }));
  expect(Object.keys(resource.aws_vpc_security_group_egress_rule)).toHaveLength(3);
  expect(resource.aws_vpc_security_group_egress_rule.functions_2).toMatchObject({ from_port: 50_051, to_port: 50_051 });
  expect(JSON.stringify(resource.aws_lambda_function)).toContain('["${aws_security_group.functions.id}"]');
  expect(Object.keys(variable)).toEqual(expect.arrayContaining(["vpc_id", "subnet_ids"]));
  expect(variable).not.toHaveProperty("security_group_ids");
});

test("the construct of the CDK makes it, and takes the VPC", () => {
  const construct = rendered({ target: "cdk", securityGroup: "own" });
  expect(construct).toContain("readonly functionSecurityGroup: CfnSecurityGroup;");
  expect(construct).toContain("readonly vpc: ");
  expect(construct).not.toContain("readonly securityGroups");
});
