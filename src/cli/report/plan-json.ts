/** A Plan as a JSON document: declarations are named instead of repeated, so that the document is the size of the plan. */
import { entryPoint } from "../../emit/entry-point.js";
import type { FilePlan, MethodPlan, Plan } from "../../plan/plan.js";

/** Plain data for JSON.stringify. Services, methods, messages and enums stand as full names, files as import paths. */
export function planToJson(plan: Plan): object {
  const { layout, transcoding, deployment, anyTypes } = plan;
  const { fallback } = plan.unrouted;
  return {
    layout,
    transcoding,
    deployment,
    anyTypes,
    functions: plan.functions.map(({ id, service, methods, foreignTemplates, guarded, ...rest }) => ({
      id,
      entry: entryPoint(plan, id).file,
      ...rest,
      foreignTemplates: foreignTemplates.map(({ httpMethod, template }) => `${httpMethod} ${template.source}`),
      guarded: guarded.map(({ method }) => method.fullName),
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
    cachedRoutes: plan.cachedRoutes.map(({ methods, ...route }) => ({
      ...route,
      methods: methods.map(({ method }) => method.fullName),
    })),
    ownRoutes: plan.ownRoutes.map(({ template, ...route }) => ({ ...route, template: template.source })),
    ownFunctions: plan.ownFunctions,
    authorizers: plan.authorizers,
    unrouted: {
      ...plan.unrouted,
      ...(fallback === undefined ? {} : { fallback: { id: fallback.id, entry: entryPoint(plan, fallback.id).file } }),
    },
    emptySegments: emptySegmentsToJson(plan),
    methods: plan.methods.map(methodToJson),
    files: plan.files.map(fileToJson),
  };
}

/** RPCs that paths with empty segments do not reach, by full name, each with such a path. */
export function emptySegmentsToJson({ emptySegments }: Plan): object[] {
  return emptySegments.map(({ method: { method }, example }) => ({ method: method.fullName, example }));
}

function methodToJson({ service, method, ...rest }: MethodPlan): object {
  return { method: method.fullName, service: service.fullName, ...rest };
}

function fileToJson({ file, messages, enums, ...rest }: FilePlan): object {
  return {
    file: file.path,
    ...rest,
    messages: messages.map(({ message, ...flags }) => ({ message: message.fullName, ...flags })),
    enums: enums.map(({ enum: declared, ...flags }) => ({ enum: declared.fullName, ...flags })),
  };
}
