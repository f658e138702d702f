/** Plan -> files. One line per kind of file; nothing here can fail on user input. */
import type { OutputFile } from "../output/output-tree.js";
import type { Plan } from "../plan/plan.js";
import { emitBinaryCodec } from "./binary-codec.js";
import { emitBrowsers } from "./browsers.js";
import { emitErrorDetails } from "./error-details.js";
import { emitFunctions } from "./functions.js";
import { emitHttpBindings } from "./http-bindings.js";
import { emitJsonCodec } from "./json-codec.js";
import { emitLargePayloads } from "./large-payloads.js";
import { indexEmission } from "./emit-scope.js";
import { emitMessageTypes } from "./message-types.js";
import { emitParams } from "./params.js";
import { emitPatchMasks } from "./patch-mask.js";
import { emitProfile } from "./profile.js";
import { emitRoutes } from "./routes.js";
import { emitRuntime, usedRuntimeModules } from "./runtime-files.js";
import { emitScaffolds } from "./scaffolds.js";

/** Every file but the deployment's, in no particular order; the runtime modules are those that the others import. */
export function emitFiles(plan: Plan): OutputFile[] {
  const scope = indexEmission(plan);
  const files = [
    ...emitMessageTypes(scope),
    ...emitJsonCodec(scope),
    ...emitBinaryCodec(scope),
    ...emitParams(scope),
    ...emitPatchMasks(scope),
    ...emitHttpBindings(scope),
    ...emitProfile(plan),
    ...emitBrowsers(plan),
    ...emitErrorDetails(plan),
    ...emitLargePayloads(plan),
    ...emitFunctions(plan),
    ...emitRoutes(plan),
    ...emitScaffolds(scope),
  ];
  return [...files, ...emitRuntime(plan, usedRuntimeModules(plan, files))];
}
