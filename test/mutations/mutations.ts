/** All mutations, by the area whose tests have to notice them. */
import { callsMutations } from "./areas/calls.js";
import { commandLineMutations } from "./areas/command-line.js";
import { comparisonsMutations } from "./areas/comparisons.js";
import { crossOriginMutations } from "./areas/cross-origin.js";
import { authenticationMutations } from "./areas/authentication.js";
import { deploymentMutations } from "./areas/deployment.js";
import { doorsMutations } from "./areas/doors.js";
import { headersMutations } from "./areas/headers.js";
import { inputsMutations } from "./areas/inputs.js";
import { jsonMutations } from "./areas/json.js";
import { limitsMutations } from "./areas/limits.js";
import { outputMutations } from "./areas/output.js";
import { parametersMutations } from "./areas/parameters.js";
import { payloadsMutations } from "./areas/payloads.js";
import { placesMutations } from "./areas/places.js";
import { planMutations } from "./areas/plan.js";
import { protoMutations } from "./areas/proto.js";
import { serversMutations } from "./areas/servers.js";
import { simulatorsMutations } from "./areas/simulators.js";
import { stylesMutations } from "./areas/styles.js";
import { textMutations } from "./areas/text.js";
import type { Mutation } from "./mutation.js";

/** The table of `npm run test:mutations`. */
export const mutations: readonly Mutation[] = [
  ...callsMutations,
  ...commandLineMutations,
  ...comparisonsMutations,
  ...crossOriginMutations,
  ...authenticationMutations,
  ...deploymentMutations,
  ...doorsMutations,
  ...headersMutations,
  ...inputsMutations,
  ...jsonMutations,
  ...limitsMutations,
  ...outputMutations,
  ...parametersMutations,
  ...payloadsMutations,
  ...placesMutations,
  ...planMutations,
  ...protoMutations,
  ...serversMutations,
  ...simulatorsMutations,
  ...stylesMutations,
  ...textMutations,
];
