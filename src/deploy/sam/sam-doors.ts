/** Each front door in the SAM template and in CloudFormation; its text is `templates/sam/<id>.hbs`. */
import type { Diagnostic } from "../../diagnostics.js";
import type { FrontDoorId } from "../../front-door/front-door-id.js";
import type { DeploymentPlan, Plan } from "../../plan/plan.js";
import { checkListener } from "./check-listener.js";

/** One front door in a SAM template. */
export interface SamDoor {
  /** Resources that all functions share, after SAM's transform. */
  readonly sharedResources: (deployment: DeploymentPlan) => number;
  /** Function, role, log group, and what leads to it. */
  readonly resourcesPerFunction: (deployment: DeploymentPlan) => number;
  /** Routes stand in an OpenAPI document. */
  readonly hasDocument: boolean;
  /** HTTP methods as the door's own CORS settings take them. */
  readonly corsMethods: (methods: readonly string[]) => readonly string[];
  /** Findings that only this door can have. */
  readonly check: (plan: Plan) => Diagnostic[];
}

/** The doors by id. */
export const samDoors: Readonly<Record<FrontDoorId, SamDoor>> = {
  "http-api": {
    sharedResources: () => 3, // the API, its stage, its access logs
    resourcesPerFunction: () => 4,
    hasDocument: true,
    corsMethods: (methods) => methods,
    check: () => [],
  },
  "rest-api": {
    sharedResources: () => 4, // the same with a deployment
    resourcesPerFunction: () => 4,
    hasDocument: true,
    corsMethods: (methods) => methods,
    check: () => [],
  },
  alb: {
    sharedResources: ({ loadBalancer }) => (loadBalancer === "own" ? 3 : 0), // load balancer, security group, listener
    resourcesPerFunction: () => 5,
    hasDocument: false,
    corsMethods: (methods) => methods,
    check: checkListener,
  },
  "function-url": {
    sharedResources: () => 0,
    resourcesPerFunction: ({ auth }) => (auth === "none" ? 6 : 4),
    hasDocument: false,
    corsMethods: (methods) => (methods.every((method) => urlMethods.has(method)) ? methods : ["*"]),
    check: () => [],
  },
};

/** Methods that the CORS settings of a Function URL can name. */
const urlMethods: ReadonlySet<string> = new Set(["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"]);
