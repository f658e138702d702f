/** A difference between two versions of an API, as clients or operators see it. */

/** One difference. */
export interface Change {
  readonly kind: ChangeKind;
  /** The kind and what it is about, the same in every run: exceptions name it. `route-removed GET /v1/shelves/*` */
  readonly id: string;
  /** Clients that worked before may fail, or somebody may do what was not allowed before. */
  readonly breaking: boolean;
  readonly message: string;
}

/** The kinds of changes, breaking or not. */
export type ChangeKind =
  | "route-added"
  | "route-removed"
  | "route-moved"
  | "route-answered"
  | "route-variables"
  | "route-body"
  | "stream"
  | "status"
  | "request"
  | "reply"
  | "setting"
  | "function-added"
  | "function-removed"
  | "function-replaced"
  | "api-replaced"
  | "permission-added"
  | "permission-removed"
  | "queue-added"
  | "queue-removed"
  | "events"
  | "access"
  | "limit"
  | "cache";

/** A change of a kind about a subject. */
export function change(kind: ChangeKind, subject: string, breaking: boolean, message: string): Change {
  return { kind, id: `${kind} ${subject}`, breaking, message };
}
