/** An endpoint whose bodies are bytes of any size, both ways. */
import { interceptUnary } from "../../src/runtime/interception/intercept-unary.js";
import { type Endpoint, router } from "../../src/runtime/calls/endpoint.js";
import { spec } from "../../src/runtime/routing/profile.js";
import { type Binding, type RawBody, type Rpc, RpcError } from "../../src/runtime/rpc.js";
import { serverStream } from "../../src/runtime/calls/server-stream.js";
import { unary } from "../../src/runtime/calls/unary.js";

/** Calls of the handlers since the last reset. */
export const calls = { count: 0 };

/** Bytes that no codec leaves alone by chance. */
export function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0, state = 1; at < size; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

const binding = { segments: ["v1"], verb: "", captures: [], body: true, httpMethod: "POST" } as const;

function rawRpc(name: string, kind: Rpc<RawBody, RawBody>["kind"] = "unary"): Rpc<RawBody, RawBody> {
  const raw: Binding<RawBody, RawBody> = {
    ...binding,
    template: `/v1/${name}`,
    segments: ["v1", name],
    takesRaw: true,
    decode: ({ body, contentType }) => ({ contentType, data: Buffer.from(body) }),
    encodeRaw: (reply) => reply,
  };
  return { service: "test.Echo", method: name, kind, profile: spec, bindings: [raw] };
}

/** `POST /v1/guarded`, for callers that are known. */
const guarded = interceptUnary(
  rawRpc("guarded"),
  (request) => {
    calls.count++;
    return request;
  },
  [
    {
      before: ({ http }) => {
        if (http.headers["x-token"]?.[0] !== "mine") throw new RpcError("UNAUTHENTICATED", "who are you");
      },
    },
  ],
);

/**
 * `POST /v1/echo` answers what it gets; `/v1/json` the length of what it gets as JSON; `/v1/noise` so many bytes as the body says;
 * `/v1/stream` the same in pieces; `/v1/fail` an error with a long message.
 */
export const echo: Endpoint = router([
  unary(rawRpc("echo"), (request, context) => {
    calls.count++;
    context.header.add("seen", "yes");
    return request;
  }),
  unary(
    {
      ...rawRpc("json"),
      bindings: [
        {
          ...binding,
          template: "/v1/json",
          segments: ["v1", "json"],
          decode: ({ body, contentType }) => ({ length: Buffer.byteLength(body), contentType }),
          encode: (reply: { length: number; contentType: string }) => JSON.stringify(reply),
        },
      ],
    } as Rpc<{ length: number; contentType: string }, { length: number; contentType: string }>,
    (request) => {
      calls.count++;
      return request;
    },
  ),
  unary(rawRpc("noise"), ({ data }) => ({ contentType: "image/x-noise", data: noise(Number(String(data))) })),
  serverStream(rawRpc("stream", "serverStreaming"), async function* ({ data }) {
    for (let left = Number(String(data)); left > 0; left -= 1_000_000) {
      yield { contentType: "text/plain", data: Buffer.alloc(Math.min(left, 1_000_000), "x") };
    }
  }),
  unary(rawRpc("fail"), () => {
    throw new RpcError("NOT_FOUND", "x".repeat(7_000_000));
  }),
  guarded,
]);
