/** The parameters of every target: values that whoever deploys the API gives. */
import { compareText } from "../../diagnostics.js";
import { authsOf } from "../../plan/auth/auth-groups.js";
import { type TrafficShift, trafficShifts } from "../../plan/deployment-plan.js";
import { deadLetterQueues } from "../../plan/functions/dead-letter-queue.js";
import type { AlarmsPlan, Plan } from "../../plan/plan.js";
import { authParameters } from "./auth-parameters.js";
import { givenValues } from "./auth-values.js";
import type { Parameter } from "./resource-model.js";

/** Days that CloudWatch Logs takes. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Those of every API, of its door, of its functions, and those that the configuration names. */
export function parametersOf(plan: Plan): Parameter[] {
  const own = ownParameters(plan);
  const names = new Set(own.map(({ name }) => name));
  const named = namedParameters(plan).filter((name) => !names.has(name));
  return [
    ...own,
    ...named.map((name): Parameter => ({ name, type: "text", description: "Named in grpc2lambda.yaml." })),
  ];
}

/** All but those that the configuration names. */
export function ownParameters(plan: Plan): Parameter[] {
  const { deployment } = plan;
  return [
    ...generalParameters(deployment.logRetentionDays),
    ...doorParameters(plan),
    ...(deployment.release?.traffic === undefined ? [] : [trafficShifting(deployment.release.traffic)]),
    ...(deployment.alarms === undefined ? [] : alarmParameters(deployment.alarms)),
    ...(deployment.alarms !== undefined && deadLetterQueues(plan).length > 0
      ? [threshold("AlarmDeadLetters", deployment.alarms.deadLetters, "Events in queues for those that failed")]
      : []),
    ...(deployment.vpc ? vpcParameters(plan) : []),
    ...(deployment.largePayloads?.bucket === "existing" ? [payloadBucketName] : []),
  ];
}

function generalParameters(logRetentionDays: number): Parameter[] {
  return [
    {
      name: "Stage",
      type: "text",
      default: "dev",
      pattern: "[a-z][a-z0-9-]{0,15}",
      description: "Which copy of the API this is. Part of its name, and the variable STAGE of every function.",
    },
    {
      name: "LogRetentionDays",
      type: "number",
      default: logRetentionDays,
      choices: retentionDays,
      description: "Days to keep logs. CloudWatch keeps them for ever unless told.",
    },
    {
      name: "ApplicationLogLevel",
      type: "text",
      default: "INFO",
      choices: ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"],
      description: "What functions log. With WARN successful requests have no line.",
    },
    {
      name: "SystemLogLevel",
      type: "text",
      default: "INFO",
      choices: ["DEBUG", "INFO", "WARN"],
      description: "What Lambda itself logs. WARN leaves out the reports of invocations that went well.",
      note: "The report of an invocation (duration, memory used, cold start) is of level INFO, about 250 bytes each.",
    },
  ];
}

function doorParameters(plan: Plan): Parameter[] {
  const { deployment } = plan;
  const auth = authParameters(plan);
  switch (deployment.frontDoor) {
    case "http-api":
      return [...throttling("route", deployment), ...auth];
    case "rest-api":
      return [...throttling("method", deployment), accessLogsSwitch(deployment), ...auth];
    case "alb":
      return [
        ...(deployment.loadBalancer === "own"
          ? [
              ...loadBalancerParameters(plan),
              ...(deployment.accessLogs?.bucket === "existing" ? [accessLogBucketName] : []),
            ]
          : [
              listenerArn(deployment.rulePriorities),
              ...(deployment.domain?.hostedZone === undefined ? [] : aliasTarget),
            ]),
        ...auth,
      ];
    case "function-url":
      return [];
    default:
      return deployment.frontDoor satisfies never;
  }
}

function throttling(unit: "route" | "method", { throttling: limits }: Plan["deployment"]): Parameter[] {
  if (limits === "unlimited") return [];
  return [
    {
      name: "ThrottlingRateLimit",
      type: "number",
      default: limits.rate,
      least: 1,
      description: `Requests a second and ${unit}, in the long run.`,
      note: "The account's own limit is 10,000 requests a second for all APIs together: one runaway client could use it up.",
    },
    {
      name: "ThrottlingBurstLimit",
      type: "number",
      default: limits.burst,
      least: 1,
      description: `Requests at once and ${unit}.`,
    },
  ];
}

/** On where the configuration asks for them. */
function accessLogsSwitch({ accessLogs }: Plan["deployment"]): Parameter {
  return {
    name: "AccessLogs",
    type: "text",
    default: accessLogs === undefined ? "off" : "on",
    choices: ["on", "off"],
    description: "Log every request; needs the CloudWatch log role in the API Gateway settings of the account.",
    note: "Deploying with access logs fails in an account whose API Gateway settings name no role that may write logs.",
  };
}

const accessLogBucketName: Parameter = {
  name: "AccessLogBucketName",
  type: "text",
  pattern: "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
  description: "Bucket for the load balancer's logs, of the same region, which lets Elastic Load Balancing write.",
};

function loadBalancerParameters(plan: Plan): Parameter[] {
  const certificate = asksCallers(plan) ? requiredCertificate : optionalCertificate;
  return [
    { name: "VpcId", type: "vpc", description: "VPC of the load balancer." },
    {
      name: "LoadBalancerSubnetIds",
      type: "subnets",
      description: "Private subnets of the load balancer, in two availability zones at least.",
    },
    {
      name: "ClientCidr",
      type: "text",
      default: "10.0.0.0/8",
      description: "Addresses that may reach the load balancer.",
    },
    ...(plan.deployment.ipv6 ? [clientIpv6Cidr] : []),
    ...(plan.deployment.domain === undefined ? [certificate] : []),
  ];
}

