/** Projects in which buf runs the plugin of this repository, as built. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import { bufBinary, googleApiFiles } from "../support/buf.js";
import { createProject, libraryProto, type TemporaryProject } from "../support/temporary-project.js";

/** The repository. */
export const repository = resolve(import.meta.dirname, "../..");
/** A project that is removed after the test. */
export function create(files: Readonly<Record<string, string>>): TemporaryProject {
  const project = createProject(files);
  onTestFinished(() => project.remove());
  return project;
}

/** The protos of google.api, as a project has them. */
export const api = Object.fromEntries(Object.entries(googleApiFiles()).map(([path, text]) => [`proto/${path}`, text]));
/** A project of the library, with buf.yaml and grpc2lambda.yaml. */
export const settings = {
  ...api,
  "buf.yaml": "version: v2\nmodules:\n  - path: proto\n",
  "grpc2lambda.yaml": "protos: [proto/acme]\ninclude: [proto]\n",
  "proto/acme/library.proto": libraryProto,
};

/** `buf generate` with the plugin of this repository, as built. */
export function bufGenerate(
  root: string,
  options: readonly string[] = [],
): { readonly status: number | null; readonly stderr: string } {
  const plugin = {
    local: ["node", join(repository, "bin/protoc-gen-grpc2lambda.js")],
    out: ".",
    opt: options,
    strategy: "all",
  };
  const template = JSON.stringify({ version: "v2", plugins: [plugin] });
  return spawnSync(bufBinary(), ["generate", "--template", template, "--path", "proto/acme"], {
    cwd: root,
    encoding: "utf8",
  });
}

/** Every file below a folder by path. */
export function read(root: string, folder: string): Record<string, string> {
  const paths = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    paths.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length), readFileSync(path, "utf8")];
    }),
  );
}
