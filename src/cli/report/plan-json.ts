/** A Plan as a JSON document: declarations are named instead of repeated, so that the document is the size of the plan. */
import type { MethodPlan, ModulePlan, Plan } from "../../plan/plan.js";

/** Plain data for JSON.stringify. Services, methods, messages and enums stand as full names, files as import paths. */
export function planToJson(plan: Plan): object {
  const { layout, transcoding, deployment, anyTypes } = plan;
  const { fallback } = plan.unrouted;
  return {
    layout,
    transcoding,
    deployment,
    anyTypes,
    functions: plan.functions.map(({ service, methods, passing, ...rest }) => ({
      ...rest,
      passing: passing.map(({ httpMethod, template }) => `${httpMethod} ${template.source}`),
      service: service.fullName,
      methods: methods.map(({ method }) => method.fullName),
    })),
    routes: plan.routes.map(({ method, binding, routeKey, functionId }) => ({
      method: method.method.fullName,
      binding: binding.index,
      httpMethod: binding.httpMethod,
      template: binding.template.source,
      routeKey,
      functionId,
    })),
    unrouted: {
      ...plan.unrouted,
      ...(fallback === undefined ? {} : { fallback: { id: fallback.id, path: fallback.path } }),
    },
    methods: plan.methods.map(methodToJson),
    modules: plan.modules.map(moduleToJson),
  };
}

function methodToJson({ service, method, ...rest }: MethodPlan): object {
  return { method: method.fullName, service: service.fullName, ...rest };
}

function moduleToJson({ file, messages, enums, ...rest }: ModulePlan): object {
  return {
    file: file.path,
    ...rest,
    messages: messages.map(({ message, ...flags }) => ({ message: message.fullName, ...flags })),
    enums: enums.map(({ enum: declared, ...flags }) => ({ enum: declared.fullName, ...flags })),
  };
}
