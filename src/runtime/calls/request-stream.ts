/** The common part of RPCs that stream their requests. */
import type { Context, Rpc } from "../rpc.js";

/** Media types, in addition to JSON, of a body with one message per line. */
const lineTypes: readonly string[] = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

/** The RPC with bodies of these types. */
export function takingLines<Request, Reply>(rpc: Rpc<readonly Request[], Reply>): Rpc<readonly Request[], Reply> {
  return { ...rpc, bindings: rpc.bindings.map((binding) => ({ ...binding, bodyTypes: lineTypes })) };
}

/** Yields the requests to a handler: once, and not beyond the deadline. */
export async function* streamOf<Request>(
  requests: readonly Request[],
  { signal }: Pick<Context, "signal">,
): AsyncGenerator<Request, void, undefined> {
  for (const request of requests) {
    signal.throwIfAborted();
    yield request;
  }
}
