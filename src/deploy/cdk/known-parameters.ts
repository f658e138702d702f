/** Parameters that stand for something of the AWS account, which users of the CDK have as a construct. */
import { callMethod, type Expression, member, optionalMember, orElse } from "../../emit/print/expression.js";

/** A property of the construct's props in place of a parameter, and the parameter's value in terms of it. */
export interface KnownParameter {
  readonly prop: string;
  /** A type, and the module below `aws-cdk-lib/` that exports it. */
  readonly type: readonly [module: string, name: string];
  readonly isOptional?: boolean;
  readonly isList?: boolean;
  readonly doc: string;
  /** Another parameter without which the value cannot be read. */
  readonly needs?: string;
  /** The value; `prop` is the property of `props`. */
  read(prop: Expression): Expression;
}

/** A property that is read in one step. */
function known(prop: string, type: KnownParameter["type"], read: string, doc: string): KnownParameter {
  return { prop, type, doc, read: (of) => member(of, read) };
}

const vpc = known("vpc", ["aws-ec2", "IVpc"], "vpcId", "VPC of the load balancer and of the functions.");

function subnets(prop: string, whose: string): KnownParameter {
  return {
    prop,
    type: ["aws-ec2", "SubnetSelection"],
    isOptional: true,
    doc: `Subnets of the ${whose}, in two availability zones at least. Default: the private ones.`,
    needs: "VpcId",
    read: (selection) => member(callMethod(member("props", vpc.prop), "selectSubnets", selection), "subnetIds"),
  };
}

const certificate = known(
  "certificate",
  ["aws-certificatemanager", "ICertificate"],
  "certificateArn",
  "Certificate of the listener.",
);

/** Constructs in place of parameters, by the name of the parameter. */
export const knownParameters: ReadonlyMap<string, KnownParameter> = new Map(
  Object.entries({
    VpcId: vpc,
    LoadBalancerSubnetIds: subnets("loadBalancerSubnets", "load balancer"),
    SubnetIds: subnets("subnets", "functions"),
    SecurityGroupIds: {
      prop: "securityGroups",
      type: ["aws-ec2", "ISecurityGroup"],
      isList: true,
      doc: "Security groups of the functions.",
      read: (groups) => callMethod(groups, "map", "({ securityGroupId }) => securityGroupId"),
    },
    CertificateArn: certificate,
    ListenerArn: known(
      "listener",
      ["aws-elasticloadbalancingv2", "IApplicationListener"],
      "listenerArn",
      "Listener of the load balancer that gets the rules.",
    ),
    LoadBalancerDnsName: known(
      "loadBalancer",
      ["aws-elasticloadbalancingv2", "ILoadBalancerV2"],
      "loadBalancerDnsName",
      "Load balancer of the listener, for the record of the domain.",
    ),
    LoadBalancerZoneId: known(
      "loadBalancer",
      ["aws-elasticloadbalancingv2", "ILoadBalancerV2"],
      "loadBalancerCanonicalHostedZoneId",
      "Load balancer of the listener, for the record of the domain.",
    ),
    AlarmTopicArn: known("alarmTopic", ["aws-sns", "ITopic"], "topicArn", "Topic that gets the alarms."),
    PayloadBucketName: known("payloadBucket", ["aws-s3", "IBucket"], "bucketName", "Bucket for large payloads."),
    AccessLogBucketName: known(
      "accessLogBucket",
      ["aws-s3", "IBucket"],
      "bucketName",
      "Bucket for the load balancer's logs.",
    ),
    UserPoolArn: known("userPool", ["aws-cognito", "IUserPool"], "userPoolArn", "User pool whose tokens are accepted."),
    AuthorizerArn: known(
      "authorizer",
      ["aws-lambda", "IFunction"],
      "functionArn",
      "The Lambda function that decides who may call.",
    ),
    OidcCredentialsArn: known(
      "oidcCredentials",
      ["aws-secretsmanager", "ISecret"],
      "secretArn",
      "Secret whose text is the client's secret.",
    ),
  } satisfies Record<string, KnownParameter>),
);

/** The certificate of a listener that also speaks plain HTTP. */
export const optionalCertificate: KnownParameter = {
  ...certificate,
  isOptional: true,
  doc: "Certificate of the listener. Default: none, plain HTTP within the VPC.",
  read: (prop) => orElse(withoutMember(prop), '""'),
};

function withoutMember(prop: Expression): Expression {
  return optionalMember(prop, "certificateArn");
}
