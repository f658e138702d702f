/** The names of the front doors: the one list that flags, configuration, schema and tests read. */

/** The ids as written in the configuration, in the order of `schema.json`. */
export const frontDoorIds = ["http-api", "rest-api", "alb", "function-url"] as const;

/** An AWS service that turns HTTP requests into Lambda events. */
export type FrontDoorId = (typeof frontDoorIds)[number];
