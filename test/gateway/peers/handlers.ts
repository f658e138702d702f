/** What handlers do, on both sides: the plan of the case that is under way, out of band, with messages as bytes. */
import { setTimeout } from "node:timers/promises";
import type { FileRegistry } from "@bufbuild/protobuf";
import { createChoice } from "../messages/choice.js";
import { randomWireMessage } from "../messages/random-wire-message.js";
import { encodeMessage } from "../messages/wire-encode.js";
import type { Api, Binding } from "../requests/api.js";
import type { HandlerPlan, MetadataPair, PlannedError } from "../requests/request-case.js";

/** A call as the handler saw it. */
export interface ReceivedCall {
  readonly rpc: string;
  readonly requests: readonly Buffer[];
  /** The requests as objects, in one text each, where both sides are given the same objects. */
  readonly texts?: readonly string[];
  readonly metadata: Readonly<Record<string, readonly (string | Uint8Array)[]>>;
  /** Milliseconds until the deadline; absent without one. */
  readonly left?: number;
}

/** A detail of an error. */
export interface PackedDetail {
  readonly typeUrl: string;
  readonly value: Buffer;
}

/** What becomes of a call. */
export interface CallOutcome {
  readonly rpc: Binding;
  /** Before the error, where there is one. */
  readonly replies: readonly Buffer[];
  readonly header: readonly MetadataPair[];
  readonly trailer: readonly MetadataPair[];
  readonly error?: PlannedError & { readonly packed: readonly PackedDetail[] };
  readonly throws: boolean;
  /** Resolves when the handler is to go on. */
  readonly ready: Promise<void>;
}

/** What a side tells of a call. */
export interface CallFacts {
  readonly requests: readonly Buffer[];
  readonly texts?: readonly string[];
  readonly metadata: ReceivedCall["metadata"];
  readonly deadline: Date | number | undefined;
}

/** One case at a time. */
export interface Handlers {
  readonly api: Api;
  /** Counts the cases: a call that a gateway has given up may end when the next one is under way. */
  readonly turn: number;
  readonly calls: readonly ReceivedCall[];
  begin(plan: HandlerPlan): void;
  perform(rpc: string, facts: CallFacts): CallOutcome;
}

/** Handlers of an API; `details` has google.rpc's types of error details. */
export function createHandlers(api: Api, details: FileRegistry): Handlers {
  const state = { plan: { seed: 0 } as HandlerPlan, calls: [] as ReceivedCall[], turn: 0 };
  return {
    api,
    get turn() {
      return state.turn;
    },
    get calls() {
      return state.calls;
    },
    begin(plan) {
      state.plan = plan;
      state.calls = [];
      state.turn++;
    },
    perform(name, { requests, texts, metadata, deadline }) {
      const rpc = rpcOf(api, name);
      const left = millisecondsLeft(deadline);
      const own = requests.map((bytes) => Buffer.from(bytes));
      state.calls.push({
        rpc: name,
        requests: own,
        metadata,
        ...(texts === undefined ? {} : { texts }),
        ...(left === undefined ? {} : { left }),
      });
      return outcomeOf(api, details, rpc, state.plan, own);
    },
  };
}

/** The RPC of that name. */
export function rpcOf({ rpcs }: Api, name: string): Binding {
  const rpc = rpcs.get(name);
  if (rpc === undefined) throw new Error(`there is no ${name}`);
  return rpc;
}

/** grpc-js says Infinity where there is no deadline. */
function millisecondsLeft(deadline: Date | number | undefined): number | undefined {
  const time = deadline instanceof Date ? deadline.getTime() : deadline;
  return time === undefined || !Number.isFinite(time) ? undefined : time - Date.now();
}

function outcomeOf(
  api: Api,
  details: FileRegistry,
  rpc: Binding,
  plan: HandlerPlan,
  requests: readonly Buffer[],
): CallOutcome {
  const { error, header = [], trailer = [], throws = false, delay = 0 } = plan;
  const ready = delay === 0 ? Promise.resolve() : setTimeout(delay);
  if (throws) return { rpc, replies: [], header, trailer, throws, ready };
  const replies = plan.replies?.map((reply) => Buffer.from(reply, "base64")) ?? madeReplies(api, rpc, plan, requests);
  if (error === undefined) return { rpc, replies, header, trailer, throws, ready };
  const packed = packedDetails(api, details, error);
  const sent = replies.slice(0, error.after ?? 0);
  return { rpc, replies: sent, header, trailer, throws, ready, error: { ...error, packed } };
}

function madeReplies(api: Api, rpc: Binding, plan: HandlerPlan, requests: readonly Buffer[]): Buffer[] {
  const { count = 1, echo = false, seed } = plan;
  const choice = createChoice(seed);
  const source = { choice, registry: api.registry, anyTypes: api.set.anyTypes };
  const isEcho = echo && rpc.input.typeName === rpc.output.typeName && requests.length > 0;
  return Array.from({ length: count }, (_, index) => {
    const request = requests[index % requests.length];
    return isEcho && request !== undefined ? request : encodeMessage(randomWireMessage(source, rpc.output));
  });
}

/** google.rpc's types of details. */
const standardDetails = [
  "ErrorInfo",
  "RetryInfo",
  "DebugInfo",
  "QuotaFailure",
  "PreconditionFailure",
  "BadRequest",
  "RequestInfo",
  "ResourceInfo",
  "Help",
  "LocalizedMessage",
].map((name) => `google.rpc.${name}`);

function packedDetails(api: Api, details: FileRegistry, error: PlannedError): PackedDetail[] {
  if (error.details !== undefined)
    return error.details.map(({ typeUrl, value }) => ({ typeUrl, value: Buffer.from(value, "base64") }));
  if (error.detailSeed === undefined) return [];
  const choice = createChoice(error.detailSeed);
  const source = { choice, registry: api.registry, anyTypes: [] };
  return Array.from({ length: choice.between(1, 3) }, () => {
    const isOwn = api.set.anyTypes.length > 0 && choice.chance(0.3);
    const name = choice.pick(isOwn ? api.set.anyTypes : standardDetails);
    const type = api.registry.getMessage(name) ?? details.getMessage(name);
    if (type === undefined) throw new Error(`there is no ${name}`);
    return { typeUrl: `type.googleapis.com/${name}`, value: encodeMessage(randomWireMessage(source, type)) };
  });
}
