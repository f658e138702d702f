/** A load balancer with its listener, and the rules of one. */
import { type Document, type DocumentMembers, inline, noted } from "../resources/document.js";
import { listenerPolicies } from "../resources/domain.js";
import type { LoadBalancerResource, RuleResource } from "../resources/resource-model.js";
import { parameter } from "../resources/value.js";
import { listenerSkips, loadBalancerSkips, securityGroupSkips } from "../skips/door-skips.js";
import { loadBalancerLogs } from "./access-logs.js";
import { callerCheck } from "./caller-check.js";
import type { Resources } from "./dialect.js";
import { ipAddressType } from "./domain.js";
import { firewall } from "./firewall.js";
import { type LogicalIds, ref, when } from "./intrinsics.js";
import { loadBalancerDomain } from "./listener-domain.js";
import { metadata } from "./metadata.js";

/** Conditions of the template that the resources name. */
export function loadBalancerConditions({ own, certificate }: LoadBalancerResource): DocumentMembers {
  if (!own || !certificate.optional) return {};
  return { HasCertificate: { "Fn::Not": [{ "Fn::Equals": [certificate.arn, ""] }] } };
}

/** The load balancer, where it is made here, and the rules. */
export function loadBalancerResources(door: LoadBalancerResource, ids: LogicalIds): Resources {
  const rules = door.rules.map((rule) => [`ListenerRule${rule.priority}`, ruleResource(rule, door, ids)] as const);
  return {
    ...(door.own ? { ...ownResources(door), ...firewall(door.waf, ref("LoadBalancer")) } : {}),
    ...loadBalancerDomain(door),
    ...Object.fromEntries(rules),
  };
}

/** The output with the URL of the API; undefined for a listener that exists and has no domain. */
export function loadBalancerUrl(door: LoadBalancerResource): Document | undefined {
  if (!door.own) return undefined;
  const url = "://${LoadBalancer.DNSName}";
  return {
    Description: "Where the API answers, within the VPC.",
    Value: door.certificate.optional
      ? { "Fn::Sub": [`\${Scheme}${url}`, { Scheme: when("HasCertificate", "https", "http") }] }
      : { "Fn::Sub": `https${url}` },
  };
}

function ownResources(door: LoadBalancerResource): Resources {
  const secure = (then: Document, otherwise?: Document): Document =>
    door.certificate.optional ? when("HasCertificate", then, otherwise) : then;
  const port = secure(443, 80);
  return {
    LoadBalancer: loadBalancer(door),
    LoadBalancerSecurityGroup: {
      Type: "AWS::EC2::SecurityGroup",
      Metadata: metadata(securityGroupSkips),
      Properties: {
        GroupDescription: door.securityGroupDescription,
        VpcId: parameter("VpcId"),
        SecurityGroupIngress: (door.domain === undefined ? [port] : [port, 80]).flatMap((each) => ingress(each, door)),
      },
    },
    Listener: {
      Type: "AWS::ElasticLoadBalancingV2::Listener",
      Metadata: metadata(listenerSkips(door)),
      Properties: {
        LoadBalancerArn: ref("LoadBalancer"),
        Port: port,
        Protocol: secure("HTTPS", "HTTP"),
        SslPolicy: secure(listenerPolicies[door.domain?.minimumTls ?? "1.2"]),
        Certificates: secure([inline({ CertificateArn: door.certificate.arn })]),
        MutualAuthentication:
          door.domain?.truststore === undefined ? undefined : { Mode: "verify", TrustStoreArn: ref("TrustStore") },
        DefaultActions: [
          {
            Type: "fixed-response",
            FixedResponseConfig: {
              StatusCode: "404",
              ContentType: "application/json",
              MessageBody: '{"code":5,"message":"Not Found","details":[]}',
            },
          },
        ],
      },
    },
  };
}

function loadBalancer(door: LoadBalancerResource): Document {
  return {
    Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    Metadata: metadata(loadBalancerSkips(door)),
    DependsOn: door.accessLogs === "own" ? "AccessLogBucketPolicy" : undefined,
    Properties: {
      Type: "application",
      Scheme: "internal",
      IpAddressType: ipAddressType(door.ipv6),
      Subnets: parameter("LoadBalancerSubnetIds"),
      SecurityGroups: [ref("LoadBalancerSecurityGroup")],
      LoadBalancerAttributes: [
        inline({ Key: "routing.http.drop_invalid_header_fields.enabled", Value: "true" }),
        ...loadBalancerLogs(door),
      ],
    },
  };
}

function ingress(port: Document, { ipv6 }: LoadBalancerResource): Document[] {
  const from = (addresses: DocumentMembers): Document => {
    return { IpProtocol: "tcp", FromPort: port, ToPort: port, ...addresses, Description: "Clients" };
  };
  return [
    from({ CidrIp: parameter("ClientCidr") }),
    ...(ipv6 ? [from({ CidrIpv6: parameter("ClientIpv6Cidr") })] : []),
  ];
}

function ruleResource(rule: RuleResource, { own }: LoadBalancerResource, ids: LogicalIds): Document {
  const target = ids.functions.get(rule.functionId) ?? rule.functionId;
  return noted(rule.rpcs, {
    Type: "AWS::ElasticLoadBalancingV2::ListenerRule",
    Properties: {
      ListenerArn: own ? ref("Listener") : parameter("ListenerArn"),
      Priority: rule.priority,
      Conditions: conditions(rule),
      Actions: [
        ...(rule.auth === undefined ? [] : [callerCheck(rule.auth)]),
        { Type: "forward", Order: 2, TargetGroupArn: ref(`${target}TargetGroup`) },
      ],
    },
  });
}

function conditions({ hosts, httpMethods, pathPatterns, pathRegexes }: RuleResource): Document {
  return [
    ...(hosts.length === 0 ? [] : [{ Field: "host-header", HostHeaderConfig: { Values: hosts } }]),
    ...(httpMethods.length === 0
      ? []
      : [{ Field: "http-request-method", HttpRequestMethodConfig: { Values: httpMethods } }]),
    {
      Field: "path-pattern",
      PathPatternConfig: pathPatterns.length > 0 ? { Values: pathPatterns } : { RegexValues: pathRegexes },
    },
  ];
}
