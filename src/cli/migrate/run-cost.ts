/** The work of `cost`. */
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readBounded } from "../../bounded-file.js";
import { type FrontDoorId, frontDoorIds } from "../../front-door/front-door-id.js";
import { breakEven, type MonthlyCost, monthlyCost, type Usage } from "../../migrate/cost/monthly-cost.js";
import { type Prices, readPrices } from "../../migrate/cost/prices.js";
import type { PageComparison } from "../../migrate/page/page-data.js";
import type { Plan } from "../../plan/plan.js";
import { readSummary } from "../compare/read-summary.js";
import type { Flags } from "../config/flags.js";
import { exitCodes } from "../exit-codes.js";
import { paints } from "../paint.js";
import { readPlan } from "../read-plan.js";
import { alignColumns } from "../report/columns.js";
import { printable } from "../report/printable.js";
import { type Terminal, wantsColor } from "../terminal.js";

/** Flags of `cost` alone. */
export interface CostOptions {
  readonly requests: number;
  readonly duration?: number;
  readonly payload: number;
  readonly logs: number;
  readonly oldMonthly?: number;
  readonly pods?: number;
  readonly podPrice?: number;
  readonly prices?: string;
  readonly nat?: boolean;
  readonly json?: boolean;
}

/** The cost behind one front door. */
interface DoorCost extends MonthlyCost {
  readonly frontDoor: FrontDoorId;
  /** With ten times the requests. */
  readonly tenfold: number;
  /** Requests a month from which on the old service is cheaper; null where it never is, absent without an old cost. */
  readonly breakEven?: number | null;
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
  const prices = loadPrices(flags.prices, terminal.cwd);
  const duration = flags.duration ?? measuredDuration(readSummary(join(root, "compare/summary.json")));
  const problem = typeof prices === "string" ? prices : problemOf(flags, duration);
  if (typeof prices === "string" || duration === undefined || problem !== undefined) {
    terminal.stderr.write(`error: ${printable(problem ?? "")}\n`);
    return exitCodes.badInput;
  }
  const usage = usageOf(plan, flags, duration);
  const old = flags.oldMonthly ?? (flags.pods === undefined ? undefined : flags.pods * (flags.podPrice ?? 0));
  const doors = frontDoorIds.map((frontDoor) => doorCost(frontDoor, usage, prices, old));
  const text =
    flags.json === true ? toJson(usage, prices, old, doors) : toTable(usage, prices, old, doors, plan, terminal);
  terminal.stdout.write(text);
  return exitCodes.clean;
}

function problemOf({ pods, podPrice, oldMonthly }: CostOptions, duration: number | undefined): string | undefined {
  if (duration === undefined) return "there is no duration: give --duration, or compare first";
  if ((pods === undefined) !== (podPrice === undefined)) return "--pods and --pod-price belong together";
  return pods !== undefined && oldMonthly !== undefined ? "expected --old-monthly or --pods, found both" : undefined;
}

/** A text says what is wrong. */
function loadPrices(flag: string | undefined, cwd: string): Prices | string {
  const path =
    flag === undefined ? fileURLToPath(new URL("../../../prices/2026-11.json", import.meta.url)) : resolve(cwd, flag);
  try {
    const read = readBounded(path, 1_000_000);
    if (read.kind === "tooLarge") return `${flag}: it has ${read.size}, expected a file of prices`;
    const prices = readPrices(read.bytes.toString());
    return typeof prices === "string" ? `${flag}: ${prices}` : prices;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return `${flag} cannot be read (${String(error.code)})`;
  }
}

/** The median over all RPCs, weighted by their requests. Functions in this process say nothing about those of AWS. */
function measuredDuration(summary: PageComparison | string | undefined): number | undefined {
  if (typeof summary !== "object") return undefined;
  const side = /^https?:/.test(summary.new) ? "new" : "old";
  const rows = summary.rpcs.filter((row) => row[side].count > 0);
  const total = rows.reduce((sum, row) => sum + row[side].count, 0);
  return total === 0 ? undefined : rows.reduce((sum, row) => sum + row[side].p50 * row[side].count, 0) / total;
}

function usageOf({ deployment }: Plan, flags: CostOptions, duration: number): Usage {
  return {
    requests: flags.requests,
    duration,
    memory: deployment.memorySize,
    architecture: deployment.architecture,
    payload: flags.payload,
    logs: flags.logs,
    nat: flags.nat === true,
    sharedLoadBalancer: deployment.loadBalancer === "existing",
  };
}

function doorCost(frontDoor: FrontDoorId, usage: Usage, prices: Prices, old: number | undefined): DoorCost {
  const cost = monthlyCost(frontDoor, usage, prices);
  const tenfold = monthlyCost(frontDoor, { ...usage, requests: usage.requests * 10 }, prices).total;
  if (old === undefined) return { frontDoor, ...cost, tenfold };
  const even = breakEven(frontDoor, usage, prices, old);
  return { frontDoor, ...cost, tenfold, breakEven: Number.isFinite(even) ? even : null };
}

function toJson(
  usage: Usage,
  { date, region, sources }: Prices,
  old: number | undefined,
  doors: readonly DoorCost[],
): string {
  return `${JSON.stringify({ usage, prices: { date, region, sources }, oldMonthly: old ?? null, doors }, undefined, 2)}\n`;
}

function toTable(
  usage: Usage,
  prices: Prices,
  old: number | undefined,
  doors: readonly DoorCost[],
  { deployment }: Plan,
  terminal: Terminal,
): string {
  const paint = paints(wantsColor(terminal.stdout, terminal.env));
  const head = ["", "functions", "door", "logs", "transfer", "NAT", "a month", "with ten times the requests"];
  const rows = doors.map((door) => [
    door.frontDoor === deployment.frontDoor ? `${door.frontDoor} *` : door.frontDoor,
    ...[door.functions, door.door, door.logs, door.transfer, door.nat, door.total, door.tenfold].map(dollars),
    ...(door.breakEven === undefined ? [] : [describeEven(door.breakEven)]),
  ]);
  const table = alignColumns([old === undefined ? head : [...head, "cheaper than the old service up to"], ...rows]);
  const { requests, duration, memory, architecture } = usage;
  const lines = [
    ...table.map((line, index) => (index === 0 ? paint.bold(line) : line)),
    "",
    `${requests} requests a month of ${Math.round(duration * 10) / 10} ms, ${memory} MB, ${architecture}; * is the configured front door`,
    ...(old === undefined ? [] : [`the old service: ${dollars(old)} a month`]),
    ...(usage.nat ? ["a NAT gateway costs by the hour: without it most of the sum is gone"] : []),
    paint.dim(
      `prices of ${printable(prices.date)} in ${printable(prices.region)} without free tiers: ${prices.sources.map(String).map(printable).join(" ")}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function describeEven(requests: number | null): string {
  if (requests === null) return "any number of requests";
  return requests === 0 ? "never" : `${requests} requests`;
}

/** Four digits below a dollar, two above. */
function dollars(amount: number): string {
  return `$${amount.toFixed(amount !== 0 && amount < 1 ? 4 : 2)}`;
}
