/** Values for the parameters of a template, and the same values as props of the construct. */

const account = "123456789012";

const samples = [
  "https://login.example.com",
  `arn:aws:elasticloadbalancing:eu-central-1:${account}:listener/app/shared/0123456789abcdef/0123456789abcdef`,
  `arn:aws:secretsmanager:eu-central-1:${account}:secret:oidc-AbCdEf`,
  `arn:aws:cognito-idp:eu-central-1:${account}:userpool/eu-central-1_AbCdEfGhI`,
  `arn:aws:lambda:eu-central-1:${account}:function:authorizer`,
  `arn:aws:sns:eu-central-1:${account}:alarms`,
  `arn:aws:acm:eu-central-1:${account}:certificate/12345678-1234-1234-1234-123456789012`,
  "2001:db8::/32",
  "some-bucket",
  "Z1234567890ABC",
];

const byType = {
  CommaDelimitedList: ["first", "second"],
  "AWS::EC2::VPC::Id": "vpc-0123456789abcdef0",
  "List<AWS::EC2::Subnet::Id>": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  "List<AWS::EC2::SecurityGroup::Id>": ["sg-0123456789abcdef0"],
};

/** Values by the names of parameters: defaults, and samples that their patterns take. */
export function parameterValues(parameters = {}) {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { Type: type, Default: fallback, AllowedPattern: pattern }]) => {
      const fitting = samples.find((text) => new RegExp(`^(?:${pattern})$`).test(text));
      const named = name.endsWith("Arn")
        ? `arn:aws:kms:eu-central-1:${account}:key/12345678-1234-1234-1234-123456789012`
        : `the-${name.toLowerCase()}`;
      const text = pattern === undefined ? named : fitting;
      return [name, fallback ?? byType[type] ?? text];
    }),
  );
}

/** Props of the construct that mean the same. `cdk` loads a module below aws-cdk-lib. */
export function propsOf(values, stack, cdk) {
  const { Vpc, SecurityGroup } = cdk("aws-ec2");
  const { ApplicationListener, ApplicationLoadBalancer } = cdk("aws-elasticloadbalancingv2");
  const made = {
    VpcId: () => ({ vpc: vpc() }),
    SubnetIds: () => ({ vpc: vpc() }),
    LoadBalancerSubnetIds: () => ({ vpc: vpc() }),
    SecurityGroupIds: (ids) => ({
      securityGroups: ids.map((id) => SecurityGroup.fromSecurityGroupId(stack, `Group${id}`, id)),
    }),
    CertificateArn: (arn) =>
      arn === ""
        ? {}
        : { certificate: cdk("aws-certificatemanager").Certificate.fromCertificateArn(stack, "Certificate", arn) },
    ListenerArn: (listenerArn) => ({
      listener: ApplicationListener.fromApplicationListenerAttributes(stack, "Listener", {
        listenerArn,
        securityGroup: SecurityGroup.fromSecurityGroupId(stack, "ListenerGroup", "sg-1"),
      }),
    }),
    LoadBalancerDnsName: (loadBalancerDnsName) => ({
      loadBalancer: ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, "LoadBalancer", {
        loadBalancerArn: values.ListenerArn.replace(/:listener/, ":loadbalancer").replace(/\/[^/]*$/, ""),
        securityGroupId: "sg-1",
        loadBalancerDnsName,
        loadBalancerCanonicalHostedZoneId: values.LoadBalancerZoneId,
      }),
    }),
    LoadBalancerZoneId: () => ({}),
    AlarmTopicArn: (arn) => ({ alarmTopic: cdk("aws-sns").Topic.fromTopicArn(stack, "Topic", arn) }),
    PayloadBucketName: (name) => ({ payloadBucket: cdk("aws-s3").Bucket.fromBucketName(stack, "Payloads", name) }),
    AccessLogBucketName: (name) => ({
      accessLogBucket: cdk("aws-s3").Bucket.fromBucketName(stack, "AccessLogs", name),
    }),
    UserPoolArn: (arn) => ({ userPool: cdk("aws-cognito").UserPool.fromUserPoolArn(stack, "UserPool", arn) }),
    AuthorizerArn: (arn) => ({ authorizer: cdk("aws-lambda").Function.fromFunctionArn(stack, "Authorizer", arn) }),
    OidcCredentialsArn: (arn) => ({
      oidcCredentials: cdk("aws-secretsmanager").Secret.fromSecretCompleteArn(stack, "Oidc", arn),
    }),
  };
  const vpc = () =>
    stack.node.tryFindChild("Vpc") ??
    Vpc.fromVpcAttributes(stack, "Vpc", {
      vpcId: byType["AWS::EC2::VPC::Id"],
      availabilityZones: ["eu-central-1a", "eu-central-1b"],
      privateSubnetIds: byType["List<AWS::EC2::Subnet::Id>"],
    });
  const plain = (name, value) => ({ [name.slice(0, 1).toLowerCase() + name.slice(1)]: value });
  return Object.assign({}, ...Object.entries(values).map(([name, value]) => made[name]?.(value) ?? plain(name, value)));
}
