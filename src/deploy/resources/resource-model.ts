/**
 * ResourceModel: what is deployed, for every target. Plain data from the plan; no identifier or syntax of a target is in it.
 * Functions are named by `FunctionPlan.id`, parameters in Pascal case; a target makes its own names from these.
 */
import type {
  AlarmsPlan,
  BuildPlan,
  BundlePlan,
  CorsPlan,
  DeploymentPlan,
  DomainPlan,
  EgressPort,
  FunctionLimits,
  RouteKey,
  ThrottlingPlan,
  UsagePlan,
} from "../../plan/plan.js";
import type { Document } from "./document.js";
import type { Metric } from "./metrics.js";
import type { Value } from "./value.js";

/** Everything that is deployed for one API. */
export interface ResourceModel {
  readonly apiName: string;
  /** The API and its services, on one line. */
  readonly description: string;
  readonly parameters: readonly Parameter[];
  /** The settings of every function. */
  readonly shared: SharedSettings;
  readonly functions: readonly FunctionResource[];
  /** Versions of all functions, and the alias that callers name. Undefined: callers name the functions. */
  readonly release?: ReleaseResource;
  readonly door: DoorResource;
  readonly alarms: readonly AlarmResource[];
  /** The topic that gets them: made here, or a parameter. Undefined where there are none. */
  readonly alarmTopic?: AlarmsPlan["topic"];
  readonly dashboards: readonly DashboardResource[];
  /** The queue for events that functions fail on is made here. */
  readonly ownDeadLetterQueue: boolean;
  /** Undefined where large payloads are refused, or go to a bucket that exists. */
  readonly payloadBucket?: PayloadBucket;
}

/** Something that whoever deploys says. */
export interface Parameter {
  /** Pascal case: `LogRetentionDays`. */
  readonly name: string;
  readonly type: ParameterType;
  /** Undefined: it has to be given. */
  readonly default?: string | number;
  readonly choices?: readonly (string | number)[];
  /** A regular expression for all of the text. */
  readonly pattern?: string;
  readonly least?: number;
  readonly description: string;
  /** The reason for it, for people who read the template. */
  readonly note?: string;
}

/** `vpc`, `subnets` and `securityGroups` are ids that exist. */
export type ParameterType = "text" | "number" | "texts" | "vpc" | "subnets" | "securityGroups";

/** The settings of every function. */
export interface SharedSettings extends Pick<DeploymentPlan, "architecture" | "memorySize" | "timeout" | "vpc"> {
  /** Lambda's name of the runtime. */
  readonly runtime: DeploymentPlan["runtime"] | "provided.al2023";
  readonly environment: readonly Variable[];
  /** MB of /tmp; undefined: Lambda's own. */
  readonly ephemeralStorage?: number;
  /** Undefined: none are kept. */
  readonly reservedConcurrency?: number;
  /** ARNs of layers. */
  readonly layers: readonly Value[];
  /** ARN of the key for environment variables. */
  readonly kmsKey?: Value;
  /** The ports of the security group that is made here; undefined where groups are a parameter, or there is no VPC. */
  readonly egress?: readonly EgressPort[];
  /** Whether X-Ray traces their calls. */
  readonly tracing: boolean;
  /** Roles of all functions. */
  readonly roles: { readonly path?: string; readonly permissionsBoundary?: Value };
  readonly logs: LogSettings;
  /** Tags of functions, roles and log groups. */
  readonly tags: readonly Variable[];
  /** The tool that makes the code: `build` of this one, or that of the target. */
  readonly builtBy: BuildPlan["by"];
}

/** Published versions, an alias for each function, and how requests move to a new version. */
export interface ReleaseResource {
  readonly alias: string;
  /** CodeDeploy moves them, as the parameter `TrafficShifting` says. */
  readonly shifts: boolean;
  /** Names of the alarms, `AlarmResource.name`, that have CodeDeploy take a release back. */
  readonly alarms: readonly string[];
}

/** An alarm of CloudWatch. No data is no alarm: an API without requests fails nobody. */
export interface AlarmResource {
  /** Kebab case, unique: `server-errors`. */
  readonly name: string;
  readonly description: string;
  /** Metrics by id and what is computed of them; the last one is compared. */
  readonly terms: readonly AlarmTerm[];
  /** Seconds of a data point. */
  readonly period: number;
  /** Name of the parameter with the number from which on a data point is bad. */
  readonly threshold: string;
  /** The alarm goes off with `datapoints` bad ones among `periods`. */
  readonly periods: number;
  readonly datapoints: number;
  /** CodeDeploy takes a release back when it goes off. */
  readonly endsRelease: boolean;
}

/** A metric, or an expression over the ids of others. */
export type AlarmTerm =
  | { readonly id: string; readonly metric: Metric; readonly statistic: "Sum" | "Maximum" }
  | { readonly id: string; readonly expression: string; readonly label: string };

/** A dashboard of CloudWatch. */
export interface DashboardResource {
  /** Kebab case, unique: `library-service`. */
  readonly name: string;
  /** Full name. */
  readonly service: string;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
  readonly body: Document;
}

