/** RPCs on their way from another server. */

/** The requests that the code of an RPC answers, while the server that it comes from answers the others. */
export interface TrafficPlan {
  /** The dependency that answers the others. */
  readonly old: string;
  /** Percent that the code answers. */
  readonly share: number;
  /** Requests with one of these are always among them. */
  readonly testers: readonly RequestPart[];
  /** Its value decides about a request. Absent: chance does. */
  readonly sticky?: RequestPart;
  /** Whether each side stands in for the other. Only for RPCs that change nothing. */
  readonly fallback: boolean;
}

/** A part of a request, of which `equals` is the value; any, where that is absent. */
export interface RequestPart {
  readonly from: "header" | "cookie" | "query";
  /** A header's is in lower case. */
  readonly name: string;
  readonly equals?: string;
}

/** The setting of one level; the level above has what is absent. */
export interface TrafficOptions {
  readonly old?: string;
  readonly share?: number;
  /** `header:x-canary=1`, `cookie:beta`. */
  readonly testers?: readonly string[];
  /** `cookie:session`. */
  readonly sticky?: string;
  readonly fallback?: boolean;
}
