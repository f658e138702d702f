/** The settings of `build`: how functions become zips. */
import { settingDefaults } from "./setting-defaults.js";

/** The settings of `build`. Paths are relative to the project root with forward slashes. */
export interface BuildPlan {
  /** The tool that bundles: `build` of this one, whose zips the template names, or `sam build`, which bundles each function by itself. */
  readonly by: "grpc2lambda" | "sam";
  /** Whether a source map is written beside each zip. It is never in the zip. */
  readonly sourceMaps: boolean;
  /** Bytes that a zip may have; a larger one is a finding. Absent: Lambda's limits alone count. */
  readonly maxZipBytes?: number;
  /** Packages that stay imports, because a layer or Lambda's runtime brings them: `@aws-sdk/client-s3`, or `@aws-sdk/*`. */
  readonly external: readonly string[];
  /** Files and folders that go into every zip, under the same path. */
  readonly files: readonly string[];
}

/** The settings that apply without others. */
export const buildDefaults: BuildPlan = settingDefaults.build;
