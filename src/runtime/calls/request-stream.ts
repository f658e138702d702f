/** What RPCs that stream their requests have in common. */
import type { Context, Rpc } from "../rpc.js";

/** Media types that a body of messages may have beside JSON: a message a line. */
const lineTypes: readonly string[] = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

/** The RPC, with bodies of those types. */
export function takingLines<Request, Reply>(rpc: Rpc<readonly Request[], Reply>): Rpc<readonly Request[], Reply> {
  return { ...rpc, bindings: rpc.bindings.map((binding) => ({ ...binding, bodyTypes: lineTypes })) };
}

/** The requests as a handler reads them: once, and not beyond the deadline. */
export async function* streamOf<Request>(
  requests: readonly Request[],
  { signal }: Pick<Context, "signal">,
): AsyncGenerator<Request, void, undefined> {
  for (const request of requests) {
    signal.throwIfAborted();
    yield request;
  }
}
