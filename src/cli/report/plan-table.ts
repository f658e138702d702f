/** A Plan as a table for people. */
import type { Method, ProtoFile, Service } from "../../model/api-model.js";
import { countFunctions } from "../../plan/functions/count-functions.js";
import type { Plan, RoutePlan } from "../../plan/plan.js";
import type { Paint } from "../paint.js";
import { printable } from "./printable.js";
import { count, summarizeEmptySegments } from "./summary.js";
import { padText, textWidth } from "./text-width.js";

interface Row {
  readonly rpc: string;
  readonly kind: string;
  readonly httpMethod: string;
  readonly template: string;
  readonly function: string;
}

/** A block per service of the target files: a row per binding, and a row for each method without one; then totals. */
export function renderPlanTable(plan: Plan, paint: Paint): string {
  const services = plan.model.files
    .filter((file) => file.target)
    .flatMap((file) => file.services.map((service) => ({ file, service })));
  const blocks = services.map(({ file, service }) => renderService(plan, file, service, paint));
  const totals = [
    count(services.length, "service"),
    count(plan.methods.length, "RPC"),
    count(plan.routes.length, "binding"),
    count(countFunctions(plan), "function"),
  ];
  const emptySegments = summarizeEmptySegments(plan).map(([subject, text]) => `${subject}: ${text}`);
  const remarks = [
    ...ownLines(plan),
    ...authorizerLines(plan),
    ...cacheLines(plan),
    ...unroutedLines(plan),
    ...emptySegments,
    ...largePayloads(plan),
  ];
  return `${[...blocks, [...remarks, totals.join(", ")].join("\n")].join("\n\n")}\n`;
}

/** A line for each route of the user's own. */
function ownLines({ ownRoutes, ownFunctions }: Plan): string[] {
  return ownRoutes.map(({ httpMethod, template, functionId, fixed }) => {
    const handler = ownFunctions.find(({ id }) => id === functionId)?.handler;
    const answer = handler === undefined ? `fixed ${fixed?.status}` : `${handler.module}#${handler.exportName}`;
    return printable(`${httpMethod} ${template.source}: ${answer} (${functionId})`);
  });
}

/** A line for each function of the user's own that decides about callers. */
function authorizerLines({ authorizers }: Plan): string[] {
  return authorizers.map(({ id, handler }) =>
    printable(`callers are checked by ${handler.module}#${handler.exportName} (${id})`),
  );
}

/** A line for each route that is answered from a cache. */
function cacheLines({ cachedRoutes }: Plan): string[] {
  return cachedRoutes.map(({ key, seconds, parameters }) => {
    const by = ["path", ...parameters].join(", ");
    return printable(`${key.httpMethod} ${key.path}: cached for ${seconds} seconds by ${by}`);
  });
}

/** A line for each function that answers requests that match no RPC. */
function unroutedLines({ unrouted }: Plan): string[] {
  const ids = new Set(unrouted.routes.flatMap(({ functionId, open }) => (open ? [] : [functionId])));
  return [...ids].map((id) => `requests that match no RPC: ${id}`);
}

/** A line about large payloads, if they go through S3. */
function largePayloads({ deployment }: Plan): string[] {
  const { largePayloads: settings } = deployment;
  if (settings === undefined) return [];
  const limit = settings.threshold === undefined ? "what the front door takes" : `${settings.threshold} bytes`;
  const answers = { redirect: "a redirect", envelope: "a link in JSON" };
  const parts = [
    ...(settings.responses === "refuse" ? [] : [`responses over ${limit} become ${answers[settings.responses]}`]),
    ...(settings.uploads ? ["requests can be uploaded"] : []),
  ];
  return parts.length === 0
    ? []
    : [`large payloads: ${parts.join(", ")}; up to ${settings.maxBytes} bytes, through S3`];
}

function renderService(plan: Plan, file: ProtoFile, service: Service, paint: Paint): string {
  const rows = service.methods.flatMap((method) => methodRows(plan, method));
  const widths = (["rpc", "kind", "httpMethod", "template"] as const).map((column) => ({
    column,
    width: rows.reduce((most, row) => Math.max(most, textWidth(row[column])), 0),
  }));
  const lines = rows.map((row) => {
    const cells = widths.map(({ column, width }) => padText(row[column], width));
    return `  ${[...cells, paint.dim(row.function)].join("  ")}`.trimEnd();
  });
  return [`${paint.bold(printable(service.fullName))}   ${printable(file.path)}`, ...lines].join("\n");
}

function methodRows(plan: Plan, method: Method): Row[] {
  const routes = plan.routes.filter((route) => route.method.method === method);
  const kind = streamingKind(method);
  if (routes.length === 0) {
    const reason = method.bindings.length === 0 ? "no http rule" : "not generated";
    return [{ rpc: method.name, kind, httpMethod: "-", template: reason, function: "" }];
  }
  return routes.map((route, index) => routeRow(route, index === 0 ? method.name : "", index === 0 ? kind : ""));
}

function routeRow(route: RoutePlan, rpc: string, kind: string): Row {
  const { httpMethod, template } = route.binding;
  const widened = route.routeKey.precision === "widened" ? ` (door: ${route.routeKey.path})` : "";
  return {
    rpc,
    kind,
    httpMethod: printable(httpMethod),
    template: printable(template.source) + widened,
    function: route.functionId,
  };
}

function streamingKind(method: Method): string {
  if (method.clientStreaming) return method.serverStreaming ? "bidi" : "client stream";
  return method.serverStreaming ? "server stream" : "unary";
}
