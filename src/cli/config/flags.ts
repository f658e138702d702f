/** The command line of every command that reads protos, after parsing. */
import type { SettingFlags } from "./setting-flags.js";

/** The options of such a command. Paths are relative to the working directory. */
export interface Flags extends SettingFlags {
  /** Default: grpc2lambda.yaml in the working directory, if there is one. */
  readonly config?: string;
}
