/** Cost of an API behind every front door, and against the old service. */
import { type FrontDoorId, frontDoorIds } from "../../front-door/front-door-id.js";
import { breakEven, type MonthlyCost, monthlyCost, type Usage } from "./monthly-cost.js";
import type { Prices } from "./prices.js";

/** The cost behind one front door. */
export interface DoorCost extends MonthlyCost {
  readonly frontDoor: FrontDoorId;
  /** With ten times the requests. */
  readonly tenfold: number;
  /** Requests a month from which on the old service is cheaper; null where it never is, absent without an old cost. */
  readonly breakEven?: number | null;
}

/** An estimate with everything that it rests on; dollars. */
export interface CostEstimate {
  readonly usage: Usage;
  readonly prices: Pick<Prices, "date" | "region" | "sources">;
  /** Cost of the old service in a month; null where nobody said it. */
  readonly oldMonthly: number | null;
  readonly doors: readonly DoorCost[];
}

/** Estimates a month behind each front door. */
export function estimateCost(usage: Usage, prices: Prices, oldMonthly: number | undefined): CostEstimate {
  const { date, region, sources } = prices;
  return {
    usage,
    prices: { date, region, sources },
    oldMonthly: oldMonthly ?? null,
    doors: frontDoorIds.map((frontDoor) => doorCost(frontDoor, usage, prices, oldMonthly)),
  };
}

function doorCost(frontDoor: FrontDoorId, usage: Usage, prices: Prices, old: number | undefined): DoorCost {
  const cost = monthlyCost(frontDoor, usage, prices);
  const tenfold = monthlyCost(frontDoor, { ...usage, requests: usage.requests * 10 }, prices).total;
  if (old === undefined) return { frontDoor, ...cost, tenfold };
  const even = breakEven(frontDoor, usage, prices, old);
  return { frontDoor, ...cost, tenfold, breakEven: Number.isFinite(even) ? even : null };
}

/** Words for a break-even. */
export function describeBreakEven(requests: number | null): string {
  if (requests === null) return "any number of requests";
  return requests === 0 ? "never" : `${requests} requests`;
}

/** An amount with four digits below a dollar, two above: `$0.1683`. */
export function dollars(amount: number): string {
  return `$${amount.toFixed(amount !== 0 && amount < 1 ? 4 : 2)}`;
}
