/** The bucket of large payloads. */
import { type Document, inline, noted } from "../resources/document.js";
import type { PayloadBucket } from "../resources/resource-model.js";
import { payloadBucketSkips } from "../skips/bucket-skips.js";
import type { Resources } from "./dialect.js";
import { ref } from "./intrinsics.js";
import { metadata } from "./metadata.js";
import { privateBucket, tlsOnly } from "./private-bucket.js";

/** The bucket and its policy, by logical id. */
export function payloadBucketResources(bucket: PayloadBucket): Resources {
  return {
    PayloadBucket: noted(
      "What is too large for the front door. A bucket that is not empty keeps its stack from being deleted; S3 empties it within two days.",
      {
        Type: "AWS::S3::Bucket",
        DeletionPolicy: "Delete",
        UpdateReplacePolicy: "Delete",
        Metadata: metadata(payloadBucketSkips),
        Properties: bucketProperties(bucket),
      },
    ),
    PayloadBucketPolicy: {
      Type: "AWS::S3::BucketPolicy",
      Properties: {
        Bucket: ref("PayloadBucket"),
        PolicyDocument: { Version: "2012-10-17", Statement: [tlsOnly("PayloadBucket")] },
      },
    },
  };
}

function bucketProperties({ folders, cors, uploadOrigins }: PayloadBucket): Document {
  return {
    ...privateBucket,
    LifecycleConfiguration: {
      Rules: [
        ...folders.map(({ id, prefix }) => ({ Id: id, Status: "Enabled", Prefix: prefix, ExpirationInDays: 1 })),
        { Id: "unfinished", Status: "Enabled", AbortIncompleteMultipartUpload: inline({ DaysAfterInitiation: 1 }) },
      ],
    },
    CorsConfiguration: cors ? { CorsRules: [readRule, ...uploadRules(uploadOrigins)] } : undefined,
  };
}

const readRule = noted(
  "Who has the link may read; a browser that followed a redirect does not say anymore from which page it comes.",
  { AllowedMethods: ["GET", "HEAD"], AllowedOrigins: ["*"], AllowedHeaders: ["*"], MaxAge: 600 },
);

function uploadRules(origins: readonly string[]): Document[] {
  if (origins.length === 0) return [];
  return [
    {
      AllowedMethods: ["PUT"],
      AllowedOrigins: origins,
      AllowedHeaders: ["content-type", "content-encoding"],
      MaxAge: 600,
    },
  ];
}
