/** The places of RPCs on their way from another server. */
import type { MethodPlan } from "../../plan/plan.js";

/** The place of an RPC. */
export type TrafficState =
  /** A server answers all requests. */
  | { readonly kind: "proxied"; readonly old: string }
  /** It has code, and a server answers all requests but those of testers. */
  | { readonly kind: "old"; readonly old: string }
  /** Its code answers a share, and a server the others. */
  | { readonly kind: "canary"; readonly old: string; readonly share: number }
  /** Its code answers all requests, and the server is still there. */
  | { readonly kind: "new"; readonly old: string }
  /** Nothing of the server is left. */
  | { readonly kind: "moved" };

/** Reads the place of an RPC from its plan. */
export function trafficState({ implementation, traffic }: MethodPlan): TrafficState {
  if (implementation.kind === "proxy") return { kind: "proxied", old: implementation.dependency };
  if (traffic === undefined) return { kind: "moved" };
  const { old, share } = traffic;
  if (share === 0) return { kind: "old", old };
  return share === 100 ? { kind: "new", old } : { kind: "canary", old, share };
}

/** Describes the place in a few words, for a cell of a table. */
export function describeTraffic(state: TrafficState): string {
  switch (state.kind) {
    case "proxied":
      return `${state.old} (proxy)`;
    case "old":
      return state.old;
    case "canary":
      return `${state.share} % new code, ${Number((100 - state.share).toFixed(4))} % ${state.old}`;
    case "new":
      return `new code, ${state.old} still there`;
    case "moved":
      return "its code";
    default:
      return state satisfies never;
  }
}
