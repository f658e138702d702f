/** The names of the front doors: the one list that flags, configuration, schema and tests read. */

/** The ids as written in the configuration, the default first. */
export const frontDoorIds = ["http-api", "rest-api", "alb", "function-url"] as const;

/** An AWS service that turns HTTP requests into Lambda events. */
export type FrontDoorId = (typeof frontDoorIds)[number];

/** The front door of a configuration that names none. */
export const defaultFrontDoor: FrontDoorId = "http-api";
