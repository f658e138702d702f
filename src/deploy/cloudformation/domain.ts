/** The domain of an API, its mapping to the API, and its record. */
import { type Document, type DocumentMembers, inline } from "../resources/document.js";
import { domainUrl, restSecurityPolicies } from "../resources/domain.js";
import type { DomainResource } from "../resources/resource-model.js";
import type { Resources } from "./dialect.js";
import { getAtt, ref } from "./intrinsics.js";

/** The logical id of an API, and a reference to its stage, which is there before the mapping. */
export interface MappedApi {
  readonly api: string;
  readonly stage: Document;
}

/** The domain of an HTTP API. */
export function httpApiDomain(domain: DomainResource | undefined, mapped: MappedApi): Resources {
  if (domain === undefined) return {};
  const configuration = {
    CertificateArn: domain.certificate,
    EndpointType: "REGIONAL",
    IpAddressType: ipAddressType(domain.ipv6),
    SecurityPolicy: "TLS_1_2",
  };
  return {
    Domain: {
      Type: "AWS::ApiGatewayV2::DomainName",
      Properties: {
        DomainName: domain.name,
        DomainNameConfigurations: [configuration],
        MutualTlsAuthentication: truststore(domain),
      },
    },
    DomainMapping: apiMapping(domain, mapped),
    ...record(domain, getAtt("Domain", "RegionalDomainName"), getAtt("Domain", "RegionalHostedZoneId")),
  };
}

/** The domain of a REST API. A path of several segments is a mapping of the newer kind. */
export function restApiDomain(domain: DomainResource | undefined, mapped: MappedApi): Resources {
  if (domain === undefined) return {};
  const { basePath } = domain;
  return {
    Domain: {
      Type: "AWS::ApiGateway::DomainName",
      Properties: {
        DomainName: domain.name,
        RegionalCertificateArn: domain.certificate,
        EndpointConfiguration: inline({ Types: ["REGIONAL"], IpAddressType: ipAddressType(domain.ipv6) }),
        SecurityPolicy: restSecurityPolicies[domain.minimumTls],
        EndpointAccessMode: domain.minimumTls === "1.2" ? undefined : "STRICT",
        MutualTlsAuthentication: truststore(domain),
      },
    },
    DomainMapping: basePath.includes("/") ? apiMapping(domain, mapped) : basePathMapping(basePath, mapped),
    ...record(domain, getAtt("Domain", "RegionalDomainName"), getAtt("Domain", "RegionalHostedZoneId")),
  };
}

function apiMapping({ basePath }: DomainResource, { api, stage }: MappedApi): Document {
  return {
    Type: "AWS::ApiGatewayV2::ApiMapping",
    Properties: {
      DomainName: ref("Domain"),
      ApiId: ref(api),
      Stage: stage,
      ApiMappingKey: basePath === "" ? undefined : basePath,
    },
  };
}

function basePathMapping(basePath: string, { api, stage }: MappedApi): Document {
  return {
    Type: "AWS::ApiGateway::BasePathMapping",
    Properties: {
      DomainName: ref("Domain"),
      RestApiId: ref(api),
      Stage: stage,
      BasePath: basePath === "" ? undefined : basePath,
    },
  };
}

function truststore({ truststore: trusted }: DomainResource): Document | undefined {
  return trusted === undefined ? undefined : { TruststoreUri: trusted.uri, TruststoreVersion: trusted.version };
}

/** IPv4 and IPv6, or undefined for what AWS does by itself. */
export function ipAddressType(ipv6: boolean): Document | undefined {
  return ipv6 ? "dualstack" : undefined;
}

/** The records of the name, which lead to the target; none where they are made elsewhere. */
export function record({ name, hostedZone, ipv6 }: DomainResource, target: Document, targetZone: Document): Resources {
  if (hostedZone === undefined) return {};
  const ofType = (type: string): Document => ({
    Type: "AWS::Route53::RecordSet",
    Properties: {
      HostedZoneId: hostedZone,
      Name: name,
      Type: type,
      AliasTarget: { DNSName: target, HostedZoneId: targetZone, EvaluateTargetHealth: false },
    },
  });
  return { DomainRecord: ofType("A"), ...(ipv6 ? { DomainRecordIpv6: ofType("AAAA") } : {}) };
}

/** The address with the domain's name in place of the API's own, and the name that a record of the domain leads to. */
export function domainOutputs(domain: DomainResource | undefined, target: Document | undefined): DocumentMembers {
  if (domain === undefined) return {};
  return {
    ApiUrl: { Description: "Where the API answers.", Value: domainUrl(domain) },
    DomainTarget:
      target === undefined
        ? undefined
        : { Description: "The name that a record of the domain (CNAME or alias) leads to.", Value: target },
  };
}
