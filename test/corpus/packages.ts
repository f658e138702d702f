/** Models and plans every package of the corpus on its own, as its users would generate it. */
import type { Diagnostic } from "../../src/diagnostics.js";
import { buildModel } from "../../src/model/build-model.js";
import { planGeneration } from "../../src/plan/plan-generation.js";
import type { FileDescriptor } from "../../src/proto/descriptor.js";
import { planOptions } from "../support/plan-options.js";

/** What planning the packages gives. */
export interface PlannedPackages {
  readonly packages: number;
  /** Methods that get a function. */
  readonly methods: number;
  /** Bindings that get a route. */
  readonly routes: number;
  readonly functions: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Every package that declares a service is the target once, with the imports that it needs. */
export function planPackages(files: readonly FileDescriptor[]): PlannedPackages {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const total = { packages: 0, methods: 0, routes: 0, functions: 0, diagnostics: [] as Diagnostic[] };
  for (const targets of servicePackages(files)) {
    const built = buildModel({
      files: withImports(targets, byPath),
      targets: targets.map((file) => file.path),
      unboundMethods: "report",
    });
    const { plan, diagnostics } = planGeneration(built.model, planOptions());
    total.packages++;
    total.methods += plan.methods.length;
    total.routes += plan.routes.length;
    total.functions += plan.functions.length;
    total.diagnostics.push(...built.diagnostics, ...diagnostics);
  }
  return total;
}

/** How many diagnostics have each code, sorted by code. */
export function countByCode(diagnostics: readonly Diagnostic[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { code, severity } of diagnostics) {
    const key = `${code} ${severity}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function servicePackages(files: readonly FileDescriptor[]): FileDescriptor[][] {
  const packages = new Map<string, FileDescriptor[]>();
  for (const file of files) {
    const known = packages.get(file.package);
    if (known === undefined) packages.set(file.package, [file]);
    else known.push(file);
  }
  return [...packages.values()].filter((each) => each.some((file) => file.services.length > 0));
}

function withImports(
  targets: readonly FileDescriptor[],
  byPath: ReadonlyMap<string, FileDescriptor>,
): FileDescriptor[] {
  const found = new Set<FileDescriptor>();
  const pending = [...targets];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const { path } of file.imports) {
      const imported = byPath.get(path);
      if (imported !== undefined) pending.push(imported);
    }
  }
  return [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
}
