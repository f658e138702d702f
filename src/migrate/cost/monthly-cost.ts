/** Cost of an API in a month behind a front door. */
import type { FrontDoorId } from "../../front-door/front-door-id.js";
import type { Prices } from "./prices.js";

/** The use of an API in a month. */
export interface Usage {
  readonly requests: number;
  /** Milliseconds of one request on average, as Lambda bills them. */
  readonly duration: number;
  /** MB. */
  readonly memory: number;
  readonly architecture: "arm64" | "x86_64";
  /** Bytes of request and reply together, on average. */
  readonly payload: number;
  /** Bytes of logs per request. */
  readonly logs: number;
  /** Whether a NAT gateway is needed, and not there for others. */
  readonly nat: boolean;
  /** GB of memory that is kept ready all the time, over all functions. */
  readonly provisioned: number;
  /** GB of the cache of a REST API; 0 without one. */
  readonly cache: number;
  /** Whether the load balancer is one that is there for others. */
  readonly sharedLoadBalancer: boolean;
}

/** Dollars a month by what they are for. */
export interface MonthlyCost {
  readonly functions: number;
  readonly door: number;
  readonly logs: number;
  readonly transfer: number;
  readonly nat: number;
  readonly total: number;
}

/** The cost of a month, without free tiers. */
export function monthlyCost(door: FrontDoorId, usage: Usage, prices: Prices): MonthlyCost {
  const gigabytes = (bytes: number): number => (usage.requests * bytes) / 1e9;
  const parts = {
    functions: functionsCost(usage, prices),
    door: doorCost(door, usage, prices),
    logs: gigabytes(usage.logs) * prices.logs.perGb,
    transfer: gigabytes(usage.payload) * prices.transfer.perGb,
    nat: usage.nat ? prices.nat.perHour * prices.hoursPerMonth + gigabytes(usage.payload) * prices.nat.perGb : 0,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}

/** Requests, seconds times gigabytes of memory, and memory that is kept ready. */
export function functionsCost(usage: Usage, { lambda, provisioned, hoursPerMonth }: Prices): number {
  const { requests, duration, memory, architecture } = usage;
  const isArm = architecture === "arm64";
  const perGbSecond = isArm ? lambda.perGbSecondArm : lambda.perGbSecondX86;
  const perReady = isArm ? provisioned.perGbSecondArm : provisioned.perGbSecondX86;
  const ready = usage.provisioned * hoursPerMonth * 3600 * perReady;
  return (
    ready + (requests / 1e6) * lambda.perMillionRequests + requests * (duration / 1000) * (memory / 1024) * perGbSecond
  );
}

function doorCost(door: FrontDoorId, usage: Usage, prices: Prices): number {
  const { httpApi, restApi, restCachePerHour, alb, hoursPerMonth } = prices;
  const millions = usage.requests / 1e6;
  switch (door) {
    case "http-api":
      return millions * httpApi.perMillionRequests * Math.max(1, Math.ceil(usage.payload / httpApi.bytesPerRequest));
    case "rest-api":
      return millions * restApi.perMillionRequests + (restCachePerHour[String(usage.cache)] ?? 0) * hoursPerMonth;
    case "function-url":
      return 0;
    case "alb": {
      const seconds = hoursPerMonth * 3600;
      const connections = usage.requests / seconds / alb.connectionsPerSecond;
      const bytes = (usage.requests * usage.payload) / 1e9 / hoursPerMonth / alb.gbPerHour;
      const own = usage.sharedLoadBalancer ? 0 : alb.perHour * hoursPerMonth;
      return own + Math.max(connections, bytes) * alb.perLcuHour * hoursPerMonth;
    }
    default:
      return door satisfies never;
  }
}

/**
 * Requests a month from which on the old service is cheaper; infinity where it never is, 0 where it always is. Costs are a fixed part and one
 * by request.
 */
export function breakEven(door: FrontDoorId, usage: Usage, prices: Prices, oldMonthly: number): number {
  const fixed = monthlyCost(door, { ...usage, requests: 0 }, prices).total;
  const million = monthlyCost(door, { ...usage, requests: 1e6 }, prices).total - fixed;
  if (oldMonthly <= fixed) return 0;
  return million <= 0 ? Number.POSITIVE_INFINITY : Math.floor(((oldMonthly - fixed) / million) * 1e6);
}
