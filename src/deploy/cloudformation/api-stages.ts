/** Settings of the stage of an HTTP API or a REST API. */
import { type Document, noted } from "../resources/document.js";
import { parameter } from "../resources/value.js";
import { getAtt } from "./intrinsics.js";

/** The log group of requests, and the form of its lines. */
export function accessLogSettings(format: string): Document {
  return {
    DestinationArn: getAtt("ApiAccessLogs", "Arn"),
    Format: noted("Neither addresses nor query strings nor headers: they may be personal or secret.", format),
  };
}

const throttling = {
  ThrottlingRateLimit: parameter("ThrottlingRateLimit"),
  ThrottlingBurstLimit: parameter("ThrottlingBurstLimit"),
};

/** Settings of all routes of an HTTP API. */
export const routeThrottling: Document = { ...throttling, DetailedMetricsEnabled: true };

/** Settings of all methods of a REST API. */
export const stageMethods: Document = [{ ResourcePath: "/*", HttpMethod: "*", MetricsEnabled: true, ...throttling }];
