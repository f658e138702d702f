/** Functions of an older generation are not compared: a proof about them proves nothing. */
import { compareOutput } from "../../output/compare.js";
import type { Flags } from "../config/flags.js";
import { prepareOutput } from "../project-output.js";
import { FlagError } from "./compare-flags.js";

/** States in which the code on disk is not what `generate` would write. Files that were edited by hand are compared as they are. */
const outdated: readonly string[] = ["new", "missing", "stale", "torn"];

/** Throws FlagError if generated code is missing or out of date. */
export async function requireGenerated(flags: Flags, cwd: string): Promise<void> {
  const { output } = await prepareOutput([], flags, cwd, () => {});
  if (output === undefined) return;
  const folder = `${output.outDir}/`;
  const found = compareOutput(output).files.filter(
    ({ path, state }) => path.startsWith(folder) && outdated.includes(state),
  );
  const [first] = found;
  if (first === undefined) return;
  throw new FlagError(
    `${folder} is not what generate would write (${found.length} files, ${first.path} for one): run grpc2lambda generate first`,
  );
}
