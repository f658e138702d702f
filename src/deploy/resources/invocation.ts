/** URIs by which API Gateway calls functions. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html */
import type { Plan } from "../../plan/plan.js";
import { join, place, type Value } from "./value.js";

/** ARN by which callers know a function: its own, or that of its alias where there are releases. */
export function functionArn(id: string, { deployment: { release } }: Pick<Plan, "deployment">): Value {
  return { kind: "function", id, part: release === undefined ? "arn" : "aliasArn" };
}

/** Calls the function and takes its result whole. */
export function functionInvocation(arn: Value): Value {
  return join`${prefix}/2015-03-31/functions/${arn}/invocations`;
}

/** Calls the function and passes on what it streams. */
export function streamingInvocation(arn: Value): Value {
  return join`${prefix}/2021-11-15/functions/${arn}/response-streaming-invocations`;
}

const prefix = join`arn:${place("partition")}:apigateway:${place("region")}:lambda:path`;
