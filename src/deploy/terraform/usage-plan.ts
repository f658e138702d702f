/** The usage plan of a REST API, and its key. */
import type { RestApiResource } from "../resources/resource-model.js";
import { type Block, resource } from "./block.js";
import type { Json } from "./template-text.js";

/** None without routes that ask for a key. */
export function usagePlanBlocks({ usagePlan }: RestApiResource): Block[] {
  if (usagePlan === undefined) return [];
  const { throttling, quota, key } = usagePlan;
  return [
    resource("aws_api_gateway_usage_plan", "api", {
      name: "${local.name}",
      api_stages: { api_id: "${local.api_id}", stage: "${aws_api_gateway_stage.api.stage_name}" },
      throttle_settings: throttling && { rate_limit: throttling.rate, burst_limit: throttling.burst },
      quota_settings: quota && { limit: quota.requests, period: quota.per.toUpperCase() },
    }),
    ...(key === "own" ? keyBlocks : []),
  ];
}

const keyBlocks: readonly Block[] = [
  resource("aws_api_gateway_api_key", "client", { name: "${local.name}-client" }),
  resource("aws_api_gateway_usage_plan_key", "client", {
    key_id: "${aws_api_gateway_api_key.client.id}",
    key_type: "API_KEY",
    usage_plan_id: "${aws_api_gateway_usage_plan.api.id}",
  }),
];

/** Ids, by which keys are added and read. */
export function usagePlanOutputs({ usagePlan }: RestApiResource): { [name: string]: Json } {
  if (usagePlan === undefined) return {};
  return {
    usage_plan_id: {
      description: "Keys count in this plan (aws apigateway create-usage-plan-key).",
      value: "${aws_api_gateway_usage_plan.api.id}",
    },
    ...(usagePlan.key === "none"
      ? {}
      : {
          api_key_id: {
            description: "The key's value: aws apigateway get-api-key --include-value --api-key <this>",
            value: "${aws_api_gateway_api_key.client.id}",
          },
        }),
  };
}
