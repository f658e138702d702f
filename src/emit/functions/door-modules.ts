/** The runtime modules that make handlers for each front door. */
import type { FrontDoorId } from "../../front-door/front-door-id.js";
import type { RuntimeSymbol } from "../objects/runtime-exports.js";

/** The modules by front door: for responses that are sent whole, and for streamed ones. */
export const doorModules: Readonly<
  Record<FrontDoorId, { readonly whole: RuntimeSymbol; readonly inParts?: RuntimeSymbol }>
> = {
  "http-api": { whole: ["http-api", "httpApi"] },
  "rest-api": { whole: ["rest-api", "restApi"], inParts: ["rest-api-stream", "restApiStream"] },
  alb: { whole: ["alb", "alb"] },
  "function-url": { whole: ["function-url", "functionUrl"], inParts: ["function-url-stream", "functionUrlStream"] },
};
