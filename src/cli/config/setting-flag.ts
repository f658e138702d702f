/** An option of the command line that sets a key of the configuration. */
import type { SettingFlags } from "./setting-flags.js";

/** A row of `settingFlags`, which schema.json declares. */
export interface SettingFlag {
  /** The key that it overrides: `["deployment", "memorySize"]`. */
  readonly key: readonly [string] | readonly [string, string];
  /** The member of `Flags`. */
  readonly member: keyof SettingFlags;
  readonly group: FlagGroup;
  /** `--memory-size <MB>` */
  readonly name: string;
  /** Its line in the help, without the default. */
  readonly about: string;
  /** The line of `--no-…`. Absent: there is no such option. */
  readonly no?: string;
  readonly takes: FlagValue;
  /** The value of the setting where neither flag nor configuration has one. */
  readonly fallback?: string | number | boolean;
}

/** A heading of the help. */
export type FlagGroup = "Input" | "Messages and JSON" | "Output" | "Deployment";

/** The values that an option takes. */
export type FlagValue =
  /** It has no value, and sets this one. */
  | { readonly kind: "nothing"; readonly sets: string }
  | { readonly kind: "switch" }
  /** Relative to the working directory, where the configuration's are relative to the project. */
  | { readonly kind: "path" }
  | { readonly kind: "paths" }
  | { readonly kind: "texts" }
  | { readonly kind: "choice"; readonly values: readonly (string | number)[] }
  | { readonly kind: "integer"; readonly minimum: number; readonly maximum: number }
  /** `expected` says in words what the pattern asks for. */
  | { readonly kind: "text"; readonly pattern: string; readonly maxLength: number; readonly expected: string };
