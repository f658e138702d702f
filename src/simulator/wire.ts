/** HTTP as a client and a front door see it, before and after the event. */

/** A request as it came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query exactly as sent: `/v1/shelves/a%20b?x=1`. */
  readonly target: string;
  /** `1.1`, `2.0`. */
  readonly httpVersion: string;
  /** In the order sent, names as sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly sourceIp: string;
  readonly scheme: "http" | "https";
}

/** A response for the wire. */
export interface WireResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** The result of admitting a request: an event for a function, or the door's own answer. */
export type Admission<Event> =
  | { readonly kind: "event"; readonly event: Event; readonly routeKey: string }
  | { readonly kind: "refused"; readonly response: WireResponse; readonly reason: string };

/** The door's own answer in place of an event. */
export type Refusal = Admission<never> & { readonly kind: "refused" };

/** A front door's own JSON answer, `{"message": …}`. */
export function doorMessage(status: number, message: string): WireResponse {
  return {
    status,
    headers: [["content-type", "application/json"]],
    body: new TextEncoder().encode(JSON.stringify({ message })),
  };
}

/** A front door's own JSON answer in place of an event; `reason` is for the people in front of it. */
export function refuse(status: number, message: string, reason: string): Refusal {
  return { kind: "refused", response: doorMessage(status, message), reason };
}
