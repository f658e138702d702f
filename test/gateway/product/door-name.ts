/** The front doors that are simulated. */
export type DoorName = "alb" | "http-api" | "rest-api" | "function-url";
