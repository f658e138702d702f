/** The keys of `transcoding`. */
import type { BehaviourOptions, GatewayVersion, TranscodingOptions } from "../../plan/plan.js";
import { settingDefaults } from "../../plan/setting-defaults.js";
import type { Config, TranscodingConfig } from "./config.js";
import { definedMembers, type Unchanged } from "./defined-members.js";

/** The planner's options. Keys that are not named here are behaviours, which have the default of their profile. */
export function settleTranscoding({ transcoding, language }: Config): TranscodingOptions {
  const { allowDeleteBody: _, gateway, ...settings } = { ...defaultsOf(language), ...transcoding };
  const { profile, unknownFields = profile === "spec" ? "reject" : "ignore", ...more } = settings;
  const { emitDefaults, originalNames, enumsAsNumbers, binary, formBodies, clientStreaming, ...behaviour } = more;
  const { methodNotAllowed, ...same } = behaviour;
  const unchanged: Unchanged<typeof same, BehaviourOptions> = same;
  return {
    ...{ profile, unknownFields, emitDefaults, originalNames, enumsAsNumbers, binary, formBodies, clientStreaming },
    ...definedMembers({
      gateway: gateway && gatewayOf(gateway),
      behaviour: unlessEmpty({ ...unchanged, ...definedMembers({ methodNotAllowed: statusText(methodNotAllowed) }) }),
    }),
  };
}

/** The version of the gateway has none here: it is that of the user's Go module, or the newest. */
function defaultsOf(language: Config["language"]) {
  const { gateway: _, ...defaults } = settingDefaults.transcoding;
  // A gateway in Go streams whatever one body holds.
  return language === "go" ? { ...defaults, clientStreaming: "collect" as const } : defaults;
}

function gatewayOf(gateway: NonNullable<TranscodingConfig["gateway"]>): GatewayVersion {
  return Number(gateway) === 2.3 ? "2.30" : "2.33";
}

function statusText(status: TranscodingConfig["methodNotAllowed"]): BehaviourOptions["methodNotAllowed"] | undefined {
  return status === undefined ? undefined : `${status}`;
}

function unlessEmpty(behaviour: BehaviourOptions): BehaviourOptions | undefined {
  return Object.keys(behaviour).length === 0 ? undefined : behaviour;
}
