/** Settings of the inputs: protos or a descriptor set, the service configuration, and the RPCs to leave out. */
import { readBounded } from "../../bounded-file.js";
import { diagnostic } from "../../diagnostics.js";
import { MAX_SERVICE_CONFIG_LENGTH } from "../../model/service-config/service-config.js";
import type { GenerateRequest } from "../../pipeline.js";
import type { SkippedMethod } from "../../model/skip-methods.js";
import { absolutePath, displayPath, type PathSetting } from "./project-paths.js";
import { pathSetting, pathSettings, type SettingSources } from "./setting-sources.js";

/** The request to the readers; CF005 when nothing says what to read. */
export function settleLoad(sources: SettingSources): GenerateRequest["load"] | undefined {
  const { cwd, flags, located, root } = sources;
  const config = located?.config ?? {};
  const descriptorSet = pathSetting(sources, flags.descriptorSet, config.descriptorSet, ["descriptorSet"]);
  const include = pathSettings(sources, flags.include, config.include, ["include"]);
  const includePaths = include.length === 0 ? [displayPath(cwd, root)] : include.map((path) => show(cwd, path));
  if (descriptorSet !== undefined) {
    return { cwd, protos: namesInSet(sources), includePaths, descriptorSet: show(cwd, descriptorSet) };
  }
  const protos = pathSettings(sources, sources.protos, config.protos, ["protos"]);
  if (protos.length === 0) return reportNothingToRead(sources);
  return { cwd, protos: protos.map((path) => show(cwd, path)), includePaths };
}

function show(cwd: string, setting: PathSetting): string {
  return displayPath(cwd, absolutePath(setting));
}

/**
 * In a descriptor set files are named by import path, so the names stay as written. A configuration that names files on disk
 * does not mean those of a set that only the command line brings in.
 */
function namesInSet({ protos, flags, located }: SettingSources): readonly string[] {
  if (protos.length > 0 || flags.descriptorSet !== undefined) return protos;
  return located?.config.protos ?? [];
}

function reportNothingToRead({ located, report }: SettingSources): undefined {
  report({
    code: "CF005",
    severity: "error",
    message:
      "no .proto files are named, expected some as arguments, under protos: in grpc2lambda.yaml, or --descriptor-set",
    ...(located === undefined ? {} : { location: located.places.ofValue([]) }),
    help: "for example: grpc2lambda generate proto/ -I proto",
  });
}

/** The texts of the google.api.Service files that are named; CF001 for each that cannot be read. */
export function settleServiceConfigs(sources: SettingSources): NonNullable<GenerateRequest["serviceConfigs"]> {
  const { cwd, report } = sources;
  return serviceConfigSettings(sources).flatMap((setting) => {
    const path = absolutePath(setting);
    const file = displayPath(cwd, path);
    const text = readServiceConfigText(path);
    if (text.kind === "text") return [{ file, text: text.text }];
    const message = `cannot read the service configuration ${file} (${text.problem}), expected a YAML file`;
    report(diagnostic("CF001", message, { location: setting.location }));
    return [];
  });
}

/** The configuration has one path or a list of them; a path alone stands at the key itself. */
function serviceConfigSettings(sources: SettingSources): readonly PathSetting[] {
  const { flags, located } = sources;
  const configured = located?.config.serviceConfig;
  const key = ["serviceConfig"];
  if (typeof configured !== "string") return pathSettings(sources, flags.serviceConfig, configured, key);
  if (flags.serviceConfig !== undefined) return pathSettings(sources, flags.serviceConfig, [], key);
  const only = pathSetting(sources, undefined, configured, key);
  return only === undefined ? [] : [only];
}

type ConfigText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "failure"; readonly problem: string };

/** A character of UTF-16 takes three bytes at most. */
const maximumConfigBytes = 3 * MAX_SERVICE_CONFIG_LENGTH;

function readServiceConfigText(path: string): ConfigText {
  try {
    const read = readBounded(path, maximumConfigBytes);
    if (read.kind === "tooLarge") return { kind: "failure", problem: `it has ${read.size}` };
    return { kind: "text", text: read.bytes.toString("utf8") };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { kind: "failure", problem: String(error.code) };
  }
}

/** The methods to leave out: those of the command line, or else of the configuration. */
export function settleSkip({ flags, located }: SettingSources): readonly SkippedMethod[] {
  if (flags.skip !== undefined) return flags.skip.map((name) => ({ name }));
  if (located === undefined) return [];
  const { config, places } = located;
  return (config.skip ?? []).map((name, index) => ({ name, location: places.ofValue(["skip", index]) }));
}
