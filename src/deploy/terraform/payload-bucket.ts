/** The bucket of large payloads. */
import type { PayloadBucket } from "../resources/resource-model.js";
import { type Block, resource } from "./block.js";
import { privateBucketBlocks, tlsOnlyStatement } from "./private-bucket.js";
import { escapeTemplate, type Json } from "./template-text.js";

const bucket = "${aws_s3_bucket.payloads.id}";

/** The bucket with its settings, each a resource of its own. */
export function payloadBucketBlocks({ folders, cors, uploadOrigins }: PayloadBucket): Block[] {
  return [
    resource(
      "aws_s3_bucket",
      "payloads",
      { bucket_prefix: "grpc2lambda-payloads-", force_destroy: true },
      "What is too large for the front door.",
    ),
    ...privateBucketBlocks("payloads"),
    resource("aws_s3_bucket_lifecycle_configuration", "payloads", {
      bucket,
      rule: [...folders.map(lifecycleRule), unfinished],
    }),
    resource("aws_s3_bucket_policy", "payloads", {
      bucket,
      policy: "${data.aws_iam_policy_document.payloads.json}",
    }),
    ...(cors ? [corsBlock(uploadOrigins)] : []),
  ];
}

/** The policy by which the bucket refuses requests without TLS. */
export const payloadBucketPolicy = resource("aws_iam_policy_document", "payloads", {
  statement: tlsOnlyStatement("payloads"),
});

function lifecycleRule({ id, prefix }: PayloadBucket["folders"][number]): Json {
  return {
    id,
    status: "Enabled",
    filter: { prefix: escapeTemplate(prefix) },
    expiration: { days: 1 },
  };
}

/** Uploads in parts that nobody completes, wherever they are. */
const unfinished: Json = {
  id: "unfinished",
  status: "Enabled",
  filter: { prefix: "" },
  abort_incomplete_multipart_upload: { days_after_initiation: 1 },
};

function corsBlock(uploadOrigins: readonly string[]): Block {
  const read = {
    "//": "Who has the link may read; a browser that followed a redirect does not say anymore from which page it comes.",
    allowed_methods: ["GET", "HEAD"],
    allowed_origins: ["*"],
    allowed_headers: ["*"],
    max_age_seconds: 600,
  };
  const upload = {
    allowed_methods: ["PUT"],
    allowed_origins: uploadOrigins.map(escapeTemplate),
    allowed_headers: ["content-type", "content-encoding"],
    max_age_seconds: 600,
  };
  const rules = uploadOrigins.length === 0 ? [read] : [read, upload];
  return resource("aws_s3_bucket_cors_configuration", "payloads", { bucket, cors_rule: rules });
}
