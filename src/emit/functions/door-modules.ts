/** The runtime modules that make handlers for each front door. */
import type { FrontDoorId } from "../../front-door/front-door-id.js";
import type { RuntimeSymbol } from "../objects/runtime-exports.js";

/** By front door: for responses that are sent whole, and for those that are sent in parts. */
export const doorModules: Readonly<
  Record<FrontDoorId, { readonly whole: RuntimeSymbol; readonly inParts?: RuntimeSymbol }>
> = {
  "http-api": { whole: ["http-api", "httpApi"] },
  "rest-api": { whole: ["rest-api", "restApi"], inParts: ["rest-api-stream", "restApiStream"] },
  alb: { whole: ["alb", "alb"] },
  "function-url": { whole: ["function-url", "functionUrl"], inParts: ["function-url-stream", "functionUrlStream"] },
};
