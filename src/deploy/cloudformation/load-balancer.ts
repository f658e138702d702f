/** A load balancer with its listener, and the rules of one. */
import { type Document, type DocumentMembers, inline, noted } from "../resources/document.js";
import type { LoadBalancerResource, RuleResource } from "../resources/resource-model.js";
import { parameter } from "../resources/value.js";
import type { Resources } from "./dialect.js";
import { type LogicalIds, ref, when } from "./intrinsics.js";

/** Conditions of the template that the resources name. */
export function loadBalancerConditions({ own }: LoadBalancerResource): DocumentMembers {
  if (!own) return {};
  return { HasCertificate: { "Fn::Not": [{ "Fn::Equals": [parameter("CertificateArn"), ""] }] } };
}

/** The load balancer, where it is made here, and the rules. */
export function loadBalancerResources(door: LoadBalancerResource, ids: LogicalIds): Resources {
  const rules = door.rules.map((rule) => [`ListenerRule${rule.priority}`, ruleResource(rule, door, ids)] as const);
  return { ...(door.own ? ownResources(door) : {}), ...Object.fromEntries(rules) };
}

/** The output with the URL of the API; undefined for a listener that exists. */
export function loadBalancerUrl(door: LoadBalancerResource): Document | undefined {
  if (!door.own) return undefined;
  return {
    Description: "Where the API answers, within the VPC.",
    Value: { "Fn::Sub": ["${Scheme}://${LoadBalancer.DNSName}", { Scheme: when("HasCertificate", "https", "http") }] },
  };
}

function ownResources({ securityGroupDescription }: LoadBalancerResource): Resources {
  const port = when("HasCertificate", 443, 80);
  return {
    LoadBalancer: {
      Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
      Properties: {
        Type: "application",
        Scheme: "internal",
        Subnets: parameter("LoadBalancerSubnetIds"),
        SecurityGroups: [ref("LoadBalancerSecurityGroup")],
        LoadBalancerAttributes: [inline({ Key: "routing.http.drop_invalid_header_fields.enabled", Value: "true" })],
      },
    },
    LoadBalancerSecurityGroup: {
      Type: "AWS::EC2::SecurityGroup",
      Properties: {
        GroupDescription: securityGroupDescription,
        VpcId: parameter("VpcId"),
        SecurityGroupIngress: [
          {
            IpProtocol: "tcp",
            FromPort: port,
            ToPort: port,
            CidrIp: parameter("ClientCidr"),
            Description: "Clients",
          },
        ],
      },
    },
    Listener: {
      Type: "AWS::ElasticLoadBalancingV2::Listener",
      Properties: {
        LoadBalancerArn: ref("LoadBalancer"),
        Port: port,
        Protocol: when("HasCertificate", "HTTPS", "HTTP"),
        SslPolicy: when("HasCertificate", "ELBSecurityPolicy-TLS13-1-2-2021-06"),
        Certificates: when("HasCertificate", [inline({ CertificateArn: parameter("CertificateArn") })]),
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

function ruleResource(rule: RuleResource, { own }: LoadBalancerResource, ids: LogicalIds): Document {
  const target = ids.functions.get(rule.functionId) ?? rule.functionId;
  return noted(rule.rpcs, {
    Type: "AWS::ElasticLoadBalancingV2::ListenerRule",
    Properties: {
      ListenerArn: own ? ref("Listener") : parameter("ListenerArn"),
      Priority: rule.priority,
      Conditions: conditions(rule),
      Actions: [
        ...(rule.jwt ? [tokenCheck] : []),
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

const tokenCheck: Document = {
  Type: "jwt-validation",
  Order: 1,
  JwtValidationConfig: {
    JwksEndpoint: parameter("JwksEndpoint"),
    Issuer: parameter("JwtIssuer"),
    AdditionalClaims: [
      inline({ Name: "aud", Format: parameter("JwtAudienceFormat"), Values: parameter("JwtAudience") }),
    ],
  },
};
