/** Paths of the configuration and the flags, brought to the project root or to the working directory. */
import nativePath, { type PlatformPath, resolve } from "node:path";
import type { Diagnostic, Location } from "../../diagnostics.js";
import { outputPathProblem, shortPath } from "../../output/output-path.js";
import { pathInside, withSlashes } from "../../path-inside.js";

/** The path to show: relative to the working directory. */
export function displayPath(cwd: string, path: string, system: PlatformPath = nativePath): string {
  return withSlashes(system.relative(cwd, path), system) || ".";
}

/** Takes a finding. */
export type Report = (diagnostic: Diagnostic) => void;

/** A setting that is a path, with the folder that it is relative to and the place it was written at. */
export interface PathSetting {
  readonly base: string;
  readonly value: string;
  readonly location?: Location;
}

/** The absolute path of a setting. */
export function absolutePath(setting: PathSetting): string {
  return resolve(setting.base, setting.value);
}

/** Brings an output place below the root: `gen`. CF008 when it is the root itself, outside, or where nothing may be generated. */
export function outputPlace(name: string, setting: PathSetting, root: string, report: Report): string | undefined {
  const inside = pathInside(root, absolutePath(setting));
  const problem = placeProblem(inside);
  if (inside !== undefined && problem === undefined) return inside;
  report({
    code: "CF008",
    severity: "error",
    message: `${name} is ${JSON.stringify(shortPath(setting.value))}${problem}`,
    ...(setting.location === undefined ? {} : { location: setting.location }),
    help: "the project folder is that of grpc2lambda.yaml, or the working directory without one",
  });
  return undefined;
}

function placeProblem(inside: string | undefined): string | undefined {
  if (inside === undefined) return ", outside the project folder, expected a path inside it";
  if (inside === "") return ", the project folder itself, expected a path inside it";
  const problem = outputPathProblem(inside);
  return problem && ` (${problem}), expected another path inside the project folder`;
}
