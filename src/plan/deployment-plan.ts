/** The parts of the deployment template other than functions and routes. */
import type { FrontDoorId } from "../front-door/front-door-id.js";
import type { AuthPlan } from "./auth-plan.js";
import type { TargetId } from "./deployment-target-id.js";
import type { AllowPlan, CachePlan, DomainPlan, ThrottlingPlan, UsagePlan } from "./door-settings.js";

/** Limits of a function; an absent one has the value above it: of the API, or Lambda's own default. */
export interface FunctionLimits {
  /** MB, 128–10240. */
  readonly memorySize?: number;
  /** Seconds, less than the front door waits. */
  readonly timeout?: number;
  /** MB of /tmp, 512–10240. */
  readonly ephemeralStorage?: number;
  /** Instances that are kept for the function, and that it cannot go beyond; 0 switches it off. */
  readonly reservedConcurrency?: number;
  /** Instances of the released version that are kept warm. Absent: none. Needs `DeploymentPlan.release`. */
  readonly provisionedConcurrency?: number;
}

/** The parts of the deployment template other than functions and routes. */
export interface DeploymentPlan extends FunctionLimits {
  /** The tool that deploys. */
  readonly target: TargetId;
  readonly frontDoor: FrontDoorId;
  /** Kebab case; names the API: `library`. */
  readonly apiName: string;
  /** Path that a custom domain puts in front of the API's own: `/library`. Absent: none. */
  readonly basePath?: string;
  /** Absent: the API answers under the name that AWS gives it. */
  readonly domain?: DomainPlan;
  /** ARN of a web ACL, of REST APIs and load balancers only. Absent: none. */
  readonly waf?: TemplateValue;
  /** Reach of a REST API. */
  readonly endpoint: "regional" | "private";
  /** Absent: everybody reaches the API. Of REST APIs only. */
  readonly allow?: AllowPlan;
  /** Clients reach the API by IPv6, too. */
  readonly ipv6: boolean;
  /** Limits of each route that has none of its own, in HTTP APIs and REST APIs. `unlimited`: those of the account alone. */
  readonly throttling: ThrottlingPlan | "unlimited";
  /** Answers of all RPCs that say nothing else are cached, of a REST API. Absent: none are. */
  readonly cache?: CachePlan;
  /** GB of the cache, where a route has one. */
  readonly cacheSize: number;
  /** Use of a REST API by holders of API keys, where routes ask for one. Absent: without limits. */
  readonly usagePlan?: UsagePlan;
  readonly runtime: "nodejs24.x" | "nodejs22.x";
  readonly architecture: "arm64" | "x86_64";
  /** Rules go to an internal load balancer of the template, or to a listener that is a parameter. Of the front door `alb` only. */
  readonly loadBalancer: "own" | "existing";
  /** Host names that a load balancer's rules ask for, up to three, `*` and `?` for any text; empty for every host. */
  readonly hosts: readonly string[];
  /** Priorities that a load balancer's rules take, 1 to 50,000. */
  readonly rulePriorities: { readonly first: number; readonly last: number };
  /**
   * The part that answers requests that no route takes: a function without RPCs, with the status that one function with
   * all routes has for them; a function with every RPC; or the front door, in its own words.
   */
  readonly unrouted: "function" | "rpcs" | "door";
  /** MB, 128–10240. */
  readonly memorySize: number;
  /** Seconds, less than the front door waits. */
  readonly timeout: number;
  /** ARNs of layers and extensions of every function, up to five. Absent: none. */
  readonly layers?: readonly TemplateValue[];
  /** ARN of the key that encrypts environment variables. Absent: a key of AWS. */
  readonly kmsKey?: TemplateValue;
  /** ARN of the policy that bounds every role. */
  readonly permissionsBoundary?: TemplateValue;
  /** Path of every role: `/teams/library/`. */
  readonly rolePath?: string;
  /** Callers get a published version of each function, by an alias. Absent: they get what was deployed last. */
  readonly release?: ReleasePlan;
  /** Tags of functions, roles and log groups. */
  readonly tags?: readonly EnvironmentVariable[];
  /** Queue for events that functions fail on, unless they name another one. Absent: none. */
  readonly deadLetterQueue?: DeadLetterSetting;
  /** Absent: there are none. */
  readonly alarms?: AlarmsPlan;
  /** There is a dashboard for each service. Default false. */
  readonly dashboards?: boolean;
  /** Traces in X-Ray. `lambda`: of each call of a function. `calls`: with what the request was, and what its handler called. */
  readonly tracing: "none" | "lambda" | "calls";
  /** Requests are logged by a front door that does so when asked: a REST API, an own load balancer. */
  readonly accessLogs?: AccessLogsPlan;
  /** A list of permissions is written beside the template. */
  readonly permissionList: boolean;
  /** Logs that stay when nothing asks for them any more: of requests, or of functions, too. */
  readonly keepLogs: "none" | "access" | "all";
  /** ARN of the key that encrypts log groups. Absent: a key of AWS. */
  readonly logKmsKey?: TemplateValue;
  /** One of the values CloudWatch Logs accepts. */
  readonly logRetentionDays: number;
  /**
   * Authentication of callers of RPCs that ask for no other, and of requests that match no RPC. Default: `iam`, requests signed with SigV4
   * by principals that are allowed execute-api:Invoke, which works without further input.
   */
  readonly auth: AuthPlan;
  /** Variables of every function, in the order of the configuration. */
  readonly environment: readonly EnvironmentVariable[];
  /** Permissions of every function, in addition to writing its logs and traces. */
  readonly policies: readonly Policy[];
  /** Functions run in subnets that are parameters of the template. Default false. */
  readonly vpc: boolean;
  /** Security groups of functions in a VPC: made by the template, or a parameter. Default: a parameter. */
  readonly securityGroup?: "own" | "existing";
  /** Absent: browsers are refused responses from other origins than the API's own. */
  readonly cors?: CorsPlan;
  /** Absent: bodies go in and out as they are. */
  readonly compression?: CompressionPlan;
  /** Absent: what is too large for the front door is refused. */
  readonly largePayloads?: LargePayloadsPlan;
}

