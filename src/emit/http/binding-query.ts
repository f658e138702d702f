/** The part of a binding that reads the query. */
import type { Binding, Field, Message } from "../../model/api-model.js";
import { newestGateway } from "../../plan/gateway-version.js";
import type { BindingPlan } from "../../plan/plan.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { paramsModule } from "../objects/modules.js";
import { viewMessage } from "../objects/message-view.js";
import { useRuntime } from "../objects/runtime.js";
import type { Statement } from "../print/code-file.js";
import { call, list, literal } from "../print/expression.js";
import { assign, run } from "../print/statement.js";
import { valueSetterName } from "./param-native.js";
import { paramSetterName } from "./params.js";

/** Statements that set, from the query, the fields that neither path nor body binds; none where there is no such field. */
export function bindQueryParams(
  context: EmitContext,
  request: Message,
  { binding, takesQuery }: BindingPlan,
): Statement[] {
  const { module, plan } = context.index.message(request.fullName, context.style);
  if (!takesQuery || !plan.params) return [];
  const params = paramsModule(context.plan.layout, module);
  const bound = list(...boundPaths(binding).map(literal));
  const { gateway } = context.plan.rules;
  const more = gateway === newestGateway ? [bound] : [bound, literal(gateway)];
  if (viewMessage(context, request).native === undefined) {
    const setter = context.file.use(params, paramSetterName(plan));
    return [run(call(useRuntime(context, "query", "bindQuery"), "http", "request", setter, ...more))];
  }
  const setter = context.file.use(params, valueSetterName(plan));
  return [assign("request", call(useRuntime(context, "query", "bindQueryValue"), "http", "request", setter, ...more))];
}

/** The field paths that are not the query's, in every spelling; those below the body's field go without saying. */
function boundPaths({ body, pathParams }: Binding): string[] {
  const field = body.kind === "field" ? [...body.above, body.field] : [];
  const isBelow = (fields: readonly Field[]): boolean =>
    field.length > 0 && field.every(({ name }, index) => fields[index]?.name === name);
  const variables = pathParams.map(({ fields }) => fields).filter((fields) => !isBelow(fields));
  return (field.length === 0 ? variables : [field, ...variables]).flatMap(spellings);
}

function spellings(fields: readonly Field[]): string[] {
  return fields.reduce<string[]>((prefixes, field) => {
    const names = field.jsonName === field.name ? [field.name] : [field.name, field.jsonName];
    return prefixes.length === 0 ? names : prefixes.flatMap((prefix) => names.map((name) => `${prefix}.${name}`));
  }, []);
}
