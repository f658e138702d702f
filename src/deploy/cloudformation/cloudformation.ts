/**
 * Plain CloudFormation: one template without a transform. Zips are named by their paths, which `aws cloudformation package` uploads.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 */
import { createHash } from "node:crypto";
import type { DeploymentTarget } from "../deployment-target.js";
import { type Document, type DocumentMembers, entries, inline, noted, toJson } from "../resources/document.js";
import type { FunctionResource, HttpApiResource, ResourceModel, RestApiResource } from "../resources/resource-model.js";
import { parameter } from "../resources/value.js";
import {
  accessLogSettings,
  cacheCluster,
  defaultRouteSettings,
  methodSettings,
  routeSettings,
  usagePlanResources,
} from "./api-stages.js";
import type { Dialect } from "./dialect.js";
import { httpApiDomain, ipAddressType, restApiDomain } from "./domain.js";
import { firewall, stageArn } from "./firewall.js";
import { extraMembers, limitMembers, limitsOfShared, tagList } from "./function-settings.js";
import { restApiSkips, stageSkips } from "../skips/door-skips.js";
import { functionSkips } from "../skips/function-skips.js";
import { getAtt, type LogicalIds, ref, when } from "./intrinsics.js";
import { vpcConfig } from "./network.js";
import { metadata } from "./metadata.js";
import { rootFrom, stackTarget } from "./stack-target.js";

/** `aws cloudformation package` and `deploy`. */
export const cloudFormationTarget: DeploymentTarget = {
  ...stackTarget("cloudformation", "AWS CloudFormation", ({ template }) => cloudFormationDialect(template)),
  namesVersionsInBuild: true,
};

/** `template` is the path of the template from the project's root. */
export function cloudFormationDialect(template: string): Dialect {
  return {
    commands: (model) => [
      "grpc2lambda build",
      `aws cloudformation package --template-file ${packagedTemplate(model, template)} --output-template-file packaged.yaml --s3-bucket <bucket for code>`,
      "aws cloudformation deploy --template-file packaged.yaml --capabilities CAPABILITY_IAM --stack-name <name>",
    ],
    head: {
      AWSTemplateFormatVersion: "2010-09-09",
      // cfn-lint warns of paths, which package replaces.
      Metadata: { "cfn-lint": { config: { ignore_checks: noted("The paths of zips are for `package`.", ["W3002"]) } } },
    },
    globals: () => ({}),
    fn: (resource, model, ids) => lambdaFunction(resource, `${rootFrom(template)}${resource.zip}`, model, ids),
    httpApi,
    restApi,
    additional: () => ({ each: {}, once: 0 }),
    publishes: true,
    alias: () => "Alias",
  };
}

/** With releases that is the template of `build`, in which versions have the names of what they freeze. */
function packagedTemplate({ release, functions: [first] }: ResourceModel, template: string): string {
  if (release === undefined || first === undefined) return template;
  return first.zip.replace(/[^/]*$/, "released.yaml");
}

/** The function with `code` as its property `Code`. */
export function lambdaFunction(
  fn: FunctionResource,
  code: Document,
  { shared }: ResourceModel,
  ids: LogicalIds,
): Document {
  const id = ids.functions.get(fn.id) ?? fn.id;
  const variables = new Map([...shared.environment, ...fn.environment].map(({ name, value }) => [name, value]));
  return {
    Type: "AWS::Lambda::Function",
    Metadata: metadata(functionSkips(fn, shared)),
    Properties: {
      Code: code,
      Handler: fn.handler,
      Description: fn.description,
      Role: getAtt(`${id}Role`, "Arn"),
      Runtime: shared.runtime,
      Architectures: [shared.architecture],
      ...limitMembers({ ...limitsOfShared(shared), ...fn.limits }),
      ...extraMembers(shared),
      Tags: tagList(shared.tags),
      DeadLetterConfig: fn.deadLetterQueue === undefined ? undefined : { TargetArn: fn.deadLetterQueue },
      TracingConfig: shared.tracing ? inline({ Mode: "Active" }) : undefined,
      LoggingConfig: {
        LogFormat: "JSON",
        ApplicationLogLevel: parameter("ApplicationLogLevel"),
        SystemLogLevel: parameter("SystemLogLevel"),
        LogGroup: ref(`${id}LogGroup`),
      },
      Environment: { Variables: entries([...variables]) },
      VpcConfig: vpcConfig(shared),
    },
  };
}

function httpApi({ accessLogFormat, document, stage, domain, ipv6 }: HttpApiResource): DocumentMembers {
  return {
    HttpApi: {
      Type: "AWS::ApiGatewayV2::Api",
      Properties: {
        IpAddressType: ipAddressType(ipv6),
        Body: noted("All routes in one document: a resource per route would soon reach the 500 of a stack.", document),
      },
    },
    HttpApiStage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: {
        ApiId: ref("HttpApi"),
        StageName: "$default",
        AutoDeploy: true,
        AccessLogSettings: accessLogSettings(accessLogFormat),
        DefaultRouteSettings: defaultRouteSettings(stage),
        RouteSettings: routeSettings(stage),
      },
    },
    ...httpApiDomain(domain, { api: "HttpApi", stage: ref("HttpApiStage") }),
  };
}

function restApi(door: RestApiResource): DocumentMembers {
  const { accessLogFormat, document, stage, domain, vpcEndpoints, waf, tracing, accountRole, ipv6 } = door;
  // A deployment is a copy of the document at its time: another document is another deployment.
  const hash = createHash("sha256")
    .update(JSON.stringify(toJson(document, (value) => value)))
    .digest("hex");
  const deployment = `RestApiDeployment${hash.slice(0, 10)}`;
  return {
    RestApi: {
      Type: "AWS::ApiGateway::RestApi",
      Metadata: metadata(restApiSkips),
      Properties: {
        EndpointConfiguration:
          vpcEndpoints === undefined
            ? inline({ Types: ["REGIONAL"], IpAddressType: ipAddressType(ipv6) })
            : { Types: ["PRIVATE"], VpcEndpointIds: vpcEndpoints, IpAddressType: ipAddressType(ipv6) },
        Body: noted(
          "All resources in one document: one of CloudFormation for each would soon reach the 500 of a stack.",
          document,
        ),
      },
    },
    [deployment]: { Type: "AWS::ApiGateway::Deployment", Properties: { RestApiId: ref("RestApi") } },
    RestApiStage: {
      Type: "AWS::ApiGateway::Stage",
      Metadata: metadata(stageSkips(door)),
      DependsOn: accountRole ? "ApiGatewayAccount" : undefined,
      Properties: {
        RestApiId: ref("RestApi"),
        DeploymentId: ref(deployment),
        StageName: parameter("Stage"),
        TracingEnabled: tracing || undefined,
        ...cacheCluster(stage),
        AccessLogSetting: when("HasAccessLogs", accessLogSettings(accessLogFormat)),
        MethodSettings: methodSettings(stage),
      },
    },
    ...restApiDomain(domain, { api: "RestApi", stage: ref("RestApiStage") }),
    ...firewall(waf, stageArn(ref("RestApiStage"))),
    ...usagePlanResources(door, ref("RestApiStage")),
  };
}
