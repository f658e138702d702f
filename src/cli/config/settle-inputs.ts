/** What is read: protos or a descriptor set, and the service configuration. */
import { readFileSync } from "node:fs";
import type { GenerateRequest } from "../../pipeline.js";
import { absolutePath, displayPath } from "./project-paths.js";
import { pathSetting, pathSettings, type SettingSources } from "./setting-sources.js";

/** The request to the readers; CF005 when nothing says what to read. */
export function settleLoad(sources: SettingSources): GenerateRequest["load"] | undefined {
  const { cwd, flags, located, protos: named } = sources;
  const config = located?.config ?? {};
  const show = (setting: Parameters<typeof absolutePath>[0]): string => displayPath(cwd, absolutePath(setting));
  const protos = pathSettings(sources, named, config.protos, ["protos"]).map(show);
  const include = pathSettings(sources, flags.include, config.include, ["include"]).map(show);
  const descriptorSet = pathSetting(sources, flags.descriptorSet, config.descriptorSet, ["descriptorSet"]);
  if (protos.length === 0 && descriptorSet === undefined) return reportNothingToRead(sources);
  return {
    cwd,
    protos,
    includePaths: include.length === 0 ? [displayPath(cwd, sources.root)] : include,
    ...(descriptorSet === undefined ? {} : { descriptorSet: show(descriptorSet) }),
  };
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

/** The text of the google.api.Service file, if one is named; CF001 when it cannot be read. */
export function settleServiceConfig(sources: SettingSources): GenerateRequest["serviceConfig"] {
  const { cwd, flags, located, report } = sources;
  const setting = pathSetting(sources, flags.serviceConfig, located?.config.serviceConfig, ["serviceConfig"]);
  if (setting === undefined) return undefined;
  const path = absolutePath(setting);
  const file = displayPath(cwd, path);
  try {
    return { file, text: readFileSync(path, "utf8") };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    report({
      code: "CF001",
      severity: "error",
      message: `cannot read the service configuration ${file} (${String(error.code)}), expected a YAML file`,
      ...(setting.location === undefined ? {} : { location: setting.location }),
    });
    return undefined;
  }
}
