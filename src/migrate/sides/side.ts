/** One of the two services that a comparison asks. */
import type { RequestLabel } from "../requests/request-label.js";
import type { Header, RecordedRequest } from "../requests/recorded-request.js";

/** The body of an answer; of one beyond `maxComparedBytes` its hash alone is known. */
export type AnswerBody =
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | { readonly kind: "hash"; readonly sha256: string; readonly length: number };

/** The outcome of one request. `ms` are milliseconds until the whole answer was there. */
export type SideAnswer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: readonly Header[];
      /** With its compression undone. */
      readonly body: AnswerBody;
      readonly ms: number;
    }
  /** No answer: nothing listens, the connection broke, the time is over. */
  | { readonly kind: "failed"; readonly reason: string; readonly ms: number }
  /** The side has no way to ask this request; it is not compared. */
  | { readonly kind: "unasked"; readonly reason: string };

/** A service that can be asked. */
export interface Side {
  /** The name for reports, without credentials. */
  readonly name: string;
  /** Its answers have no headers that could be compared. */
  readonly hasNoHeaders?: true;
  ask(request: RecordedRequest, label: RequestLabel): Promise<SideAnswer>;
  close(): Promise<void>;
}

/** Larger bodies are compared by hash, in bytes. */
export const maxComparedBytes = 8 * 1024 * 1024;
