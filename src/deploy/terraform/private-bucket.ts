/** Settings of every bucket that is made here: nobody else reads it, and nobody without TLS. */
import { type Block, resource } from "./block.js";
import type { Json } from "./template-text.js";

/** Settings of a private bucket, each a resource of its own. */
export function privateBucketBlocks(name: string): Block[] {
  const bucket = `\${aws_s3_bucket.${name}.id}`;
  return [
    resource("aws_s3_bucket_public_access_block", name, {
      bucket,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    }),
    resource("aws_s3_bucket_ownership_controls", name, {
      bucket,
      rule: { object_ownership: "BucketOwnerEnforced" },
    }),
    resource("aws_s3_bucket_server_side_encryption_configuration", name, {
      bucket,
      rule: { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    }),
  ];
}

/** The statement by which a bucket refuses requests without TLS. */
export function tlsOnlyStatement(name: string): Json {
  return {
    sid: "TlsOnly",
    effect: "Deny",
    principals: { type: "*", identifiers: ["*"] },
    actions: ["s3:*"],
    resources: [`\${aws_s3_bucket.${name}.arn}`, `\${aws_s3_bucket.${name}.arn}/*`],
    condition: { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
  };
}
