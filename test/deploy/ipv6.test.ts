/** IPv6 in what is deployed: APIs, load balancers, domains and their records, and what has no setting for it. */
import { describe, expect, test } from "vitest";
import { checkDeployment } from "../../src/deploy/targets.js";
import { compareReach } from "../../src/diff/compare-reach.js";
import type { DeploymentOptions } from "../../src/plan/plan-options.js";
import { parseTemplate } from "../support/validate-template.js";
import { domain, plan, privateApi, render, small } from "./plans.js";

const ipv6 = true;

function resourcesOf(settings: DeploymentOptions): Readonly<Record<string, { readonly Properties: object }>> {
  return parseTemplate(render(plan(small, { ipv6, ...settings }))).Resources as never;
}

describe.each(["sam", "cloudformation"] as const)("%s", (target) => {
  test("a REST API and its domain answer IPv6, and the name leads to both", () => {
    const found = resourcesOf({ target, frontDoor: "rest-api", domain });
    const type = target === "sam" ? { Type: "REGIONAL" } : { Types: ["REGIONAL"] };
    expect(found["RestApi"]?.Properties).toMatchObject({
      EndpointConfiguration: { ...type, IpAddressType: "dualstack" },
    });
    expect(found["Domain"]?.Properties).toMatchObject({
      EndpointConfiguration: { Types: ["REGIONAL"], IpAddressType: "dualstack" },
    });
    expect([found["DomainRecord"], found["DomainRecordIpv6"]].map((record) => Object(record?.Properties).Type)).toEqual(
      ["A", "AAAA"],
    );
  });

  test("a private REST API answers IPv6", () => {
    const { RestApi } = resourcesOf({ ...privateApi, target });
    expect(RestApi?.Properties).toMatchObject({ EndpointConfiguration: { IpAddressType: "dualstack" } });
  });

  test("a load balancer has both, and lets in the addresses that it is told", () => {
    const found = resourcesOf({ target, frontDoor: "alb", auth: "jwt" });
    expect(found["LoadBalancer"]?.Properties).toMatchObject({ IpAddressType: "dualstack" });
    const { SecurityGroupIngress: rules } = Object(found["LoadBalancerSecurityGroup"]?.Properties);
    expect(rules.map((rule: { CidrIp?: object; CidrIpv6?: object }) => rule.CidrIp ?? rule.CidrIpv6)).toEqual([
      { Ref: "ClientCidr" },
      { Ref: "ClientIpv6Cidr" },
    ]);
  });
});

test("an HTTP API of CloudFormation and its domain answer IPv6", () => {
  const { HttpApi, Domain } = resourcesOf({ target: "cloudformation", domain });
  expect(HttpApi?.Properties).toMatchObject({ IpAddressType: "dualstack" });
  expect(Domain?.Properties).toMatchObject({ DomainNameConfigurations: [{ IpAddressType: "dualstack" }] });
});

test("Terraform has the same", () => {
  const module = (settings: DeploymentOptions) =>
    JSON.parse(render(plan(small, { target: "terraform", ipv6, domain, ...settings }))).resource;
  const [http, rest, alb] = [{}, { frontDoor: "rest-api" }, { frontDoor: "alb", auth: "jwt" }].map((each) =>
    module(each as DeploymentOptions),
  );
  expect(http.aws_apigatewayv2_api.api.ip_address_type).toBe("dualstack");
  expect(http.aws_apigatewayv2_domain_name.api.domain_name_configuration.ip_address_type).toBe("dualstack");
  expect(rest.aws_api_gateway_rest_api.api.endpoint_configuration.ip_address_type).toBe("dualstack");
  expect(rest.aws_api_gateway_domain_name.api.endpoint_configuration.ip_address_type).toBe("dualstack");
  expect(rest.aws_route53_record.domain_ipv6.type).toBe("AAAA");
  expect(alb.aws_lb.api.ip_address_type).toBe("dualstack");
  expect(Object.keys(alb.aws_vpc_security_group_ingress_rule)).toEqual([
    "clients",
    "clients_ipv6",
    "clients_http",
    "clients_http_ipv6",
  ]);
});

test.each<[DeploymentOptions, string | undefined]>([
  [{}, "deployment.ipv6 is set, but the HTTP API of AWS SAM has no setting for it"],
  [{ target: "cloudformation" }, undefined],
  [
    { frontDoor: "alb", loadBalancer: "existing", auth: "jwt" },
    "deployment.ipv6 is set, but the load balancer exists already and has its own setting",
  ],
  [{ frontDoor: "function-url" }, undefined],
])("%j", (settings, expected) => {
  const found = checkDeployment(plan(small, { ipv6, ...settings })).filter(({ code }) => code === "DP030");
  expect(found.map(({ message }) => message)).toEqual(expected === undefined ? [] : [expected]);
});

test("diff: clients that come by IPv6 are new, or lost", () => {
  const [with6, without] = [plan(small, { ipv6 }), plan(small, {})];
  expect(compareReach(without, with6).map(({ breaking, message }) => [breaking, message])).toEqual([
    [false, "clients reach the API by IPv6, too"],
  ]);
  expect(compareReach(with6, without).map(({ breaking }) => breaking)).toEqual([true]);
});
