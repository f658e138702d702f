/** The packages that a project has installed, as Node would find them. */
import { dirname } from "node:path";
import { readJson } from "../read-text.js";

/** The version of an installed package, looked up from a folder (absolute) upwards; undefined if it is not there. */
export function installedVersion(folder: string, name: string): string | undefined {
  const version = readJson(folder, `node_modules/${name}/package.json`)?.["version"];
  if (typeof version === "string") return version;
  const above = dirname(folder);
  return above === folder ? undefined : installedVersion(above, name);
}
