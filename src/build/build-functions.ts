/** From generated code on the disk to zips in memory. */
import { join } from "node:path";
import { builtFiles } from "../deploy/targets.js";
import { type Diagnostic, hasErrors } from "../diagnostics.js";
import { zipName } from "../plan/functions/zip-name.js";
import type { Plan } from "../plan/plan.js";
import { entryPoint } from "../emit/entry-point.js";
import { standIns } from "../emit/functions/captured-servers.js";
import type { Bundle, FunctionEntry } from "./built-function.js";
import { bundleFunctions } from "./bundle-functions.js";
import {
  type FunctionRecord,
  functionRecord,
  functionsText,
  type PlannedFunction,
  plannedFunctions,
} from "./functions-json.js";
import { readShippedFiles } from "./shipped-files.js";
import { checkSizes, type FunctionSize } from "./size-findings.js";
import type { BuildFile } from "./write-zips.js";
import { type ZipFile, zipFiles } from "./zip-files.js";

/** The inputs of a build. */
export interface BuildRequest {
  /** Project root, absolute. */
  readonly root: string;
  /** Working directory, absolute; places of findings are relative to it. */
  readonly cwd: string;
  readonly plan: Plan;
}

/** Everything to write; undefined after an error in the sources. */
export interface BuildOutcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly built?: BuiltFunctions;
}

/** The files of all functions. */
export interface BuiltFunctions {
  readonly records: readonly FunctionRecord[];
  readonly files: readonly BuildFile[];
  /** The text of `functions.json`. */
  readonly functions: string;
  /** Functions that are larger than they may be. */
  readonly oversized: readonly Diagnostic[];
}

/** Hears of the steps. */
export type BuildListener = (step: "bundle" | "zip", functions: number) => void;

/** Bundles and zips every function. Writes nothing. */
export async function buildFunctions(request: BuildRequest, listener: BuildListener): Promise<BuildOutcome> {
  const { root, cwd, plan } = request;
  const functions = plannedFunctions(plan);
  const shipped = readShippedFiles(root, plan.build.files);
  listener("bundle", functions.length);
  const { bundles, diagnostics: found } = await bundleFunctions({
    root,
    cwd,
    outDir: join(root, plan.layout.zips),
    functions: functions.map((fn) => functionEntry(fn, plan)),
    settings: plan.build,
  });
  const diagnostics = [...shipped.diagnostics, ...found];
  if (hasErrors(diagnostics)) return { diagnostics };
  listener("zip", functions.length);
  return { diagnostics, built: zipFunctions(functions, bundles, shipped.files, plan) };
}

function functionEntry({ id, bundle }: PlannedFunction, plan: Plan): FunctionEntry {
  const { format } = bundle;
  return { id, entry: entryPoint(plan, id).file, format, standIns: standIns(plan.layout, bundle) };
}

function zipFunctions(
  functions: readonly PlannedFunction[],
  bundles: readonly Bundle[],
  shipped: readonly ZipFile[],
  plan: Plan,
): BuiltFunctions {
  const records: FunctionRecord[] = [];
  const files: BuildFile[] = [];
  const sizes: FunctionSize[] = [];
  const shippedBytes = shipped.reduce((sum, { content }) => sum + content.length, 0);
  for (const [at, bundle] of bundles.entries()) {
    const fn = functions[at];
    if (fn === undefined) continue;
    const { id, fileName, code, map, parts } = bundle;
    const zipContent = zipFiles([...shipped, { path: fileName, content: code, executable: false }]);
    const sourceMap = map === undefined ? {} : { sourceMap: `${fileName}.map` };
    const zip = zipName(id);
    records.push(functionRecord(fn, { fileName, codeBytes: code.length, zip, zipContent, ...sourceMap }, plan));
    files.push({ name: zip, content: zipContent });
    if (map !== undefined) files.push({ name: `${fileName}.map`, content: map });
    sizes.push({ id, zipBytes: zipContent.length, unzippedBytes: code.length + shippedBytes, parts });
  }
  const templates = builtFiles(plan, new Map(records.map(({ id, sha256 }) => [id, sha256]))).map(
    ({ path, content }) => ({ name: path.replace(/^.*\//, ""), content }),
  );
  const names = templates.map(({ name }) => name);
  return {
    records,
    files: [...files, ...templates],
    functions: functionsText(plan, records, names),
    oversized: checkSizes(sizes, plan.build),
  };
}
