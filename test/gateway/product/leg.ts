/** The ways in which the product is put between a client and handlers. */

import type { StyleName } from "../peers/message-objects.js";
import type { DoorName } from "./door-name.js";

/** One way. */
export interface Leg {
  /** `alb per-rpc`, `function-url single ts-proto`. */
  readonly name: string;
  readonly door: DoorName;
  readonly functions: "per-rpc" | "single";
  /**
   * The shape of messages, and who does the work: scaffolded handlers, service objects of grpc-js on both sides, or the gateway's own
   * server (`proxy`).
   */
  readonly handlers: StyleName | "grpc-js" | "proxy";
}

const leg = (door: DoorName, functions: Leg["functions"], handlers: Leg["handlers"] = "idiomatic"): Leg => ({
  name: [door, functions, ...(handlers === "idiomatic" ? [] : [handlers])].join(" "),
  door,
  functions,
  handlers,
});

/** What the others are held against: one function that the door passes everything to as it came. */
export const referenceLeg: Leg = leg("function-url", "single");

/** Every leg, the reference first. */
export const legs: readonly Leg[] = [
  referenceLeg,
  leg("alb", "per-rpc"),
  leg("http-api", "per-rpc"),
  leg("rest-api", "per-rpc"),
  leg("alb", "single"),
  leg("http-api", "single"),
  leg("rest-api", "single"),
  leg("function-url", "single", "proto-loader"),
  leg("function-url", "single", "ts-proto"),
  leg("function-url", "single", "protobuf-es"),
  leg("function-url", "single", "grpc-js"),
  leg("function-url", "single", "proxy"),
];
