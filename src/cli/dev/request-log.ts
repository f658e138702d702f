/** One line per request that `dev` served. */
import type { Plan } from "../../plan/plan.js";
import { paints } from "../paint.js";
import { findBinding } from "../../http-rule/find-binding.js";
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
  const bindings = routes.map(({ method: { service, method: rpc }, binding: { httpMethod, template } }) => {
    return { httpMethod, template, name: `${service.name}.${rpc.name}` };
  });
  return (findBinding(bindings, method, target) ?? bindings[0])?.name;
}
