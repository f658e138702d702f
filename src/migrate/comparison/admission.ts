/** Choice of the requests that are sent: safe ones, those that are asked for, and those whose credentials are there. */
import { createHash } from "node:crypto";
import { redactedMark } from "../redaction/redactor.js";
import type { RecordedRequest } from "../requests/recorded-request.js";
import type { LabelRequest, RequestLabel } from "../requests/request-label.js";

/** The part of the command line that is about sending. */
export interface AdmissionOptions {
  /** RPCs by full or short name (`GetShelf`, `LibraryService.GetShelf`) that may be sent although they change something. */
  readonly unsafe: readonly string[];
  readonly unsafeAll: boolean;
  /** Only these RPCs; empty: all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** The part of all requests that is sent, 0 to 1. */
  readonly sample: number;
  /** Lower-case names of headers that replace those of the recording. */
  readonly replacedHeaders: ReadonlySet<string>;
}

/** A decision, with the reason that the report counts. */
export type Admission =
  | { readonly kind: "sent" }
  | { readonly kind: "unsafe" }
  | { readonly kind: "left out" }
  /** A value was redacted in the recording; `flag` says how to give it. */
  | { readonly kind: "redacted"; readonly flag: string };

/** The header by which gateways take another method than the request's; each server knows one or more of its names. */
const methodOverride = /^x-(?:http-)?method(?:-override)?$/i;

/** The label of a request. One that a server may answer as a request of another method is not known to be safe. */
export function labelOf({ method, target, headers }: RecordedRequest, find: LabelRequest): RequestLabel {
  const label = find(method, target);
  const changes = headers.some(
    ([name, value]) => methodOverride.test(name) && ![method, "GET", "HEAD"].includes(value.trim().toUpperCase()),
  );
  return changes ? { ...label, safe: false } : label;
}

/** Decides about a request. */
export function admit(request: RecordedRequest, label: RequestLabel, options: AdmissionOptions): Admission {
  const { unsafe, unsafeAll, only, skip, sample } = options;
  const isNamed = (names: readonly string[]): boolean => names.some((name) => isRpc(label.rpc, name));
  if ((only.length > 0 && !isNamed(only)) || isNamed(skip)) return { kind: "left out" };
  if (sample < 1 && fractionOf(request.id) >= sample) return { kind: "left out" };
  if (!label.safe && !unsafeAll && !isNamed(unsafe)) return { kind: "unsafe" };
  const flag = missingValue(request, options.replacedHeaders);
  return flag === undefined ? { kind: "sent" } : { kind: "redacted", flag };
}

/** Tells whether an RPC has that name, full or from the right. */
export function isRpc(rpc: string, name: string): boolean {
  return rpc === name || rpc.endsWith(`.${name}`);
}

/** The same part of the same recording in every run. */
function fractionOf(id: string): number {
  return createHash("sha256").update(id).digest().readUInt32BE(0) / 2 ** 32;
}

function missingValue({ target, headers, body }: RecordedRequest, replaced: ReadonlySet<string>): string | undefined {
  const header = headers.find(([name, value]) => value.includes(redactedMark) && !replaced.has(name.toLowerCase()));
  if (header !== undefined) return `--header '${header[0]}: …'`;
  if (target.includes(redactedMark)) return "a recording without redacted parameters";
  return Buffer.from(body).includes(redactedMark) ? "a recording without redacted fields" : undefined;
}
