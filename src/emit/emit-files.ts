/** Plan -> files. One line per kind of file; nothing here can fail on user input. */
import type { OutputFile } from "../output/output-tree.js";
import type { Plan } from "../plan/plan.js";
import { emitBinaryCodec } from "./binary/binary-codec.js";
import { emitCapturedServers, standInRuntime } from "./functions/captured-servers.js";
import { emitCaller } from "./functions/caller.js";
import { emitCors } from "./functions/cors.js";
import { emitDependencies } from "./functions/dependencies.js";
import { emitErrorDetails } from "./functions/error-details.js";
import { emitFunctions } from "./functions/functions.js";
import { emitGo } from "./go/emit-go.js";
import { isInGo } from "./go/go-plan.js";
import { emitHttpBindings } from "./http/http-bindings.js";
import { emitJsonCodec } from "./json/json-codec.js";
import { emitLargePayloads } from "./functions/large-payloads.js";
import { indexEmission } from "./objects/emit-scope.js";
import { emitObservability } from "./functions/observability.js";
import { emitMessageTypes } from "./objects/message-types.js";
import { emitParams } from "./http/params.js";
import { emitPatchMasks } from "./http/patch-mask.js";
import { emitProfile } from "./http/profile.js";
import { emitProxiedServers } from "./functions/proxied-servers.js";
import { emitRoutes } from "./functions/routes.js";
import { emitRuntime, usedRuntimeModules } from "./functions/runtime-files.js";
import { emitScaffolds } from "./functions/scaffolds.js";

/** Every file but the deployment's, in no particular order; the runtime modules are those that the others import. */
export function emitFiles(plan: Plan): OutputFile[] {
  if (isInGo(plan)) return emitGo(plan);
  const scope = indexEmission(plan);
  const named = scope.plan;
  const files = [
    ...emitMessageTypes(scope),
    ...emitJsonCodec(scope),
    ...emitBinaryCodec(scope),
    ...emitParams(scope),
    ...emitPatchMasks(scope),
    ...emitHttpBindings(scope),
    ...emitProfile(plan),
    ...emitCaller(plan),
    ...emitCors(plan),
    ...emitErrorDetails(plan),
    ...emitLargePayloads(plan),
    ...emitObservability(plan),
    ...emitDependencies(plan),
    ...emitProxiedServers(plan),
    ...emitFunctions(named),
    ...emitCapturedServers(scope),
    ...emitScaffolds(scope),
  ];
  const runtime = emitRuntime(plan, [...usedRuntimeModules(plan, files), ...standInRuntime(plan)]);
  return [...files.map(({ imports: _, ...file }) => file), emitRoutes(plan), ...runtime];
}
