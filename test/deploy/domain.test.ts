/** The host name of an API's own, in templates and modules of every front door. */
import { describe, expect, it } from "vitest";
import { checkDeployment } from "../../src/deploy/targets.js";
import type { Plan } from "../../src/plan/plan.js";
import type { PlanOptions } from "../../src/plan/plan-options.js";
import { parseTemplate } from "../support/validate-template.js";
import { domain, plan, render, small, streaming } from "./plans.js";

type Settings = Partial<PlanOptions["deployment"]>;

/** The resources of a template, without functions and what belongs to each, by id: their type and properties. */
function resourcesOf(planned: Plan, ids: readonly string[]) {
  const { Resources: resources } = parseTemplate(render(planned));
  return Object.fromEntries(ids.map((id) => [id, resources[id]]));
}

describe("HTTP API and REST API", () => {
  const target = (part: string) => ({ "Fn::GetAtt": ["Domain", part] });
  const record = {
    Type: "AWS::Route53::RecordSet",
    Properties: {
      HostedZoneId: "Z0123456789ABCDEFGHIJ",
      Name: { "Fn::Sub": "${Stage}.api.example.com" },
      Type: "A",
      AliasTarget: {
        DNSName: target("RegionalDomainName"),
        HostedZoneId: target("RegionalHostedZoneId"),
        EvaluateTargetHealth: false,
      },
    },
  };
  const mutual = {
    TruststoreUri: { "Fn::Sub": "s3://certificates-${AWS::AccountId}/clients/authorities.pem" },
    TruststoreVersion: "7",
  };

  it.each(["sam", "cloudformation"] as const)("%s: an HTTP API has a domain, a mapping and a record", (target) => {
    const stage = target === "sam" ? { "Fn::Sub": "${HttpApi.Stage}" } : { Ref: "HttpApiStage" };
    expect(resourcesOf(plan(small, { target, domain }), ["Domain", "DomainMapping", "DomainRecord"])).toEqual({
      Domain: {
        Type: "AWS::ApiGatewayV2::DomainName",
        Properties: {
          DomainName: { "Fn::Sub": "${Stage}.api.example.com" },
          DomainNameConfigurations: [
            { CertificateArn: { Ref: "DomainCertificateArn" }, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" },
          ],
          MutualTlsAuthentication: mutual,
        },
      },
      DomainMapping: {
        Type: "AWS::ApiGatewayV2::ApiMapping",
        Properties: {
          DomainName: { Ref: "Domain" },
          ApiId: { Ref: "HttpApi" },
          Stage: stage,
          ApiMappingKey: "library",
        },
      },
      DomainRecord: record,
    });
  });

  it("gives a REST API a regional domain with the least version of TLS", () => {
    const settings: Settings = { frontDoor: "rest-api", domain: { ...domain, minimumTls: "1.3" } };
    expect(resourcesOf(plan(small, settings), ["Domain", "DomainMapping", "DomainRecord"])).toEqual({
      Domain: {
        Type: "AWS::ApiGateway::DomainName",
        Properties: {
          DomainName: { "Fn::Sub": "${Stage}.api.example.com" },
          RegionalCertificateArn: { Ref: "DomainCertificateArn" },
          EndpointConfiguration: { Types: ["REGIONAL"] },
          SecurityPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
          EndpointAccessMode: "STRICT",
          MutualTlsAuthentication: mutual,
        },
      },
      DomainMapping: {
        Type: "AWS::ApiGateway::BasePathMapping",
        Properties: {
          DomainName: { Ref: "Domain" },
          RestApiId: { Ref: "RestApi" },
          Stage: { "Fn::Sub": "${RestApi.Stage}" },
          BasePath: "library",
        },
      },
      DomainRecord: record,
    });
  });

  it.each<[basePath: string | undefined, type: string, key: string | undefined]>([
    [undefined, "AWS::ApiGateway::BasePathMapping", undefined],
    ["/library/v1", "AWS::ApiGatewayV2::ApiMapping", "library/v1"],
  ])("maps a REST API at %s by %s", (basePath, type, key) => {
    const { basePath: _, ...others } = domain;
    const own = basePath === undefined ? others : { ...others, basePath };
    const { DomainMapping: mapping } = resourcesOf(plan(small, { frontDoor: "rest-api", domain: own }), [
      "DomainMapping",
    ]);
    expect(mapping?.Type).toBe(type);
    expect(mapping?.Properties.ApiMappingKey ?? mapping?.Properties.BasePath).toBe(key);
  });

  it.each(["http-api", "rest-api"] as const)("switches the other address of %s off, unless it is kept", (frontDoor) => {
    const off = "disableExecuteApiEndpoint: true";
    expect(render(plan(small, { frontDoor, domain }))).toContain(off);
    expect(render(plan(small, { frontDoor, domain: { ...domain, only: false } }))).not.toContain(off);
    const argument = '"disable_execute_api_endpoint": true';
    expect(render(plan(small, { frontDoor, target: "terraform", domain }))).toContain(argument);
    expect(render(plan(small, { frontDoor, target: "terraform" }))).not.toContain(argument);
  });
});

describe("load balancer", () => {
  const alb: Settings = { frontDoor: "alb", auth: "none", domain };

  it("has a listener for HTTPS alone, and one that redirects to it", () => {
    const template = parseTemplate(render(plan(small, alb)));
    const { Listener: listener, RedirectListener: redirect, TrustStore: trust } = template.Resources;
    expect(listener?.Properties).toMatchObject({
      Port: 443,
      Protocol: "HTTPS",
      SslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      Certificates: [{ CertificateArn: { Ref: "DomainCertificateArn" } }],
      MutualAuthentication: { Mode: "verify", TrustStoreArn: { Ref: "TrustStore" } },
    });
    expect(redirect?.Properties).toMatchObject({
      Port: 80,
      DefaultActions: [{ Type: "redirect", RedirectConfig: { Protocol: "HTTPS", Port: "443" } }],
    });
    expect(trust?.Properties).toEqual({
      CaCertificatesBundleS3Bucket: { "Fn::Sub": "certificates-${AWS::AccountId}" },
      CaCertificatesBundleS3Key: "clients/authorities.pem",
      CaCertificatesBundleS3ObjectVersion: "7",
    });
    expect(Object.keys(template.Parameters)).not.toContain("CertificateArn");
  });

  it("asks in every rule for the name and for the base path, which it does not remove", () => {
    const { Resources: resources } = parseTemplate(render(plan(streaming, alb)));
    const rules = Object.values(resources).filter(({ Type: type }) => type.endsWith("::ListenerRule"));
    const paths = rules.flatMap(({ Properties: properties }) => {
      const [host, ...others] = properties.Conditions as Condition[];
      expect(host?.HostHeaderConfig?.Values).toEqual([{ "Fn::Sub": "${Stage}.api.example.com" }]);
      return others.flatMap(({ PathPatternConfig: config }) => config?.Values ?? config?.RegexValues ?? []);
    });
    expect(paths).toEqual(
      expect.arrayContaining(["/library/*", "/library/v1/anything", "^/library/v1/shelves/[^/]*/changes$"]),
    );
    expect(paths.filter((path) => !/^\^?\/library\//.test(path))).toEqual([]);
  });

  it("takes the certificate of a domain into a listener that exists", () => {
    const template = parseTemplate(render(plan(small, { ...alb, auth: "jwt", loadBalancer: "existing" })));
    expect(template.Resources.DomainCertificate?.Properties).toEqual({
      ListenerArn: { Ref: "ListenerArn" },
      Certificates: [{ CertificateArn: { Ref: "DomainCertificateArn" } }],
    });
    expect(template.Resources.DomainRecord?.Properties.AliasTarget).toEqual({
      DNSName: { Ref: "LoadBalancerDnsName" },
      HostedZoneId: { Ref: "LoadBalancerZoneId" },
      EvaluateTargetHealth: false,
    });
  });

  it("asks for no name where the API answers under others, too", () => {
    const planned = plan(small, { ...alb, domain: { ...domain, only: false } });
    expect(render(planned)).not.toContain("host-header");
  });
});

interface Condition {
  readonly HostHeaderConfig?: { readonly Values: readonly unknown[] };
  readonly PathPatternConfig?: { readonly Values?: readonly string[]; readonly RegexValues?: readonly string[] };
}

it.each<[title: string, settings: Settings, url: unknown, target: unknown]>([
  [
    "http-api",
    { frontDoor: "http-api" },
    "https://${Stage}.api.example.com/library",
    { "Fn::GetAtt": ["Domain", "RegionalDomainName"] },
  ],
  [
    "alb",
    { frontDoor: "alb", auth: "none" },
    "https://${Stage}.api.example.com/library",
    { "Fn::GetAtt": ["LoadBalancer", "DNSName"] },
  ],
])("%s: outputs say where the API answers and what a record leads to", (_, settings, url, target) => {
  const { Outputs: outputs } = parseTemplate(render(plan(small, { ...settings, domain })));
  expect(outputs?.ApiUrl).toMatchObject({ Value: { "Fn::Sub": url } });
  expect(outputs?.DomainTarget).toMatchObject({ Value: target });
});

it.each<[title: string, settings: Settings, expected: readonly string[]]>([
  ["an HTTP API with TLS 1.3", { domain: { ...domain, minimumTls: "1.3" } }, ["DP030"]],
  ["a REST API with TLS 1.3", { frontDoor: "rest-api", domain: { ...domain, minimumTls: "1.3" } }, []],
  [
    "a listener that exists, with certificates of clients and TLS 1.3",
    { frontDoor: "alb", auth: "jwt", loadBalancer: "existing", domain: { ...domain, minimumTls: "1.3" } },
    ["DP030", "DP030"],
  ],
  ["a load balancer with both", { frontDoor: "alb", auth: "jwt", domain: { ...domain, minimumTls: "1.3" } }, []],
  ["a Function URL", { frontDoor: "function-url", domain }, ["DP030"]],
  ["hosts without the domain", { frontDoor: "alb", auth: "jwt", hosts: ["www.example.com"], domain }, ["DP030"]],
  ["hosts with a part of the domain", { frontDoor: "alb", auth: "jwt", hosts: ["example.com"], domain }, ["DP030"]],
  ["hosts with the domain", { frontDoor: "alb", auth: "jwt", hosts: ["a.example", "*.example.com"], domain }, []],
  ["the same base path twice", { basePath: "/library", domain }, []],
  ["two base paths", { basePath: "/books", domain }, ["DP031"]],
  ["an address without certificates", { domain: { ...domain, only: false } }, ["DP032"]],
])("%s: %j", (_, settings, expected) => {
  const codes = checkDeployment(plan(small, settings)).map(({ code }) => code);
  expect(codes.filter((code) => code >= "DP030")).toEqual(expected);
});
