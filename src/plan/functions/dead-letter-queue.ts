/** Queues for events that functions fail on when they are called asynchronously. */
import { type Diagnostic, diagnostic } from "../../diagnostics.js";
import type { DeadLetterQueue, DeadLetterSetting, DeploymentPlan, FunctionPlan, MethodPlan, Plan } from "../plan.js";
import type { OwnRouteOptions, PlanOptions } from "../plan-options.js";
import { handlerIdentity } from "../auth/own-authorizer.js";
import { functionsWithRpcs } from "./every-function.js";

/** The queue that an RPC or its service asks for. Undefined where they say nothing. */
function askedBy(
  { service, method }: MethodPlan,
  { methodOptions, serviceOptions }: PlanOptions,
): DeadLetterSetting | undefined {
  return methodOptions?.get(method.fullName)?.deadLetterQueue ?? serviceOptions.get(service.fullName)?.deadLetterQueue;
}

/** The setting of the first RPC that has one; `checkDeadLetterQueues` refuses two. */
export function planDeadLetterQueue(
  methods: readonly MethodPlan[],
  options: PlanOptions,
): Pick<FunctionPlan, "deadLetterQueue"> {
  const [deadLetterQueue] = methods.flatMap((method) => askedBy(method, options) ?? []);
  return deadLetterQueue === undefined ? {} : { deadLetterQueue };
}

/** The queue of a function: its own, or that of the API. Undefined: there is none. */
export function deadLetterQueueOf(
  { deadLetterQueue: own }: { readonly deadLetterQueue?: DeadLetterSetting },
  { deadLetterQueue: common }: DeploymentPlan,
): DeadLetterQueue | undefined {
  const setting = own ?? common;
  return setting === undefined || setting.kind === "none" ? undefined : setting;
}

/** The queues of all functions, each once, in the order of the functions. Fixed answers fail on no event. */
export function deadLetterQueues(
  plan: Pick<Plan, "functions" | "unrouted" | "ownFunctions" | "deployment">,
): DeadLetterQueue[] {
  const handlers = plan.ownFunctions.filter(({ handler }) => handler !== undefined);
  const queues = [...functionsWithRpcs(plan), ...handlers].flatMap(
    (fn) => deadLetterQueueOf(fn, plan.deployment) ?? [],
  );
  return [...new Map(queues.map((queue) => [JSON.stringify(queue), queue])).values()];
}

/** PL032: Lambda sends what a function fails on to one queue. */
export function checkDeadLetterQueues(functions: readonly FunctionPlan[], options: PlanOptions): Diagnostic[] {
  return [...checkFunctions(functions, options), ...checkRoutes(options.routes ?? [])];
}

/** Routes with one handler share a function. */
function checkRoutes(routes: readonly OwnRouteOptions[]): Diagnostic[] {
  const queues = new Map<string, string>();
  return routes.flatMap(({ answer, httpMethod, template, location }): Diagnostic[] => {
    if (answer.kind === "fixed" || answer.deadLetterQueue === undefined) return [];
    const [identity, queue] = [handlerIdentity(answer), JSON.stringify(answer.deadLetterQueue)];
    const other = queues.get(identity) ?? queue;
    queues.set(identity, other);
    if (other === queue) return [];
    return [
      diagnostic(
        "PL032",
        `${httpMethod} ${template.source} has another deadLetterQueue than an earlier route with ${answer.handler.module}#${answer.handler.exportName}: expected one`,
        { location, help: "give the routes the same queue, or each a function of its own" },
      ),
    ];
  });
}

function checkFunctions(functions: readonly FunctionPlan[], options: PlanOptions): Diagnostic[] {
  return functions.flatMap(({ id, methods }): Diagnostic[] => {
    const asked = methods.flatMap((method) => {
      const setting = askedBy(method, options);
      return setting === undefined ? [] : [{ name: method.method.fullName, text: JSON.stringify(setting) }];
    });
    const [first] = asked;
    const other = asked.find(({ text }) => text !== first?.text);
    if (first === undefined || other === undefined) return [];
    return [
      diagnostic(
        "PL032",
        `function ${id} holds ${first.name} and ${other.name}, whose settings of deadLetterQueue differ: expected one`,
        { help: "give them the same queue, or keep the RPCs in functions of their own" },
      ),
    ];
  });
}
