/** .proto text -> ApiModel, read as the tool reads it. */
import { resolve } from "node:path";
import { hasErrors } from "../../src/diagnostics.js";
import type { ApiModel } from "../../src/model/api-model.js";
import { type BuildModelRequest, buildModel } from "../../src/model/build-model.js";
import { loadProtos } from "../../src/proto/load.js";
import { createProject } from "./temporary-project.js";

/**
 * Files by import path, every one a target; other imports come from google-proto-files. Errors fail the test, but for RPCs that
 * stream their requests: they are left out.
 */
export function modelFromProto(
  files: Readonly<Record<string, string>>,
  options: Partial<BuildModelRequest> = {},
): ApiModel {
  const project = createProject(files);
  try {
    const loaded = loadProtos({
      cwd: project.root,
      protos: Object.keys(files),
      includePaths: [project.root, resolve("node_modules/google-proto-files")],
    });
    const built = buildModel({ files: loaded.files, targets: loaded.targets, unboundMethods: "report", ...options });
    const errors = [...loaded.diagnostics, ...built.diagnostics].filter(
      (finding) => hasErrors([finding]) && finding.code !== "HR016" && finding.code !== "HR015",
    );
    if (errors.length > 0) throw new Error(errors.map((error) => error.message).join("\n"));
    return built.model;
  } finally {
    project.remove();
  }
}
