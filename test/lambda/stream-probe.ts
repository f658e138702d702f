/** Server streams that say on the console how they ended, for functions in a process of their own. */
import type { Endpoint } from "../../src/runtime/calls/endpoint.js";
import { router } from "../../src/runtime/calls/endpoint.js";
import { spec } from "../../src/runtime/routing/profile.js";
import type { Context } from "../../src/runtime/rpc.js";
import { serverStream } from "../../src/runtime/calls/server-stream.js";
import { RpcError } from "../../src/runtime/status.js";
import { unary } from "../../src/runtime/calls/unary.js";

/** What is printed, as JSON behind `ended: `, when a stream ends, however it does. */
export interface Ended {
  readonly kind: string;
  /** Replies that were asked for. */
  readonly replies: number;
  readonly aborted: boolean;
  /** Largest resident set so far, in MB. */
  readonly megabytes: number;
}

const profile = { ...spec, mediaTypes: "ignore" } as const;

function binding(collection: string) {
  const segments = ["v1", collection, "*"];
  const captures = [[2, 3]] as const;
  return { httpMethod: "GET", template: `/v1/${collection}/{name}`, segments, verb: "", captures, body: false };
}

/** `/v1/ends/{kind}`: `large`, `endless`, `slow`, `stuck`, `late-error`; `/v1/process/any` is the process' id. */
export const streamProbe: Endpoint = router([
  serverStream<string, string>(
    {
      service: "test.Streams",
      method: "Stream",
      kind: "serverStreaming",
      profile,
      bindings: [{ ...binding("ends"), decode: (_, kind = "") => kind, encode: (reply) => JSON.stringify(reply) }],
    },
    replies,
  ),
  unary<null, string>(
    {
      service: "test.Streams",
      method: "Process",
      kind: "unary",
      profile,
      bindings: [{ ...binding("process"), decode: () => null, encode: (reply) => JSON.stringify(reply) }],
    },
    () => String(process.pid),
  ),
]);

/** Of one reply of `large` and `endless`. */
export const replyBytes = 50_000;

/** Replies. */
const sizes: Readonly<Record<string, number>> = { large: 400, endless: Number.POSITIVE_INFINITY };

async function* replies(kind: string, context: Context): AsyncGenerator<string, void, undefined> {
  let count = 0;
  context.signal.addEventListener("abort", () => console.log(`aborted: ${kind}`));
  try {
    yield `${count++}`;
    if (kind === "late-error") throw new RpcError("DATA_LOSS", "broken");
    if (kind === "stuck") await new Promise(() => undefined);
    if (kind === "slow") while (true) yield await pause(20, `${count++}`);
    for (const end = sizes[kind] ?? 0; count < end; count++) yield `${count} ${"x".repeat(replyBytes)}`;
  } finally {
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    const ended: Ended = { kind, replies: count, aborted: context.signal.aborted, megabytes };
    console.log(`ended: ${JSON.stringify(ended)}`);
  }
}

async function pause(milliseconds: number, reply: string): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return reply;
}
