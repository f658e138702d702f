/** ResourceModel -> Terraform module, in the JSON form of its language. https://developer.hashicorp.com/terraform/language/syntax/json */
import { banner } from "../banner.js";
import { domainUrl } from "../resources/domain.js";
import { apiArn } from "../resources/invokers.js";
import type { DomainResource, DoorResource, LoadBalancerResource, ResourceModel } from "../resources/resource-model.js";
import { parameter } from "../resources/value.js";
import { accessLogBucketPolicy, accessLogGroup, accountPolicy } from "./access-logs.js";
import { alarmBlocks, alarmTopicPolicies, dashboardBlock } from "./alarms.js";
import { type Block, groupBlocks, resource } from "./block.js";
import { deadLetterQueueBlocks, deadLetterQueuePolicy } from "./dead-letter-queue.js";
import { functionBlocks, policyDocument, tagMap } from "./functions.js";
import { authorizerBlocks, httpApiBlocks, restApiBlocks } from "./gateway.js";
import { clientSecretData } from "./caller-check.js";
import { loadBalancerBlocks } from "./load-balancer.js";
import { networkBlocks } from "./network.js";
import { payloadBucketBlocks, payloadBucketPolicy } from "./payload-bucket.js";
import { releaseVariables, versionsOutput } from "./releases.js";
import { escapeTemplate, type Json, resourceName, templateData, templateText } from "./template-text.js";
import { usagePlanOutputs } from "./usage-plan.js";
import { variableBlocks } from "./variables.js";

/** The whole API in one module. `zips` is the folder of the zips as seen from the module's. */
export function buildModule(model: ResourceModel, zips: string): Json {
  return {
    "//": banner,
    terraform: {
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 6.22" } },
    },
    variable: {
      ...variableBlocks(model.parameters),
      ...(model.release === undefined ? {} : releaseVariables),
    },
    locals: localsOf(model, zips),
    data: groupBlocks(dataOf(model)),
    resource: groupBlocks(resourcesOf(model)),
    output: outputsOf(model),
  };
}

function localsOf({ apiName, door, alarms, dashboards }: ResourceModel, zips: string): Json {
  const general = {
    name: `${apiName}-\${var.stage}`,
    zips: `\${coalesce(var.zips, "\${path.module}/${escapeTemplate(zips)}")}`,
  };
  switch (door.kind) {
    case "http-api":
      return { ...general, api_id: "${aws_apigatewayv2_api.api.id}", document: templateData(door.document) };
    case "rest-api":
      return { ...general, api_id: "${aws_api_gateway_rest_api.api.id}", document: templateData(door.document) };
    case "alb":
      return {
        ...general,
        suffix: "${substr(sha1(local.name), 0, 8)}",
        ...(alarms.length + dashboards.length === 0 ? {} : loadBalancerLocals(door)),
        ...(door.own ? listenerLocals(door) : {}),
      };
    case "function-url":
      return general;
    default:
      return door satisfies never;
  }
}

/** The load balancer as its metrics have it. */
function loadBalancerLocals({ own }: LoadBalancerResource): { readonly load_balancer: string } {
  const ofListener = '${join("/", slice(split("/", var.listener_arn), 1, 4))}';
  return { load_balancer: own ? "${aws_lb.api.arn_suffix}" : ofListener };
}

function listenerLocals({ certificate }: LoadBalancerResource): { [name: string]: Json } {
  if (!certificate.optional) return { port: 443 };
  return { has_certificate: '${var.certificate_arn != ""}', port: "${local.has_certificate ? 443 : 80}" };
}

function dataOf({ door, functions, payloadBucket, alarmTopic, ownDeadLetterQueue }: ResourceModel): Block[] {
  return [
    resource("aws_caller_identity", "current", {}),
    resource("aws_partition", "current", {}),
    resource("aws_region", "current", {}),
    resource("aws_iam_policy_document", "lambda", {
      statement: {
        actions: ["sts:AssumeRole"],
        principals: { type: "Service", identifiers: ["lambda.amazonaws.com"] },
      },
    }),
    ...functions.map(policyDocument),
    ...(payloadBucket === undefined ? [] : [payloadBucketPolicy]),
    ...(ownDeadLetterQueue ? [deadLetterQueuePolicy] : []),
    ...(alarmTopic === "own" ? alarmTopicPolicies : []),
    ...(door.kind === "rest-api" && door.accountRole ? [accountPolicy] : []),
    ...(door.kind === "alb" && door.accessLogs === "own" ? [accessLogBucketPolicy] : []),
    ...(door.kind === "alb" ? clientSecretData(door) : []),
  ];
}

