/** Plan -> Go: one program with every function, the packages that it is made of, and a test. */
import type { OutputFile } from "../../output/output-tree.js";
import { emitRoutes } from "../functions/routes.js";
import type { PlanInGo } from "./go-plan.js";
import { emitMain } from "./main-file.js";
import { emitMainTest } from "./main-test-file.js";
import { emitGoRuntime } from "./runtime-files.js";
import { emitGoScaffolds } from "./scaffolds.js";

/** Every file but the deployment's. */
export function emitGo(plan: PlanInGo): OutputFile[] {
  return [emitMain(plan), emitMainTest(plan), emitRoutes(plan), ...emitGoRuntime(plan), ...emitGoScaffolds(plan)];
}
