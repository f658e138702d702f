/** Large payloads in the SAM template. */
import { expect, it } from "vitest";
import { parseTemplate } from "../support/validate-template.js";
import { largePayloads, plan, render, small, streaming, withCors } from "./plans.js";

it("makes a private bucket for large payloads, and lets each function do there what it has to", () => {
  const planned = plan(streaming, { ...withCors("function-url"), functions: { kind: "per-rpc" }, largePayloads });
  const { Globals: globals, Resources: resources } = parseTemplate(render(planned));
  expect(globals.Function).toMatchObject({
    Environment: { Variables: { GRPC2LAMBDA_PAYLOAD_BUCKET: { Ref: "PayloadBucket" } } },
  });
  const bucket = resources.PayloadBucket?.Properties ?? {};
  expect(Object.values(bucket.PublicAccessBlockConfiguration as object)).toEqual([true, true, true, true]);
  expect(bucket.LifecycleConfiguration).toMatchObject({
    Rules: [
      { Prefix: "library/v1/responses/", ExpirationInDays: 1, Status: "Enabled" },
      { Prefix: "library/v1/uploads/", ExpirationInDays: 1, Status: "Enabled" },
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: "Enabled" },
    ],
  });
  expect(bucket.CorsConfiguration).toMatchObject({
    CorsRules: [
      { AllowedMethods: ["GET", "HEAD"], AllowedOrigins: ["*"] },
      { AllowedMethods: ["PUT"], AllowedOrigins: ["https://app.example.com"] },
    ],
  });
  const allowed = (role: string) =>
    ((resources[role]?.Properties.Policies ?? []) as RolePolicy[])
      .filter(({ PolicyName: name }) => name === "large-payloads")
      .flatMap(({ PolicyDocument: { Statement: statements } }) => statements)
      .map(({ Action: actions, Resource: resource }) => `${actions.join(" ")} on ${resource["Fn::Sub"]}`);
  const arn = "arn:${AWS::Partition}:s3:::${PayloadBucket}/library/v1";
  const responses = `s3:GetObject s3:PutObject on ${arn}/responses/*`;
  const uploads = `s3:GetObject s3:PutObject s3:DeleteObject on ${arn}/uploads/*`;
  expect(allowed("LibraryServiceGetShelfRole")).toEqual([responses]);
  expect(allowed("LibraryServiceOpenShelfRole")).toEqual([responses, uploads]);
  expect(allowed("LibraryServiceWatchRole")).toEqual([]);
  const behindAlb = parseTemplate(render(plan(streaming, { ...withCors("alb"), largePayloads }))).Resources;
  const ownRoles = Object.entries(behindAlb).filter(([name]) => name.endsWith("Role") && !name.startsWith("Library"));
  expect(JSON.stringify(ownRoles)).not.toContain("s3:");
  const urlCors = resources.LibraryServiceOpenShelfUrl?.Properties.Cors;
  expect(urlCors).toMatchObject({ AllowHeaders: expect.arrayContaining(["x-upload-content-length", "x-upload-id"]) });
});

interface RolePolicy {
  readonly PolicyName: string;
  readonly PolicyDocument: {
    readonly Statement: readonly {
      readonly Action: readonly string[];
      readonly Resource: { readonly "Fn::Sub": string };
    }[];
  };
}

it("takes a bucket for large payloads as a parameter", () => {
  const settings = { ...largePayloads, bucket: "existing", responses: "refuse", deleteUploads: false } as const;
  const template = parseTemplate(render(plan(small, { largePayloads: settings })));
  expect(template.Parameters).toHaveProperty("PayloadBucketName");
  expect(Object.keys(template.Resources).filter((name) => name.startsWith("Payload"))).toEqual([]);
  expect(render(plan(small, { largePayloads: settings }))).not.toMatch(/responses\/|DeleteObject/);
});

it("is the template of an API with large payloads in the golden file", async () => {
  const planned = plan(streaming, { ...withCors("alb"), largePayloads });
  await expect(render(planned)).toMatchFileSnapshot("expected/large-payloads.yaml");
});
