/**
 * Acknowledgements for cdk-nag. Version 2 reads the reasons in the metadata of resources, version 3 what the construct acknowledges: these
 * reasons again, and rules of the pack NIST 800-53 for which templates have none.
 */
import { type CodeFile, type Lines, propertyKey, templateText } from "../../emit/print/code-file.js";
import { call, type Expression, list, literal, member, object, template } from "../../emit/print/expression.js";
import { constant, run } from "../../emit/print/statement.js";
import { callOf } from "../cloudformation/print/function-call.js";
import { typeOf } from "../cloudformation/resource-type.js";
import type { Template } from "../cloudformation/sections.js";
import { type Document, formOf } from "../resources/document.js";
import { memberOf } from "./resource-members.js";
import { variableOf } from "./resource-statements.js";

/** Rules by what the metadata has a reason for: a check of checkov, or a rule of cdk-nag that version 3 divides by findings. */
const sameRules: Readonly<Record<string, readonly string[]>> = {
  CKV_AWS_115: ["NIST.800.53.R5-LambdaConcurrency"],
  "Serverless-LambdaDLQ": ["NIST.800.53.R5-LambdaDLQ"],
  CKV_AWS_117: ["NIST.800.53.R5-LambdaInsideVPC"],
  CKV_AWS_158: ["NIST.800.53.R5-CloudWatchLogGroupEncrypted"],
  "AwsSolutions-IAM4": [
    "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]",
    "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]",
  ],
  "AwsSolutions-IAM5": ["AwsSolutions-IAM5[Resource::*]"],
  "AwsSolutions-APIG3": ["NIST.800.53.R5-APIGWAssociatedWithWAF"],
  "AwsSolutions-APIG6": ["NIST.800.53.R5-APIGWExecutionLoggingEnabled"],
  CKV_AWS_120: ["NIST.800.53.R5-APIGWCacheEnabledAndEncrypted"],
  "AwsSolutions-ELB2": ["NIST.800.53.R5-ELBLoggingEnabled"],
  CKV_AWS_2: ["NIST.800.53.R5-ELBv2ACMCertificateRequired", "NIST.800.53.R5-ALBHttpToHttpsRedirection"],
  "AwsSolutions-S1": ["NIST.800.53.R5-S3BucketLoggingEnabled"],
  CKV_AWS_21: ["NIST.800.53.R5-S3BucketVersioningEnabled", "NIST.800.53.R5-S3BucketReplicationEnabled"],
};

/** Reasons by the type of a resource and the rule. */
const reasonsOfTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "AWS::IAM::Role": {
    "NIST.800.53.R5-IAMNoInlinePolicy": "The role belongs to one function, and so does its policy.",
  },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": {
    "NIST.800.53.R5-ELBDeletionProtectionEnabled": "It goes with its stage, and holds nothing.",
    "NIST.800.53.R5-ALBWAFEnabled": "deployment.waf puts a web ACL in front.",
  },
  "AWS::ElasticLoadBalancingV2::Listener": {
    "NIST.800.53.R5-ELBv2ACMCertificateRequired": "Plain HTTP is redirected to HTTPS where the API has a domain.",
  },
  "AWS::ApiGateway::Stage": {
    "NIST.800.53.R5-APIGWSSLEnabled": "Functions are called by IAM: there is no server to check a certificate.",
  },
  "AWS::S3::Bucket": {
    "NIST.800.53.R5-S3DefaultEncryptionKMS":
      "S3 encrypts with its own key: who writes needs no permission for another.",
  },
};

/** The statement of the constructor that acknowledges. */
export function acknowledgeStatement(stack: Template, file: CodeFile): Lines {
  return run(call("acknowledgeRules", "this", list(...wildcardsOf(stack, file))));
}

