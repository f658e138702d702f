/** ResourceModel -> template: the sections of CloudFormation, in a dialect. */
import { type Document, type DocumentMembers, formOf, mapValues } from "../resources/document.js";
import { apiArn, authorizersArn } from "../resources/invokers.js";
import type { ApiAccess, DoorResource, ResourceModel } from "../resources/resource-model.js";
import { join, parameter, place } from "../resources/value.js";
import { accessLogResources } from "./access-logs.js";
import { alarmResources, dashboardResources } from "./alarms.js";
import { deadLetterQueueResources } from "./functions/dead-letter-queue.js";
import type { Dialect, Resources } from "./dialect.js";
import { domainOutputs } from "./domain.js";
import { functionResources } from "./functions/function-resources.js";
import { applicationResources } from "./functions/releases.js";
import { calledArn, getAtt, intrinsic, type LogicalIds, ref } from "./intrinsics.js";
import { loadBalancerConditions, loadBalancerResources, loadBalancerUrl } from "./load-balancer.js";
import { logicalIds } from "./logical-ids.js";
import type { Section, Template } from "./sections.js";
import { networkResources } from "./network.js";
import { parametersSection } from "./parameters.js";
import { payloadBucketResources } from "./payload-bucket.js";
import { usagePlanOutputs } from "./api-stages.js";

/** Most outputs of a stack, less those of the API. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const maxFunctionOutputs = 190;

/** The whole API in one template. */
export function buildTemplate(model: ResourceModel, dialect: Dialect): Template {
  const ids = logicalIds(model, dialect);
  const finish = (content: Document): Section => {
    const form = formOf(mapValues(content, (value) => intrinsic(value, ids)));
    return form.kind === "entries" ? form.entries : [];
  };
  return {
    head: finish({ ...dialect.head, Description: model.description }),
    parameters: finish(parametersSection(model.parameters)),
    conditions: finish(conditionsOf(model.door)),
    globals: finish(dialect.globals(model)),
    resources: finish(resourcesOf(model, dialect, ids)),
    outputs: finish(outputsOf(model, ids)),
  };
}

function resourcesOf(model: ResourceModel, dialect: Dialect, ids: LogicalIds): Resources {
  const functions = model.functions.map((fn) => functionResources(fn, model, dialect, ids));
  return {
    ...doorResources(model.door, dialect, ids),
    ...accessLogResources(model.door, model.shared),
    ...(model.payloadBucket === undefined ? {} : payloadBucketResources(model.payloadBucket)),
    ...networkResources(model.shared),
    ...deadLetterQueueResources(model),
    ...alarmResources(model),
    ...dashboardResources(model.dashboards),
    ...(dialect.publishes ? applicationResources(model) : {}),
    ...Object.assign({}, ...functions),
  };
}

function doorResources(door: DoorResource, dialect: Dialect, ids: LogicalIds): Resources {
  switch (door.kind) {
    case "http-api":
      return { ...dialect.httpApi(door), ...authorizerPermissions(door.access) };
    case "rest-api":
      return { ...dialect.restApi(door), ...authorizerPermissions(door.access) };
    case "alb":
      return loadBalancerResources(door, ids);
    case "function-url":
      return {};
    default:
      return door satisfies never;
  }
}

/** `AuthorizerCaller`, which no function has a resource of, and numbered for further ones. */
function authorizerPermissions({ authorizers }: ApiAccess): Resources {
  return Object.fromEntries(
    authorizers.map((arn, at) => [
      `AuthorizerCaller${at === 0 ? "" : at + 1}`,
      {
        Type: "AWS::Lambda::Permission",
        Properties: {
          Action: "lambda:InvokeFunction",
          FunctionName: arn,
          Principal: "apigateway.amazonaws.com",
          SourceArn: authorizersArn,
        },
      },
    ]),
  );
}

function conditionsOf(door: DoorResource): DocumentMembers {
  if (door.kind === "rest-api") return { HasAccessLogs: { "Fn::Equals": [parameter("AccessLogs"), "on"] } };
  return door.kind === "alb" ? loadBalancerConditions(door) : {};
}

function outputsOf({ door, functions, ownDeadLetterQueue }: ResourceModel, ids: LogicalIds): DocumentMembers {
  const nameOf = (id: string): string => ids.functions.get(id) ?? id;
  const listed = functions.length > maxFunctionOutputs ? [] : functions;
  const urls = functions.flatMap(({ id, url }) => (url === undefined ? [] : [urlOutput(url.open, nameOf(id))]));
  const arns = listed.map(({ id }) => functionOutput(nameOf(id), ids));
  const queue = ownDeadLetterQueue ? { DeadLetterQueueUrl: queueUrl } : {};
  return { ...doorOutputs(door), ...queue, ...Object.fromEntries([...urls, ...arns]) };
}

const queueUrl: Document = {
  Description: "Queue with the events that functions failed on.",
  Value: ref("DeadLetterQueue"),
};

function functionOutput(id: string, ids: LogicalIds): [string, Document] {
  return [`${id}FunctionArn`, { Value: calledArn(id, ids) }];
}

function urlOutput(open: boolean, id: string): [string, Document] {
  const who = open ? "" : " Callers need lambda:InvokeFunctionUrl and lambda:InvokeFunction and sign their requests.";
  return [`${id}Url`, { Description: `Where it answers.${who}`, Value: getAtt(`${id}Url`, "FunctionUrl") }];
}

function doorOutputs(door: DoorResource): DocumentMembers {
  const host = join`https://${{ kind: "apiId" }}.execute-api.${place("region")}.${place("urlSuffix")}`;
  const stage = parameter("Stage");
  switch (door.kind) {
    case "http-api":
      return {
        ApiUrl: apiUrl(host),
        ApiResource: door.access.signed ? apiResource("*") : undefined,
        ...domainOutputs(door.domain, getAtt("Domain", "RegionalDomainName")),
      };
    case "rest-api":
      return {
        ApiUrl: apiUrl(join`${host}/${stage}`),
        ApiResource: door.access.signed ? apiResource(stage) : undefined,
        ...usagePlanOutputs(door),
        ...domainOutputs(door.domain, getAtt("Domain", "RegionalDomainName")),
      };
    case "alb":
      return {
        ApiUrl: loadBalancerUrl(door),
        ...domainOutputs(door.domain, door.own ? getAtt("LoadBalancer", "DNSName") : undefined),
      };
    case "function-url":
      return {};
    default:
      return door satisfies never;
  }
}

function apiUrl(url: Document): Document {
  return { Description: "Where the API answers.", Value: url };
}

function apiResource(stage: Parameters<typeof apiArn>[0]): Document {
  return {
    Description: "Callers need execute-api:Invoke on this resource and sign their requests (curl --aws-sigv4).",
    Value: apiArn(stage),
  };
}