/** Settings of log groups, and of the bucket with a load balancer's logs. */
export interface LogSettings {
  /** ARN of the key that encrypts log groups. */
  readonly kmsKey?: Value;
  /** Logs stay when nothing asks for them any more: those of requests, and those of functions. */
  readonly keepAccess: boolean;
  readonly keepFunctions: boolean;
}

/** An environment variable. */
export interface Variable {
  readonly name: string;
  readonly value: Value;
}

/** A Lambda function with its role, its logs and its callers. */
export interface FunctionResource {
  /** `FunctionPlan.id`, in kebab case. */
  readonly id: string;
  /** Full name of the service whose RPCs it has, or the first of several; undefined for the function without RPCs. */
  readonly service?: string;
  /** It answers requests that no route of an RPC takes. */
  readonly isUnrouted: boolean;
  /** The RPCs that it serves, as a remark has them. */
  readonly rpcs: string;
  /** The full names of its RPCs, or its routes of the user's own: `GET /healthz`. Empty for the function of unrouted requests. */
  readonly serves: readonly string[];
  readonly description: string;
  /** The file to bundle, relative to the project root. */
  readonly entry: string;
  /** Folder, from the project root, of the compiled program that it is, in place of a bundle of `entry`. */
  readonly program?: string;
  readonly bundle: Bundle;
  /** Its zip, which `build` makes, from the project root: `build/lambda/library-service-get-shelf.zip`. */
  readonly zip: string;
  /** SHA-256 of the zip; undefined before it is built. */
  readonly codeHash?: string;
  /** `library-service-get-shelf.handler`. */
  readonly handler: string;
  /** Variables in addition to the shared ones. */
  readonly environment: readonly Variable[];
  /** Its own limits, in place of the shared ones. */
  readonly limits: FunctionLimits;
  /** Instances of its alias that are kept warm. Undefined: none. */
  readonly provisionedConcurrency?: number;
  /** Permissions of its role. */
  readonly policies: readonly RolePolicy[];
  /** ARNs. */
  readonly managedPolicies: readonly Value[];
  /** ARN of the queue that gets events which it fails on when it is called asynchronously. Undefined: they are dropped after two more tries. */
  readonly deadLetterQueue?: Value;
  readonly logGroupName: Value;
  readonly invokers: readonly Invoker[];
  /** Its Function URL; undefined behind other doors. */
  readonly url?: UrlResource;
  /** Its target group behind a load balancer; undefined behind other doors. */
  readonly targetGroup?: { readonly name: Value };
}

/** The form of a function's bundle. */
export interface Bundle {
  readonly format: BundlePlan["format"];
  /** Modules, from the project root, that take the place of packages. */
  readonly standIns: readonly { readonly packageName: string; readonly module: string }[];
  /** Packages that stay imports. */
  readonly external: readonly string[];
}

