/** Values of the template in the configuration, and settings of functions that have them. */
import type {
  CachePlan,
  DeadLetterSetting,
  EnvironmentVariable,
  OwnHandler,
  Policy,
  TemplateValue,
} from "../../plan/plan.js";
import { settingDefaults } from "../../plan/setting-defaults.js";
import type {
  CacheConfig,
  DeadLetterQueueConfig,
  EnvironmentConfig,
  OwnAuthorizerConfig,
  OwnRouteConfig,
  PolicyConfig,
  TemplateValueConfig,
} from "./config.js";
import { definedMembers } from "./defined-members.js";
import { resolveImplementation } from "./implementation.js";
import type { SettingSources } from "./setting-sources.js";
import type { ConfigPath } from "./yaml-places.js";

/** A value of the configuration; undefined where there is none. */
export function settleOptional(value: TemplateValueConfig | undefined): TemplateValue | undefined {
  return value === undefined ? undefined : settleValue(value);
}

/** A value of the configuration. */
export function settleValue(value: TemplateValueConfig): TemplateValue {
  return typeof value === "string" ? { kind: "text", text: value } : { kind: "parameter", name: value.ref };
}

/** A queue for events that failed; undefined where none is named. */
export function settleDeadLetterQueue(setting: DeadLetterQueueConfig | undefined): DeadLetterSetting | undefined {
  if (setting === undefined) return undefined;
  if (setting === "own" || setting === "none") return { kind: setting };
  return { kind: "existing", arn: settleValue(setting) };
}

/** Settles environment variables, in the order of the configuration. */
export function settleEnvironment(environment: EnvironmentConfig): EnvironmentVariable[] {
  return Object.entries(environment).map(([name, value]) => ({ name, value: settleValue(value) }));
}

/** Settles policies, in the order of the configuration. */
export function settlePolicies(policies: readonly PolicyConfig[]): Policy[] {
  return policies.map((policy) =>
    typeof policy === "string"
      ? { kind: "managed", arn: settleValue(policy) }
      : { kind: "statement", actions: policy.actions, resources: policy.resources.map(settleValue) },
  );
}

/** Settings of a cache: `true` has the defaults. */
export function settleCache(setting: boolean | CacheConfig | undefined): CachePlan | false | undefined {
  if (setting === undefined || setting === false) return setting;
  return { ...settingDefaults.cache, ...(setting === true ? {} : setting) };
}

/** Settings of a function of the user's own. */
export type HandlerSettings = Omit<OwnAuthorizerConfig, "handler"> & Pick<OwnRouteConfig, "deadLetterQueue">;

/** The handler of the form `module#export`, at its place; undefined where there is none, which is reported. */
export function settleHandler(
  sources: SettingSources,
  setting: string,
  { environment = {}, policies = [], deadLetterQueue, ...limits }: HandlerSettings,
  at: ConfigPath,
): OwnHandler | undefined {
  const place = sources.located?.places.ofValue(at);
  const found = place && resolveImplementation(setting, sources.root, sources.root, place, sources.report);
  if (found === undefined) return undefined;
  return {
    kind: "function",
    name: functionName(found.module, found.exportName),
    handler: { module: found.module, exportName: found.exportName },
    bundle: { format: found.system === "commonjs" ? "cjs" : "esm", captures: [] },
    environment: settleEnvironment(environment),
    policies: settlePolicies(policies),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
    ...definedMembers({ deadLetterQueue: settleDeadLetterQueue(deadLetterQueue) }),
  };
}

/** `callback` for the export `handler` of the module src/callback, `callback-verify` for another export. */
function functionName(module: string, exportName: string): string {
  const file = module.replace(/^.*[/:]/, "").replace(/\.\w+$/, "");
  return exportName === "handler" ? file : `${file}-${exportName}`;
}
