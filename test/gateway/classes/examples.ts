/** The examples of the table as cases: each has to differ still, and by its class. */
import type { GatewayVersion } from "../build/go-tools.js";
import { type Leg, referenceLeg } from "../product/leg.js";
import type { Api, Binding } from "../requests/api.js";
import type { RequestCase } from "../requests/request-case.js";
import type { ClassExample, Difference, DifferenceClass } from "./difference-class.js";
import { explain } from "./explain.js";

/** What begins the id of such a case. */
const prefix = "example ";

/** The examples that a run of a set can send. */
export function exampleCases(api: Api, version: GatewayVersion, classes: readonly DifferenceClass[]): RequestCase[] {
  return classes.flatMap(({ id, example, versions }) =>
    example?.set === api.set.name && ((example.versions ?? versions)?.includes(version) ?? true)
      ? [exampleCase(api, id, example)]
      : [],
  );
}

function exampleCase(api: Api, id: string, example: ClassExample): RequestCase {
  const { rpc, method = "GET", target, headers = [], body = "", plan = { seed: 1, echo: true } } = example;
  const [service, name] = rpc.split(".");
  const own = api.bindings.filter((one) => one.rpc.endsWith(`.${service}/${name}`));
  const found = own.find((one) => one.httpMethod === method && hasPath(one, target)) ?? own[0];
  if (found === undefined) throw new Error(`the example of ${id}: there is no ${rpc}`);
  const type = body === "" ? [] : [["Content-Type", "application/json"] as const];
  return {
    id: `${prefix}${id}`,
    rpc: found.rpc,
    binding: found.index,
    method,
    target,
    headers: [["Host", "localhost:8080"], ...type, ...headers],
    body: Buffer.from(body).toString("base64"),
    plan,
  };
}

/** Whether the target begins with the literals that the rule's path begins with, and has as many segments. */
function hasPath({ parts }: Binding, target: string): boolean {
  const segments = target.slice(1).split("?")[0]?.split("/") ?? [];
  return (
    parts.length === segments.length &&
    parts.every((part, index) => part.kind === "variable" || part.text === segments[index])
  );
}

/** Ids of classes whose examples no longer show them. */
export function staleExamples(
  cases: readonly RequestCase[],
  legs: readonly Leg[],
  found: readonly Difference[],
  classes: readonly DifferenceClass[],
): string[] {
  return cases
    .filter(({ id }) => id.startsWith(prefix))
    .map(({ id }) => id.slice(prefix.length))
    .filter((id) => {
      const one = classes.find((candidate) => candidate.id === id);
      const leg = one?.example?.leg ?? referenceLeg.name;
      if (one === undefined || !legs.some(({ name }) => name === leg)) return false;
      return !found.some(
        (difference) =>
          difference.request.id === `${prefix}${id}` &&
          difference.leg.name === leg &&
          explain(difference, classes).classes.includes(id),
      );
    });
}
