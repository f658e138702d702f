/** An HTTP request and its answer, as either side has them. */
import type { RequestCase } from "../requests/request-case.js";
import type { HeaderPair } from "../requests/texts.js";

/** A request for the wire. */
export interface HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly HeaderPair[];
  readonly body: Buffer;
}

/** What came back. */
export type HttpAnswer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: readonly HeaderPair[];
      readonly body: Buffer;
      /** Why the connection ended before the body did. */
      readonly broken?: string;
      /** Why the door refused the request itself. */
      readonly refused?: string;
      /** What the function threw. */
      readonly crashed?: string;
    }
  /** No answer: the connection ended, or nothing came in time. */
  | { readonly kind: "none"; readonly reason: string };

/** The request of a case; its own Content-Type takes the place of the one that all have. */
export function requestOf({ method, target, headers, body }: RequestCase): HttpRequest {
  const lower = headers.map(([name]) => name.toLowerCase());
  const last = lower.lastIndexOf("content-type");
  const kept = headers.filter((_, index) => lower[index] !== "content-type" || index === last);
  return { method, target, headers: kept, body: Buffer.from(body, "base64") };
}

/** The headers with Content-Length where there is a body. */
export function sizedHeaders({ headers, body }: HttpRequest): readonly HeaderPair[] {
  return body.length > 0 ? [...headers, ["Content-Length", String(body.length)]] : headers;
}
