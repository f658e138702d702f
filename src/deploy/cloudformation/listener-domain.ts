/** The domain of a load balancer: its certificate, authorities of clients, the redirect from plain HTTP, and its record. */
import type { Document } from "../resources/document.js";
import type { DomainResource, LoadBalancerResource } from "../resources/resource-model.js";
import { parameter } from "../resources/value.js";
import type { Resources } from "./dialect.js";
import { record } from "./domain.js";
import { getAtt, ref } from "./intrinsics.js";

/** The resources that a domain adds to a load balancer that is made here, or to a listener that exists; none without a domain. */
export function loadBalancerDomain({ own, domain }: LoadBalancerResource): Resources {
  if (domain === undefined) return {};
  if (own) {
    return {
      RedirectListener: redirect,
      TrustStore: trustStore(domain),
      ...record(domain, getAtt("LoadBalancer", "DNSName"), getAtt("LoadBalancer", "CanonicalHostedZoneID")),
    };
  }
  return {
    DomainCertificate: {
      Type: "AWS::ElasticLoadBalancingV2::ListenerCertificate",
      Properties: { ListenerArn: parameter("ListenerArn"), Certificates: [{ CertificateArn: domain.certificate }] },
    },
    ...record(domain, parameter("LoadBalancerDnsName"), parameter("LoadBalancerZoneId")),
  };
}

const redirect: Document = {
  Type: "AWS::ElasticLoadBalancingV2::Listener",
  Properties: {
    LoadBalancerArn: ref("LoadBalancer"),
    Port: 80,
    Protocol: "HTTP",
    DefaultActions: [{ Type: "redirect", RedirectConfig: { Protocol: "HTTPS", Port: "443", StatusCode: "HTTP_301" } }],
  },
};

function trustStore({ truststore }: DomainResource): Document | undefined {
  if (truststore === undefined) return undefined;
  return {
    Type: "AWS::ElasticLoadBalancingV2::TrustStore",
    Properties: {
      CaCertificatesBundleS3Bucket: truststore.bucket,
      CaCertificatesBundleS3Key: truststore.key,
      CaCertificatesBundleS3ObjectVersion: truststore.version,
    },
  };
}
