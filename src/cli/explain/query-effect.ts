/** The effect of each query parameter on the request message. */
import type { Binding, Field } from "../../model/api-model.js";
import { indexModel } from "../../model/model-index.js";
import type { Plan, RoutePlan } from "../../plan/plan.js";
import type { QueryPair } from "../../runtime/http.js";
import type { DecodeQuery } from "./decode-request.js";

/** One name in a query. */
export type QueryEffect = { readonly name: string; readonly values: readonly string[] } & ParamEffect;

/** `field` is a field path in proto spelling. */
export type ParamEffect =
  | { readonly kind: "sets"; readonly field: string }
  | { readonly kind: "ignored" | "refused"; readonly reason: string };

/** The effect of every name, in order of first appearance; each is decoded by itself with the generated code. */
export function explainQuery(
  plan: Plan,
  route: RoutePlan,
  pairs: readonly QueryPair[],
  decode: DecodeQuery | undefined,
): QueryEffect[] {
  const names = [...new Set(pairs.map(([name]) => name))];
  return names.map((name) => {
    const own = pairs.filter((pair) => pair[0] === name);
    return { name, values: own.map(([, value]) => value), ...explainParam(plan, route, name, own, decode) };
  });
}

function explainParam(
  plan: Plan,
  { method, binding }: RoutePlan,
  name: string,
  pairs: readonly QueryPair[],
  decode: DecodeQuery | undefined,
): ParamEffect {
  if (method.method.clientStreaming) return { kind: "ignored", reason: "each message of the body is a whole request" };
  const target = resolveParam(plan, method.method.input, name);
  const alone = decode?.(pairs);
  if (alone?.kind === "refused") return { kind: "refused", reason: alone.message };
  if (binding.body.kind === "all" && (alone === undefined || !alone.differs)) {
    return { kind: "ignored", reason: 'the body is the whole request (body: "*")' };
  }
  if (typeof target === "string") return { kind: "ignored", reason: target };
  const bound = findBound(binding, target);
  if (bound !== undefined && alone?.differs !== true) return { kind: "ignored", reason: bound };
  return { kind: "sets", field: target.map((field) => field.name).join(".") };
}

/** The fields that a name leads through; a text says where it gets lost. */
function resolveParam(plan: Plan, input: string, name: string): readonly Field[] | string {
  const { messages } = indexModel(plan.model);
  const fields: Field[] = [];
  let message = messages.get(input);
  for (const part of name.replace(/\[.*\]$/s, "").split(".")) {
    const field = message?.fields.find((candidate) => candidate.name === part || candidate.jsonName === part);
    if (message === undefined) return `${fields.at(-1)?.name ?? name} has no fields`;
    if (field === undefined) return `${message.name} has no field ${JSON.stringify(part)}`;
    fields.push(field);
    message = field.shape.kind === "message" ? messages.get(field.shape.fullName) : undefined;
  }
  return fields;
}

function findBound({ body, pathParams }: Binding, fields: readonly Field[]): string | undefined {
  const ofBody = body.kind === "field" ? [...body.above, body.field].map(({ name }) => name) : [];
  if (ofBody.length > 0 && ofBody.every((name, index) => fields[index]?.name === name))
    return `the body binds ${ofBody.join(".")}`;
  const path = pathParams.find((param) =>
    param.fields.every((field, index) => fields.length <= index || field.name === fields[index]?.name),
  );
  return path && `the path binds ${path.fields.map(({ name }) => name).join(".")}`;
}
