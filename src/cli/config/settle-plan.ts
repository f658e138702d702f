/** Settings of the output: places, services, JSON behaviour, deployment. */
import { posix } from "node:path";
import { diagnostic, type Location } from "../../diagnostics.js";
import type { BehaviourOptions, GatewayVersion, Layout, ModuleExport, TranscodingOptions } from "../../plan/plan.js";
import { defaultTarget, defaultTemplates } from "../../plan/deployment-target-id.js";
import type { PlanOptions, ServiceOptions } from "../../plan/plan-options.js";
import type { Config, ServiceConfig, TranscodingConfig } from "./config.js";
import type { Flags } from "./flags.js";
import { foldPath } from "../../output/output-path.js";
import { checkLanguage } from "./check-language.js";
import { type ImplementationModule, resolveImplementation, resolveServer } from "./implementation.js";
import { member } from "./member.js";
import { messageStyle } from "./message-style.js";
import { outputPlace } from "./project-paths.js";
import { settleDeployment, settleEnvironment, settlePolicies } from "./settle-deployment.js";
import { settleGo } from "./settle-go.js";
import { pathSetting, type SettingSources } from "./setting-sources.js";
import type { ConfigPath } from "./yaml-places.js";

/** The planner's options; undefined after an error in the places. */
export function settlePlan(sources: SettingSources): PlanOptions | undefined {
  const { flags } = sources;
  const config = sources.located?.config ?? {};
  const layout = settleLayout(sources, config);
  const serviceOptions = settleServices(sources, config);
  checkLanguage(sources, config);
  if (layout === undefined) return undefined;
  const go = config.language === "go" ? settleGo(sources, config, layout) : undefined;
  const services = flags.service ?? config.only;
  const anyTypes = flags.anyType ?? config.anyTypes;
  return {
    layout,
    transcoding: settleTranscoding(flags, config),
    deployment: settleDeployment(flags, config),
    ...member("build", config.build),
    ...(services === undefined ? {} : { services }),
    ...(anyTypes === undefined ? {} : { anyTypes }),
    places: placesOfNames(sources, config),
    messages: messageStyle(flags.messages ?? config.messages, "idiomatic"),
    ...member("interceptors", settleModule(sources, config.interceptors, ["interceptors"])),
    customization: {
      ...member("errorMapper", settleModule(sources, config.errorMapper, ["errorMapper"])),
      ...member("headers", settleModule(sources, config.headers, ["headers"])),
    },
    ...member("methodOptions", config.methods && new Map(Object.entries(config.methods))),
    serviceOptions,
    ...member("go", go),
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

/** The places of the output by language; those of Go are below the folder of go.mod. */
const defaultPlaces = {
  typescript: { outDir: "gen", handlersDir: "src/handlers" },
  go: { outDir: "internal/lambda", handlersDir: "internal/handlers" },
} as const;

function settleLayout(sources: SettingSources, config: Config): Layout | undefined {
  const { flags, root, report } = sources;
  const place = (name: "out" | "handlers" | "template" | "zips", fallback: string): string | undefined => {
    const setting = pathSetting(sources, flags[name], config[name], [name]);
    return setting === undefined ? fallback : outputPlace(name, setting, root, report);
  };
  const module = config.language === "go" ? (config.go?.module ?? ".") : ".";
  const { outDir: out, handlersDir: handlers } = defaultPlaces[config.language ?? "typescript"];
  const outDir = place("out", posix.join(module, out));
  const handlersDir = place("handlers", posix.join(module, handlers));
  const template = place("template", defaultTemplates[flags.target ?? config.deployment?.target ?? defaultTarget]);
  const zips = place("zips", "build/lambda");
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

function settleServices(sources: SettingSources, config: Config): Map<string, ServiceOptions> {
  const services = new Map<string, ServiceOptions>();
  for (const [name, service] of Object.entries(config.services ?? {})) {
    const preset = service.implementation === undefined ? "idiomatic" : "proto-loader";
    services.set(name, {
      ...(config.language === "go"
        ? {}
        : {
            ...settleImplementation(sources, service.implementation, ["services", name, "implementation"]),
            ...member("interceptors", settleModule(sources, service.interceptors, ["services", name, "interceptors"])),
          }),
      ...(service.messages === undefined ? {} : { messages: messageStyle(service.messages, preset) }),
      ...(service.environment === undefined ? {} : { environment: settleEnvironment(service.environment) }),
      ...(service.policies === undefined ? {} : { policies: settlePolicies(service.policies) }),
      ...member("memorySize", service.memorySize),
      ...member("timeout", service.timeout),
      ...member("ephemeralStorage", service.ephemeralStorage),
      ...member("reservedConcurrency", service.reservedConcurrency),
      ...member("provisionedConcurrency", service.provisionedConcurrency),
    });
  }
  return services;
}

/** An object that a module exports, or the server that registers it. */
function settleImplementation(
  sources: SettingSources,
  setting: ServiceConfig["implementation"],
  at: ConfigPath,
): Pick<ServiceOptions, "grpcJs" | "server" | "system"> {
  if (typeof setting === "object") {
    const location = sources.located?.places.ofValue([...at, "server"]);
    const found = location && resolveServer(setting.server, sources.root, location, sources.report);
    if (found === undefined) return {};
    return setting.bridge === true ? { ...found, server: { ...found.server, bridge: true } } : found;
  }
  const found = findModule(sources, setting, at);
  if (found === undefined) return {};
  const { system, ...grpcJs } = found;
  return { grpcJs, ...member("system", system) };
}

/** A setting of the form `module#export`. */
function settleModule(sources: SettingSources, setting: string | undefined, at: ConfigPath): ModuleExport | undefined {
  const found = findModule(sources, setting, at);
  return found && { module: found.module, exportName: found.exportName };
}

function findModule(
  sources: SettingSources,
  setting: string | undefined,
  at: ConfigPath,
): ImplementationModule | undefined {
  if (setting === undefined) return undefined;
  const location = sources.located?.places.ofValue(at);
  return location && resolveImplementation(setting, sources.root, sources.root, location, sources.report);
}

function settleTranscoding(flags: Flags, config: Config): TranscodingOptions {
  const transcoding = config.transcoding ?? {};
  const profile = flags.profile ?? transcoding.profile ?? "grpc-gateway";
  return {
    profile,
    ...member("gateway", flags.gateway ?? gatewayOf(transcoding)),
    emitDefaults: flags.emitDefaults ?? transcoding.emitDefaults ?? true,
    originalNames: flags.originalNames ?? transcoding.originalNames ?? false,
    enumsAsNumbers: flags.enumsAsNumbers ?? transcoding.enumsAsNumbers ?? false,
    unknownFields: flags.unknownFields ?? transcoding.unknownFields ?? (profile === "spec" ? "reject" : "ignore"),
    ...member("binary", transcoding.binary),
    ...member("formBodies", transcoding.formBodies),
    // A gateway in Go streams whatever one body holds.
    ...member("clientStreaming", transcoding.clientStreaming ?? (config.language === "go" ? "collect" : undefined)),
    ...member("behaviour", settleBehaviour(transcoding)),
  };
}

function gatewayOf({ gateway }: TranscodingConfig): GatewayVersion | undefined {
  if (gateway === undefined) return undefined;
  return Number(gateway) === 2.3 ? "2.30" : "2.33";
}

/** The single behaviours that the configuration names; undefined for none. */
function settleBehaviour(transcoding: TranscodingConfig): BehaviourOptions | undefined {
  const { methodNotAllowed } = transcoding;
  const behaviour: BehaviourOptions = {
    ...member("precedence", transcoding.precedence),
    ...member("pathUnescaping", transcoding.pathUnescaping),
    ...member("methodNotAllowed", methodNotAllowed === undefined ? undefined : (`${methodNotAllowed}` as const)),
    ...member("headFromGet", transcoding.headFromGet),
    ...member("optionsFromRoutes", transcoding.optionsFromRoutes),
    ...member("formPost", transcoding.formPost),
    ...member("grpcMetadata", transcoding.grpcMetadata),
    ...member("queryWithBodyStar", transcoding.queryWithBodyStar),
    ...member("mediaTypes", transcoding.mediaTypes),
    ...member("httpBodyRequests", transcoding.httpBodyRequests),
    ...member("httpBodyStreams", transcoding.httpBodyStreams),
    ...member("streaming", transcoding.streaming),
    ...member("streamingByAccept", transcoding.streamingByAccept),
  };
  return Object.keys(behaviour).length === 0 ? undefined : behaviour;
}
