/** A function with its role, its logs and its callers, as Terraform has them. */
import type {
  FunctionResource,
  Invoker,
  ResourceModel,
  SharedSettings,
  Statement,
  Variable,
} from "../resources/resource-model.js";
import type { Value } from "../resources/value.js";
import { type Block, resource } from "./block.js";
import { releaseBlocks } from "./releases.js";
import { functionNameParts } from "./function-names.js";
import { vpcConfig } from "./network.js";
import { escapeTemplate, type Json, resourceName, templateText } from "./template-text.js";

/** The resources of one function. */
export function functionBlocks(fn: FunctionResource, model: ResourceModel): Block[] {
  const name = resourceName(fn.id);
  const [before, after] = functionNameParts(model.apiName, fn.id);
  const qualifier = model.release === undefined ? undefined : `\${aws_lambda_alias.${name}.name}`;
  const deployed = `${before}-\${var.stage}-${after}`;
  return [
    lambdaFunction(fn, model, deployed),
    resource("aws_iam_role", name, {
      name: deployed,
      path: model.shared.roles.path,
      permissions_boundary: optionalText(model.shared.roles.permissionsBoundary),
      tags: tagMap(model.shared.tags),
      assume_role_policy: "${data.aws_iam_policy_document.lambda.json}",
    }),
    resource("aws_iam_role_policy", name, {
      name: "grpc2lambda",
      role: `\${aws_iam_role.${name}.id}`,
      policy: `\${data.aws_iam_policy_document.${name}.json}`,
    }),
    ...fn.managedPolicies.map((arn, at) =>
      resource("aws_iam_role_policy_attachment", `${name}_${at}`, {
        role: `\${aws_iam_role.${name}.name}`,
        policy_arn: templateText(arn),
      }),
    ),
    resource("aws_cloudwatch_log_group", name, {
      name: templateText(fn.logGroupName),
      retention_in_days: "${var.log_retention_days}",
      kms_key_id: optionalText(model.shared.logs.kmsKey),
      skip_destroy: model.shared.logs.keepFunctions ? true : undefined,
      tags: tagMap(model.shared.tags),
    }),
    ...(model.release === undefined ? [] : releaseBlocks(fn, model.release)),
    ...(fn.url === undefined ? [] : [urlBlock(fn.url, name, qualifier)]),
    ...fn.invokers.map((invoker) => permission(invoker, name, qualifier)),
  ];
}

/** The permissions of the function's role, each with the purpose that it has. */
export function policyDocument(fn: FunctionResource): Block {
  const statements = fn.policies.flatMap(({ name, statements: own }) =>
    own.map((each, at) => statement(name, each, at)),
  );
  return resource("aws_iam_policy_document", resourceName(fn.id), { statement: statements });
}

function statement(purpose: string, { actions, resources, note }: Statement, at: number): Json {
  return {
    ...(note === undefined ? {} : { "//": note }),
    sid: `${purpose.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}${at}`,
    actions: actions.map(escapeTemplate),
    resources: resources.map(templateText),
  };
}

function lambdaFunction(fn: FunctionResource, { shared, release }: ResourceModel, deployed: string): Block {
  const name = resourceName(fn.id);
  const zip = `\${local.zips}/${fn.zip.split("/").at(-1)}`;
  const variables = new Map([...shared.environment, ...fn.environment].map(({ name: own, value }) => [own, value]));
  const body = {
    function_name: deployed,
    description: escapeTemplate(fn.description),
    filename: zip,
    source_code_hash: `\${filebase64sha256("${zip}")}`,
    publish: release === undefined ? undefined : true,
    handler: fn.handler,
    runtime: shared.runtime,
    architectures: [shared.architecture],
    ...limitArguments(fn, shared),
    layers: shared.layers.length === 0 ? undefined : shared.layers.map(templateText),
    kms_key_arn: optionalText(shared.kmsKey),
    tags: tagMap(shared.tags),
    role: `\${aws_iam_role.${name}.arn}`,
    dead_letter_config: fn.deadLetterQueue === undefined ? undefined : { target_arn: templateText(fn.deadLetterQueue) },
    tracing_config: shared.tracing ? { mode: "Active" } : undefined,
    logging_config: {
      log_format: "JSON",
      application_log_level: "${var.application_log_level}",
      system_log_level: "${var.system_log_level}",
      log_group: `\${aws_cloudwatch_log_group.${name}.name}`,
    },
    environment: {
      variables: Object.fromEntries([...variables].map(([own, value]) => [own, templateText(value)])),
    },
    vpc_config: vpcConfig(shared),
    // A function that runs before its role has permissions fails, in a VPC at its creation.
    depends_on: [`aws_iam_role_policy.${name}`],
  };
  return resource("aws_lambda_function", name, body, fn.rpcs);
}

function limitArguments({ limits }: FunctionResource, shared: SharedSettings): Block["body"] {
  const storage = limits.ephemeralStorage ?? shared.ephemeralStorage;
  return {
    memory_size: limits.memorySize ?? shared.memorySize,
    timeout: limits.timeout ?? shared.timeout,
    ephemeral_storage: storage === undefined ? undefined : { size: storage },
    reserved_concurrent_executions: limits.reservedConcurrency ?? shared.reservedConcurrency,
  };
}

function optionalText(value: Value | undefined): string | undefined {
  return value === undefined ? undefined : templateText(value);
}

/** Tags as Terraform has them; undefined for none. */
export function tagMap(tags: readonly Variable[]): Json | undefined {
  if (tags.length === 0) return undefined;
  return Object.fromEntries(tags.map(({ name, value }) => [escapeTemplate(name), templateText(value)]));
}

function permission(
  { name: own, action, principal, source, openUrl, throughUrl, note }: Invoker,
  name: string,
  qualifier: string | undefined,
): Block {
  const suffix = own === "Permission" ? "" : `_${own.replace(/Permission$/, "").toLowerCase()}`;
  const body = {
    action,
    function_name: `\${aws_lambda_function.${name}.function_name}`,
    qualifier,
    principal,
    source_arn: source === undefined ? undefined : templateText(source),
    function_url_auth_type: openUrl === true ? "NONE" : undefined,
    invoked_via_function_url: throughUrl,
  };
  return resource("aws_lambda_permission", `${name}${suffix}`, body, note);
}

function urlBlock(
  { open, streams, cors }: NonNullable<FunctionResource["url"]>,
  name: string,
  qualifier: string | undefined,
): Block {
  return resource("aws_lambda_function_url", name, {
    function_name: `\${aws_lambda_function.${name}.function_name}`,
    qualifier,
    authorization_type: open ? "NONE" : "AWS_IAM",
    invoke_mode: streams ? "RESPONSE_STREAM" : "BUFFERED",
    cors:
      cors === undefined
        ? undefined
        : {
            allow_origins: cors.origins.map(escapeTemplate),
            allow_methods: cors.methods.map(escapeTemplate),
            allow_headers: cors.headers.map(escapeTemplate),
            expose_headers: cors.exposeHeaders.map(escapeTemplate),
            max_age: cors.maxAge,
            allow_credentials: cors.credentials,
          },
  });
}
