/** Settings of the stage of an HTTP API or a REST API, and the usage plan of its keys. */
import { type Document, type DocumentMembers, entries, inline, noted } from "../resources/document.js";
import type { ThrottlingPlan } from "../../plan/plan.js";
import type { RestApiResource, StageResource } from "../resources/resource-model.js";
import { join, parameter, place } from "../resources/value.js";
import type { Resources } from "./dialect.js";
import { getAtt, ref } from "./intrinsics.js";

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
    routes.map(({ key, throttling: own }) => [
      `${key.httpMethod} ${key.path}`,
      { ...ownThrottling(own), DetailedMetricsEnabled: true },
    ]),
  );
}

/** Settings of all methods of a REST API, and of single ones. */
export function methodSettings(stage: StageResource): Document {
  return [
    {
      ResourcePath: "/*",
      HttpMethod: "*",
      MetricsEnabled: true,
      ...throttling(stage),
      CachingEnabled: stage.cacheSize === undefined ? undefined : false,
    },
    // An entry for a route has all of its settings: it inherits none.
    ...stage.routes.map(({ key, throttling: own, cacheSeconds }) => ({
      ResourcePath: `/${key.path.replaceAll("/", "~1")}`,
      HttpMethod: key.httpMethod,
      MetricsEnabled: true,
      ...(own === undefined ? throttling(stage) : ownThrottling(own)),
      ...caching(cacheSeconds),
    })),
  ];
}

function ownThrottling(own: ThrottlingPlan | undefined): DocumentMembers {
  return { ThrottlingRateLimit: own?.rate, ThrottlingBurstLimit: own?.burst };
}

function caching(seconds: number | undefined): DocumentMembers {
  return seconds === undefined ? {} : { CachingEnabled: true, CacheTtlInSeconds: seconds, CacheDataEncrypted: true };
}

/** Members of the stage of a REST API for its cache; none without one. */
export function cacheCluster({ cacheSize }: StageResource): DocumentMembers {
  if (cacheSize === undefined) return {};
  return {
    CacheClusterEnabled: noted("Paid by the hour, whether it is asked or not.", true),
    CacheClusterSize: `${cacheSize}`,
  };
}

function throttling({ throttled }: StageResource): DocumentMembers {
  if (!throttled) return {};
  return {
    ThrottlingRateLimit: parameter("ThrottlingRateLimit"),
    ThrottlingBurstLimit: parameter("ThrottlingBurstLimit"),
  };
}

/** The usage plan of a REST API and its key; none without routes that ask for a key. `stage` refers to the stage, so that it is there before. */
export function usagePlanResources({ usagePlan }: RestApiResource, stage: Document): Resources {
  if (usagePlan === undefined) return {};
  const { throttling, quota, key } = usagePlan;
  return {
    UsagePlan: {
      Type: "AWS::ApiGateway::UsagePlan",
      Properties: {
        UsagePlanName: place("stack"),
        ApiStages: [{ ApiId: ref("RestApi"), Stage: stage }],
        Throttle: throttling && inline({ RateLimit: throttling.rate, BurstLimit: throttling.burst }),
        Quota: quota && inline({ Limit: quota.requests, Period: quota.per.toUpperCase() }),
      },
    },
    ...(key === "own" ? keyResources : {}),
  };
}

const keyResources: Resources = {
  ApiKey: {
    Type: "AWS::ApiGateway::ApiKey",
    Properties: { Name: join`${place("stack")}-client`, Enabled: true },
  },
  ApiKeyUse: {
    Type: "AWS::ApiGateway::UsagePlanKey",
    Properties: { KeyId: ref("ApiKey"), KeyType: "API_KEY", UsagePlanId: ref("UsagePlan") },
  },
};

/** Ids of the usage plan and the key, by which keys are added and read. */
export function usagePlanOutputs({ usagePlan }: RestApiResource): DocumentMembers {
  if (usagePlan === undefined) return {};
  return {
    UsagePlanId: {
      Description: "Keys count in this plan (aws apigateway create-usage-plan-key).",
      Value: ref("UsagePlan"),
    },
    ApiKeyId:
      usagePlan.key === "none"
        ? undefined
        : {
            Description: "The key is in no template: aws apigateway get-api-key --include-value --api-key <this>",
            Value: ref("ApiKey"),
          },
  };
}
