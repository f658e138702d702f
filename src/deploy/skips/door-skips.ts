/** Skips of front doors. */
import type { LoadBalancerResource, RestApiResource } from "../resources/resource-model.js";
import { type Skip, skip, skipInModules } from "./skip.js";

/** A REST API has no models: its functions know the schema. */
export const restApiSkips: readonly Skip[] = [
  skip("Functions check requests against the API's schema.", [], ["AwsSolutions-APIG2"]),
];

/** The stage of a REST API. */
export function stageSkips({ waf, tracing, stage }: Pick<RestApiResource, "waf" | "tracing" | "stage">): Skip[] {
  return [
    switchedLogs,
    ...(tracing ? [] : [untraced]),
    skip("Execution logs would hold headers and bodies: functions log every request.", [], ["AwsSolutions-APIG6"]),
    caching(
      stage.cacheSize === undefined ? "Answers are not cached." : "Only routes with the setting cache are cached.",
    ),
    ...(waf === undefined ? [skip("deployment.waf puts a web ACL in front.", [], ["AwsSolutions-APIG3"])] : []),
  ];
}

function caching(reason: string): Skip {
  return skipInModules(skip(reason, ["CKV_AWS_120"]), ["CKV_AWS_225"]);
}

const untraced = skip("Not traced: deployment.tracing is none.", ["CKV_AWS_73"], ["Serverless-APIGWXrayEnabled"]);

const switchedLogs = skip(
  "The parameter AccessLogs switches them on, where the account has a role for them.",
  ["CKV_AWS_76"],
  ["AwsSolutions-APIG1", "Serverless-APIGWAccessLogging", "Serverless-APIGWStructuredLogging"],
);

/** A role of a service of AWS, with the policy that AWS keeps for it. */
export const managedRoleSkips: readonly Skip[] = [
  skip("It is the policy that AWS keeps for this role.", [], ["AwsSolutions-IAM4"]),
];

/** A load balancer that is made here. */
export function loadBalancerSkips({ accessLogs }: Pick<LoadBalancerResource, "accessLogs">): Skip[] {
  const unlogged = skip(
    "Functions log every request: deployment.accessLogs logs in addition those that it refuses.",
    ["CKV_AWS_91"],
    ["AwsSolutions-ELB2"],
  );
  const deletable = skipInModules(skip("It goes with its stage, and holds nothing.", []), ["CKV_AWS_150"]);
  return [...(accessLogs === undefined ? [unlogged] : []), deletable];
}

/** The listener of a load balancer that is made here. */
export function listenerSkips({ certificate }: Pick<LoadBalancerResource, "certificate">): Skip[] {
  if (!certificate.optional) return [];
  return [skip("It is plain HTTP only where CertificateArn is empty.", ["CKV_AWS_2", "CKV_AWS_103"])];
}

/** The security group of a load balancer. cdk-nag cannot read its parameters, and says so under a name that version 2 has for all rules. */
export const securityGroupSkips: readonly Skip[] = [
  skip(
    "The parameter ClientCidr says who may reach the load balancer.",
    [],
    ["CdkNagValidationFailure", "AwsSolutions-EC23", "AwsSolutions-EC27"],
  ),
];
