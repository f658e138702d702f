/** A proposal for the configuration if there are too many functions to look after. */
import { fileWord } from "../naming.js";
import type { FunctionPlan } from "../plan.js";

/** The value of `deployment.functions` for at most `most` functions, as YAML on one line, and how many they are. */
export interface GroupingProposal {
  readonly functions: string;
  readonly count: number;
}

/** One function per service where that is few enough; else, within a service, one per resource; else one for all. */
export function proposeGrouping(functions: readonly FunctionPlan[], most: number): GroupingProposal {
  const services = new Set(functions.map(({ service }) => service.fullName)).size;
  if (services > 1 && services <= most) return { functions: "per-service", count: services };
  const groups = services === 1 ? groupByResource(functions) : undefined;
  if (groups === undefined || groups.size > most) return { functions: "single", count: 1 };
  const entries = [...groups].map(([name, members]) => `${name}: [${members.join(", ")}]`);
  return { functions: `{ ${entries.join(", ")} }`, count: groups.size };
}

/** RPCs by the last literal of their first path, which names what they are about; undefined where that tells nothing apart. */
function groupByResource(functions: readonly FunctionPlan[]): Map<string, string[]> | undefined {
  const groups = new Map<string, string[]>();
  for (const fn of functions) {
    const name = resourceOf(fn);
    groups.set(name, [...(groups.get(name) ?? []), ...fn.methods.map(({ method }) => method.fullName)]);
  }
  return groups.size > 1 ? groups : undefined;
}

/** Kebab case, as names of functions have to be. */
function resourceOf({ methods }: FunctionPlan): string {
  const segments = methods[0]?.method.bindings[0]?.template.segments ?? [];
  const literals = segments.flatMap((segment) => (segment.kind === "literal" ? [segment.text] : []));
  return fileWord((literals.at(-1) ?? "root").replaceAll(/[^A-Za-z0-9]+/g, "-").slice(0, 40));
}
