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
