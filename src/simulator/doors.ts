/** The simulator of every front door. */
import type { FrontDoorId } from "../front-door/front-door-id.js";
import { simulatedAlb } from "./alb.js";
import { simulatedFunctionUrl } from "./function-url.js";
import { simulatedHttpApi } from "./http-api.js";
import { simulatedRestApi } from "./rest-api.js";
import type { SimulatedDoor } from "./simulated-door.js";

/** The simulators by id. */
export const simulatedDoors: Readonly<Record<FrontDoorId, SimulatedDoor>> = {
  "http-api": simulatedHttpApi,
  alb: simulatedAlb,
  "rest-api": simulatedRestApi,
  "function-url": simulatedFunctionUrl,
};
