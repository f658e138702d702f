/** The part of a binding that reads the query. */
import type { Binding, Field, Message } from "../../model/api-model.js";
import { newestGateway } from "../../plan/gateway-version.js";
import type { BindingPlan } from "../../plan/plan.js";
import type { EmitContext } from "../objects/emit-scope.js";
import { paramsModule } from "../objects/modules.js";
import { viewMessage } from "../objects/message-view.js";
import { useRuntime } from "../objects/runtime.js";
import { type Lines, stringLiteral } from "../print/code-file.js";
import { valueSetterName } from "./param-native.js";
import { paramSetterName } from "./params.js";

/** Lines that set, from the query, the fields that neither path nor body binds; none where there is no such field. */
export function bindQueryParams(context: EmitContext, request: Message, { binding, takesQuery }: BindingPlan): Lines[] {
  const { module, plan } = context.index.message(request.fullName, context.style);
  if (!takesQuery || !plan.params) return [];
  const params = paramsModule(context.plan.layout, module);
  const bound = `[${boundPaths(binding).map(stringLiteral).join(", ")}]`;
  const { gateway } = context.plan.rules;
  const more = gateway === newestGateway ? bound : `${bound}, ${stringLiteral(gateway)}`;
  if (viewMessage(context, request).native === undefined) {
    const setter = context.file.use(params, paramSetterName(plan));
    return [`${useRuntime(context, "query", "bindQuery")}(http, request, ${setter}, ${more});`];
  }
  const setter = context.file.use(params, valueSetterName(plan));
  return [`request = ${useRuntime(context, "query", "bindQueryValue")}(http, request, ${setter}, ${more});`];
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
