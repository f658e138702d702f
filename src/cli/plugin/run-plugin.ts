/** `protoc-gen-grpc2lambda`: what `generate` writes, for buf and protoc to write. */
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { type Diagnostic, hasErrors } from "../../diagnostics.js";
import { compareOutput, type FileComparison } from "../../output/compare.js";
import { hashInputs, type InputFile } from "../../output/hash-inputs.js";
import type { OutputTree } from "../../output/output-tree.js";
import { editsInTheWay } from "../../output/write.js";
import { generateTree, type SourceFile } from "../../pipeline.js";
import { abiVersion } from "../../runtime/abi.js";
import { readSettings, type Settings } from "../config/settings.js";
import { formatDiagnostics } from "../report/format-diagnostic.js";
import { type GeneratorResponse, readRequest } from "./code-generator.js";

/** The name of the request in findings, where a descriptor set has its path. */
const requestName = "the request of protoc";

/** The options that `opt:` of buf.gen.yaml, or `--grpc2lambda_opt`, takes. */
interface PluginOptions {
  readonly config?: string;
  readonly scaffolds: boolean;
  readonly force: boolean;
}

/** Answers a request; `warn` gets the findings that are no errors. `cwd` is the folder in which buf or protoc runs. */
export async function runPlugin(
  bytes: Uint8Array,
  cwd: string,
  warn: (text: string) => void,
): Promise<GeneratorResponse> {
  const { files, parameter, descriptorSet } = readRequest(bytes);
  const options = readOptions(parameter);
  if (typeof options === "string") return { error: options };
  const flags = { descriptorSet: requestName, ...(options.config === undefined ? {} : { config: options.config }) };
  const { settings, diagnostics } = await readSettings(files, flags, cwd);
  if (settings === undefined) return fail(diagnostics);
  const load = { ...settings.request.load, setBytes: descriptorSet };
  const outcome = generateTree({ ...settings.request, load });
  const found = [...diagnostics, ...outcome.diagnostics];
  if (outcome.tree === undefined) return fail(found);
  const inputs = hashInputs(inputFiles(settings, outcome.sources));
  const { outDir } = settings.request.plan.layout;
  const comparison = compareOutput({ root: settings.root, outDir, tree: outcome.tree, inputs, abiVersion });
  const all = [...found, ...comparison.diagnostics, ...editsInTheWay(comparison, options.force)];
  if (hasErrors(all)) return fail(all);
  warn(formatDiagnostics(all) + notes(comparison.files, options));
  return { files: filesToWrite(outcome.tree, comparison.files, options) };
}

function readOptions(parameter: string): PluginOptions | string {
  const options = { scaffolds: false, force: false } as { config?: string; scaffolds: boolean; force: boolean };
  for (const part of parameter.split(",").filter((text) => text !== "")) {
    const [key = "", value = ""] = part.split("=");
    if (key === "config" && value !== "") options.config = value;
    else if ((key === "scaffolds" || key === "force") && (value === "" || value === "true")) options[key] = true;
    else return `unknown option "${part}", expected config=grpc2lambda.yaml, scaffolds or force`;
  }
  return options;
}

function fail(diagnostics: readonly Diagnostic[]): GeneratorResponse {
  return { error: formatDiagnostics(diagnostics).trimEnd() };
}

/** The texts behind the request, so that the manifest is the one that `generate` writes: they are below the include paths. */
function inputFiles({ root, request }: Settings, sources: readonly SourceFile[]): InputFile[] {
  const { cwd, includePaths } = request.load;
  const protos = sources.flatMap(({ path }): InputFile[] => {
    const file = includePaths.map((folder) => resolve(cwd, folder, path)).find((candidate) => existsSync(candidate));
    return file === undefined ? [] : [{ name: path, file, kind: "text" }];
  });
  const configs = (request.serviceConfigs ?? []).map(({ file }): InputFile => {
    const path = resolve(cwd, file);
    return { name: relative(root, path).replaceAll("\\", "/"), file: path, kind: "text" };
  });
  return [...protos, ...configs];
}

/** Generated files, those that are as they should be too: protoc writes all of them. */
function filesToWrite(
  tree: OutputTree,
  compared: readonly FileComparison[],
  { scaffolds }: PluginOptions,
): { readonly path: string; readonly content: string }[] {
  const made = new Map(tree.files.map(({ path, content }) => [path, content]));
  return compared.flatMap(({ path, ownership, state, content }) => {
    const isWritten = ownership === "generated" || (scaffolds && state === "new");
    const text = content ?? (state === "unchanged" ? made.get(path) : undefined);
    return isWritten && text !== undefined ? [{ path, content: text }] : [];
  });
}

/** Notes on what a plugin cannot do: remove files, and know whether a handler is there in another folder. */
function notes(files: readonly FileComparison[], { scaffolds }: PluginOptions): string {
  const count = (test: (file: FileComparison) => boolean): number => files.filter(test).length;
  const missing = scaffolds ? 0 : count(({ ownership, state }) => ownership === "user" && state === "new");
  const leftOver = count(({ state }) => /eftOver$/.test(state));
  return [
    missing > 0
      ? `${missing} handlers are not there yet: \`grpc2lambda generate\` writes them, or the option scaffolds\n`
      : "",
    leftOver > 0 ? `${leftOver} generated files are left over: \`grpc2lambda generate\` removes them\n` : "",
  ].join("");
}
