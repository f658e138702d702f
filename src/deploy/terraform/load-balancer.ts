/** A load balancer with its listener, target groups and rules. */
import { listenerPolicies } from "../resources/domain.js";
import type {
  FunctionResource,
  LoadBalancerResource,
  ResourceModel,
  RuleResource,
} from "../resources/resource-model.js";
import { accessLogBucketBlocks, loadBalancerLogs } from "./access-logs.js";
import { callerCheck } from "./caller-check.js";
import { type Block, resource } from "./block.js";
import { ipAddressType, loadBalancerDomainBlocks } from "./domain.js";
import { firewallBlocks } from "./gateway.js";
import { escapeTemplate, type Json, resourceName, templateText } from "./template-text.js";

/** The load balancer, where it is made here, and everything that leads to functions. */
export function loadBalancerBlocks(
  door: LoadBalancerResource,
  { functions, release, shared }: Pick<ResourceModel, "functions" | "release" | "shared">,
): Block[] {
  const target = release === undefined ? "aws_lambda_function" : "aws_lambda_alias";
  return [
    ...(door.own ? [...ownBlocks(door), ...firewallBlocks(door.waf, "${aws_lb.api.arn}")] : []),
    ...(door.accessLogs === "own" ? accessLogBucketBlocks(shared) : []),
    ...loadBalancerDomainBlocks(door.domain, door.own),
    ...functions.flatMap((fn) => targetGroupBlocks(fn, target)),
    ...door.rules.map((rule) => ruleBlock(rule, door)),
  ];
}

function ownBlocks(door: LoadBalancerResource): Block[] {
  return [
    resource("aws_lb", "api", {
      name_prefix: "api-",
      internal: true,
      load_balancer_type: "application",
      ip_address_type: ipAddressType(door.ipv6),
      subnets: "${var.load_balancer_subnet_ids}",
      security_groups: ["${aws_security_group.load_balancer.id}"],
      drop_invalid_header_fields: true,
      access_logs: loadBalancerLogs(door),
      depends_on: door.accessLogs === "own" ? ["aws_s3_bucket_policy.access_logs"] : undefined,
    }),
    resource("aws_security_group", "load_balancer", {
      description: templateText(door.securityGroupDescription),
      vpc_id: "${var.vpc_id}",
    }),
    ...ingress("clients", "${local.port}", "Clients", door),
    ...(door.domain === undefined ? [] : ingress("clients_http", 80, "Clients, which are redirected", door)),
    ...(door.rules.some(({ auth }) => auth !== undefined) ? [egress] : []),
    listener(door),
  ];
}

function ingress(name: string, port: string | number, description: string, { ipv6 }: LoadBalancerResource): Block[] {
  const from = (block: string, addresses: { [name: string]: Json }): Block =>
    resource("aws_vpc_security_group_ingress_rule", block, {
      security_group_id: "${aws_security_group.load_balancer.id}",
      ip_protocol: "tcp",
      from_port: port,
      to_port: port,
      ...addresses,
      description,
    });
  return [
    from(name, { cidr_ipv4: "${var.client_cidr}" }),
    ...(ipv6 ? [from(`${name}_ipv6`, { cidr_ipv6: "${var.client_ipv6_cidr}" })] : []),
  ];
}

/** Terraform takes away what AWS lets out by default, and the load balancer reads keys and logs users in elsewhere. */
const egress = resource("aws_vpc_security_group_egress_rule", "issuers", {
  security_group_id: "${aws_security_group.load_balancer.id}",
  ip_protocol: "tcp",
  from_port: 443,
  to_port: 443,
  cidr_ipv4: "0.0.0.0/0",
  description: "Issuers of tokens",
});

function listener({ certificate, domain }: LoadBalancerResource): Block {
  const policy = listenerPolicies[domain?.minimumTls ?? "1.2"];
  const arn = templateText(certificate.arn);
  const encryption = certificate.optional
    ? {
        protocol: '${local.has_certificate ? "HTTPS" : "HTTP"}',
        ssl_policy: `\${local.has_certificate ? "${policy}" : null}`,
        certificate_arn: `\${local.has_certificate ? ${arn.slice(2, -1)} : null}`,
      }
    : { protocol: "HTTPS", ssl_policy: policy, certificate_arn: arn };
  return resource("aws_lb_listener", "api", {
    load_balancer_arn: "${aws_lb.api.arn}",
    port: "${local.port}",
    ...encryption,
    mutual_authentication:
      domain?.truststore === undefined
        ? undefined
        : { mode: "verify", trust_store_arn: "${aws_lb_trust_store.clients.arn}" },
    default_action: {
      type: "fixed-response",
      fixed_response: {
        status_code: "404",
        content_type: "application/json",
        message_body: '{"code":5,"message":"Not Found","details":[]}',
      },
    },
  });
}

function targetGroupBlocks({ id, targetGroup }: FunctionResource, target: string): Block[] {
  if (targetGroup === undefined) return [];
  const name = resourceName(id);
  return [
    resource(
      "aws_lb_target_group",
      name,
      {
        name: templateText(targetGroup.name),
        target_type: "lambda",
        lambda_multi_value_headers_enabled: true,
      },
      "Without lists of values, repeated headers and parameters would lose all but the last.",
    ),
    resource(
      "aws_lb_target_group_attachment",
      name,
      {
        target_group_arn: `\${aws_lb_target_group.${name}.arn}`,
        target_id: `\${${target}.${name}.arn}`,
        depends_on: [`aws_lambda_permission.${name}`],
      },
      "The load balancer asks for the permission when the function becomes a target.",
    ),
  ];
}

function ruleBlock(rule: RuleResource, door: LoadBalancerResource): Block {
  const target = resourceName(rule.functionId);
  const body = {
    listener_arn: door.own ? "${aws_lb_listener.api.arn}" : "${var.listener_arn}",
    priority: rule.priority,
    condition: conditions(rule),
    action: [
      ...(rule.auth === undefined ? [] : [callerCheck(rule.auth, door)]),
      { type: "forward", order: 2, target_group_arn: `\${aws_lb_target_group.${target}.arn}` },
    ],
    depends_on: [`aws_lb_target_group_attachment.${target}`],
  };
  return resource("aws_lb_listener_rule", `priority_${rule.priority}`, body, rule.rpcs);
}

function conditions({ hosts, httpMethods, pathPatterns, pathRegexes }: RuleResource): Json {
  const paths =
    pathPatterns.length > 0
      ? { values: pathPatterns.map(escapeTemplate) }
      : { regex_values: pathRegexes.map(escapeTemplate) };
  return [
    ...(hosts.length === 0 ? [] : [{ host_header: { values: hosts.map(templateText) } }]),
    ...(httpMethods.length === 0 ? [] : [{ http_request_method: { values: httpMethods } }]),
    { path_pattern: paths },
  ];
}
