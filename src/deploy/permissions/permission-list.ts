/** The list of everything that a deployment grants, for people who review it: a line for each permission, so that a diff shows what widens. */
import { banner } from "../banner.js";
import type { ApiAccess, DoorResource, FunctionResource, Invoker, ResourceModel } from "../resources/resource-model.js";
import { authorizersArn } from "../resources/invokers.js";
import { roleGrants, valueText } from "./role-grants.js";

/** The text of the list. Functions with equal permissions stand together, in the order of the model. */
export function permissionList(model: ResourceModel): string {
  const sections = [
    ...grouped(model.functions, (fn) => [...roleGrants(fn)].map((grant) => `its role may do ${grant}`)),
    ...grouped(model.functions, (fn) => fn.invokers.map(invokerText)),
    ...otherGrants(model),
  ];
  const head = [
    `# ${banner}`,
    "#",
    `# Everything that deploying ${model.apiName} allows, and to whom. What is in angle brackets is known when deploying.`,
  ];
  return `${[...head, ...sections.map((lines) => ["", ...lines].join("\n"))].join("\n")}\n`;
}

/** Functions of equal lines once, with their names before the lines. */
function grouped(functions: readonly FunctionResource[], linesOf: (fn: FunctionResource) => string[]): string[][] {
  const groups = new Map<string, { readonly names: string[]; readonly lines: string[] }>();
  for (const fn of functions) {
    const lines = linesOf(fn).map((line) => withoutName(line, fn));
    const key = lines.join("\n");
    const names = groups.get(key)?.names ?? [];
    groups.set(key, { names: [...names, `function ${fn.id}`], lines });
  }
  return [...groups.values()]
    .filter(({ lines }) => lines.length > 0)
    .map(({ names, lines }) => [...names, ...lines.map((line) => `  ${line}`)]);
}

/** Parts of the function itself by what they are: they would keep equal functions apart. */
function withoutName(line: string, { id, targetGroup }: FunctionResource): string {
  const named = line.replaceAll(`<function ${id} logGroupArn>`, "<its log group>");
  return targetGroup === undefined ? named : named.replaceAll(valueText(targetGroup.name), "<its target group>");
}

function invokerText({ action, principal, source, openUrl, throughUrl }: Invoker): string {
  const who = principal === "*" ? "everybody" : principal;
  const from = source === undefined ? "" : `, from ${valueText(source)}`;
  const how = openUrl === true || throughUrl === true ? ", through its URL" : "";
  return `${who} may do ${action} on it${from}${how}`;
}

function otherGrants(model: ResourceModel): string[][] {
  const { alarmTopic, release, payloadBucket, door, ownDeadLetterQueue } = model;
  return [
    ...doorGrants(door),
    ...(payloadBucket === undefined
      ? []
      : [["the bucket of large payloads", "  nobody may do s3:* on it without TLS, whatever else allows it"]]),
    ...(ownDeadLetterQueue ? [deadLetterQueue] : []),
    ...(alarmTopic === "own" ? topicGrants : []),
    ...(release?.shifts === true ? [codeDeployRole] : []),
  ];
}

function doorGrants(door: DoorResource): string[][] {
  switch (door.kind) {
    case "rest-api":
      return [...authorizerGrants(door.access), ...(door.accountRole ? [accountRole] : [])];
    case "http-api":
      return authorizerGrants(door.access);
    case "alb":
      return door.accessLogs === "own" ? [accessLogBucket] : [];
    case "function-url":
      return [];
    default:
      return door satisfies never;
  }
}

function authorizerGrants({ authorizers }: ApiAccess): string[][] {
  return authorizers.map((arn) => [
    `function ${valueText(arn)}`,
    `  apigateway.amazonaws.com may do lambda:InvokeFunction on it, from ${valueText(authorizersArn)}`,
  ]);
}

const codeDeployRole = [
  "the role of CodeDeploy",
  "  it may do what the policy AWSCodeDeployRoleForLambdaLimited of AWS allows, or AWSCodeDeployRoleForLambda with AWS SAM",
];

const accountRole = [
  "the role by which API Gateway logs in this account",
  "  it may do what the policy AmazonAPIGatewayPushToCloudWatchLogs of AWS allows",
];

const accessLogBucket = [
  "the bucket of access logs",
  "  logdelivery.elasticloadbalancing.amazonaws.com may do s3:PutObject on it, from load balancers of this account",
  "  nobody may do s3:* on it without TLS, whatever else allows it",
];

const deadLetterQueue = [
  "the queue for events that failed",
  "  nobody may do sqs:* on it without TLS, whatever else allows it",
];

const topicGrants = [
  [
    "the topic of alarms",
    "  cloudwatch.amazonaws.com may do sns:Publish on it, from this account",
    "  nobody may do sns:Publish on it without TLS, whatever else allows it",
  ],
  [
    "the key of that topic",
    "  this account may do kms:* with it",
    "  cloudwatch.amazonaws.com may do kms:Decrypt with it, from this account",
    "  cloudwatch.amazonaws.com may do kms:GenerateDataKey* with it, from this account",
  ],
];
