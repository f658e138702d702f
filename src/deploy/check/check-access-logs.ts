/** Checks of logs of requests. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { Plan } from "../../plan/plan.js";

/** DP030 for logs that the front door does not write, or not for this deployment. */
export function checkAccessLogs({ deployment }: Plan): Diagnostic[] {
  const { accessLogs, frontDoor, loadBalancer } = deployment;
  if (accessLogs === undefined) return [];
  if (frontDoor === "function-url") {
    return [
      diagnostic("DP030", "deployment.accessLogs is set, but a Lambda Function URL logs no requests", {
        help: "leave it out, or use another front door",
      }),
    ];
  }
  if (frontDoor === "alb" && loadBalancer === "existing") {
    return [
      diagnostic(
        "DP030",
        "deployment.accessLogs is set, but the load balancer exists already and has its own setting",
        {
          help: "set it on that load balancer, where it holds for all of its listeners, and leave it out here",
        },
      ),
    ];
  }
  if (frontDoor === "rest-api" || !accessLogs.accountRole) return [];
  return [
    diagnostic("DP030", "deployment.accessLogs.accountRole is set, but only REST APIs log by the role of the account", {
      help: "leave accountRole out",
    }),
  ];
}
