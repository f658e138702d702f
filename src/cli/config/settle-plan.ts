/** Settings of the output: places, services, JSON behaviour, deployment. */
import { posix } from "node:path";
import { diagnostic, type Location } from "../../diagnostics.js";
import type { BuildPlan, Layout } from "../../plan/plan.js";
import { defaultTarget, defaultTemplates } from "../../plan/deployment-target-id.js";
import type { MethodOptions, PlanOptions, ServiceOptions } from "../../plan/plan-options.js";
import { defaultPlaces } from "../../plan/go/default-places.js";
import { settingDefaults } from "../../plan/setting-defaults.js";
import type { BuildConfig, Config } from "./config.js";
import { definedMembers, type Unchanged } from "./defined-members.js";
import { foldPath } from "../../output/output-path.js";
import { checkLanguage } from "./check-language.js";
import { messageStyle, serviceStyle } from "./message-style.js";
import { outputPlace } from "./project-paths.js";
import { settleAuth } from "./settle-auth.js";
import { settleDependencies, settleDeployment } from "./settle-deployment.js";
import { settleGo } from "./settle-go.js";
import {
  settleImplementation,
  settleMethodImplementation,
  settleModule,
  settleProxy,
  settleTraffic,
} from "./implementation.js";
import { settleRoutes } from "./settle-routes.js";
import { settleCache, settleDeadLetterQueue, settleEnvironment, settlePolicies } from "./settle-values.js";
import { settleTranscoding } from "./settle-transcoding.js";
import { settleObservability } from "./settle-observability.js";
import { pathSetting, type SettingSources } from "./setting-sources.js";

/** The planner's options; undefined after an error in the places. */
export function settlePlan(sources: SettingSources): PlanOptions | undefined {
  const { config } = sources;
  const layout = settleLayout(sources, config);
  const serviceOptions = settleServices(sources, config);
  checkLanguage(sources, sources.located?.config ?? {});
  if (layout === undefined) return undefined;
  const go = config.language === "go" ? settleGo(sources, config, layout) : undefined;
  const { only: services, anyTypes, methods, messages, interceptors, errorMapper, headers } = config;
  return {
    layout,
    transcoding: settleTranscoding(config),
    deployment: settleDeployment(sources),
    places: placesOfNames(sources, config),
    messages: messageStyle(messages, settingDefaults.top.messages),
    customization: definedMembers({
      errorMapper: settleModule(sources, errorMapper, ["errorMapper"]),
      headers: settleModule(sources, headers, ["headers"]),
    }),
    serviceOptions,
    ...definedMembers({
      build: config.build && settleBuild(config.build),
      proxy: settleProxy(sources, config.implementation, ["implementation"]),
      traffic: settleTraffic(sources, config.traffic, ["traffic"]),
      services,
      anyTypes,
      interceptors: settleModule(sources, interceptors, ["interceptors"]),
      observability: settleObservability(config, (logger) =>
        settleModule(sources, logger, ["observability", "logger"]),
      ),
      dependencies: config.dependencies && settleDependencies(sources, config.dependencies),
      methodOptions: methods && settleMethods(sources, methods),
      routes: settleRoutes(sources),
      go,
    }),
  };
}

/** The names that the planner looks up among the declarations, where the configuration has them. */
function placesOfNames({ located, flags }: SettingSources, config: Config): Map<string, Location> {
  const places = new Map<string, Location>();
  if (located === undefined) return places;
  for (const name of Object.keys(config.services ?? {})) places.set(name, located.places.ofKey(["services", name]));
  for (const name of Object.keys(config.methods ?? {})) places.set(name, located.places.ofKey(["methods", name]));
  if (flags.anyType === undefined)
    setAll(places, config.anyTypes, (index) => located.places.ofValue(["anyTypes", index]));
  if (flags.service === undefined) setAll(places, config.only, (index) => located.places.ofValue(["only", index]));
  return places;
}

function setAll(
  places: Map<string, Location>,
  names: readonly string[] | undefined,
  place: (index: number) => Location,
): void {
  for (const [index, name] of (names ?? []).entries()) places.set(name, place(index));
}