/** Rules of version 3 for wildcards of roles in the folders of a bucket, as it names them. */
function wildcardsOf({ resources }: Template, file: CodeFile): Expression[] {
  const roles = resources.filter(([, content]) => typeOf(content) === "AWS::IAM::Role");
  const texts = roles.flatMap(([, content]) => wildcardTexts(memberOf(content, "Properties") ?? ""));
  return [...new Set(texts)].map((text) => {
    const parts = text.split(/\$\{([^}]*)\}/).map((part, at) => {
      if (at % 2 === 0 || part.startsWith("AWS::")) return templateText(at % 2 === 0 ? part : `<${part}>`);
      return { value: logicalIdOf(part, file) };
    });
    return template(templateText("AwsSolutions-IAM5[Resource::"), ...parts, "]");
  });
}

function wildcardTexts(content: Document): string[] {
  const called = callOf(content);
  if (called !== undefined)
    return called.name === "Sub" && typeof called.argument === "string" && called.argument.endsWith("*")
      ? [called.argument]
      : [];
  const form = formOf(content);
  if (form.kind === "list") return form.items.flatMap(wildcardTexts);
  if (form.kind === "noted" || form.kind === "inline") return wildcardTexts(form.content);
  return form.kind === "entries" ? form.entries.flatMap(([, item]) => wildcardTexts(item)) : [];
}

/** `<ApiPayloadBucket3D61A520>`, or the value of a prop. */
function logicalIdOf(id: string, file: CodeFile): Expression {
  if (id === "PayloadBucketName") return "payloadBucketName";
  const ownStack = call(member(file.use("npm:aws-cdk-lib", "Stack"), "of"), "this");
  return template("<", { value: call(member(ownStack, "getLogicalId"), variableOf(id)) }, ">");
}

/** The function at the end of the file that acknowledges, and its tables. */
export function acknowledgeFunction({ resources }: Template, file: CodeFile): Lines[] {
  const types = new Set(resources.map(([, content]) => typeOf(content)));
  const ofTypes = Object.entries(reasonsOfTypes).filter(([type]) => types.has(type));
  const resource = file.use("npm:aws-cdk-lib", "CfnResource");
  const validations = file.use("npm:aws-cdk-lib", "Validations");
  const base = file.use("npm:constructs", "Construct");
  return [
    "",
    "/** Rules of cdk-nag that ask for what the metadata of a resource has a reason for. */",
    constant(
      "sameRules",
      tableOf(sameRules, (rules) => list(...rules.map(literal))),
      "Record<string, string[]>",
    ),
    "",
    "/** Reasons by the type of a resource, and the rule of cdk-nag. */",
    constant(
      "reasonsOfTypes",
      tableOf(Object.fromEntries(ofTypes), (reasons) => tableOf(reasons, literal)),
      "Record<string, Record<string, string>>",
    ),
    "",
    "/** Acknowledges what resources do not follow, for cdk-nag 3: the reasons that their metadata has for version 2, and a few more. */",
    `function acknowledgeRules(construct: ${base}, wildcards: string[]): void {`,
    [
      `for (const child of construct.node.findAll()) {`,
      [
        `if (!${resource}.isCfnResource(child)) continue;`,
        "const reasons = { ...reasonsOfTypes[child.cfnResourceType] };",
        'const { skip = [] } = child.getMetadata("checkov") ?? {};',
        'const { rules_to_suppress: suppressed = [] } = child.getMetadata("cdk_nag") ?? {};',
        "for (const { id, comment, reason = comment } of [...skip, ...suppressed]) {",
        [
          'const findings = id === "AwsSolutions-IAM5" ? wildcards : [];',
          "for (const rule of [id, ...(sameRules[id] ?? []), ...findings]) reasons[rule] = reason;",
        ],
        "}",
        `for (const [id, reason] of Object.entries(reasons)) ${validations}.of(child).acknowledge({ id, reason });`,
      ],
      "}",
    ],
    "}",
  ];
}

function tableOf<Value>(table: Readonly<Record<string, Value>>, print: (value: Value) => Expression): Expression {
  return object(...Object.entries(table).map(([key, value]) => [propertyKey(key), print(value)] as const));
}
