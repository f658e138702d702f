/** One MethodPlan per RPC that gets a function: which service, which code, which message style. */
import { type Diagnostic, diagnostic, didYouMean, type Location, suggestFor } from "../../diagnostics.js";
import type { ApiModel, Method, Service } from "../../model/api-model.js";
import { indexModel } from "../../model/model-index.js";
import { maxMessages } from "./client-streaming.js";
import { resolveAuth } from "../auth/resolve-auth.js";
import { deploymentDefaults } from "../deployment-defaults.js";
import type { AuthPlan, Implementation, MethodPlan, StreamForm, TranscodingOptions } from "../plan.js";
import type { PlanOptions, ServiceOptions } from "../plan-options.js";
import { planBinding } from "./plan-bindings.js";
import { checkTraffic, trafficOf } from "./plan-traffic.js";
import type { ServiceName } from "../service-names.js";

/** Every method with a binding of the selected services. Others have no way in; the model stage has said so. */
export function planMethods(
  model: ApiModel,
  names: ReadonlyMap<string, ServiceName>,
  options: PlanOptions,
): MethodPlan[] {
  const methods = selectServices(model, options).flatMap((service) =>
    service.methods.filter(isServed).map((method) => ({ service, method })),
  );
  const context = { messages: indexModel(model).messages, transcoding: options.transcoding };
  return methods.map(({ service, method }) => ({
    service,
    method,
    id: methodPath(names, service, method),
    ...codeOf(service, method, options),
    auth: authOf(service, method, options),
    bindings: method.bindings.map((binding) => planBinding(method, binding, context)),
    interceptors: [options.interceptors, options.serviceOptions.get(service.fullName)?.interceptors].filter(
      (list) => list !== undefined,
    ),
    ...successStatus(method, options),
    ...(method.serverStreaming ? { stream: streamForm(options.transcoding) } : {}),
    ...(method.clientStreaming ? maxMessages(method.fullName, options) : {}),
  }));
}

function authOf(service: Service, method: Method, options: PlanOptions): AuthPlan {
  const { auth, frontDoor = deploymentDefaults.frontDoor } = options.deployment;
  const own = [options.serviceOptions.get(service.fullName)?.auth, options.methodOptions?.get(method.fullName)?.auth];
  return resolveAuth([auth, ...own], frontDoor);
}

function successStatus({ fullName }: Method, { methodOptions }: PlanOptions): Pick<MethodPlan, "successStatus"> {
  const status = methodOptions?.get(fullName)?.status;
  return status === undefined ? {} : { successStatus: status };
}

function streamForm({ profile, behaviour }: TranscodingOptions): StreamForm {
  const { streaming = "resultLines", streamingByAccept = profile === "spec" } = behaviour ?? {};
  return { format: streaming, byAccept: streamingByAccept };
}

function isServed(method: Method): boolean {
  return method.bindings.length > 0;
}

function methodPath(names: ReadonlyMap<string, ServiceName>, service: Service, method: Method): string {
  const name = names.get(service.fullName);
  return `${name?.folder}/${name?.methods.get(method.fullName)}`;
}

function selectServices(model: ApiModel, options: PlanOptions): Service[] {
  const services = targetServices(model);
  const selected = options.services;
  return selected === undefined ? services : services.filter((service) => selected.includes(service.fullName));
}

function targetServices(model: ApiModel): Service[] {
  return model.files.filter((file) => file.target).flatMap((file) => file.services);
}

/** The code of an RPC is its own, or else that of its service, or else that of the API. */
function codeOf(
  service: Service,
  method: Method,
  options: PlanOptions,
): Pick<MethodPlan, "implementation" | "style" | "traffic"> {
  const code = settledCode(service, method, options);
  const traffic = trafficOf(service, method, code.implementation, options);
  return traffic === undefined ? code : { ...code, traffic };
}

