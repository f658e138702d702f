/** Files that are not as they should be, each with the input that it is about. */
import type { FileComparison, FileState, OutputComparison } from "../../output/compare.js";
import { sourceOf } from "../../output/generated-content.js";
import type { Plan } from "../../plan/plan.js";
import { printable } from "../report/printable.js";

/** A file and what is wrong with it, in words. */
export interface FileFinding {
  readonly path: string;
  readonly state: FileState;
  readonly label: string;
  readonly reason: string;
}

/** The files that differ from what would be generated, sorted by path. */
export function listFindings(comparison: OutputComparison, plan: Plan | undefined): FileFinding[] {
  const causes = causesIn(comparison, plan);
  return comparison.files.flatMap((file) => {
    const words = describeState(file, causes);
    return words === undefined ? [] : [{ path: file.path, state: file.state, ...words }];
  });
}

function describeState(
  file: FileComparison,
  causeOf: (file: FileComparison) => string | undefined,
): Pick<FileFinding, "label" | "reason"> | undefined {
  const cause = causeOf(file);
  const because = (reason: string): string => (cause === undefined ? reason : `${reason}; ${cause}`);
  switch (file.state) {
    case "unchanged":
    case "kept":
    case "extended":
      return undefined;
    case "new":
      return { label: "missing", reason: because(file.ownership === "user" ? "not written yet" : "not generated yet") };
    case "missing":
      return { label: "missing", reason: "was generated, and is gone" };
    case "stale":
      return { label: "stale", reason: cause ?? "the settings or grpc2lambda itself changed" };
    case "torn":
      return { label: "torn", reason: "holds the beginning of what was generated" };
    case "edited":
      return { label: "edited", reason: "changed by hand" };
    case "unrecorded":
      return { label: "edited", reason: "differs, and no manifest tells whether by hand" };
    case "leftOver":
      return { label: "left over", reason: because("nothing makes it any more") };
    case "editedLeftOver":
      return { label: "left over", reason: because("nothing makes it any more, and it was changed by hand") };
    case "unrecordedLeftOver":
      return { label: "left over", reason: "nothing makes it any more, and no manifest tells whether it was changed" };
    case "orphan":
      return { label: "orphan", reason: "yours to delete" };
    default:
      return file.state satisfies never;
  }
}

/** Says for a file which change of an input it follows from; undefined if no input changed. */
function causesIn(
  { changedInputs, goneInputs, outDir }: OutputComparison,
  plan: Plan | undefined,
): (file: FileComparison) => string | undefined {
  const imports = new Map(plan?.model.files.map((file) => [file.path, file.imports]));
  const changed = new Set(changedInputs);
  const anyChange = blame(changedInputs, "changed") ?? blame(goneInputs, "gone");
  const reached = new Map<string, readonly string[]>();
  return (file) => {
    if (file.state === "stale" && file.path.startsWith(`${outDir}/runtime/`)) return "grpc2lambda itself changed";
    const source = file.source ?? sourceOf(file.content ?? "");
    if (source === undefined) return anyChange;
    if (plan !== undefined && !imports.has(source)) return `${printable(source)} is gone`;
    const found = reached.get(source) ?? reach(source, imports).filter((path) => changed.has(path));
    reached.set(source, found);
    // An input that is not among the imports can still change a file: a name that two services share, a new message style.
    return blame(found, "changed") ?? anyChange;
  };
}

/** A file and all that it imports, directly or not, the nearest first. */
function reach(source: string, imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set([source]);
  for (const path of found) for (const imported of imports.get(path) ?? []) found.add(imported);
  return [...found];
}

function blame(inputs: readonly string[], what: "changed" | "gone"): string | undefined {
  const [first, ...others] = inputs;
  if (first === undefined) return undefined;
  const names = others.length === 0 ? printable(first) : `${printable(first)} and ${others.length} more`;
  if (what === "changed") return `${names} changed`;
  return `${names} ${others.length === 0 ? "is" : "are"} gone`;
}
