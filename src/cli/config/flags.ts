/** The command line of every command that reads protos, after parsing. */
import type { GatewayVersion } from "../../plan/plan.js";
import type { DeploymentConfig, FunctionsPreset, MessagesPreset, TranscodingConfig } from "./config.js";

/**
 * The settings that flags override; undefined leaves the configuration's value, or the default. Paths are relative to
 * the working directory.
 */
export interface Flags {
  /** Default: grpc2lambda.yaml in the working directory, if there is one. */
  readonly config?: string;
  readonly include?: readonly string[];
  readonly descriptorSet?: string;
  readonly serviceConfig?: readonly string[];
  readonly out?: string;
  readonly handlers?: string;
  readonly template?: string;
  readonly zips?: string;
  readonly service?: readonly string[];
  readonly skip?: readonly string[];
  readonly bindUnbound?: boolean;
  readonly anyType?: readonly string[];
  readonly messages?: MessagesPreset;
  readonly profile?: TranscodingConfig["profile"];
  readonly gateway?: GatewayVersion;
  readonly emitDefaults?: boolean;
  readonly originalNames?: boolean;
  readonly enumsAsNumbers?: boolean;
  readonly unknownFields?: TranscodingConfig["unknownFields"];
  readonly allowDeleteBody?: boolean;
  readonly target?: DeploymentConfig["target"];
  readonly frontDoor?: DeploymentConfig["frontDoor"];
  readonly functions?: FunctionsPreset;
  readonly apiName?: string;
  readonly runtime?: DeploymentConfig["runtime"];
  readonly architecture?: DeploymentConfig["architecture"];
  readonly memorySize?: number;
  readonly timeout?: number;
  readonly logRetentionDays?: number;
  readonly auth?: DeploymentConfig["auth"];
}