function settledCode(
  service: Service,
  method: Method,
  options: PlanOptions,
): Pick<MethodPlan, "implementation" | "style"> {
  const ofService = options.serviceOptions.get(service.fullName) ?? {};
  const implementation = implementationOf(ofService);
  const own = options.methodOptions?.get(method.fullName)?.own ?? ofService.proxy;
  const whole = own ?? (implementation === undefined ? options.proxy : undefined);
  if (whole !== undefined) return { implementation: whole.implementation, style: whole.messages };
  return { implementation: implementation ?? { kind: "function" }, style: ofService.messages ?? options.messages };
}

function implementationOf({ grpcJs, niceGrpc, server, system = "esm" }: ServiceOptions): Implementation | undefined {
  if (niceGrpc !== undefined) return { kind: "nice-grpc", object: niceGrpc, system };
  if (grpcJs !== undefined) return { kind: "grpc-js", object: grpcJs, system };
  return server && { kind: "server", server, system };
}

/** PL001 for every service named in the options that the target files don't declare; PL003 when nothing is left. */
export function checkSelection(model: ApiModel, options: PlanOptions, methods: readonly MethodPlan[]): Diagnostic[] {
  const known = targetServices(model).map((service) => service.fullName);
  const isKnown = new Set(known);
  const named = new Set([...(options.services ?? []), ...options.serviceOptions.keys()]);
  const unknown = [...named].filter((name) => !isKnown.has(name)).sort();
  if (unknown.length > 0)
    return unknown.map((name, index) => {
      const nearest = suggestFor(index, name, () => known);
      return unknownService(name, nearest, known, options.places?.get(name));
    });
  if (methods.length > 0) return [];
  return [
    diagnostic(
      "PL003",
      `no RPC has an HTTP route: found ${known.length} ${known.length === 1 ? "service" : "services"}, expected a unary or server-streaming RPC with a google.api.http rule`,
      {
        help: "add google.api.http rules, name a service configuration, or bind unbound RPCs to POST /package.Service/Method with --bind-unbound",
      },
    ),
  ];
}

/** PL015 for settings of RPCs that the target files don't declare, or that get no function; PL017 and PL033 for those that say nothing there. */
export function checkMethodOptions(options: PlanOptions, methods: readonly MethodPlan[]): Diagnostic[] {
  return [
    ...checkMethodNames(options, methods),
    ...checkClientStreaming(options, methods),
    ...checkTraffic(options, methods),
  ];
}

function checkClientStreaming({ methodOptions, places }: PlanOptions, methods: readonly MethodPlan[]): Diagnostic[] {
  const unary = methods.filter(({ method }) => !method.clientStreaming).map(({ method }) => method.fullName);
  return unary
    .filter((name) => methodOptions?.get(name)?.clientStreaming !== undefined)
    .map((name) => {
      const location = places?.get(name);
      return diagnostic(
        "PL017",
        `clientStreaming is set for "${name}", which takes one request, expected an RPC that streams its requests`,
        { location, help: "remove it; how replies are streamed is set by transcoding.streaming" },
      );
    });
}

function checkMethodNames(options: PlanOptions, methods: readonly MethodPlan[]): Diagnostic[] {
  const known = new Set(methods.map(({ method }) => method.fullName));
  const unknown = [...(options.methodOptions?.keys() ?? [])].filter((name) => !known.has(name)).sort();
  return unknown.map((name, index) => {
    const nearest = suggestFor(index, name, () => known);
    const location = options.places?.get(name);
    return diagnostic("PL015", `"${name}" is no RPC with an HTTP route${didYouMean(nearest)}`, {
      location,
      help: "methods takes full names such as acme.library.v1.LibraryService.CreateShelf",
    });
  });
}

function unknownService(
  name: string,
  nearest: string | undefined,
  known: readonly string[],
  location: Location | undefined,
): Diagnostic {
  return diagnostic("PL001", `service "${name}" is not declared in the given files${didYouMean(nearest)}`, {
    location,
    help: `expected one of: ${known.slice(0, 10).join(", ")}${known.length > 10 ? ", …" : ""}`,
  });
}
