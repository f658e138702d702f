/** The version of grpc-gateway that is imitated. */
import type { GatewayVersion, TranscodingOptions } from "./plan.js";

/** The newest version that there is a difference of. */
export const newestGateway: GatewayVersion = "2.33";

/**
 * The version whose answers are wanted, where nothing is said the newest. Profile `spec` imitates none; what it has in common with
 * grpc-gateway (how the text of a parameter is read) is the newest's.
 */
export function gatewayVersion({ profile, gateway }: Pick<TranscodingOptions, "profile" | "gateway">): GatewayVersion {
  return profile === "spec" ? newestGateway : (gateway ?? newestGateway);
}
