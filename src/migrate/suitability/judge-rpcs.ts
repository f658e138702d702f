/** Verdicts about RPCs: which fit onto Lambda, which with care, and which should stay where they are. */
import type { FrontDoorId } from "../../front-door/front-door-id.js";
import { frontDoorOf } from "../../front-door/front-doors.js";
import type { Service } from "../../model/api-model.js";
import type { MethodPlan, Plan } from "../../plan/plan.js";
import type { RpcSummary } from "../results/summary.js";

/** A verdict with its reasons, in words for the user. */
export interface RpcVerdict {
  /** Full name. */
  readonly rpc: string;
  readonly verdict: "fits" | "with care" | "keep";
  readonly reasons: readonly string[];
}

/** Everything that verdicts are made of. */
export interface SuitabilitySources {
  readonly plan: Plan;
  /** Measurements by full name of the RPC, where there was a comparison. */
  readonly measured: ReadonlyMap<string, RpcSummary>;
}

/** Judges every RPC of the target services, in order of declaration. */
export function judgeRpcs(sources: SuitabilitySources): RpcVerdict[] {
  const { plan } = sources;
  const planned = new Map(plan.methods.map((method) => [method.method.fullName, method]));
  const services = plan.model.files.filter(({ target }) => target).flatMap((file): readonly Service[] => file.services);
  return services.flatMap(({ methods }) =>
    methods.map((method): RpcVerdict => {
      const own = planned.get(method.fullName);
      if (own === undefined) return { rpc: method.fullName, verdict: "keep", reasons: [whyNotPlanned(method)] };
      const reasons = careReasons(own, sources);
      return { rpc: method.fullName, verdict: reasons.length === 0 ? "fits" : "with care", reasons };
    }),
  );
}

function whyNotPlanned({ clientStreaming, bindings }: Service["methods"][number]): string {
  if (clientStreaming) return "it takes a stream of requests, which no front door passes on";
  return bindings.length === 0
    ? "it has no HTTP rule, so its clients speak gRPC"
    : "it is left out by the configuration";
}

/** Seconds that a door waits for an answer. */
const doorSeconds: Readonly<Record<FrontDoorId, number>> = {
  "http-api": 30,
  "rest-api": 29,
  alb: 60,
  "function-url": 900,
};

/** An answer that takes half of the time on a good day is late on a bad one. */
const lateShare = 0.5;

function careReasons({ method }: MethodPlan, { plan, measured }: SuitabilitySources): string[] {
  const { frontDoor, timeout, vpc } = plan.deployment;
  const { streams } = frontDoorOf(frontDoor);
  const canStream = streams === "always" || (streams === "outside-vpc" && !vpc);
  const row = measured.get(method.fullName);
  const seconds = Math.min(doorSeconds[frontDoor], timeout);
  const slowest = Math.max(row?.old.p99 ?? 0, row?.new.p99 ?? 0);
  return [
    ...(method.clientStreaming ? ["its stream of requests is collected before the handler runs"] : []),
    ...(method.serverStreaming && !canStream ? [`it streams replies, and ${frontDoor} sends them all at the end`] : []),
    ...(slowest > seconds * 1000 * lateShare
      ? [`its 99th percentile is ${slowest} ms, and an answer has ${seconds} s`]
      : []),
    ...(row !== undefined && row.different > 0
      ? [`${row.different} of ${row.requests} compared requests were answered differently`]
      : []),
    ...(row?.unstable === true ? ["it answers differently with every call, so a comparison says little"] : []),
    ...(row === undefined && measured.size > 0 ? ["it was not compared"] : []),
  ];
}
