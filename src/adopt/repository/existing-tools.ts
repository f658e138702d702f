/** The deployment and the gateway that a repository has already, and what their settings mean here. */
import { type FoundObject, objectsIn, readText, readYaml } from "../read-text.js";

/** The settings of protoc-gen-grpc-gateway that this tool has, too. */
export interface GatewaySettings {
  /** The file that has them. */
  readonly file?: string;
  readonly unbound?: "bind";
  readonly allowDeleteBody?: true;
  readonly serviceConfig?: string;
  /** Undefined: of version 2.33 or later, or unknown. */
  readonly version?: "2.30";
}

/** The tools that were found, by the file that shows each. */
export interface ExistingTools {
  readonly sam?: string;
  readonly cdk?: string;
  readonly terraform?: string;
  readonly serverless?: string;
  readonly gateway?: GatewaySettings;
}

/** Looks for them among `files`. */
export function findTools(root: string, files: readonly string[]): ExistingTools {
  const first = (pattern: RegExp): string | undefined => files.find((file) => pattern.test(file));
  const sam = files.find(
    (file) => /(?:^|\/)template\.ya?ml$/.test(file) && (readText(root, file) ?? "").includes("Serverless-2016-10-31"),
  );
  const found = {
    sam,
    cdk: first(/(?:^|\/)cdk\.json$/),
    terraform: first(/\.tf$/),
    serverless: first(/(?:^|\/)serverless\.(?:ya?ml|ts|js)$/),
    gateway: findGateway(root, files),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function findGateway(root: string, files: readonly string[]): GatewaySettings | undefined {
  const version = gatewayVersion(root, files);
  for (const file of files.filter((name) => /(?:^|\/)buf\.gen(?:\.[\w-]+)?\.ya?ml$/.test(name))) {
    const options = pluginOptions(objectsIn(readYaml(root, file)?.["plugins"]));
    if (options !== undefined) return { ...version, ...readOptions(options), file };
  }
  return version.version === undefined && version.file === undefined ? undefined : version;
}

/** The options of the plugin grpc-gateway, as `key` or `key=value`. */
function pluginOptions(plugins: readonly FoundObject[]): string[] | undefined {
  const found = plugins.find((plugin) =>
    /grpc-gateway/.test(String(plugin["name"] ?? plugin["plugin"] ?? plugin["local"] ?? plugin["remote"])),
  );
  if (found === undefined) return undefined;
  return [found["opt"]].flat().flatMap((option) => (typeof option === "string" ? option.split(",") : []));
}

function readOptions(options: readonly string[]): GatewaySettings {
  const given = new Map(options.map((option) => [option.split("=")[0], option.split("=").slice(1).join("=")] as const));
  const isOn = (name: string): boolean => given.has(name) && given.get(name) !== "false";
  const serviceConfig = given.get("grpc_api_configuration");
  return {
    ...(isOn("generate_unbound_methods") ? { unbound: "bind" } : {}),
    ...(isOn("allow_delete_body") ? { allowDeleteBody: true } : {}),
    ...(serviceConfig === undefined || serviceConfig === "" ? {} : { serviceConfig }),
  };
}

/** The version in go.mod: 2.33 changed what clients see. */
function gatewayVersion(root: string, files: readonly string[]): Pick<GatewaySettings, "file" | "version"> {
  for (const file of files.filter((name) => /(?:^|\/)go\.mod$/.test(name))) {
    const [, minor] = /grpc-ecosystem\/grpc-gateway\/v2\s+v2\.(\d+)\./.exec(readText(root, file) ?? "") ?? [];
    if (minor !== undefined) return Number(minor) < 33 ? { file, version: "2.30" } : { file };
  }
  return {};
}
