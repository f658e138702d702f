/** Lines of functions for a developer. */
import { paints } from "../paint.js";

/**
 * A line as a developer reads it: `WARN  the shelf is full  {"shelf":"shelves/1"}`, with stacks as they are. Undefined for
 * the line of a request that tells no more than what `dev` shows of every request.
 */
export function readableLine(line: string, color: boolean): string | undefined {
  const { timestamp: _, level, message, ...fields } = JSON.parse(line) as { readonly [name: string]: unknown };
  const { error, request, reason } = fields;
  const paint = paints(color);
  const shade = level === "ERROR" ? paint.red : level === "WARN" ? paint.yellow : paint.dim;
  const head = (text: unknown): string => `${shade(String(level).padEnd(5))} ${String(text)}`;
  if (message !== "request" || !("durationMs" in fields))
    return `${head(message)}  ${paint.dim(ownFields(fields))}`.trimEnd();
  if (error === undefined) return reason === undefined ? undefined : head(reason);
  return [head(describeError(error)), paint.dim(`request ${String(request)}`)].join("\n");
}

const commonFields: readonly string[] = ["service", "method", "requestId", "traceId"];

/** The fields that the handler gave; the others are the same for every line of a request. */
function ownFields(fields: object): string {
  const own = Object.entries(fields).filter(([name]) => !commonFields.includes(name));
  return own.length === 0 ? "" : JSON.stringify(Object.fromEntries(own));
}

/** An error with its stack; an object of grpc-js (`{ code, details }`) as it is. */
function describeError(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const { name, message, stack } = error as { readonly [name: string]: unknown };
  if (stack === undefined) return JSON.stringify(error);
  return `${String(name)}: ${String(message)}\n${String(stack)}`.trimEnd();
}
