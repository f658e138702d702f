/** The front doors side by side, for one API: what each can do with it, what it loses, and which one to take. */
import type { Diagnostic } from "../diagnostics.js";
import type { DoorFacts, FrontDoor } from "../front-door/front-door.js";
import type { FrontDoorId } from "../front-door/front-door-id.js";
import { frontDoors } from "../front-door/front-doors.js";
import type { ApiModel } from "../model/api-model.js";
import { countDoorRoutes, countFunctions } from "../plan/functions/count-functions.js";
import { type DoorLoss, findLosses } from "../plan/routes/door-losses.js";
import type { Plan } from "../plan/plan.js";
import { checkNames } from "../emit/check-names.js";
import { planGeneration } from "../plan/plan-generation.js";
import type { PlanOptions } from "../plan/plan-options.js";
import { checkDeployment } from "./targets.js";

/** One door with this API behind it. */
export interface DoorComparison {
  readonly frontDoor: FrontDoorId;
  readonly title: string;
  readonly facts: DoorFacts;
  readonly functions: number;
  /** Routes, resources or rules; `limit` is absent where there is none. */
  readonly routes: { readonly count: number; readonly limit?: number };
  readonly rpcs: number;
  /** RPCs without a loss. */
  readonly wholeRpcs: number;
  readonly losses: readonly DoorLoss[];
  /** Reasons why it cannot be generated with these settings; empty if it can. */
  readonly obstacles: readonly string[];
}

/** Every door, and the one to take. */
export interface FrontDoorComparison {
  readonly doors: readonly DoorComparison[];
  readonly recommended: FrontDoorId;
  /** Reasons for this one, a clause each. */
  readonly reasons: readonly string[];
}

/** Plans the API once per door, with the same options otherwise. */
export function compareFrontDoors(model: ApiModel, options: PlanOptions): FrontDoorComparison {
  const doors = frontDoors.map((door) => compareDoor(door, model, options));
  const best = doors.reduce((chosen, door) => (isBetter(door, chosen) ? door : chosen));
  return { doors, recommended: best.frontDoor, reasons: reasonsFor(best, doors) };
}

function compareDoor(door: FrontDoor, model: ApiModel, options: PlanOptions): DoorComparison {
  const deployment = { ...options.deployment, frontDoor: door.id };
  const { plan, diagnostics } = planGeneration(model, { ...options, deployment });
  const losses = findLosses(plan, door);
  const lossy = new Set(losses.flatMap(({ rpcs }) => rpcs));
  return {
    frontDoor: door.id,
    title: door.title,
    facts: door.facts,
    functions: countFunctions(plan),
    routes: countRoutes(plan, door),
    rpcs: plan.methods.length,
    wholeRpcs: plan.methods.length - lossy.size,
    losses,
    obstacles: [...diagnostics, ...checkNames(plan), ...checkDeployment(plan)]
      .filter(isObstacle)
      .map(({ message }) => message),
  };
}

function isObstacle({ severity }: Diagnostic): boolean {
  return severity === "error";
}

function countRoutes(plan: Plan, door: FrontDoor): DoorComparison["routes"] {
  const count = countDoorRoutes(plan, door);
  return Number.isFinite(door.limits.routes) ? { count, limit: door.limits.routes } : { count };
}

/**
 * Tells whether a door is better than another: it can be generated, loses fewer RPCs, is within its quota, or comes
 * first in the list.
 */
function isBetter(a: DoorComparison, b: DoorComparison): boolean {
  const difference = a.obstacles.length - b.obstacles.length || b.wholeRpcs - a.wholeRpcs || excess(a) - excess(b);
  return difference < 0;
}

function excess({ routes: { count, limit } }: DoorComparison): number {
  return limit !== undefined && count > limit ? 1 : 0;
}

function reasonsFor(best: DoorComparison, doors: readonly DoorComparison[]): string[] {
  const fit =
    best.wholeRpcs === best.rpcs
      ? `all ${best.rpcs} RPCs keep everything`
      : `${best.wholeRpcs} of ${best.rpcs} RPCs keep everything, no other door has more`;
  const [first] = doors;
  const avoided = first === undefined || first === best ? [] : first.losses.map((loss) => describeAvoided(loss, first));
  const equals = doors.filter(
    (door) => door !== best && door.obstacles.length === 0 && door.wholeRpcs === best.wholeRpcs && excess(door) === 0,
  );
  return [fit, ...avoided, ...equals.map((door) => `${door.frontDoor} would do as well (${door.facts.price})`)];
}

function describeAvoided({ kind, rpcs }: DoorLoss, { title }: DoorComparison): string {
  const count = `${rpcs.length} ${rpcs.length === 1 ? "RPC" : "RPCs"}`;
  switch (kind) {
    case "buffered":
      return `${count} can stream, which an ${title} cannot`;
    case "path":
      return `path values of ${count} arrive as sent, which an ${title} decodes`;
    case "method":
      return `HTTP methods of ${count} are routed, which an ${title} does not know`;
    case "reserved":
      return `paths of ${count} are free`;
    default:
      return kind satisfies never;
  }
}