function settleLayout(sources: SettingSources, config: Config): Layout | undefined {
  const { flags, root, report } = sources;
  const place = (name: "out" | "handlers" | "template" | "zips", fallback: string): string | undefined => {
    const setting = pathSetting(sources, flags[name], config[name], [name]);
    return setting === undefined ? fallback : outputPlace(name, setting, root, report);
  };
  const { language = settingDefaults.top.language, go, deployment } = config;
  const module = language === "go" ? (go?.module ?? ".") : ".";
  const { outDir: out, handlersDir: handlers } = defaultPlaces[language];
  const outDir = place("out", posix.join(module, out));
  const handlersDir = place("handlers", posix.join(module, handlers));
  const template = place("template", defaultTemplates[deployment?.target ?? defaultTarget]);
  const zips = place("zips", settingDefaults.top.zips);
  if (outDir === undefined || handlersDir === undefined || template === undefined || zips === undefined)
    return undefined;
  const layout = { outDir, handlersDir, template, zips };
  reportOverlaps(sources, layout);
  return layout;
}

/** Handlers below the output folder would be taken for left-overs, and a file is no place for folders. */
function reportOverlaps({ located, report }: SettingSources, layout: Layout): void {
  const { outDir, handlersDir, template, zips } = layout;
  const overlap = (name: "handlers" | "template" | "zips", message: string): void => {
    const location = located?.places.ofValue([name]);
    report(diagnostic("CF007", message, { location }));
  };
  if (isInside(handlersDir, outDir)) {
    overlap(
      "handlers",
      `handlers is ${handlersDir}, inside the output folder ${outDir}, expected a folder beside it: only generated files live there`,
    );
  }
  const folders = [
    ["output", outDir],
    ["handlers", handlersDir],
  ] as const;
  for (const [name, folder] of folders) {
    if (!isInside(zips, folder) && !isInside(folder, zips)) continue;
    overlap("zips", `zips is ${zips}, which overlaps the ${name} folder ${folder}, expected a folder beside it`);
  }
  const inTheWay = [...folders, ["zips", zips] as const].find(([, folder]) => isInside(folder, template));
  if (inTheWay === undefined) return;
  const [name, folder] = inTheWay;
  const relation =
    foldPath(folder) === foldPath(template) ? `the ${name} folder ${folder}` : `above the ${name} folder ${folder}`;
  overlap("template", `template is ${template}, ${relation}, expected a path for a file`);
}

function isInside(path: string, folder: string): boolean {
  return foldPath(`${path}/`).startsWith(foldPath(`${folder}/`));
}

function settleBuild(build: BuildConfig): Partial<BuildPlan> {
  const unchanged: Unchanged<BuildConfig, BuildPlan> = build;
  return unchanged;
}

function settleMethods(sources: SettingSources, methods: NonNullable<Config["methods"]>): Map<string, MethodOptions> {
  return new Map(
    Object.entries(methods).map(
      ([name, { auth, cache, deadLetterQueue, implementation, traffic, ...same }]): [string, MethodOptions] => {
        const service = sources.config.services?.[name.slice(0, name.lastIndexOf("."))];
        const old = service?.traffic?.old ?? sources.config.traffic?.old;
        const unchanged: Unchanged<typeof same, MethodOptions> = same;
        const settled = {
          auth: settleAuth(sources, auth, ["methods", name, "auth"]),
          cache: settleCache(cache),
          deadLetterQueue: settleDeadLetterQueue(deadLetterQueue),
          own: settleMethodImplementation(sources, name, implementation),
          traffic: settleTraffic(sources, traffic, ["methods", name, "traffic"], old),
        };
        return [name, { ...unchanged, ...definedMembers(settled) }];
      },
    ),
  );
}

function settleServices(sources: SettingSources, config: Config): Map<string, ServiceOptions> {
  const services = new Map<string, ServiceOptions>();
  for (const [name, service] of Object.entries(config.services ?? {})) {
    const {
      implementation: _,
      library: __,
      messages: ___,
      interceptors,
      auth,
      cache,
      deadLetterQueue,
      environment,
      policies,
      traffic,
      ...same
    } = service;
    const unchanged: Unchanged<typeof same, ServiceOptions> = same;
    const at = ["services", name];
    services.set(name, {
      ...unchanged,
      ...(config.language === "go" ? {} : settleImplementation(sources, service, [...at, "implementation"])),
      ...definedMembers({
        interceptors:
          config.language === "go" ? undefined : settleModule(sources, interceptors, [...at, "interceptors"]),
        auth: settleAuth(sources, auth, [...at, "auth"]),
        cache: settleCache(cache),
        deadLetterQueue: settleDeadLetterQueue(deadLetterQueue),
        messages: config.language === "go" ? undefined : serviceStyle(service),
        environment: environment && settleEnvironment(environment),
        policies: policies && settlePolicies(policies),
        traffic: settleTraffic(sources, traffic, [...at, "traffic"], config.traffic?.old),
      }),
    });
  }
  return services;
}