function resourcesOf(model: ResourceModel): Block[] {
  const { functions, payloadBucket } = model;
  return [
    ...doorBlocks(model.door, model),
    ...(payloadBucket === undefined ? [] : payloadBucketBlocks(payloadBucket)),
    ...networkBlocks(model.shared),
    ...(model.ownDeadLetterQueue ? deadLetterQueueBlocks(tagMap(model.shared.tags)) : []),
    ...functions.flatMap((fn) => functionBlocks(fn, model)),
    ...alarmBlocks(model),
    ...model.dashboards.map(dashboardBlock),
  ];
}

function doorBlocks(door: DoorResource, model: ResourceModel): Block[] {
  switch (door.kind) {
    case "http-api":
      return [...httpApiBlocks(door), ...authorizerBlocks(door.access), accessLogGroup(model.shared)];
    case "rest-api":
      return [...restApiBlocks(door), ...authorizerBlocks(door.access), accessLogGroup(model.shared)];
    case "alb":
      return loadBalancerBlocks(door, model);
    case "function-url":
      return [];
    default:
      return door satisfies never;
  }
}

function outputsOf({ door, functions, release, ownDeadLetterQueue }: ResourceModel): Json {
  const called = release === undefined ? "aws_lambda_function" : "aws_lambda_alias";
  const arns = functions.map(({ id }) => [id, `\${${called}.${resourceName(id)}.arn}`] as const);
  const urls = functions.flatMap(({ id, url }) =>
    url === undefined ? [] : [[id, `\${aws_lambda_function_url.${resourceName(id)}.function_url}`] as const],
  );
  return {
    ...doorOutputs(door),
    ...(urls.length === 0
      ? {}
      : { function_urls: { description: "URLs by function.", value: Object.fromEntries(urls) } }),
    ...(ownDeadLetterQueue
      ? {
          dead_letter_queue_url: {
            description: "Queue with the events that functions failed on.",
            value: "${aws_sqs_queue.dead_letters.url}",
          },
        }
      : {}),
    function_arns: { description: "ARNs by function.", value: Object.fromEntries(arns) },
    ...(release === undefined ? {} : { function_versions: versionsOutput(functions) }),
  };
}

function doorOutputs(door: DoorResource): { [name: string]: Json } {
  switch (door.kind) {
    case "http-api":
      return {
        ...apiOutputs("${aws_apigatewayv2_api.api.api_endpoint}", templateText(apiArn("*")), door.access.signed),
        ...domainOutputs(
          door.domain,
          "${aws_apigatewayv2_domain_name.api.domain_name_configuration[0].target_domain_name}",
        ),
      };
    case "rest-api":
      return {
        ...apiOutputs(
          "${aws_api_gateway_stage.api.invoke_url}",
          templateText(apiArn(parameter("Stage"))),
          door.access.signed,
        ),
        ...usagePlanOutputs(door),
        ...domainOutputs(door.domain, "${aws_api_gateway_domain_name.api.regional_domain_name}"),
      };
    case "alb":
      return {
        ...(door.own ? loadBalancerUrl(door) : {}),
        ...domainOutputs(door.domain, door.own ? "${aws_lb.api.dns_name}" : undefined),
      };
    case "function-url":
      return {};
    default:
      return door satisfies never;
  }
}

function loadBalancerUrl({ certificate }: LoadBalancerResource): { [name: string]: Json } {
  const scheme = certificate.optional ? '${local.has_certificate ? "https" : "http"}' : "https";
  return {
    api_url: { description: "Where the API answers, within the VPC.", value: `${scheme}://\${aws_lb.api.dns_name}` },
  };
}

function domainOutputs(domain: DomainResource | undefined, target: string | undefined): { [name: string]: Json } {
  if (domain === undefined) return {};
  return {
    api_url: { description: "Where the API answers.", value: templateText(domainUrl(domain)) },
    ...(target === undefined
      ? {}
      : {
          domain_target: {
            description: "The name that a record of the domain (CNAME or alias) leads to.",
            value: target,
          },
        }),
  };
}

function apiOutputs(url: string, arn: string, isSigned: boolean): { [name: string]: Json } {
  const resourceOutput = {
    description: "Callers need execute-api:Invoke on this resource and sign their requests (curl --aws-sigv4).",
    value: arn,
  };
  return {
    api_url: { description: "Where the API answers.", value: url },
    ...(isSigned ? { api_resource: resourceOutput } : {}),
  };
}
