/** Bundles all functions in one run of esbuild, which reads each source file once. */
import { basename, parse, relative } from "node:path";
import { type BuildFailure, type BuildResult, build, type Plugin } from "esbuild";
import type { Diagnostic } from "../diagnostics.js";
import { withSlashes } from "../path-inside.js";
import type { BuildPlan } from "../plan/plan.js";
import { bundleOptions, extensions } from "./bundle-options.js";
import { bundleParts } from "./bundle-parts.js";
import type { Bundle, FunctionEntry } from "./built-function.js";
import { describeMessages } from "./esbuild-findings.js";
import { nameSources } from "./map-sources.js";
import { placeholders } from "./placeholders.js";
import { needsRequire, withRequire } from "./require-banner.js";

/** The inputs of bundling. */
export interface BundlingRequest {
  /** Project root, absolute. */
  readonly root: string;
  /** Working directory, absolute; places of findings are relative to it. */
  readonly cwd: string;
  /** Folder of the zips, absolute. Nothing is written to it here. */
  readonly outDir: string;
  readonly functions: readonly FunctionEntry[];
  readonly settings: Pick<BuildPlan, "sourceMaps" | "external">;
}

/** The bundles in the order of the functions; none after an error. Every error of every function is reported. */
export async function bundleFunctions(
  request: BundlingRequest,
): Promise<{ readonly bundles: readonly Bundle[]; readonly diagnostics: readonly Diagnostic[] }> {
  const bundles = new Map<string, Bundle>();
  const diagnostics: Diagnostic[] = [];
  for (const functions of groupAlike(request.functions)) {
    const outcome = await bundleAlike({ ...request, functions });
    for (const bundle of outcome.bundles) bundles.set(bundle.id, bundle);
    diagnostics.push(...outcome.diagnostics);
  }
  return { bundles: request.functions.flatMap(({ id }) => bundles.get(id) ?? []), diagnostics };
}

/** Functions that one run of esbuild can bundle; of most APIs all. */
function groupAlike(functions: readonly FunctionEntry[]): FunctionEntry[][] {
  const groups = new Map<string, FunctionEntry[]>();
  for (const fn of functions) {
    const key = [fn.format, ...fn.standIns.map(({ packageName }) => packageName)].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), fn]);
  }
  return [...groups.values()];
}

async function bundleAlike(request: BundlingRequest): ReturnType<typeof bundleFunctions> {
  const { functions, root, cwd } = request;
  const place = { root, cwd };
  const result = await runEsbuild(request);
  if (!("outputFiles" in result)) {
    const again = await runEsbuild(request, [placeholders(result.errors, root)]);
    return { bundles: [], diagnostics: describeMessages(result, again.errors, place) };
  }
  const outputs = outputsByName(result);
  return {
    bundles: functions.map((fn) => bundleOf(fn, outputs, request)),
    diagnostics: describeMessages(result, [], place),
  };
}

type Bundling = BuildResult<{ write: false; metafile: true }>;

async function runEsbuild(
  { root, outDir, functions, settings }: BundlingRequest,
  plugins: readonly Plugin[] = [],
): Promise<Bundling | BuildFailure> {
  const entries = functions.map(({ entry }) => entry);
  const [{ format, standIns } = { format: "esm", standIns: [] } as const] = functions;
  const { external, sourceMaps } = settings;
  const options = bundleOptions({ root, entries, outDir, format, standIns, external, banner: false });
  try {
    return await build({
      ...options,
      write: false,
      metafile: true,
      sourcemap: sourceMaps ? "external" : false,
      // The map says where; the sources themselves are in the repository.
      sourcesContent: false,
      logLimit: 0,
      plugins: [...plugins, ...(options.plugins ?? [])],
    });
  } catch (error) {
    if (error instanceof Error && "errors" in error && "warnings" in error) return error as BuildFailure;
    throw error;
  }
}

interface Output {
  readonly bytes: Uint8Array;
  readonly about: Bundling["metafile"]["outputs"][string] | undefined;
}

/** Every file of the run by its name; names of functions are unique. */
function outputsByName({ outputFiles, metafile }: Bundling): ReadonlyMap<string, Output> {
  const about = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  return new Map(
    outputFiles.map(({ path, contents }) => {
      const name = basename(path);
      return [name, { bytes: contents, about: about.get(name) }];
    }),
  );
}

function bundleOf(
  fn: FunctionEntry,
  outputs: ReadonlyMap<string, Output>,
  { root, outDir }: Pick<BundlingRequest, "root" | "outDir">,
): Bundle {
  const fileName = `${parse(fn.entry).name}${extensions[fn.format]}`;
  const output = outputs.get(fileName);
  const map = outputs.get(`${fileName}.map`);
  if (output?.about === undefined) throw new Error(`esbuild made no ${fileName}`);
  const toRoot = withSlashes(relative(outDir, root));
  const bundle: Bundle = {
    ...fn,
    fileName,
    code: output.bytes,
    ...(map === undefined ? {} : { map: nameSources(new TextDecoder().decode(map.bytes), toRoot) }),
    parts: bundleParts(output.about),
  };
  return fn.format === "esm" && needsRequire(output.about, output.bytes) ? withRequire(bundle) : bundle;
}
