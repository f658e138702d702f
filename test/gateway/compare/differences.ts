/** In what two observations differ. */
import type { Observation, ObservedCall } from "./observation.js";

/** What is compared. `call`: the handler was reached on one side only, or another one. */
export type Aspect =
  | "connection"
  | "call"
  | "request"
  | "metadata"
  | "deadline"
  | "status"
  | "content-type"
  | "headers"
  | "broken"
  | "body";

/** The aspects in which they differ: none when they are the same. */
export function differences(theirs: Observation, ours: Observation): Aspect[] {
  const found = callDifferences(theirs.calls, ours.calls);
  if (theirs.failed !== undefined || ours.failed !== undefined)
    return theirs.failed === ours.failed ? found : ["connection", ...found];
  if (theirs.status !== ours.status) found.push("status");
  if (theirs.contentType !== ours.contentType) found.push("content-type");
  if (!isSame(theirs.headers, ours.headers)) found.push("headers");
  if (theirs.broken !== ours.broken) found.push("broken");
  if (theirs.body !== ours.body && !areAlike(theirs, ours)) found.push("body");
  return found;
}

/** Whether two plain values are the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function callDifferences(theirs: readonly ObservedCall[], ours: readonly ObservedCall[]): Aspect[] {
  const [their, our] = [theirs[0], ours[0]];
  if (theirs.length !== ours.length || their?.rpc !== our?.rpc) return ["call"];
  if (their === undefined || our === undefined) return [];
  const found: Aspect[] = [];
  if (!isSame(their.requests, our.requests)) found.push("request");
  if (!isSame(their.metadata, our.metadata)) found.push("metadata");
  if (their.deadline !== our.deadline && !isLongest(their.deadline, our.deadline)) found.push("deadline");
  return found;
}

/** A function always has a deadline: its own end. */
function isLongest(theirs: string, ours: string): boolean {
  return ours === "lambda" && (theirs === "none" || theirs === "later");
}

/** A google.rpc.Status in JSON. */
export interface ErrorBody {
  readonly code: number;
  readonly message: string;
  readonly details: readonly unknown[];
}

/** The error that a body tells of, that in `{"error": …}` of a stream, too; undefined for other bodies. */
export function errorIn(body: string): ErrorBody | undefined {
  try {
    const json = JSON.parse(body) as { readonly error?: ErrorBody } & Partial<ErrorBody>;
    const error = json.error ?? json;
    return typeof error.code === "number" ? (error as ErrorBody) : undefined;
  } catch {
    return undefined;
  }
}

/** The text of a mistake in a request is each side's own: the gateway's quotes the parsers of Go. */
function areAlike(theirs: Observation, ours: Observation): boolean {
  if (theirs.calls.length > 0 || ours.calls.length > 0) return false;
  const [one, other] = [errorIn(theirs.body), errorIn(ours.body)];
  return one?.code === 3 && other?.code === 3 && isSame(one.details, other.details);
}
