/** An answer and what the handler got, in the form in which two sides are compared. */

import { messageText } from "../messages/message-text.js";
import { decodeMessage } from "../messages/wire-message.js";
import { type Handlers, type ReceivedCall, rpcOf } from "../peers/handlers.js";
import type { HttpAnswer } from "../peers/http-answer.js";
import type { HeaderPair } from "../requests/texts.js";
import { stripJson } from "./json-text.js";

/** Values by name, names in order. */
export type ValuesByName = Readonly<Record<string, readonly string[]>>;

/** A call of a handler. */
export interface ObservedCall {
  readonly rpc: string;
  readonly requests: readonly string[];
  /** Several values in one, with commas: Node's HTTP/2 server, which the gateway calls, has joined them. */
  readonly metadata: ValuesByName;
  /** How long it may take: `none`, `expired`, `5s` up to `24s`, `lambda` for about as long as a function runs, `later`. */
  readonly deadline: string;
}

/** All that is compared. */
export interface Observation {
  /** Why there is no answer at all; the rest is then empty. */
  readonly failed: string | undefined;
  readonly status: number;
  readonly contentType: string | undefined;
  /** All others. */
  readonly headers: ValuesByName;
  /** JSON without white space between its tokens; other bodies as Latin-1. */
  readonly body: string;
  readonly broken: string | undefined;
  readonly calls: readonly ObservedCall[];
  readonly refused: string | undefined;
  readonly crashed: string | undefined;
}

/** What of a connection is nobody's answer. */
const connectionHeaders = new Set(["date", "content-length", "connection", "transfer-encoding", "keep-alive"]);

/** What the transport between a gateway and its server says of itself: each kind of server says something else. */
const transportHeaders = new Set(["grpc-metadata-date", "grpc-metadata-grpc-accept-encoding"]);

const transportMetadata = new Set([
  "content-type",
  "te",
  "user-agent",
  "grpc-accept-encoding",
  "grpc-encoding",
  "accept-encoding",
  "grpc-timeout",
]);

/** Brings an answer and the calls behind it into that form. */
export function observe(answer: HttpAnswer, handlers: Handlers): Observation {
  const calls = handlers.calls.map((call) => observedCall(call, handlers));
  if (answer.kind === "none") return { ...nothing, failed: answer.reason, calls };
  const { "content-type": type, ...headers } = groupHeaders(answer.headers);
  const contentType = type?.join(" | ");
  const text = answer.body.toString("utf8");
  return {
    failed: undefined,
    status: answer.status,
    contentType,
    headers,
    body: contentType === "application/json" ? linesOf(text) : answer.body.toString("latin1"),
    broken: answer.broken,
    calls,
    refused: answer.refused,
    crashed: answer.crashed,
  };
}

const nothing = {
  status: 0,
  contentType: undefined,
  headers: {},
  body: "",
  broken: undefined,
  refused: undefined,
  crashed: undefined,
};

function linesOf(text: string): string {
  return text.split("\n").map(stripJson).join("\n");
}

function groupHeaders(pairs: readonly HeaderPair[]): ValuesByName {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    if (connectionHeaders.has(key) || transportHeaders.has(key)) continue;
    if (key === "grpc-metadata-content-type" && value.startsWith("application/grpc")) continue;
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return sorted([...groups]);
}

function sorted(entries: readonly (readonly [string, readonly string[]])[]): ValuesByName {
  return Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function observedCall(call: ReceivedCall, handlers: Handlers): ObservedCall {
  const metadata = Object.entries(call.metadata)
    .filter(([name]) => !transportMetadata.has(name))
    .map(([name, values]) => [name, [values.map(valueText).join(", ")]] as const);
  return {
    rpc: call.rpc,
    requests: call.texts ?? call.requests.map((bytes) => requestText(call.rpc, bytes, handlers)),
    metadata: sorted(metadata),
    deadline: deadlineText(call.left),
  };
}

const valueText = (value: string | Uint8Array): string =>
  typeof value === "string" ? value : `x${Buffer.from(value).toString("hex")}`;

function requestText(rpc: string, bytes: Buffer, { api }: Handlers): string {
  try {
    return messageText(decodeMessage(rpcOf(api, rpc).input, bytes), api.registry);
  } catch (error) {
    return `${(error as Error).name}: ${bytes.length} bytes`;
  }
}

function deadlineText(left: number | undefined): string {
  if (left === undefined) return "none";
  if (left <= 0) return "expired";
  if (left < 25_000) return `${Math.round(left / 1000)}s`;
  return left < 28_500 ? "lambda" : "later";
}
