/** Every front door. */
import { alb } from "./alb.js";
import type { FrontDoor } from "./front-door.js";
import { type FrontDoorId, frontDoorIds } from "./front-door-id.js";
import { functionUrl } from "./function-url.js";
import { httpApi } from "./http-api.js";
import { restApi } from "./rest-api.js";

const byId: Readonly<Record<FrontDoorId, FrontDoor>> = {
  "http-api": httpApi,
  "rest-api": restApi,
  alb,
  "function-url": functionUrl,
};

/** In the order of their ids. */
export const frontDoors: readonly FrontDoor[] = frontDoorIds.map((id) => byId[id]);

/** The front door of an id. */
export function frontDoorOf(id: FrontDoorId): FrontDoor {
  return byId[id];
}
