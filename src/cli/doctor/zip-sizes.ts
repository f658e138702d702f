/** Sizes of the zips that the last `build` made. */
import { objectsIn, readJson } from "../../adopt/read-text.js";
import { functionsFileName } from "../../build/functions-json.js";
import type { Plan } from "../../plan/plan.js";

/** Reads the bytes of each zip by id of its function, from `functions.json` below `root`; none where nothing is built. */
export function readZipSizes({ layout }: Pick<Plan, "layout">, root: string): ReadonlyMap<string, number> {
  const records = objectsIn(readJson(root, `${layout.zips}/${functionsFileName}`)?.["functions"]);
  return new Map(
    records.flatMap(({ zipBytes, id }) => (typeof zipBytes === "number" ? [[String(id), zipBytes] as const] : [])),
  );
}
