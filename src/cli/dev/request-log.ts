/** One line per request that `dev` served. */

import { matchesPath } from "../../http-rule/overlap.js";
import { compareSpecificity } from "../../http-rule/specificity.js";
import type { Plan } from "../../plan/plan.js";
import { paints } from "../report/paint.js";
import type { ServedRequest } from "./server.js";

/** `POST /v1/shelves  200  3.2 ms  LibraryService.CreateShelf`, with what went wrong below. */
export function describeRequest(request: ServedRequest, plan: Plan, color: boolean): string {
  const { method, target, status, duration, note, error } = request;
  const paint = paints(color);
  const shown = (status < 400 ? paint.green : status < 500 ? paint.yellow : paint.red)(String(status));
  const rpc = rpcOf(request, plan) ?? "-";
  const line = `${method} ${target}  ${shown}  ${duration.toFixed(1)} ms  ${rpc}${note === undefined ? "" : `  (${note})`}`;
  if (error === undefined) return line;
  return `${line}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** The RPC that answered: the only one of the function, or the one whose template the path matches. */
function rpcOf({ local, method, target }: ServedRequest, plan: Plan): string | undefined {
  const routes = plan.routes.filter((route) => route.functionId === local?.id);
  const path = decode(target.split("?")[0] ?? "")
    .split("/")
    .slice(1);
  const matching = routes.filter(
    ({ binding }) => [method, "*"].includes(binding.httpMethod) && matchesPath(binding.template, path),
  );
  const [best = routes[0]] = matching.sort((a, b) => compareSpecificity(a.binding.template, b.binding.template));
  return best === undefined ? undefined : `${best.method.service.name}.${best.method.method.name}`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
