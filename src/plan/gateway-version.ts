/** The version of grpc-gateway that is imitated. */
import type { GatewayVersion, TranscodingOptions } from "./plan.js";
import { settingDefaults } from "./setting-defaults.js";

/** The newest version that there is a difference of. */
export const newestGateway: GatewayVersion = settingDefaults.transcoding.gateway;

/**
 * The version whose answers are wanted, where nothing is said the newest. Profile `spec` imitates none; what it has in common with
 * grpc-gateway (how the text of a parameter is read) is the newest's.
 */
export function gatewayVersion({ profile, gateway }: Pick<TranscodingOptions, "profile" | "gateway">): GatewayVersion {
  return profile === "spec" ? newestGateway : (gateway ?? newestGateway);
}

/** The generation that a version of the module belongs to: `v2.32.1`. Those between the two have some of the later one's differences. */
export function gatewayVersionOf(version: string): GatewayVersion {
  const minor = Number(/^v2\.(\d+)/.exec(version)?.[1] ?? 33);
  return minor > 30 ? "2.33" : "2.30";
}
