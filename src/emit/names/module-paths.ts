/** Paths of the modules that are emitted for .proto files. */
import type { ApiModel } from "../../model/api-model.js";
import { uniqueNames } from "../../plan/naming.js";
import { portableName } from "../../windows-names.js";

/**
 * Module paths below the output folder, by import path: without `.proto`, and apart from the paths that the output uses itself, on a disk that does not tell
 * upper from lower case, too.
 */
export function modulePaths({ files }: Pick<ApiModel, "files">): ReadonlyMap<string, string> {
  return uniqueNames(new Map(files.map(({ path }) => [path, modulePath(path)])));
}

function modulePath(path: string): string {
  const bare = path
    .replace(/\.proto$/, "")
    .split("/")
    .map(portableName)
    .join("/");
  const [first = "", ...rest] = bare.split("/");
  const ownFolder =
    /^(functions|runtime|(idiomatic|proto-loader|ts-proto|protobuf-es|messages)(-[0-9a-f]{6})?)$/i.test(first) &&
    rest.length > 0;
  const ownFile =
    /^(any-types|cors|defined-services|error-details|routes|manifest|long|profile)$/i.test(bare) ||
    /\.(json|binary|params|mask|http)$/i.test(bare);
  if (ownFolder) return [`${first}_`, ...rest].join("/");
  return ownFile ? `${bare}_` : bare;
}
