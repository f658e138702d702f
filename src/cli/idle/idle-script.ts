/** A script for a POSIX shell that lists the calls of each function. */
import { buildResources } from "../../deploy/resources/build-resources.js";
import { deploymentTargets } from "../../deploy/targets.js";
import type { Plan } from "../../plan/plan.js";
import { shellCommand } from "../shell-command.js";

/** Facts about the deployment that is asked about. */
export interface IdleQuestion {
  readonly stage: string;
  /** Name of the deployment as a whole. */
  readonly stack: string;
  /** Days back from now. */
  readonly days: number;
}

/**
 * The script. It asks for each function, because a query over all of them leaves out those without a call.
 * https://docs.aws.amazon.com/cli/latest/reference/cloudwatch/get-metric-statistics.html
 */
export function idleScript(plan: Plan, { stage, stack, days }: IdleQuestion): string {
  const lines = [
    `# Calls of each function in ${days} days, the fewest first; 0 is a function that nobody calls.`,
    `stage=${shellCommand([stage])}`,
    `stack=${shellCommand([stack])}`,
    "end=$(date +%s)",
    `start=$((end - ${days} * 86400))`,
    ...deploymentTargets[plan.deployment.target].listFunctions(buildResources(plan)),
    "for name in $names; do",
    '  calls=$(aws cloudwatch get-metric-statistics --namespace AWS/Lambda --metric-name Invocations --dimensions "Name=FunctionName,Value=$name" \\',
    '    --start-time "$start" --end-time "$end" --period 86400 --statistics Sum --query \'sum(Datapoints[].Sum)\' --output text) || exit 1',
    '  printf \'%s\\t%s\\n\' "$calls" "$name"',
    "done | sort -n",
    ...routesQuery(plan),
  ];
  return `${lines.join("\n")}\n`;
}

/** A function with several RPCs is called for one of them: the log of requests tells routes apart. */
function routesQuery({ deployment, functions }: Plan): string[] {
  const isLogged = deployment.frontDoor === "http-api" || deployment.frontDoor === "rest-api";
  if (!isLogged || functions.every(({ methods }) => methods.length < 2)) return [];
  return [
    "",
    "# Functions have several RPCs. For the requests of each route, paste this into Logs Insights over the log group of requests;",
    "# routes that it does not list had none.",
    "#   stats count(*) as requests by routeKey | sort requests asc",
  ];
}
