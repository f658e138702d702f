/** What is asked of every front door, and what comes of it. */
import type { WireRequest } from "../../../src/simulator/wire.js";
import type { DoorName } from "../doors.js";
import type { Seen } from "../probe.js";

/** What is looked at of a response. Only what is stated is compared. */
export interface Expected {
  readonly status?: number;
  /** Members of the JSON that the probe answers. */
  readonly seen?: Partial<Seen>;
  /** `code` of a status body. */
  readonly code?: number;
  readonly text?: string;
  readonly base64?: string;
  readonly length?: number;
  /** All values of each header. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
}

/** A request with what comes of it. */
export interface Case {
  readonly name: string;
  readonly request: Partial<WireRequest>;
  readonly expected: Expected;
  readonly deviations?: Partial<Record<DoorName, Expected & { readonly reason: string }>>;
}

/** A deviation of HTTP APIs, in both payload formats. */
export function http(reason: string, expected: Expected): NonNullable<Case["deviations"]> {
  return { "http-api": { reason, ...expected }, "http-api 1.0": { reason, ...expected } };
}

/** A request with these headers. */
export function headers(...values: [string, string][]): Partial<WireRequest> {
  return { target: "/v1/items/1", headers: [["Host", "api.example.com"], ...values] };
}

/** A deviation of a door that sends a response in parts. */
export function tooLarge(door: DoorName, expected: Expected): [DoorName, Expected & { readonly reason: string }] {
  return [door, { reason: "sent in parts, there is room for 200 MB", ...expected }];
}

/** All 256 bytes, in base64. */
export const bytes256 = Buffer.from(Uint8Array.from({ length: 256 }, (_, index) => index)).toString("base64");

/** The reason of a deviation. */
export const joins = "format 2.0 joins repeated headers with a comma";
