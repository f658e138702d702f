/** A function with its role, its logs, its callers, and its place behind the front door. */
import { type Document, type DocumentMembers, inline, noted } from "../../resources/document.js";
import type {
  FunctionResource,
  Invoker,
  ResourceModel,
  SharedSettings,
  UrlResource,
} from "../../resources/resource-model.js";
import { concatenate, parameter } from "../../resources/value.js";
import { logGroupSkips } from "../../skips/function-skips.js";
import type { Dialect, Resources } from "../dialect.js";
import { keptOrDeleted, tagList } from "../function-settings.js";
import { calledArn, calledName, type LogicalIds } from "../intrinsics.js";
import { metadata } from "../metadata.js";
import { releaseResources } from "./releases.js";
import { roleResource } from "./roles.js";

/** The resources of one function, by logical id. */
export function functionResources(
  fn: FunctionResource,
  model: ResourceModel,
  dialect: Dialect,
  ids: LogicalIds,
): Resources {
  const id = ids.functions.get(fn.id) ?? fn.id;
  return {
    [`${id}Function`]: noted(fn.rpcs, dialect.fn(fn, model, ids)),
    [`${id}Role`]: roleResource(fn, model.shared),
    [`${id}LogGroup`]: logGroup(fn, model.shared),
    ...(dialect.publishes ? releaseResources(fn, model, ids) : {}),
    ...(fn.url === undefined ? {} : { [`${id}Url`]: urlResource(fn.url, id, ids) }),
    ...(fn.targetGroup === undefined ? {} : { [`${id}TargetGroup`]: targetGroup(fn.targetGroup, id, ids) }),
    ...Object.fromEntries(fn.invokers.map((invoker) => [`${id}${invoker.name}`, permission(invoker, id, ids)])),
  };
}

function logGroup({ logGroupName }: FunctionResource, { tags, logs }: SharedSettings): Document {
  const name = logs.keepFunctions
    ? noted("Kept under a name that no later stack takes.", concatenate([logGroupName, "-", { kind: "suffix" }]))
    : logGroupName;
  return {
    Type: "AWS::Logs::LogGroup",
    ...keptOrDeleted(logs.keepFunctions),
    Metadata: metadata(logGroupSkips(logs)),
    Properties: {
      LogGroupName: name,
      RetentionInDays: parameter("LogRetentionDays"),
      KmsKeyId: logs.kmsKey,
      Tags: tagList(tags),
    },
  };
}

function permission(
  { action, principal, source, openUrl, throughUrl, note }: Invoker,
  id: string,
  ids: LogicalIds,
): Document {
  const resource: Document = {
    Type: "AWS::Lambda::Permission",
    Properties: {
      Action: action,
      FunctionName: calledName(id, ids),
      Principal: principal,
      SourceArn: source,
      FunctionUrlAuthType: openUrl === true ? "NONE" : undefined,
      InvokedViaFunctionUrl: throughUrl,
    },
  };
  return note === undefined ? resource : noted(note, resource);
}

function urlResource({ open, streams, cors }: UrlResource, id: string, ids: LogicalIds): Document {
  return {
    Type: "AWS::Lambda::Url",
    Properties: {
      TargetFunctionArn: calledName(id, ids),
      AuthType: open ? "NONE" : "AWS_IAM",
      InvokeMode: streams ? "RESPONSE_STREAM" : "BUFFERED",
      Cors: cors === undefined ? undefined : urlCors(cors),
    },
  };
}

function urlCors(cors: NonNullable<UrlResource["cors"]>): DocumentMembers {
  return {
    AllowOrigins: cors.origins,
    AllowMethods: cors.methods,
    AllowHeaders: cors.headers,
    ExposeHeaders: cors.exposeHeaders.length === 0 ? undefined : cors.exposeHeaders,
    MaxAge: cors.maxAge,
    AllowCredentials: cors.credentials,
  };
}

function targetGroup({ name }: NonNullable<FunctionResource["targetGroup"]>, id: string, ids: LogicalIds): Document {
  return {
    Type: "AWS::ElasticLoadBalancingV2::TargetGroup",
    DependsOn: noted(
      "The load balancer asks for the permission when the function becomes a target.",
      `${id}Permission`,
    ),
    Properties: {
      Name: noted(
        "Known before it exists, for the permission; the stack's id tells the copies of the API apart.",
        name,
      ),
      TargetType: "lambda",
      Targets: [inline({ Id: calledArn(id, ids) })],
      HealthCheckEnabled: false,
      TargetGroupAttributes: noted(
        "Without lists of values, repeated headers and parameters would lose all but the last.",
        [inline({ Key: "lambda.multi_value_headers.enabled", Value: "true" })],
      ),
    },
  };
}
