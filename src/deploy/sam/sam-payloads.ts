/** The bucket for large payloads, and what functions may do there, as the SAM template shows it. */
import type { FunctionPlan, LargePayloadsPlan, Plan } from "../../plan/plan.js";
import type { StatementView } from "./sam-settings.js";
import { yamlString } from "./yaml-text.js";

/** Scalars are YAML text already. */
export interface PayloadBucketView {
  /** The bucket is made here; else it is a parameter. */
  readonly own: boolean;
  /** The name of the bucket for `!Ref`. */
  readonly ref: string;
  readonly rules: readonly { readonly id: string; readonly prefix: string }[];
  /** Pages may follow links and upload. */
  readonly cors: boolean;
  /** Pages that may upload, on one line; "" for none. */
  readonly uploadOrigins: string;
}

/** Undefined without large payloads. */
export function payloadBucketView({ deployment }: Plan): PayloadBucketView | undefined {
  const { cors, largePayloads: settings } = deployment;
  if (settings === undefined) return undefined;
  return {
    own: settings.bucket === "own",
    ref: bucketName(settings),
    rules: ["responses", "uploads"].map((id) => ({ id, prefix: yamlString(`${settings.prefix}${id}/`) })),
    cors: cors !== undefined,
    uploadOrigins: cors === undefined || !settings.uploads ? "" : cors.origins.map(yamlString).join(", "),
  };
}

/** A link allows no more than the role that signed it: who makes links to read has to be allowed to read, and likewise for uploads. */
export function payloadStatements({ payloads }: Pick<FunctionPlan, "payloads">, { deployment }: Plan): StatementView[] {
  const { largePayloads: settings } = deployment;
  if (settings === undefined) return [];
  const allow = (actions: readonly string[], folder: string): StatementView => ({
    actions: actions.map(yamlString),
    resources: [`!Sub arn:\${AWS::Partition}:s3:::\${${bucketName(settings)}}/${settings.prefix}${folder}/*`],
  });
  const removal = settings.deleteUploads ? ["s3:DeleteObject"] : [];
  return [
    ...(payloads.responses ? [allow(["s3:GetObject", "s3:PutObject"], "responses")] : []),
    ...(payloads.uploads.length > 0 ? [allow(["s3:GetObject", "s3:PutObject", ...removal], "uploads")] : []),
  ];
}

function bucketName({ bucket }: LargePayloadsPlan): string {
  return bucket === "own" ? "PayloadBucket" : "PayloadBucketName";
}
