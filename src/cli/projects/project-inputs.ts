/** The inputs of a project by the names that the manifest has for them. */
import { resolve } from "node:path";
import type { InputFile } from "../../output/hash-inputs.js";
import type { SourceFile } from "../../pipeline.js";
import { displayPath } from "../config/project-paths.js";
import type { Settings } from "../config/settings.js";

/** Lists .proto files (or the descriptor set) and service configurations. The configuration is not among them: what it decides shows in the output, and a comment in it decides nothing. */
export function listInputs({ root, request }: Settings, sources: readonly SourceFile[]): InputFile[] {
  const { cwd, descriptorSet } = request.load;
  const named = (path: string, kind: InputFile["kind"]): InputFile => {
    const file = resolve(cwd, path);
    return { name: displayPath(root, file), file, kind };
  };
  const protos = sources.map(
    ({ path, displayPath: shown }): InputFile => ({ name: path, file: resolve(cwd, shown), kind: "text" }),
  );
  return [
    ...(descriptorSet === undefined ? protos : [named(descriptorSet, "binary")]),
    ...(request.serviceConfigs ?? []).map(({ file }) => named(file, "text")),
  ];
}
