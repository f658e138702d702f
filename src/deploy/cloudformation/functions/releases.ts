/** Releases: a version and an alias for each function, and what CodeDeploy needs to move requests from one version to the next. */
import { type Document, inline, noted } from "../../resources/document.js";
import type { FunctionResource, ReleaseResource, ResourceModel } from "../../resources/resource-model.js";
import { join, parameter, place } from "../../resources/value.js";
import { managedRoleSkips } from "../../skips/door-skips.js";
import type { Resources } from "../dialect.js";
import { keptOrDeleted, provisioned, tagList } from "../function-settings.js";
import { getAtt, type LogicalIds, ref } from "../intrinsics.js";
import { metadata } from "../metadata.js";

/** The application of CodeDeploy and the role by which it moves requests; none without traffic to move. */
export function applicationResources({ release, shared: { roles, tags } }: ResourceModel): Resources {
  if (release?.shifts !== true) return {};
  return {
    ReleaseApplication: { Type: "AWS::CodeDeploy::Application", Properties: { ComputePlatform: "Lambda" } },
    ReleaseApplicationRole: {
      Type: "AWS::IAM::Role",
      Metadata: metadata(managedRoleSkips),
      Properties: {
        Path: roles.path,
        PermissionsBoundary: roles.permissionsBoundary,
        Tags: tagList(tags),
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: inline({ Service: "codedeploy.amazonaws.com" }), Action: "sts:AssumeRole" },
          ],
        },
        ManagedPolicyArns: [
          join`arn:${place("partition")}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited`,
        ],
      },
    },
  };
}

/** The version and the alias of a function; none without releases. */
export function releaseResources(fn: FunctionResource, { release }: ResourceModel, ids: LogicalIds): Resources {
  if (release === undefined) return {};
  const id = ids.functions.get(fn.id) ?? fn.id;
  const version = ids.versions.get(fn.id) ?? `${id}Version`;
  const group = `${id}DeploymentGroup`;
  return {
    [version]: noted("Named by what it freezes: another name is another version. Old ones stay, for the way back.", {
      Type: "AWS::Lambda::Version",
      ...keptOrDeleted(true),
      Properties: { FunctionName: ref(`${id}Function`) },
    }),
    [`${id}${ids.alias ?? "Alias"}`]: {
      Type: "AWS::Lambda::Alias",
      UpdatePolicy: release.shifts ? { CodeDeployLambdaAliasUpdate: aliasUpdate(group) } : undefined,
      Properties: {
        FunctionName: ref(`${id}Function`),
        FunctionVersion: getAtt(version, "Version"),
        Name: release.alias,
        ProvisionedConcurrencyConfig: provisioned(fn),
      },
    },
    ...(release.shifts ? { [group]: deploymentGroup(release) } : {}),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html#cfn-attributes-updatepolicy-codedeploylambdaaliasupdate */
function aliasUpdate(group: string): Document {
  return { ApplicationName: ref("ReleaseApplication"), DeploymentGroupName: ref(group) };
}

function deploymentGroup({ alarms }: ReleaseResource): Document {
  return {
    Type: "AWS::CodeDeploy::DeploymentGroup",
    Properties: {
      ApplicationName: ref("ReleaseApplication"),
      ServiceRoleArn: getAtt("ReleaseApplicationRole", "Arn"),
      DeploymentConfigName: join`CodeDeployDefault.Lambda${parameter("TrafficShifting")}`,
      DeploymentStyle: inline({ DeploymentType: "BLUE_GREEN", DeploymentOption: "WITH_TRAFFIC_CONTROL" }),
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
      },
      AlarmConfiguration:
        alarms.length === 0
          ? undefined
          : noted("By their names: the alarms name the API, and the API names the aliases.", {
              Enabled: true,
              Alarms: alarms.map((name) => inline({ Name: join`${place("stack")}-${name}` })),
            }),
    },
  };
}
