/**
 * What AWS says of each front door, for people who choose one. Prices are list prices of us-east-1 in November 2026, without Lambda
 * itself, which costs the same behind all of them.
 */
import type { FrontDoorId } from "./front-door.js";

/** One line each. */
export interface DoorFacts {
  /** Largest request and response. */
  readonly sizes: string;
  readonly time: string;
  readonly streaming: string;
  readonly authentication: string;
  /** How it can be kept off the internet. */
  readonly privateAccess: string;
  readonly firewall: string;
  readonly price: string;
}

/** By front door. */
export const doorFacts: Readonly<Record<FrontDoorId, DoorFacts>> = {
  "http-api": {
    sizes: "6 MB each way",
    time: "30 s",
    streaming: "no",
    authentication: "IAM, JWT",
    privateAccess: "no",
    firewall: "no",
    price: "$1.00 per million requests",
  },
  "rest-api": {
    sizes: "6 MB, 200 MB streamed",
    time: "29 s, 900 s streamed",
    streaming: "yes",
    authentication: "IAM, Cognito",
    privateAccess: "private endpoint",
    firewall: "WAF",
    price: "$3.50 per million requests",
  },
  alb: {
    sizes: "1 MB each way",
    time: "60 s, raisable",
    streaming: "no",
    authentication: "JWT",
    privateAccess: "internal",
    firewall: "WAF",
    price: "$16 a month and $6 per capacity unit",
  },
  "function-url": {
    sizes: "6 MB, 200 MB streamed",
    time: "900 s",
    streaming: "yes",
    authentication: "IAM",
    privateAccess: "no",
    firewall: "no",
    price: "free",
  },
};
