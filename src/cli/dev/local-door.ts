/** The front door of a plan, simulated: what it does to requests and responses, and which function it leads to. */
import { hostsOf } from "../../plan/door-settings.js";
import { functionsWithRpcs } from "../../plan/functions/every-function.js";
import type { Plan } from "../../plan/plan.js";
import { simulatedDoors } from "../../simulator/doors.js";
import type { DoorSettings, RouteChoice, SimulatedDoor } from "../../simulator/simulated-door.js";
import { type AnswerCache, answerCache } from "./answer-cache.js";
import { type Authorize, authorization } from "./authorization.js";
import type { LocalFunction } from "./local-functions.js";
import { functionsById, routingTable } from "./local-routes.js";

/** Chooses the function for a method and a path as the door sees it; undefined when the door has no route for them. */
export type ChooseFunction = (method: string, path: string) => RouteChoice<LocalFunction> | undefined;

/** A front door that leads to functions of this process. */
export interface LocalDoor {
  readonly simulator: SimulatedDoor;
  readonly settings: DoorSettings;
  readonly choose: ChooseFunction;
  readonly authorize: Authorize;
  readonly cache: AnswerCache;
  /** The origins of pages that may call, by the configuration. */
  readonly origins: readonly string[];
  /** The host names of the configuration that are one name each: a load balancer's rules ask for them. */
  readonly hosts: readonly string[];
}

/** The front door that the plan is deployed behind, set up as the deployment template does it. */
export function localDoor(plan: Plan): LocalDoor {
  const { frontDoor, cors } = plan.deployment;
  const simulator = simulatedDoors[frontDoor];
  const settings: DoorSettings = {
    binaryMediaTypes: ["*/*"],
    ...(cors?.answeredBy === "door" ? { cors } : {}),
  };
  const table = routingTable(plan);
  const signed = signedFunctions(plan);
  const choose: ChooseFunction = (method, path) => {
    const choice = simulator.choose(table, method, path);
    return choice && { ...choice, signed: signed.has(choice.target.id) };
  };
  return {
    simulator,
    settings,
    choose,
    authorize: authorization(plan, functionsById(plan)),
    cache: answerCache(plan),
    origins: cors?.origins ?? [],
    hosts: hostsOf(plan.deployment).flatMap((host) =>
      host.kind === "text" && isOneName(host.text) ? [host.text] : [],
    ),
  };
}

function isOneName(host: string): boolean {
  return !/[*?$]/.test(host);
}

/** The functions whose routes ask for signed requests. */
function signedFunctions(plan: Plan): ReadonlySet<string> {
  const { withoutRpcs } = plan.unrouted;
  const others = withoutRpcs === undefined ? [] : [{ ...withoutRpcs, auth: plan.deployment.auth }];
  const all = [...functionsWithRpcs(plan), ...plan.ownFunctions, ...others];
  return new Set(all.filter(({ auth }) => auth.kind === "iam").map(({ id }) => id));
}