/** Statements of one purpose. */
export interface RolePolicy {
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** Actions that are allowed on resources. */
export interface Statement {
  readonly actions: readonly string[];
  /** ARNs, or `*` for actions that know no resources. */
  readonly resources: readonly Value[];
  readonly note?: string;
}

/** Somebody who may call a function. */
export interface Invoker {
  /** Pascal case, unique for the function: `Permission`. */
  readonly name: string;
  readonly action: "lambda:InvokeFunction" | "lambda:InvokeFunctionUrl";
  /** A service, or `*` for everybody. */
  readonly principal: string;
  /** ARN of the API or target group that calls. */
  readonly source?: Value;
  /** Only through its URL, and only if that is open. */
  readonly openUrl?: boolean;
  /** Only calls that come through its URL. */
  readonly throughUrl?: boolean;
  readonly note?: string;
}

/** A Function URL. */
export interface UrlResource {
  /** Everybody may call it; else requests are signed. */
  readonly open: boolean;
  readonly streams: boolean;
  readonly cors?: Omit<CorsPlan, "answeredBy">;
}

/** The front door. */
export type DoorResource = HttpApiResource | RestApiResource | LoadBalancerResource | { readonly kind: "function-url" };

/** Limits and settings of routes, in the order of the API's routes. */
export interface StageResource {
  /** The parameters of the template bound each route; else only the account does. */
  readonly throttled: boolean;
  readonly routes: readonly StageRoute[];
  /** GB of the cache of a REST API. Undefined: it has none. */
  readonly cacheSize?: number;
}

/** A route with settings of its own. */
export interface StageRoute {
  readonly key: RouteKey;
  /** Undefined: those of all routes. */
  readonly throttling?: ThrottlingPlan;
  /** Seconds for which an answer counts. Undefined: the function is asked each time. */
  readonly cacheSeconds?: number;
}

/** A host name of the API's own, and the way to it. */
export interface DomainResource {
  readonly name: Value;
  /** ARN. */
  readonly certificate: Value;
  /** Without a slash at its beginning; empty for none. */
  readonly basePath: string;
  /** Zone of Route 53 that gets a record; undefined: it is made elsewhere. */
  readonly hostedZone?: Value;
  readonly minimumTls: DomainPlan["minimumTls"];
  /** Authorities whose certificates clients present. `uri` is bucket and key in one. */
  readonly truststore?: {
    readonly uri: Value;
    readonly bucket: Value;
    readonly key: Value;
    readonly version?: string;
  };
  /** The API answers under no other name. */
  readonly only: boolean;
  /** IPv4 and IPv6 lead to it; else IPv4 alone. */
  readonly ipv6: boolean;
}

/** An HTTP API of API Gateway. */
export interface HttpApiResource {
  readonly kind: "http-api";
  readonly access: ApiAccess;
  readonly accessLogFormat: string;
  /** OpenAPI with integrations. */
  readonly document: Document;
  readonly stage: StageResource;
  /** IPv4 and IPv6 lead to it; else IPv4 alone. */
  readonly ipv6: boolean;
  readonly domain?: DomainResource;
}

/** Access to an API, as far as it is not in its document. */
export interface ApiAccess {
  /** Some routes ask for signed requests. */
  readonly signed: boolean;
  /** ARNs of functions of other deployments that the API asks about callers, and so has to be allowed to call. */
  readonly authorizers: readonly Value[];
}

/** A REST API of API Gateway. */
export interface RestApiResource {
  readonly kind: "rest-api";
  readonly access: ApiAccess;
  /** Whether X-Ray traces its requests. */
  readonly tracing: boolean;
  readonly accessLogFormat: string;
  /** OpenAPI with integrations. */
  readonly document: Document;
  readonly stage: StageResource;
  /** IPv4 and IPv6 lead to it; else IPv4 alone. */
  readonly ipv6: boolean;
  readonly domain?: DomainResource;
  /** VPC endpoints that a private API answers; undefined for a regional one. */
  readonly vpcEndpoints?: readonly Value[];
  /** ARN of the web ACL in front. */
  readonly waf?: Value;
  /** Undefined where no route asks for an API key. */
  readonly usagePlan?: UsagePlan;
  /** The role by which the account's REST APIs log is made here. */
  readonly accountRole: boolean;
}

/** An Application Load Balancer, or rules of a listener that exists. */
export interface LoadBalancerResource {
  readonly kind: "alb";
  readonly own: boolean;
  /** Certificate of the listener that is made here. `optional`: its parameter may be empty, for plain HTTP. */
  readonly certificate: { readonly arn: Value; readonly optional: boolean };
  /** IPv4 and IPv6 lead to a load balancer that is made here; else IPv4 alone. */
  readonly ipv6: boolean;
  /** `library-${Stage}: who may reach the load balancer`. */
  readonly securityGroupDescription: Value;
  readonly rules: readonly RuleResource[];
  readonly domain?: DomainResource;
  /** ARN of the web ACL in front of a load balancer that is made here. */
  readonly waf?: Value;
  /** The bucket that the requests of an own load balancer are logged to: made here, or a parameter. Undefined: they are not logged. */
  readonly accessLogs?: "own" | "existing";
}

/** A rule of a listener. All conditions have to hold. */
export interface RuleResource {
  readonly priority: number;
  /** RPCs of the function that it leads to, as a remark has them. */
  readonly rpcs: string;
  /** Any when empty. */
  readonly hosts: readonly Value[];
  /** Any when empty. */
  readonly httpMethods: readonly string[];
  readonly pathPatterns: readonly string[];
  readonly pathRegexes: readonly string[];
  /** The check of callers that comes before; undefined: none. */
  readonly auth?: RuleAuth | undefined;
  readonly functionId: string;
}

/** A check of callers by a load balancer. */
export type RuleAuth = RuleTokens | RuleUserPool | RuleLogin;

/** Bearer tokens with claims. */
export interface RuleTokens {
  readonly kind: "jwt";
  readonly issuer: Value;
  readonly jwksEndpoint: Value;
  /** A token has one of the values of each. */
  readonly claims: readonly {
    readonly name: string;
    readonly format: Value;
    readonly values: Value | readonly Value[];
  }[];
}

/** Members that logins have in common. */
interface Login {
  readonly clientId: Value;
  /** Scopes that are asked for, with spaces between them. */
  readonly scope: string;
  /** Treatment of requests without a session. */
  readonly unauthenticated: "authenticate" | "deny";
}

/** The login of a Cognito user pool. */
export interface RuleUserPool extends Login {
  readonly kind: "cognito";
  /** ARN. */
  readonly userPool: Value;
  readonly domain: Value;
}

/** The login of an OpenID provider. */
export interface RuleLogin extends Login {
  readonly kind: "oidc";
  readonly issuer: Value;
  readonly authorizationEndpoint: Value;
  readonly tokenEndpoint: Value;
  readonly userInfoEndpoint: Value;
  /** A secret of Secrets Manager: its text is in no template. */
  readonly clientSecretArn: Value;
}

/** The bucket that the template makes for large payloads. */
export interface PayloadBucket {
  /** Objects below these prefixes live for a day. */
  readonly folders: readonly { readonly id: string; readonly prefix: string }[];
  /** Pages may follow links. */
  readonly cors: boolean;
  /** Origins of pages that may upload. */
  readonly uploadOrigins: readonly string[];
}
