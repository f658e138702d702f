/** Bundles of a few entries, made again when one of their source files changes. */
import { type BuildFailure, context, type Message } from "esbuild";
import { type BundleRequest, bundleOptions } from "./bundle-options.js";
import { adviceOn } from "./esbuild-findings.js";
import { localLog } from "./local-log.js";

/** Errors are texts as esbuild reports them, one each: `src/a.ts:3:7: message`. */
export type BundleReport =
  | { readonly kind: "bundled"; readonly first: boolean }
  | { readonly kind: "failed"; readonly errors: readonly string[] };

/** Entries that do not bundle; the message has a line per error. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}

/** Entries that are kept bundled. */
export interface Bundler {
  /**
   * A number that no other bundles of this process have: Node keeps a module by its URL for ever. Throws BundleError as long as the
   * sources do not bundle: what was bundled before is no answer to what is there now.
   */
  version(): number;
  dispose(): Promise<void>;
}

let versions = 0;

/** Bundles the entries, then again whenever a file changes if `watch` is set; `report` hears of each time. */
export async function startBundler(
  request: BundleRequest,
  watch: boolean,
  report: (report: BundleReport) => void,
): Promise<Bundler> {
  let version: number | undefined;
  let failure = "";
  const finish = (errors: readonly string[]): void => {
    failure = errors.join("\n");
    const first = version === undefined;
    if (errors.length === 0) version = ++versions;
    report(errors.length > 0 ? { kind: "failed", errors } : { kind: "bundled", first });
  };
  const options = bundleOptions(request);
  const bundling = await context({
    ...options,
    plugins: [
      localLog,
      ...(options.plugins ?? []),
      { name: "report", setup: (build) => build.onEnd(({ errors }) => finish(errors.map(describeError))) },
    ],
  });
  await bundling.rebuild().catch((_: BuildFailure) => {});
  if (watch) await bundling.watch();
  return {
    version: () => {
      if (version === undefined || failure !== "") throw new BundleError(failure);
      return version;
    },
    dispose: () => bundling.dispose(),
  };
}

function describeError({ location, text }: Message): string {
  const advice = adviceOn(text);
  const said = advice === undefined ? text : `${text} (${advice})`;
  return location === null ? said : `${location.file}:${location.line}:${location.column + 1}: ${said}`;
}