/** Alarms of CloudWatch; numbers are the defaults of parameters. */
export interface AlarmsPlan {
  /** The topic that gets them: of the template, or a parameter. */
  readonly topic: "own" | "existing";
  /** Answers with 5xx in a minute. */
  readonly serverErrors: number;
  /** Percent of requests in five minutes that are answered with 5xx. */
  readonly serverErrorRate: number;
  /** Calls in a minute that Lambda refuses to a function. */
  readonly throttles: number;
  /** Events in queues for those that failed. */
  readonly deadLetters: number;
  /** Instances that functions of the account claim. */
  readonly concurrency: number;
}

/** A queue of SQS that gets events which a function fails on when it is called asynchronously: of the template, or one that exists. */
export type DeadLetterQueue = { readonly kind: "own" } | { readonly kind: "existing"; readonly arn: TemplateValue };

/** A queue, or none where others have one. */
export type DeadLetterSetting = DeadLetterQueue | { readonly kind: "none" };

/** Logs of requests. */
export interface AccessLogsPlan {
  /** Bucket of a load balancer's logs: made by the template, or a parameter of it. */
  readonly bucket: "own" | "existing";
  /** The role by which the account's REST APIs log is made by the template. */
  readonly accountRole: boolean;
}

/** Published versions of functions, and the alias by which callers reach one. */
export interface ReleasePlan {
  /** Name of the alias: `live`. */
  readonly alias: string;
  /** The way in which CodeDeploy moves requests to a new version. Absent: all at once, without CodeDeploy. */
  readonly traffic?: TrafficShift;
}

/** A configuration of CodeDeploy for Lambda. https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html */
export type TrafficShift = (typeof trafficShifts)[number];

/** Every `TrafficShift`. */
export const trafficShifts = [
  "AllAtOnce",
  "Canary10Percent5Minutes",
  "Canary10Percent10Minutes",
  "Canary10Percent15Minutes",
  "Canary10Percent30Minutes",
  "Linear10PercentEvery1Minute",
  "Linear10PercentEvery2Minutes",
  "Linear10PercentEvery3Minutes",
  "Linear10PercentEvery10Minutes",
] as const;

/** Limits of compression and inflation; absent members have the runtime's defaults. */
export interface CompressionPlan {
  /** Bytes that a response has to have to be compressed. */
  readonly minBytes?: number;
  /** Bytes that a request may inflate to, and a response may have before it is compressed. */
  readonly maxBytes?: number;
}

/**
 * Settings of payloads that go through S3 because they are too large for the front door. `FunctionPlan.payloads` says
 * which half a function has.
 */
export interface LargePayloadsPlan {
  /** Made by the template, or a parameter of it. */
  readonly bucket: "own" | "existing";
  /** The answer instead of a response that is too large. `refuse`: an error. */
  readonly responses: "redirect" | "envelope" | "refuse";
  /** Whether clients may upload requests. */
  readonly uploads: boolean;
  /** Bytes of a response's body beyond which it goes to S3 although the door would take it. */
  readonly threshold?: number;
  /** Bytes that a response or an upload may have. */
  readonly maxBytes: number;
  /** Seconds for which a link works: 1 to 604800. */
  readonly linkSeconds: number;
  /** The beginning of every key: "", or `library/`. */
  readonly prefix: string;
  /** Uploads are deleted once a call has succeeded with them. */
  readonly deleteUploads: boolean;
}

/** Permissions of pages that call the API from a browser. */
export interface CorsPlan {
  /** The part that answers preflights and adds the headers: the front door, by its settings, or the function. */
  readonly answeredBy: "door" | "function";
  /** `https://app.example.com`, or `*`. */
  readonly origins: readonly string[];
  /** HTTP methods that routes have, sorted. */
  readonly methods: readonly string[];
  /** Request headers, `*` for all. */
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number;
  readonly credentials: boolean;
}

/** A variable that handlers read from `process.env`. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: TemplateValue;
}

/** Something that the template says. */
export type TemplateValue =
  /** Text as written; the deployment target knows its substitutions. */
  | { readonly kind: "text"; readonly text: string }
  /** The value of a parameter, which the template declares where it does not have it. */
  | { readonly kind: "parameter"; readonly name: string };

/** A permission of a role. */
export type Policy =
  | { readonly kind: "managed"; readonly arn: TemplateValue }
  | { readonly kind: "statement"; readonly actions: readonly string[]; readonly resources: readonly TemplateValue[] };
