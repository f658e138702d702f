/** The .proto files of a project, as a load finds them: named, imported, and what is in them. */
import { readFileSync, realpathSync } from "node:fs";
import { hashContent } from "../../output/generated-content.js";
import { findProtos } from "../../proto/sources/find-protos.js";
import { findImport, resolveIncludePaths } from "../../proto/sources/include-paths.js";
import type { LoadSourcesRequest } from "../../proto/sources/load-sources.js";

/** Facts about the inputs, in texts that are equal exactly if the facts are. */
export interface InputsSeen {
  /** The files that the user's files and folders lead to: import path and place. */
  readonly named: readonly string[];
  /** Import path, place with its links resolved, and SHA-256 of every file that is read. */
  readonly files: readonly string[];
  /** Every import path, with the place that it leads to; nothing behind it for none. */
  readonly imports: readonly string[];
}

/** Looks at the inputs: `files` are those that were read (import path, absolute path), `imports` every import path in them. */
export function seeInputs(
  { protos, includePaths, cwd }: LoadSourcesRequest,
  files: readonly (readonly [path: string, file: string])[],
  imports: readonly string[],
): InputsSeen {
  const { includes } = resolveIncludePaths(includePaths, cwd);
  return {
    named: findProtos(protos, includes, cwd).sources.map(({ importPath, file }) => `${importPath}\n${file}`),
    files: files.map(([path, file]) => `${path}\n${realpathSync(file)}\n${hashContent(readFileSync(file, "utf8"))}`),
    imports: imports.map((path) => `${path}\n${findImport(path, includes, cwd)?.file ?? ""}`),
  };
}
