/** The front door of a plan, simulated: what it does to requests and responses, and which function it leads to. */
import { frontDoorOf } from "../../front-door/front-door.js";
import type { Plan } from "../../plan/plan.js";
import { chooseAlbRule } from "../../simulator/alb-rules.js";
import { simulatedDoors } from "../../simulator/doors.js";
import { chooseHttpApiRoute } from "../../simulator/http-api-routes.js";
import { chooseRestApiRoute } from "../../simulator/rest-api-routes.js";
import type { ChosenRoute, DoorSettings, SimulatedDoor } from "../../simulator/simulated-door.js";
import type { LocalFunction } from "./local-functions.js";
import { functionsById, localRoutes } from "./local-routes.js";
import { findMatchingRoute } from "./matching-route.js";

/** Chooses the function for a method and a path as the door sees it; undefined when the door has no route for them. */
export type ChooseFunction = (
  method: string,
  path: string,
) => (ChosenRoute & { readonly target: LocalFunction }) | undefined;

/** A front door that leads to functions of this process. */
export interface LocalDoor {
  readonly simulator: SimulatedDoor;
  readonly settings: DoorSettings;
  readonly choose: ChooseFunction;
  /** Whose pages may call, by the configuration. */
  readonly origins: readonly string[];
}

/** The front door that the plan is deployed behind, set up as the deployment template does it. */
export function localDoor(plan: Plan): LocalDoor {
  const { frontDoor, cors, auth } = plan.deployment;
  const simulator = simulatedDoors.find(({ id }) => id === frontDoor);
  if (simulator === undefined) throw new Error(`there is no simulator of ${frontDoor}`);
  const settings: DoorSettings = {
    ...(frontDoor === "rest-api" ? { binaryMediaTypes: ["*/*"], iam: auth === "iam" } : {}),
    ...(cors !== undefined && frontDoorOf(frontDoor).answersBrowsers ? { cors } : {}),
  };
  return { simulator, settings, choose: chooserOf(plan), origins: cors?.origins ?? [] };
}

function chooserOf(plan: Plan): ChooseFunction {
  switch (plan.deployment.frontDoor) {
    case "http-api": {
      const routes = localRoutes(plan);
      return (method, path) => chooseHttpApiRoute(routes, method, path);
    }
    case "rest-api": {
      const routes = localRoutes(plan);
      return (method, path) => chooseRestApiRoute(routes, method, path);
    }
    case "alb":
      return ruleChooser(plan);
    case "function-url":
      return urlChooser(plan);
    default:
      return plan.deployment.frontDoor satisfies never;
  }
}

function ruleChooser(plan: Plan): ChooseFunction {
  const targets = functionsById(plan);
  const rules = plan.listenerRules.flatMap(({ functionId, ...rule }) => {
    const target = targets.get(functionId);
    return target === undefined ? [] : [{ ...rule, target }];
  });
  return (method, path) => chooseAlbRule(rules, method, path);
}

/**
 * Function URLs have no routes, but an address each. Here they share one: the function with the most specific matching rule gets the
 * request, and a path that no rule has goes to the first, which answers as any of them would.
 */
function urlChooser(plan: Plan): ChooseFunction {
  const targets = functionsById(plan);
  return (method, path) => {
    const id = findMatchingRoute(plan.routes, method, path)?.functionId ?? plan.functions[0]?.id ?? "";
    const target = targets.get(id);
    return target === undefined ? undefined : { key: "$default", pathParameters: {}, target };
  };
}
