/** HTTP API and REST API, made of one OpenAPI document. */
import { authorizersArn } from "../resources/invokers.js";
import type {
  ApiAccess,
  HttpApiResource,
  RestApiResource,
  StageResource,
  StageRoute,
} from "../resources/resource-model.js";
import { accountBlocks } from "./access-logs.js";
import type { Value } from "../resources/value.js";
import { type Block, resource } from "./block.js";
import { httpApiDomainBlocks, ipAddressType, restApiDomainBlocks } from "./domain.js";
import { usagePlanBlocks } from "./usage-plan.js";
import { escapeTemplate, type Json, templateText } from "./template-text.js";

function defaultThrottling({ throttled }: StageResource): { [name: string]: Json } {
  if (!throttled) return {};
  return {
    throttling_rate_limit: "${var.throttling_rate_limit}",
    throttling_burst_limit: "${var.throttling_burst_limit}",
  };
}

function throttlingOf({ throttling }: StageRoute, stage: StageResource): { [name: string]: Json } {
  if (throttling === undefined) return defaultThrottling(stage);
  return { throttling_rate_limit: throttling.rate, throttling_burst_limit: throttling.burst };
}

/** Requests, without addresses, query strings and headers: they may be personal or secret. */
function accessLog(format: string): Json {
  return { destination_arn: "${aws_cloudwatch_log_group.api_access.arn}", format: escapeTemplate(format) };
}

/** The API and its stage. */
export function httpApiBlocks({ accessLogFormat, stage, domain, ipv6 }: HttpApiResource): Block[] {
  return [
    resource("aws_apigatewayv2_api", "api", {
      name: "${local.name}",
      protocol_type: "HTTP",
      ip_address_type: ipAddressType(ipv6),
      disable_execute_api_endpoint: domain?.only === true ? true : undefined,
      body: "${jsonencode(local.document)}",
    }),
    resource("aws_apigatewayv2_stage", "api", {
      api_id: "${aws_apigatewayv2_api.api.id}",
      name: escapeTemplate("$default"),
      auto_deploy: true,
      access_log_settings: accessLog(accessLogFormat),
      default_route_settings: { ...defaultThrottling(stage), detailed_metrics_enabled: true },
      route_settings:
        stage.routes.length === 0
          ? undefined
          : stage.routes.map((route) => ({
              route_key: escapeTemplate(`${route.key.httpMethod} ${route.key.path}`),
              ...throttlingOf(route, stage),
              detailed_metrics_enabled: true,
            })),
    }),
    ...httpApiDomainBlocks(domain),
  ];
}

/** Permissions of the API to ask functions about callers. */
export function authorizerBlocks({ authorizers }: ApiAccess): Block[] {
  return authorizers.map((arn, at) =>
    resource("aws_lambda_permission", `_authorizer${at === 0 ? "" : `_${at + 1}`}`, {
      action: "lambda:InvokeFunction",
      function_name: templateText(arn),
      principal: "apigateway.amazonaws.com",
      source_arn: templateText(authorizersArn),
    }),
  );
}

/** The API, its deployment and its stage. */
export function restApiBlocks(door: RestApiResource): Block[] {
  const { accessLogFormat, stage, domain, vpcEndpoints, waf, tracing, accountRole, ipv6 } = door;
  return [
    resource("aws_api_gateway_rest_api", "api", {
      name: "${local.name}",
      body: "${jsonencode(local.document)}",
      endpoint_configuration:
        vpcEndpoints === undefined
          ? { types: ["REGIONAL"], ip_address_type: ipAddressType(ipv6) }
          : {
              types: ["PRIVATE"],
              vpc_endpoint_ids: vpcEndpoints.map(templateText),
              ip_address_type: ipAddressType(ipv6),
            },
      disable_execute_api_endpoint: domain?.only === true ? true : undefined,
      lifecycle: { create_before_destroy: true },
    }),
    resource(
      "aws_api_gateway_deployment",
      "api",
      {
        rest_api_id: "${aws_api_gateway_rest_api.api.id}",
        triggers: { document: "${sha1(jsonencode(local.document))}" },
        lifecycle: { create_before_destroy: true },
      },
      "A copy of the document at its time: another document is another deployment.",
    ),
    resource("aws_api_gateway_stage", "api", {
      rest_api_id: "${aws_api_gateway_rest_api.api.id}",
      deployment_id: "${aws_api_gateway_deployment.api.id}",
      stage_name: "${var.stage}",
      depends_on: accountRole ? ["aws_api_gateway_account.logs"] : undefined,
      xray_tracing_enabled: tracing || undefined,
      cache_cluster_enabled: stage.cacheSize === undefined ? undefined : true,
      cache_cluster_size: stage.cacheSize === undefined ? undefined : `${stage.cacheSize}`,
      dynamic: {
        access_log_settings: {
          for_each: '${var.access_logs == "on" ? [true] : []}',
          content: accessLog(accessLogFormat),
        },
      },
    }),
    resource("aws_api_gateway_method_settings", "api", {
      rest_api_id: "${aws_api_gateway_rest_api.api.id}",
      stage_name: "${aws_api_gateway_stage.api.stage_name}",
      method_path: "*/*",
      settings: {
        ...defaultThrottling(stage),
        metrics_enabled: true,
        caching_enabled: stage.cacheSize === undefined ? undefined : false,
      },
    }),
    ...stage.routes.map((route, at) => methodSettings(route, stage, at)),
    ...(accountRole ? accountBlocks : []),
    ...restApiDomainBlocks(domain),
    ...firewallBlocks(waf, "${aws_api_gateway_stage.api.arn}"),
    ...usagePlanBlocks(door),
  ];
}

/** The settings of a route inherit none of those of all routes. */
function methodSettings(route: StageRoute, stage: StageResource, at: number): Block {
  return resource("aws_api_gateway_method_settings", `route_${at + 1}`, {
    rest_api_id: "${aws_api_gateway_rest_api.api.id}",
    stage_name: "${aws_api_gateway_stage.api.stage_name}",
    method_path: escapeTemplate(`${route.key.path.replace(/^\//, "")}/${route.key.httpMethod}`),
    settings: { ...throttlingOf(route, stage), metrics_enabled: true, ...caching(route) },
  });
}

/** A client that asks for a fresh answer (`Cache-Control: max-age=0`) needs the permission for that; else its header is ignored. */
function caching({ cacheSeconds }: StageRoute): { [name: string]: Json } {
  if (cacheSeconds === undefined) return {};
  return {
    caching_enabled: true,
    cache_ttl_in_seconds: cacheSeconds,
    cache_data_encrypted: true,
    require_authorization_for_cache_control: true,
    unauthorized_cache_control_header_strategy: "SUCCEED_WITH_RESPONSE_HEADER",
  };
}

/** The web ACL in front of what the ARN names; none without one. */
export function firewallBlocks(waf: Value | undefined, protectedArn: string): Block[] {
  if (waf === undefined) return [];
  return [
    resource("aws_wafv2_web_acl_association", "api", { resource_arn: protectedArn, web_acl_arn: templateText(waf) }),
  ];
}
