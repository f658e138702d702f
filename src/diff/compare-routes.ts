/** Differences between the routes of two versions: which RPC answers which requests, and what it takes from them. */
import { formatPathTemplate, templateShape } from "../http-rule/format-path-template.js";
import { findCommonPath, matchesPath } from "../http-rule/overlap.js";
import { compareSpecificity } from "../http-rule/specificity.js";
import type { Binding, Method } from "../model/api-model.js";
import { profileOf } from "../plan/behaviour.js";
import type { Plan } from "../plan/plan.js";
import { type Change, change } from "./change.js";

/** A binding of a version with its RPC. */
interface Endpoint {
  readonly method: Method;
  readonly binding: Binding;
  /** Equal for endpoints that take the same requests: `GET /v1/shelves/*`. */
  readonly key: string;
}

/** Compares which requests reach which RPC. */
export function compareRoutes(before: Plan, after: Plan): Change[] {
  const [old, now] = [endpoints(before), endpoints(after)];
  const byKey = lastByKey(now);
  const known = lastByKey(old);
  const removed = [...known.values()].filter(({ key }) => !byKey.has(key));
  const added = [...byKey.values()].filter(({ key }) => !known.has(key));
  return [
    ...removed.map((endpoint) => describeRemoval(endpoint, added)),
    ...added.map(({ key, method }) => change("route-added", key, false, `${key} is new: ${method.fullName}`)),
    ...[...known.values()].flatMap((endpoint) => compareEndpoint(endpoint, byKey.get(endpoint.key))),
    ...shadows(old, now, added, [before, after]),
  ];
}

function endpoints(plan: Plan): Endpoint[] {
  return plan.routes.map(({ method: { method }, binding }) => ({
    method,
    binding,
    key: `${binding.httpMethod} ${templateShape(binding.template)}`,
  }));
}

/** The endpoints that answer: the last declared of those that take the same requests. */
function lastByKey(all: readonly Endpoint[]): Map<string, Endpoint> {
  return new Map(all.map((endpoint) => [endpoint.key, endpoint]));
}

function describeRemoval({ key, method }: Endpoint, added: readonly Endpoint[]): Change {
  const moved = added.find((other) => other.method.fullName === method.fullName);
  return moved === undefined
    ? change("route-removed", key, true, `${key} is gone: ${method.fullName}`)
    : change("route-moved", key, true, `${key} moved to ${moved.key}: ${method.fullName}`);
}

function compareEndpoint(old: Endpoint, now: Endpoint | undefined): Change[] {
  if (now === undefined) return [];
  const { key, method } = old;
  if (method.fullName !== now.method.fullName)
    return [
      change("route-answered", key, true, `${key} is answered by ${now.method.fullName}, before by ${method.fullName}`),
    ];
  const [body, newBody] = [bodyText(old.binding), bodyText(now.binding)];
  const [variables, newVariables] = [
    formatPathTemplate(old.binding.template),
    formatPathTemplate(now.binding.template),
  ];
  return [
    ...(body === newBody ? [] : [change("route-body", key, true, `${key} has ${newBody}, before ${body}`)]),
    ...(variables === newVariables
      ? []
      : [change("route-variables", key, false, `the variables of ${key} are ${newVariables}, before ${variables}`)]),
  ];
}

function bodyText({ body, responseBody }: Binding): string {
  const request =
    body.kind === "field"
      ? `body "${[...body.above, body.field].map(({ name }) => name).join(".")}"`
      : body.kind === "all"
        ? 'body "*"'
        : "no body";
  return responseBody === undefined ? request : `${request} and response_body "${responseBody.name}"`;
}

/** Requests that went to one RPC and now go to another, because a template that is new takes them. */
function shadows(
  old: readonly Endpoint[],
  now: readonly Endpoint[],
  added: readonly Endpoint[],
  [before, after]: readonly [Plan, Plan],
): Change[] {
  const found = new Map<string, Change>();
  for (const endpoint of old)
    for (const other of added) {
      const httpMethod = commonMethod(endpoint.binding, other.binding);
      const path =
        httpMethod === undefined ? undefined : findCommonPath(endpoint.binding.template, other.binding.template);
      if (httpMethod === undefined || path === undefined) continue;
      const [was, is] = [choose(before, old, httpMethod, path), choose(after, now, httpMethod, path)];
      if (was === undefined || is === undefined || was.method.fullName === is.method.fullName) continue;
      const subject = `${httpMethod} ${path}`;
      const message = `${subject} is answered by ${is.method.fullName} (${is.binding.template.source}), before by ${was.method.fullName}`;
      found.set(subject, change("route-answered", subject, true, message));
    }
  return [...found.values()];
}

function commonMethod(a: Binding, b: Binding): string | undefined {
  if (a.httpMethod === b.httpMethod || b.httpMethod === "*") return a.httpMethod === "*" ? "GET" : a.httpMethod;
  return a.httpMethod === "*" ? b.httpMethod : undefined;
}

/** The endpoint that answers, by the order of the version's profile. */
function choose(plan: Plan, all: readonly Endpoint[], httpMethod: string, path: string): Endpoint | undefined {
  const segments = path.split("/").slice(1);
  const matching = all.filter(
    ({ binding }) => [httpMethod, "*"].includes(binding.httpMethod) && matchesPath(binding.template, segments),
  );
  if (profileOf(plan.transcoding).precedence === "lastDeclared") return matching.at(-1);
  return matching.sort((a, b) => compareSpecificity(a.binding.template, b.binding.template))[0];
}
