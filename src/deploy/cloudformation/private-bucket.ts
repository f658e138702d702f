/** Settings of every bucket that is made here: nobody else reads it, and nobody without TLS. */
import { type Document, type DocumentMembers, inline } from "../resources/document.js";
import { getAtt } from "./intrinsics.js";

/** Settings of a private bucket. */
export const privateBucket: DocumentMembers = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
  OwnershipControls: { Rules: [inline({ ObjectOwnership: "BucketOwnerEnforced" })] },
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: inline({ SSEAlgorithm: "AES256" }) }],
  },
};

/** The statement by which a bucket refuses requests without TLS. */
export function tlsOnly(bucket: string): Document {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [getAtt(bucket, "Arn"), { "Fn::Sub": `\${${bucket}.Arn}/*` }],
    Condition: inline({ Bool: { "aws:SecureTransport": "false" } }),
  };
}
