/** Settings of the stage of an HTTP API or a REST API. */
import { type Document, type DocumentMembers, entries, noted } from "../resources/document.js";
import type { StageResource } from "../resources/resource-model.js";
import { parameter } from "../resources/value.js";
import { getAtt } from "./intrinsics.js";

/** The log group of requests, and the form of its lines. */
export function accessLogSettings(format: string): Document {
  return {
    DestinationArn: getAtt("ApiAccessLogs", "Arn"),
    Format: noted("Neither addresses nor query strings nor headers: they may be personal or secret.", format),
  };
}

/** Settings of all routes of an HTTP API. */
export function defaultRouteSettings(stage: StageResource): Document {
  return { ...throttling(stage), DetailedMetricsEnabled: true };
}

/** Settings of single routes of an HTTP API, by route key; undefined for none. */
export function routeSettings({ routes }: StageResource): Document | undefined {
  if (routes.length === 0) return undefined;
  return entries(
    routes.map(({ key, throttling: { rate, burst } }) => [
      `${key.httpMethod} ${key.path}`,
      { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst, DetailedMetricsEnabled: true },
    ]),
  );
}

/** Settings of all methods of a REST API, and of single ones. */
export function methodSettings(stage: StageResource): Document {
  return [
    { ResourcePath: "/*", HttpMethod: "*", MetricsEnabled: true, ...throttling(stage) },
    ...stage.routes.map(({ key, throttling: { rate, burst } }) => ({
      ResourcePath: `/${key.path.replaceAll("/", "~1")}`,
      HttpMethod: key.httpMethod,
      MetricsEnabled: true,
      ThrottlingRateLimit: rate,
      ThrottlingBurstLimit: burst,
    })),
  ];
}

function throttling({ throttled }: StageResource): DocumentMembers {
  if (!throttled) return {};
  return {
    ThrottlingRateLimit: parameter("ThrottlingRateLimit"),
    ThrottlingBurstLimit: parameter("ThrottlingBurstLimit"),
  };
}
