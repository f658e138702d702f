/** `divide(…)`: an RPC that new code and the server that it comes from share. */
import type { RequestPart, TrafficPlan } from "../../plan/plan.js";
import { proxiedServer } from "../names/proxied-servers.js";
import type { NamedMethod, TypeScriptPlan } from "../names/typescript-plan.js";
import { useRuntime } from "../objects/runtime.js";
import type { CodeFile } from "../print/code-file.js";
import { call, type Expression, list, literal, object } from "../print/expression.js";
import { proxiedHandler } from "./handler-expression.js";
import { objectOf } from "./handler-parts.js";

/** The endpoint of the new code, divided if the RPC has traffic. `endpointOf` makes that of another handler. */
export function dividedEndpoint(
  plan: TypeScriptPlan,
  file: CodeFile,
  planned: NamedMethod,
  next: Expression,
  endpointOf: (handler: Expression) => Expression,
): Expression {
  const { traffic } = planned;
  if (traffic === undefined) return next;
  const divide = useRuntime({ file, plan }, "traffic", "divide");
  const old = proxiedHandler(plan, file, planned, proxiedServer(plan.layout.outDir, traffic.old));
  return call(divide, next, endpointOf(old), trafficObject(traffic, sharesOf(plan, file, traffic)));
}

/** `shareParameter("/library/traffic")`. */
function sharesOf(plan: TypeScriptPlan, file: CodeFile, { parameter }: TrafficPlan): Expression | undefined {
  if (parameter === undefined) return undefined;
  return call(useRuntime({ file, plan }, "share-parameter", "shareParameter"), literal(parameter));
}

/** `{ share: 10, testers: [{ from: "cookie", name: "beta" }], fallback: true }`. */
function trafficObject({ share, testers, sticky, fallback }: TrafficPlan, shares: Expression | undefined): Expression {
  return object(
    ["share", `${share}`],
    ...(shares === undefined ? [] : [["shares", shares] as const]),
    ["testers", list(...testers.map(partObject))],
    ...(sticky === undefined ? [] : [["sticky", partObject(sticky)] as const]),
    ...(fallback ? [["fallback", "true"] as const] : []),
  );
}

function partObject({ from, name, equals }: RequestPart): Expression {
  const members = { from: literal(from), name: literal(name), equals: equals === undefined ? equals : literal(equals) };
  return objectOf(members) ?? object();
}
