/** The work of `cost`. */
import { join } from "node:path";
import { type CostEstimate, describeBreakEven, dollars } from "../../migrate/cost/cost-estimate.js";
import type { Plan } from "../../plan/plan.js";
import { readSummary } from "../compare/read-summary.js";
import type { Flags } from "../config/flags.js";
import { exitCodes } from "../exit-codes.js";
import { paints } from "../paint.js";
import { readPlan } from "../read-plan.js";
import { alignColumns } from "../report/columns.js";
import { printable } from "../report/printable.js";
import { type Terminal, wantsColor } from "../terminal.js";
import { type CostFlags, settleCost } from "./settle-cost.js";

/** Flags of `cost` alone. */
export interface CostOptions extends CostFlags {
  readonly json?: boolean;
}

/** Prints the costs; gives the exit code. */
export async function runCost(
  protos: readonly string[],
  flags: Flags & CostOptions,
  terminal: Terminal,
): Promise<number> {
  const project = await readPlan(protos, flags, terminal);
  if (project === undefined) return exitCodes.badInput;
  const { root, plan } = project;
  const summary = readSummary(join(root, "compare/summary.json"));
  const estimate = settleCost(plan, flags, typeof summary === "object" ? summary : undefined, terminal.cwd);
  if (typeof estimate === "string") {
    terminal.stderr.write(`error: ${printable(estimate)}\n`);
    return exitCodes.badInput;
  }
  terminal.stdout.write(
    flags.json === true ? `${JSON.stringify(estimate, undefined, 2)}\n` : toTable(estimate, plan, terminal),
  );
  return exitCodes.clean;
}

function toTable({ usage, prices, oldMonthly, doors }: CostEstimate, { deployment }: Plan, terminal: Terminal): string {
  const paint = paints(wantsColor(terminal.stdout, terminal.env));
  const head = ["", "functions", "door", "logs", "transfer", "NAT", "a month", "with ten times the requests"];
  const rows = doors.map((door) => [
    door.frontDoor === deployment.frontDoor ? `${door.frontDoor} *` : door.frontDoor,
    ...[door.functions, door.door, door.logs, door.transfer, door.nat, door.total, door.tenfold].map(dollars),
    ...(door.breakEven === undefined ? [] : [describeBreakEven(door.breakEven)]),
  ]);
  const table = alignColumns([oldMonthly === null ? head : [...head, "cheaper than the old service up to"], ...rows]);
  const { requests, duration, memory, architecture } = usage;
  const lines = [
    ...table.map((line, index) => (index === 0 ? paint.bold(line) : line)),
    "",
    `${requests} requests a month of ${Math.round(duration * 10) / 10} ms, ${memory} MB, ${architecture}; * is the configured front door`,
    ...(oldMonthly === null ? [] : [`the old service: ${dollars(oldMonthly)} a month`]),
    ...(usage.provisioned > 0 ? [`functions: with ${usage.provisioned} GB of memory kept ready all the time`] : []),
    ...(usage.cache > 0 ? [`rest-api: with a cache of ${usage.cache} GB; calls that it saves are not counted`] : []),
    ...(usage.nat ? ["a NAT gateway costs by the hour: without it most of the sum is gone"] : []),
    paint.dim(
      `prices of ${printable(prices.date)} in ${printable(prices.region)} without free tiers: ${prices.sources.map(String).map(printable).join(" ")}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
