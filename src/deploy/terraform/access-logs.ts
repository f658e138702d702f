/** Logs of requests: of an HTTP API or a REST API to CloudWatch, of a load balancer to a bucket. */
import type { LoadBalancerResource, SharedSettings } from "../resources/resource-model.js";
import { type Block, resource } from "./block.js";
import { privateBucketBlocks, tlsOnlyStatement } from "./private-bucket.js";
import { type Json, templateText } from "./template-text.js";

/** The log group of an API. */
export function accessLogGroup({ logs }: SharedSettings): Block {
  return resource("aws_cloudwatch_log_group", "api_access", {
    name: "/aws/vendedlogs/apis/${local.name}",
    retention_in_days: "${var.log_retention_days}",
    kms_key_id: logs.kmsKey === undefined ? undefined : templateText(logs.kmsKey),
    skip_destroy: logs.keepAccess ? true : undefined,
  });
}

/** The role by which the REST APIs of an account log. */
export const accountBlocks: readonly Block[] = [
  resource("aws_iam_role", "api_gateway_logs", {
    name_prefix: "api-gateway-logs-",
    assume_role_policy: "${data.aws_iam_policy_document.api_gateway.json}",
  }),
  resource("aws_iam_role_policy_attachment", "api_gateway_logs", {
    role: "${aws_iam_role.api_gateway_logs.name}",
    policy_arn:
      "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
  }),
  resource(
    "aws_api_gateway_account",
    "logs",
    {
      cloudwatch_role_arn: "${aws_iam_role.api_gateway_logs.arn}",
      depends_on: ["aws_iam_role_policy_attachment.api_gateway_logs"],
    },
    "An account has one such role for all of its REST APIs.",
  ),
];

/** Principals that may take that role. */
export const accountPolicy: Block = resource("aws_iam_policy_document", "api_gateway", {
  statement: {
    actions: ["sts:AssumeRole"],
    principals: { type: "Service", identifiers: ["apigateway.amazonaws.com"] },
  },
});

/** The argument of a load balancer that logs. */
export function loadBalancerLogs({ accessLogs }: LoadBalancerResource): Json | undefined {
  if (accessLogs === undefined) return undefined;
  const bucket = accessLogs === "own" ? "${aws_s3_bucket.access_logs.id}" : "${var.access_log_bucket_name}";
  return { enabled: true, bucket, prefix: "${local.name}" };
}

/** The bucket of a load balancer's logs. */
export function accessLogBucketBlocks({ logs }: SharedSettings): Block[] {
  const bucket = "${aws_s3_bucket.access_logs.id}";
  return [
    resource("aws_s3_bucket", "access_logs", {
      bucket_prefix: "access-logs-",
      force_destroy: logs.keepAccess ? undefined : true,
    }),
    ...privateBucketBlocks("access_logs"),
    resource("aws_s3_bucket_lifecycle_configuration", "access_logs", {
      bucket,
      rule: {
        id: "retention",
        status: "Enabled",
        filter: { prefix: "" },
        expiration: { days: "${var.log_retention_days}" },
        abort_incomplete_multipart_upload: { days_after_initiation: 1 },
      },
    }),
    resource("aws_s3_bucket_policy", "access_logs", {
      bucket,
      policy: "${data.aws_iam_policy_document.access_logs.json}",
    }),
  ];
}

/** Principals that may write into it. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
export const accessLogBucketPolicy: Block = resource("aws_iam_policy_document", "access_logs", {
  statement: [
    {
      sid: "LogDelivery",
      actions: ["s3:PutObject"],
      resources: [
        "${aws_s3_bucket.access_logs.arn}/${local.name}/AWSLogs/${data.aws_caller_identity.current.account_id}/*",
      ],
      principals: { type: "Service", identifiers: ["logdelivery.elasticloadbalancing.amazonaws.com"] },
      condition: {
        test: "ArnLike",
        variable: "aws:SourceArn",
        values: [
          "arn:${data.aws_partition.current.partition}:elasticloadbalancing:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:loadbalancer/*",
        ],
      },
    },
    tlsOnlyStatement("access_logs"),
  ],
});
