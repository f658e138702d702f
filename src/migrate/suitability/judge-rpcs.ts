/** Verdicts about RPCs: which fit onto Lambda, which with care, and which should stay where they are. */
import { frontDoorOf } from "../../front-door/front-doors.js";
import type { Service } from "../../model/api-model.js";
import { indexModel, type ModelIndex } from "../../model/model-index.js";
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

interface Judged extends SuitabilitySources {
  readonly index: ModelIndex;
}

/** Judges every RPC of the target services, in order of declaration. */
export function judgeRpcs(sources: SuitabilitySources): RpcVerdict[] {
  const { plan } = sources;
  const judged: Judged = { ...sources, index: indexModel(plan.model) };
  const planned = new Map(plan.methods.map((method) => [method.method.fullName, method]));
  const services = plan.model.files.filter(({ target }) => target).flatMap((file): readonly Service[] => file.services);
  return services.flatMap(({ methods }) =>
    methods.map((method): RpcVerdict => {
      const own = planned.get(method.fullName);
      if (own === undefined) return { rpc: method.fullName, verdict: "keep", reasons: [whyNotPlanned(method)] };
      const reasons = careReasons(own, judged);
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

/** An answer that takes half of the time on a good day is late on a bad one. */
const lateShare = 0.5;

function careReasons({ method }: MethodPlan, { plan, measured, index }: Judged): string[] {
  const { frontDoor, timeout, vpc } = plan.deployment;
  const { streams, limits } = frontDoorOf(frontDoor);
  const canStream = streams === "always" || (streams === "outside-vpc" && !vpc);
  const row = measured.get(method.fullName);
  const seconds = Math.min(limits.seconds, timeout);
  const slowest = Math.max(row?.old.p99 ?? 0, row?.new.p99 ?? 0);
  return [
    ...(method.clientStreaming ? ["its stream of requests is collected before the handler runs"] : []),
    ...(method.serverStreaming && !canStream ? [`it streams replies, and ${frontDoor} sends them all at the end`] : []),
    ...(slowest > seconds * 1000 * lateShare
      ? [`its 99th percentile is ${slowest} ms, and an answer has ${seconds} s`]
      : []),
    ...([method.input, method.output].some((name) => holdsAny(name, index))
      ? ["it has a google.protobuf.Any, which takes types of this schema alone"]
      : []),
    ...(row !== undefined && row.different > 0
      ? [`${row.different} of ${row.requests} compared requests were answered differently`]
      : []),
    ...(row?.unstable === true ? ["it answers differently with every call, so a comparison says little"] : []),
    ...(row === undefined && measured.size > 0 ? ["it was not compared"] : []),
  ];
}

/** Tells whether a message has an Any at any depth. */
function holdsAny(fullName: string, { messages }: ModelIndex): boolean {
  const seen = new Set([fullName]);
  for (const name of seen) {
    const message = messages.get(name);
    if (message?.wellKnown === "Any") return true;
    if (message?.wellKnown !== undefined) continue;
    for (const { shape } of message?.fields ?? []) {
      const element = shape.kind === "list" ? shape.item : shape.kind === "map" ? shape.value : shape;
      if (element.kind === "message") seen.add(element.fullName);
    }
  }
  return false;
}
