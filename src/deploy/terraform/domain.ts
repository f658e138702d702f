/** The domain of an API or a load balancer, its mapping and its record. */
import { restSecurityPolicies } from "../resources/domain.js";
import type { DomainResource } from "../resources/resource-model.js";
import { type Block, resource } from "./block.js";
import { escapeTemplate, type Json, templateText } from "./template-text.js";

/** The domain of an HTTP API. */
export function httpApiDomainBlocks(domain: DomainResource | undefined): Block[] {
  if (domain === undefined) return [];
  const own = "${aws_apigatewayv2_domain_name.api.domain_name_configuration[0]";
  return [
    resource("aws_apigatewayv2_domain_name", "api", {
      domain_name: templateText(domain.name),
      domain_name_configuration: {
        certificate_arn: templateText(domain.certificate),
        endpoint_type: "REGIONAL",
        ip_address_type: ipAddressType(domain.ipv6),
        security_policy: "TLS_1_2",
      },
      mutual_tls_authentication: truststore(domain),
    }),
    apiMapping(domain, "${aws_apigatewayv2_domain_name.api.id}", "${aws_apigatewayv2_stage.api.id}"),
    ...recordBlocks(domain, `${own}.target_domain_name}`, `${own}.hosted_zone_id}`),
  ];
}

/** The domain of a REST API. A path of several segments is a mapping of the newer kind. */
export function restApiDomainBlocks(domain: DomainResource | undefined): Block[] {
  if (domain === undefined) return [];
  const own = "aws_api_gateway_domain_name.api";
  const stage = "${aws_api_gateway_stage.api.stage_name}";
  return [
    resource("aws_api_gateway_domain_name", "api", {
      domain_name: templateText(domain.name),
      regional_certificate_arn: templateText(domain.certificate),
      endpoint_configuration: { types: ["REGIONAL"], ip_address_type: ipAddressType(domain.ipv6) },
      security_policy: restSecurityPolicies[domain.minimumTls],
      endpoint_access_mode: domain.minimumTls === "1.2" ? undefined : "STRICT",
      mutual_tls_authentication: truststore(domain),
    }),
    domain.basePath.includes("/")
      ? apiMapping(domain, `\${${own}.domain_name}`, stage)
      : resource("aws_api_gateway_base_path_mapping", "api", {
          api_id: "${local.api_id}",
          stage_name: stage,
          domain_name: `\${${own}.domain_name}`,
          base_path: domain.basePath === "" ? undefined : escapeTemplate(domain.basePath),
        }),
    ...recordBlocks(domain, `\${${own}.regional_domain_name}`, `\${${own}.regional_zone_id}`),
  ];
}

function apiMapping({ basePath }: DomainResource, name: string, stage: string): Block {
  return resource("aws_apigatewayv2_api_mapping", "api", {
    api_id: "${local.api_id}",
    domain_name: name,
    stage,
    api_mapping_key: basePath === "" ? undefined : escapeTemplate(basePath),
  });
}

function truststore({ truststore: trusted }: DomainResource): Json | undefined {
  if (trusted === undefined) return undefined;
  const { uri, version } = trusted;
  return {
    truststore_uri: templateText(uri),
    truststore_version: version === undefined ? undefined : escapeTemplate(version),
  };
}

/** The certificate of a listener that exists, or the redirect from plain HTTP and the authorities of clients of one that is made here; and the record. */
export function loadBalancerDomainBlocks(domain: DomainResource | undefined, isOwn: boolean): Block[] {
  if (domain === undefined) return [];
  if (isOwn) {
    return [
      redirect,
      ...trustStoreBlocks(domain),
      ...recordBlocks(domain, "${aws_lb.api.dns_name}", "${aws_lb.api.zone_id}"),
    ];
  }
  return [
    resource("aws_lb_listener_certificate", "domain", {
      listener_arn: "${var.listener_arn}",
      certificate_arn: templateText(domain.certificate),
    }),
    ...recordBlocks(domain, "${var.load_balancer_dns_name}", "${var.load_balancer_zone_id}"),
  ];
}

const redirect: Block = resource("aws_lb_listener", "redirect", {
  load_balancer_arn: "${aws_lb.api.arn}",
  port: 80,
  protocol: "HTTP",
  default_action: { type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } },
});

function trustStoreBlocks({ truststore: trusted }: DomainResource): Block[] {
  if (trusted === undefined) return [];
  return [
    resource("aws_lb_trust_store", "clients", {
      ca_certificates_bundle_s3_bucket: templateText(trusted.bucket),
      ca_certificates_bundle_s3_key: templateText(trusted.key),
      ca_certificates_bundle_s3_object_version: trusted.version && escapeTemplate(trusted.version),
    }),
  ];
}

/** IPv4 and IPv6, or undefined for what AWS does by itself. */
export function ipAddressType(ipv6: boolean): string | undefined {
  return ipv6 ? "dualstack" : undefined;
}

function recordBlocks({ name, hostedZone, ipv6 }: DomainResource, target: string, targetZone: string): Block[] {
  if (hostedZone === undefined) return [];
  const ofType = (block: string, type: string): Block =>
    resource("aws_route53_record", block, {
      zone_id: templateText(hostedZone),
      name: templateText(name),
      type,
      alias: { name: target, zone_id: targetZone, evaluate_target_health: false },
    });
  return [ofType("domain", "A"), ...(ipv6 ? [ofType("domain_ipv6", "AAAA")] : [])];
}
