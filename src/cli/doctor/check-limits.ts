/** Limits of AWS and budgets of the user, and how much of them the plan uses. */
import { kilobytes, maxUnzippedBytes } from "../../build/size-findings.js";
import type { LimitUse, StackSize } from "../../deploy/deployment-target.js";
import { deployPlan } from "../../deploy/targets.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import { stackPerService } from "../../plan/functions/check-functions.js";
import { countDoorRoutes, countFunctions } from "../../plan/functions/count-functions.js";
import type { Plan } from "../../plan/plan.js";
import { printable } from "../report/printable.js";
import { readZipSizes } from "./zip-sizes.js";
import type { HealthCheck } from "./health-check.js";

/** Compares the plan with the limits of its stacks and its front door, and the zips in `root` with their budget. */
export function checkLimits(plan: Plan, root: string): HealthCheck[] {
  const door = frontDoorOf(plan.deployment.frontDoor);
  const { limits } = door;
  const routes = { used: countDoorRoutes(plan, door), most: limits.routes };
  const functions = { used: countFunctions(plan), most: limits.functions ?? Number.POSITIVE_INFINITY };
  const { stacks } = deployPlan(plan);
  return [
    ...fullest("resources", stacks, ({ resources }) => resources, String),
    ...fullest("template", stacks, ({ bytes }) => bytes, kilobytes),
    compare("routes", routes, `of ${door.title}`, String),
    compare("functions", functions, "", String),
    {
      area: "limits",
      name: "responses",
      state: "ok",
      text: `at most ${megabytes(limits.responseBytes)} within ${limits.seconds} s`,
    },
    ...checkZips(plan, root),
  ];
}

/** The stack with the least room. */
function fullest(
  name: string,
  stacks: readonly StackSize[],
  useOf: (stack: StackSize) => LimitUse,
  show: (amount: number) => string,
): HealthCheck[] {
  const share = (stack: StackSize): number => useOf(stack).used / useOf(stack).most;
  const [first, ...others] = stacks;
  if (first === undefined) return [];
  const stack = others.reduce((most, other) => (share(other) > share(most) ? other : most), first);
  return [compare(name, useOf(stack), `in ${printable(stack.path)}`, show)];
}

/** From here on there is little room for more. */
const nearly = 0.8;

function compare(name: string, { used, most }: LimitUse, of: string, show: (amount: number) => string): HealthCheck {
  const base = { area: "limits", name } as const;
  if (!Number.isFinite(most)) return { ...base, state: "ok", text: `${show(used)}, no limit`.trim() };
  const text = `${show(used)} of at most ${show(most)} ${of}`.trim();
  const help = `let RPCs share functions (deployment.functions), or ${stackPerService}`;
  if (used > most) return { ...base, state: "warning", text, help };
  return used > most * nearly ? { ...base, state: "note", text, help } : { ...base, state: "ok", text };
}

/** The zips that the last `build` made. */
function checkZips(plan: Plan, root: string): HealthCheck[] {
  const { layout, build, go } = plan;
  if (go !== undefined || build.by !== "grpc2lambda") return [];
  const base = { area: "limits", name: `${printable(layout.zips)}/` } as const;
  const sizes = [...readZipSizes(plan, root)].map(([id, zipBytes]) => ({ id, zipBytes }));
  const [first, ...others] = sizes;
  if (first === undefined) return [{ ...base, state: "note", text: "not built yet", help: "grpc2lambda build" }];
  const largest = others.reduce((most, size) => (size.zipBytes > most.zipBytes ? size : most), first);
  const most = build.maxZipBytes ?? maxUnzippedBytes;
  const whose = build.maxZipBytes === undefined ? "that Lambda takes" : "of build.maxZipBytes";
  const text = printable(
    `${sizes.length} built, the largest ${largest.id} with ${kilobytes(largest.zipBytes)} of the ${kilobytes(most)} ${whose}`,
  );
  if (largest.zipBytes <= most) return [{ ...base, state: "ok", text }];
  return [{ ...base, state: "warning", text, help: "grpc2lambda build names the largest parts of each function" }];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
