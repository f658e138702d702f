/** Callers of a function. */
import type { FunctionPlan, Plan } from "../../plan/plan.js";
import type { Invoker } from "./resource-model.js";
import { join, parameter, place, type Reference, type Value } from "./value.js";

const apiId: Reference = { kind: "apiId" };

/** The front door, or everybody for an open URL. `targetGroup` is the name of the function's group behind a load balancer. */
export function invokersOf({ auth }: Pick<FunctionPlan, "auth">, targetGroup: Value, { deployment }: Plan): Invoker[] {
  switch (deployment.frontDoor) {
    case "http-api":
      return [service("apigateway.amazonaws.com", apiArn("*"))];
    case "rest-api":
      return [service("apigateway.amazonaws.com", apiArn(parameter("Stage")))];
    case "alb":
      return [service("elasticloadbalancing.amazonaws.com", groupArn(targetGroup))];
    case "function-url":
      return auth.kind === "none" ? everybody : [];
    default:
      return deployment.frontDoor satisfies never;
  }
}

function service(principal: string, source: Value): Invoker {
  return { name: "Permission", action: "lambda:InvokeFunction", principal, source };
}

/** The API with all of its routes, in one stage. */
export function apiArn(stage: Value): Value {
  return join`arn:${place("partition")}:execute-api:${place("region")}:${place("account")}:${apiId}/${stage}/*`;
}

/** The authorizers of the API. */
export const authorizersArn: Value = join`arn:${place("partition")}:execute-api:${place("region")}:${place("account")}:${apiId}/authorizers/*`;

/** The API asks about callers. */
export const authorizerInvoker: Invoker = service("apigateway.amazonaws.com", authorizersArn);

function groupArn(name: Value): Value {
  return join`arn:${place("partition")}:elasticloadbalancing:${place("region")}:${place("account")}:targetgroup/${name}/*`;
}

const everybody: Invoker[] = [
  {
    name: "UrlPermission",
    action: "lambda:InvokeFunctionUrl",
    principal: "*",
    openUrl: true,
    note: "Everybody may call the URL: that takes two permissions, for the URL and for the function through it.",
  },
  { name: "Permission", action: "lambda:InvokeFunction", principal: "*", throughUrl: true },
];