const clientIpv6Cidr: Parameter = {
  name: "ClientIpv6Cidr",
  type: "text",
  pattern: "[0-9a-f:]+/[0-9]{1,3}",
  description: "Addresses of IPv6 that may reach the load balancer, such as those of the VPC.",
};

const requiredCertificate: Parameter = {
  name: "CertificateArn",
  type: "text",
  pattern: "arn:.+",
  description: "Certificate of the listener. Callers are checked behind HTTPS only.",
};

const optionalCertificate: Parameter = {
  name: "CertificateArn",
  type: "text",
  default: "",
  description: "Certificate of the listener. Empty for plain HTTP within the VPC.",
};

/** The load balancer of a listener that exists, as a record names it. */
const aliasTarget: readonly Parameter[] = [
  {
    name: "LoadBalancerDnsName",
    type: "text",
    description: "DNS name of the load balancer, for the record of the domain.",
  },
  {
    name: "LoadBalancerZoneId",
    type: "text",
    pattern: "Z[A-Z0-9]+",
    description: "Hosted zone of the load balancer itself, which its description calls CanonicalHostedZoneId.",
  },
];

function listenerArn({ first, last }: Plan["deployment"]["rulePriorities"]): Parameter {
  return {
    name: "ListenerArn",
    type: "text",
    pattern: "arn:.+:listener/app/.+",
    description: `Listener of the load balancer that gets the rules. Priorities ${first} to ${last} are theirs.`,
  };
}

function trafficShifting(traffic: TrafficShift): Parameter {
  return {
    name: "TrafficShifting",
    type: "text",
    default: traffic,
    choices: trafficShifts,
    description: "How CodeDeploy moves requests to a new version. AllAtOnce for stages that nobody waits for.",
  };
}

function alarmParameters({ topic, serverErrors, serverErrorRate, throttles, concurrency }: AlarmsPlan): Parameter[] {
  return [
    ...(topic === "own" ? [] : [alarmTopic]),
    threshold("AlarmServerErrors", serverErrors, "Answers with 5xx in a minute"),
    { ...threshold("AlarmServerErrorRate", serverErrorRate, "Percent of requests answered with 5xx"), least: 0.01 },
    threshold("AlarmThrottles", throttles, "Calls refused by Lambda in a minute"),
    {
      ...threshold("AlarmConcurrency", concurrency, "Instances claimed by functions of the account"),
      note: "An account has 1,000 in a region unless AWS raised that; new accounts have fewer.",
    },
  ];
}

function threshold(name: string, value: number, counted: string): Parameter {
  const description = `${counted} from which on there is an alarm.`;
  return { name, type: "number", default: value, least: 1, description };
}

const alarmTopic: Parameter = {
  name: "AlarmTopicArn",
  type: "text",
  pattern: "arn:.+:sns:.+",
  description: "SNS topic that gets the alarms, of the same region.",
  note: "CloudWatch cannot publish to a topic that is encrypted with the key alias/aws/sns.",
};

function vpcParameters({ deployment }: Plan): Parameter[] {
  const isOwn = deployment.securityGroup === "own";
  const isNamed = deployment.frontDoor === "alb" && deployment.loadBalancer === "own";
  return [
    functionSubnets,
    ...(isOwn ? [] : [securityGroups]),
    ...(isOwn && !isNamed ? [{ name: "VpcId", type: "vpc", description: "VPC of the functions." } as const] : []),
  ];
}

const functionSubnets: Parameter = {
  name: "SubnetIds",
  type: "subnets",
  description: "Private subnets of the functions, in two availability zones at least.",
  note: "Everything that the functions talk to has to be reachable from there, AWS itself included (NAT gateway or endpoints).",
};

const securityGroups: Parameter = {
  name: "SecurityGroupIds",
  type: "securityGroups",
  description: "Security groups of the functions.",
};

const payloadBucketName: Parameter = {
  name: "PayloadBucketName",
  type: "text",
  pattern: "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
  description:
    "Bucket for large payloads, of the same region. It should be private, and forget what is in it after a day.",
};

/** Callers are checked behind HTTPS only. */
function asksCallers(plan: Plan): boolean {
  return authsOf(plan).some(({ kind }) => kind !== "none");
}

/** Names of the parameters that the configuration refers to, sorted. */
export function namedParameters(
  plan: Pick<Plan, "deployment" | "functions" | "ownFunctions" | "authorizers" | "ownRoutes" | "unrouted">,
): string[] {
  const { deployment, functions, ownFunctions, authorizers } = plan;
  const { layers = [], kmsKey, logKmsKey, permissionsBoundary, tags = [], domain, waf, allow = {} } = deployment;
  const named = [domain?.name, domain?.certificate, domain?.hostedZone];
  const { vpcEndpoints = [], sourceIps = [], accounts = [] } = allow;
  const reach = [waf, ...vpcEndpoints, ...sourceIps, ...accounts];
  const single = [kmsKey, logKmsKey, permissionsBoundary, ...named, ...reach].filter((value) => value !== undefined);
  const queues = deadLetterQueues(plan).flatMap((queue) => (queue.kind === "existing" ? [queue.arn] : []));
  const extras = [...layers, ...single, ...queues, ...tags.map(({ value }) => value)];
  const own = [deployment, ...functions, ...ownFunctions, ...authorizers].flatMap(({ environment, policies }) => [
    ...environment.map(({ value }) => value),
    ...policies.flatMap((policy) => (policy.kind === "managed" ? [policy.arn] : policy.resources)),
  ]);
  const names = [...own, ...extras, ...givenValues(plan)].flatMap((value) =>
    value.kind === "parameter" ? [value.name] : [],
  );
  return [...new Set(names)].sort(compareText);
}
