/** Logs of requests: of an HTTP API or a REST API to CloudWatch, of a load balancer to a bucket. */
import { type Document, inline, noted } from "../resources/document.js";
import type { DoorResource, LoadBalancerResource, SharedSettings } from "../resources/resource-model.js";
import { join, parameter, place } from "../resources/value.js";
import type { Resources } from "./dialect.js";
import { keptOrDeleted } from "./function-settings.js";
import { accessLogBucketSkips } from "../skips/bucket-skips.js";
import { managedRoleSkips } from "../skips/door-skips.js";
import { logGroupSkips } from "../skips/function-skips.js";
import { ref } from "./intrinsics.js";
import { metadata } from "./metadata.js";
import { privateBucket, tlsOnly } from "./private-bucket.js";

/** The resources that hold or allow access logs. */
export function accessLogResources(door: DoorResource, { logs }: SharedSettings): Resources {
  switch (door.kind) {
    case "http-api":
      return { ApiAccessLogs: logGroup(logs) };
    case "rest-api":
      return { ApiAccessLogs: logGroup(logs), ...(door.accountRole ? accountResources : {}) };
    case "alb":
      return door.accessLogs === "own" ? bucketResources(logs) : {};
    case "function-url":
      return {};
    default:
      return door satisfies never;
  }
}

function logGroup(logs: SharedSettings["logs"]): Document {
  return {
    Type: "AWS::Logs::LogGroup",
    ...keptOrDeleted(logs.keepAccess),
    Metadata: metadata(logGroupSkips(logs)),
    Properties: {
      LogGroupName: noted(
        "This prefix keeps the account's log resource policy from growing with every API. What is kept has a name that no later stack takes.",
        join`/aws/vendedlogs/apis/${place("stack")}-${{ kind: "suffix" }}`,
      ),
      RetentionInDays: parameter("LogRetentionDays"),
      KmsKeyId: logs.kmsKey,
    },
  };
}

/** An account has one such role for all of its REST APIs: it stays when the stack goes. */
const accountResources: Resources = {
  ApiGatewayLogRole: {
    Type: "AWS::IAM::Role",
    ...keptOrDeleted(true),
    Metadata: metadata(managedRoleSkips),
    Properties: {
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: inline({ Service: "apigateway.amazonaws.com" }), Action: "sts:AssumeRole" },
        ],
      },
      ManagedPolicyArns: [
        join`arn:${place("partition")}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
      ],
    },
  },
  ApiGatewayAccount: noted("An account has one such role for all of its REST APIs: both stay when the stack goes.", {
    Type: "AWS::ApiGateway::Account",
    ...keptOrDeleted(true),
    Properties: { CloudWatchRoleArn: { "Fn::GetAtt": ["ApiGatewayLogRole", "Arn"] } },
  }),
};

/** Attributes of a load balancer that logs. */
export function loadBalancerLogs({ accessLogs }: LoadBalancerResource): Document[] {
  if (accessLogs === undefined) return [];
  const bucket = accessLogs === "own" ? ref("AccessLogBucket") : parameter("AccessLogBucketName");
  return [
    inline({ Key: "access_logs.s3.enabled", Value: "true" }),
    inline({ Key: "access_logs.s3.bucket", Value: bucket }),
    inline({ Key: "access_logs.s3.prefix", Value: place("stack") }),
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
function bucketResources({ keepAccess }: SharedSettings["logs"]): Resources {
  return {
    AccessLogBucket: {
      Type: "AWS::S3::Bucket",
      ...keptOrDeleted(keepAccess),
      Metadata: metadata(accessLogBucketSkips),
      Properties: {
        ...privateBucket,
        LifecycleConfiguration: {
          Rules: [{ Id: "retention", Status: "Enabled", ExpirationInDays: parameter("LogRetentionDays") }],
        },
      },
    },
    AccessLogBucketPolicy: {
      Type: "AWS::S3::BucketPolicy",
      ...keptOrDeleted(keepAccess),
      Properties: {
        Bucket: ref("AccessLogBucket"),
        PolicyDocument: { Version: "2012-10-17", Statement: [logDelivery, tlsOnly("AccessLogBucket")] },
      },
    },
  };
}

const logDelivery: Document = {
  Sid: "LogDelivery",
  Effect: "Allow",
  Principal: inline({ Service: "logdelivery.elasticloadbalancing.amazonaws.com" }),
  Action: "s3:PutObject",
  Resource: { "Fn::Sub": "${AccessLogBucket.Arn}/${AWS::StackName}/AWSLogs/${AWS::AccountId}/*" },
  Condition: {
    ArnLike: {
      "aws:SourceArn": join`arn:${place("partition")}:elasticloadbalancing:${place("region")}:${place("account")}:loadbalancer/*`,
    },
  },
};
