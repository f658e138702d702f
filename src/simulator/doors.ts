/** Every front door that can be simulated. */
import { simulatedAlb } from "./alb.js";
import { simulatedFunctionUrl } from "./function-url.js";
import { simulatedHttpApi } from "./http-api.js";
import { simulatedRestApi } from "./rest-api.js";
import type { SimulatedDoor } from "./simulated-door.js";

/** By id, the default first. */
export const simulatedDoors: readonly SimulatedDoor[] = [
  simulatedHttpApi,
  simulatedAlb,
  simulatedRestApi,
  simulatedFunctionUrl,
];
